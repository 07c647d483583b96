//! The committed documents are the ones that the code generates.

use std::path::{Path, PathBuf};

use platform_core::access::{Permission, Role};
use platform_http::openapi::document;

use crate::workspace::sources;

/// With `UPDATE_OPENAPI=1` writes the document instead of comparing it.
#[test]
fn the_committed_document_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
    let generated = document(&platform_local::endpoints(), functions_live::schemas(), env!("CARGO_PKG_VERSION"));
    let generated = generated.to_pretty_json().unwrap() + "\n";
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(path, generated).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == generated, "docs/openapi.json is stale: run `make openapi`");
}

/// The table of roles, as Markdown.
fn roles() -> String {
    let mut table = String::from("\n| permission | what it allows |");
    Role::ALL.iter().for_each(|role| table.push_str(&format!(" {} |", role.title())));
    table.push_str(&format!("\n|{}\n", "---|".repeat(2 + Role::ALL.len())));
    for permission in Permission::ALL {
        table.push_str(&format!("| `{permission}` | {} |", permission.description()));
        Role::ALL.iter().for_each(|role| table.push_str(if role.may(*permission) { " ✓ |" } else { " |" }));
        table.push('\n');
    }
    table
}

/// With `UPDATE_OPENAPI=1` writes the table instead of comparing it.
#[test]
fn the_documented_roles_are_those_of_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/ACCESS.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (before, rest) = text.split_once("by `make openapi` -->\n").expect("the table's begin is marked");
    let (table, after) = rest.split_once("<!-- /roles -->").expect("the table's end is marked");
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        let text = format!("{before}by `make openapi` -->\n{}\n<!-- /roles -->{after}", roles());
        std::fs::write(path, text).unwrap();
        return;
    }
    assert_eq!(table, roles() + "\n", "docs/ACCESS.md is stale: run `make openapi`");
}

/// Security checks name their tests; a test that was renamed or dropped is noticed.
#[test]
fn the_tests_that_security_names_are_there() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let text = std::fs::read_to_string(format!("{root}/docs/SECURITY.md")).unwrap();
    let named: Vec<(&str, &str)> = text.split('`').filter_map(|code| code.split_once("::")).collect();
    assert!(named.len() > 50);
    let mut files = Vec::new();
    sources(&Path::new(root).join("tests/tests"), &mut files);
    for (module, test) in named {
        let is_of_module = |path: &&PathBuf| {
            let folder = path.parent().and_then(Path::file_name);
            path.file_stem().is_some_and(|name| name == module) || folder.is_some_and(|name| name == module)
        };
        let source: String =
            files.iter().filter(is_of_module).map(|path| std::fs::read_to_string(path).unwrap()).collect();
        let is_test = source.contains(&format!("#[tokio::test]\nasync fn {test}("))
            || source.contains(&format!("#[tokio::test(flavor = \"multi_thread\")]\nasync fn {test}("));
        assert!(is_test, "docs/SECURITY.md names {module}::{test}, which is no test");
    }
}
