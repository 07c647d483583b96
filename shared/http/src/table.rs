//! Tables as files: comma-separated values (RFC 4180), harmless in a spreadsheet.

use std::io;

/// Adds a row to a file.
pub fn row(file: &mut Vec<u8>, cells: impl IntoIterator<Item = String>) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
    writer.write_record(cells.into_iter().map(harmless))?;
    writer.flush()
}

/// A spreadsheet runs what begins like a formula, and names come from anybody. Where a comma is the sign for decimals, it begins a cell
/// at each semicolon, too.
fn harmless(cell: String) -> String {
    let is_formula = |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']);
    let begins = |text: &str| is_formula(text) || is_formula(text.trim_start_matches(' '));
    if !is_formula(&cell) && !cell.split(';').skip(1).any(begins) {
        return cell;
    }
    let part = |(nth, text): (usize, &str)| {
        let is_first = nth == 0;
        if is_first && is_formula(text) || !is_first && begins(text) { format!("'{text}") } else { text.to_owned() }
    };
    cell.split(';').enumerate().map(part).collect::<Vec<_>>().join(";")
}
