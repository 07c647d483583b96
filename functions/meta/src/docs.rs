//! `GET /api/docs`

use std::fmt::Write;
use std::sync::LazyLock;

use axum::response::{Html, IntoResponse};
use http::header;
use serde_json::Value;

use crate::OPENAPI;

/// The page needs no script, and its only style is its own.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/// A page to read this document on
#[utoipa::path(get, path = "/api/docs", operation_id = "docs", tag = "meta",
    responses((status = 200, description = "The page", content_type = "text/html")))]
pub(crate) async fn handler() -> impl IntoResponse {
    static PAGE: LazyLock<String> = LazyLock::new(|| page(&serde_json::from_str(OPENAPI).unwrap_or_default()));
    ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(PAGE.as_str()))
}

const HEAD: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>API — NetBird Web Management Platform</title><style>
:root{color-scheme:light dark;--line:#8883}body{font:14px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
code,pre{font:13px/1.5 ui-monospace,monospace}summary{padding:.5rem 0;cursor:pointer}details{border-bottom:1px solid var(--line)}
details>div{padding:0 0 1rem 1rem}b{display:inline-block;min-width:4.5rem}pre{overflow:auto;border:1px solid var(--line);padding:.5rem}
table{border-collapse:collapse}td{padding:.1rem .8rem .1rem 0;vertical-align:top}
</style></head><body>"#;

fn page(document: &Value) -> String {
    let mut html = String::from(HEAD);
    // Writing to a String cannot fail.
    let _ = write!(
        html,
        "<h1>{}</h1><p>{}</p><p><a href=\"/api/openapi.json\">OpenAPI document</a>, version {}</p>",
        text(&document["info"]["title"]),
        text(&document["info"]["description"]),
        text(&document["info"]["version"])
    );
    html.push_str("<h2>Operations</h2>");
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let _ = write!(
                html,
                "<details><summary><b>{}</b><code>{}</code> {}</summary><div><p>{}</p>",
                escape(&method.to_uppercase()),
                escape(path),
                text(&operation["summary"]),
                text(&operation["description"])
            );
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let _ = write!(
                    html,
                    "<p><code>{}</code> ({}) {}</p>",
                    text(&parameter["name"]),
                    text(&parameter["in"]),
                    text(&parameter["description"])
                );
            }
            if let Some(body) = operation.pointer("/requestBody/content/application~1json/schema") {
                let _ = write!(html, "<p>Body: {}</p>", schema_name(body));
            }
            html.push_str("<table>");
            for (status, response) in operation["responses"].as_object().into_iter().flatten() {
                let of = response["content"].as_object().and_then(|content| content.values().next());
                let _ = write!(
                    html,
                    "<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
                    escape(status),
                    text(&response["description"]),
                    of.map(|media| schema_name(&media["schema"])).unwrap_or_default()
                );
            }
            html.push_str("</table></div></details>");
        }
    }
    html.push_str("<h2>Types</h2>");
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        let pretty = serde_json::to_string_pretty(schema).unwrap_or_default();
        let _ = write!(
            html,
            "<details id=\"{0}\"><summary><code>{0}</code> {1}</summary><div><pre>{2}</pre></div></details>",
            escape(name),
            text(&schema["description"]),
            escape(&pretty)
        );
    }
    html.push_str("</body></html>");
    html
}

fn schema_name(schema: &Value) -> String {
    let array = schema["items"].is_object();
    let named = if array { &schema["items"] } else { schema };
    match named["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        Some(name) => format!("<a href=\"#{0}\"><code>{0}</code></a>{1}", escape(name), if array { "[]" } else { "" }),
        None => String::new(),
    }
}

fn text(value: &Value) -> String {
    escape(value.as_str().unwrap_or_default())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
