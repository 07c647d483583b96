//! Tables that are read in a terminal and in Markdown alike.

use std::fmt;

/// A table under a heading.
pub(crate) struct Table {
    title: String,
    rows: Vec<Vec<String>>,
    notes: Vec<String>,
}

impl Table {
    /// A table with these columns.
    pub(crate) fn new(title: impl Into<String>, columns: &[&str]) -> Self {
        let heads = columns.iter().map(|&column| column.to_owned()).collect();
        Self { title: title.into(), rows: vec![heads], notes: Vec::new() }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Adds a line below the table.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width =
            |column: usize| self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default().max(3);
        let widths: Vec<usize> = (0..self.rows[0].len()).map(width).collect();
        writeln!(f, "### {}\n", self.title)?;
        for (index, row) in self.rows.iter().enumerate() {
            for (cell, &width) in row.iter().zip(&widths) {
                write!(f, "| {cell:<width$} ")?;
            }
            writeln!(f, "|")?;
            if index == 0 {
                widths.iter().try_for_each(|&width| write!(f, "|{:-<1$}", "", width + 2))?;
                writeln!(f, "|")?;
            }
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "\n{note}"))
    }
}

/// The most that something may cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget(pub(crate) f64);

impl Budget {
    /// A number beside this budget.
    pub(crate) fn judge(self, measured: f64) -> String {
        let verdict = if measured <= self.0 { "within" } else { "**over**" };
        format!("{} ({verdict} {})", number(measured), number(self.0))
    }
}

/// A number beside its budget, if it has one.
pub(crate) fn judged(measured: f64, budget: Option<Budget>) -> String {
    budget.map_or_else(|| number(measured), |budget| budget.judge(measured))
}

/// A number as short as it can be and still say something.
pub(crate) fn number(value: f64) -> String {
    let digits = match value.abs() {
        _ if value.fract() == 0.0 => 0,
        large if large >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        _ => 2,
    };
    format!("{value:.digits$}")
}

/// The value in the middle.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
