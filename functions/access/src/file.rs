//! Answers as a file of comma-separated values, for whoever asks for `text/csv`. A large one comes in parts, as an export does.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, header};
use platform_http::Problem;
use platform_http::page::{MOST_BYTES, Paged};
use platform_http::table;

/// Rows of a part.
pub(crate) const MOST_ROWS: usize = 20_000;

/// A part of a file.
pub(crate) struct Part {
    bytes: Vec<u8>,
    rows: usize,
    limit: usize,
}

/// Whether a file is asked for.
pub(crate) fn is_wanted(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut kinds = accepted.flat_map(|value| value.split(',')).map(|kind| kind.split(';').next().unwrap_or_default());
    kinds.any(|kind| kind.trim().eq_ignore_ascii_case("text/csv"))
}

/// Reads how many rows a part has at most.
pub(crate) fn limit(asked: Option<usize>) -> Result<usize, Problem> {
    let limit = asked.unwrap_or(MOST_ROWS);
    if !(1..=MOST_ROWS).contains(&limit) {
        return Err(Problem::field("/limit", format!("must be from 1 to {MOST_ROWS}")));
    }
    Ok(limit)
}

impl Part {
    /// The first part has the line of names.
    pub(crate) fn begin(columns: &[&str], is_first: bool, limit: usize) -> Result<Self, Problem> {
        let mut bytes = Vec::new();
        if is_first {
            table::row(&mut bytes, columns.iter().map(|&name| name.to_owned())).map_err(Problem::internal)?;
        }
        Ok(Self { bytes, rows: 0, limit })
    }

    /// Adds a row, if it fits; the first one does.
    pub(crate) fn add(&mut self, cells: impl IntoIterator<Item = String>) -> Result<bool, Problem> {
        let before = self.bytes.len();
        if self.rows == self.limit {
            return Ok(false);
        }
        table::row(&mut self.bytes, cells).map_err(Problem::internal)?;
        if self.rows > 0 && self.bytes.len() > MOST_BYTES {
            self.bytes.truncate(before);
            return Ok(false);
        }
        self.rows += 1;
        Ok(true)
    }

    /// Adds a row beside those that are counted, which are few and small.
    pub(crate) fn note(&mut self, cells: impl IntoIterator<Item = String>) -> Result<(), Problem> {
        table::row(&mut self.bytes, cells).map_err(Problem::internal)
    }

    /// The answer, with the address of the next part if there is one.
    pub(crate) fn answer(self, list: &Paged, name: &str, next: Option<&str>) -> Response {
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
            (header::VARY, "accept".to_owned()),
        ];
        let limit = self.limit;
        list.linked((headers, self.bytes).into_response(), next, limit)
    }
}
