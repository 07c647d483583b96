//! The workspace itself: nothing in it looks like a test and is never run.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fs;
use std::path::{Path, PathBuf};

/// The Rust files below a folder.
pub(crate) fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// A crate without tests says `test = false`, so that no empty program is linked for it. Its first test must be run.
#[test]
fn crates_that_say_they_have_no_tests_have_none() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut looked_at = 0;
    for area in fs::read_dir(root.join("functions")).unwrap().chain(fs::read_dir(root.join("shared")).unwrap()) {
        let crate_folder = area.unwrap().path();
        let manifest = fs::read_to_string(crate_folder.join("Cargo.toml")).unwrap();
        if !manifest.contains("[lib]\ntest = false\n") {
            continue;
        }
        let mut files = Vec::new();
        sources(&crate_folder.join("src"), &mut files);
        for file in files {
            let source = fs::read_to_string(&file).unwrap();
            let has_test = ["#[test]", "#[tokio::test", "proptest!"].iter().any(|mark| source.contains(mark));
            assert!(!has_test, "{} has a test: take `test = false` out of its crate's [lib]", file.display());
            looked_at += 1;
        }
    }
    assert!(looked_at > 50, "only {looked_at} files were looked at");
}
