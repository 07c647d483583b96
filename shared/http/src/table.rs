//! Tables as files: comma-separated values (RFC 4180), harmless in a spreadsheet.

use std::io;

/// Adds a row to a file.
pub fn row(file: &mut Vec<u8>, cells: impl IntoIterator<Item = String>) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
    writer.write_record(cells.into_iter().map(harmless))?;
    writer.flush()
}

/// A spreadsheet runs what begins like a formula, and names come from anybody.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']) { format!("'{cell}") } else { cell }
}
