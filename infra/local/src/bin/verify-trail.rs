//! Holds an exported audit trail against its seals, on a machine that need not know the platform.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use functions_audit::exported;

/// Tells whether every entry of an exported audit trail is what it was when it was sealed, and none is gone.
///
/// Ends with 0 if so, with 1 if not, and with 2 if the files cannot be read.
#[derive(Parser)]
#[command(name = "verify-trail")]
struct Options {
    /// The seals of a month, from `GET /api/audit/seals?month=…`.
    seals: PathBuf,
    /// The trail of that month, from `GET /api/audit/export?from=…&to=…`, as JSON Lines.
    trail: PathBuf,
    /// A seal that was noted before, as its number, a colon and its hash: that it is still there shows that nothing was cut off.
    #[arg(long, value_parser = noted)]
    head: Option<(u64, String)>,
}

fn noted(text: &str) -> Result<(u64, String), String> {
    let (number, hash) = text.split_once(':').ok_or("a number, a colon and a hash")?;
    let number = number.parse().map_err(|_| "a number, a colon and a hash".to_owned())?;
    Ok((number, hash.to_owned()))
}

fn main() -> ExitCode {
    let Options { seals, trail, head } = Options::parse();
    let report = open(&seals).and_then(|seals| {
        let verified = exported::verify(seals, open(&trail)?, head.as_ref());
        verified.map_err(|error| error.to_string())
    });
    let report = match report {
        Ok(report) => report,
        Err(error) => {
            eprintln!("verify-trail: {error}");
            return ExitCode::from(2);
        }
    };
    report.findings.iter().for_each(|finding| println!("{finding}"));
    if report.omitted > 0 {
        println!("and {} more", report.omitted);
    }
    println!("{} entries, {} as they were sealed, {} without a seal", report.entries, report.sealed, report.unsealed);
    if let Some((number, hash)) = &report.head {
        println!("newest seal: {number}:{hash}");
    }
    if report.is_intact() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn open(path: &Path) -> Result<BufReader<File>, String> {
    File::open(path).map(BufReader::new).map_err(|error| format!("{}: {error}", path.display()))
}
