//! The committed OpenAPI document is the one that the rows generate.

use platform_http::openapi::document;

/// With `UPDATE_OPENAPI=1` writes the document instead of comparing it.
#[test]
fn the_committed_document_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
    let generated = document(&platform_local::endpoints(), env!("CARGO_PKG_VERSION")).to_pretty_json().unwrap() + "\n";
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(path, generated).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == generated, "docs/openapi.json is stale: run `make openapi`");
}
