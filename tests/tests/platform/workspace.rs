//! The workspace itself: nothing in it looks like a test and is never run.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;
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

/// Our own crates that a crate of the workspace is built with, however far they are.
fn built_with(root: &Path, folder: &str, found: &mut BTreeSet<String>) {
    let manifest = fs::read_to_string(root.join(folder).join("Cargo.toml")).unwrap();
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    for name in dependencies.lines().filter_map(|line| line.split(['.', ' ']).next()) {
        let below = name.strip_prefix("platform_").map(|name| format!("shared/{name}"));
        let below = below.or_else(|| name.strip_prefix("functions_").map(|name| format!("functions/{name}")));
        if let Some(below) = below.filter(|_| found.insert(name.to_owned())) {
            built_with(root, &below, found);
        }
    }
}

/// What proves who somebody is, Argon2 with it, is built for functions that ask for it alone.
#[test]
fn functions_that_sign_nobody_in_are_built_without_identity() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let with_identity = |folder: &str| {
        let mut found = BTreeSet::new();
        built_with(&root, folder, &mut found);
        found.contains("platform_identity")
    };
    for area in ["auth", "security", "sso"] {
        assert!(with_identity(&format!("functions/{area}")), "{area}: this test sees no dependency");
    }
    for area in ["accounts", "audit", "evaluate", "meta", "netbird", "notify", "sync", "tokens"] {
        assert!(!with_identity(&format!("functions/{area}")), "{area}");
    }
}
