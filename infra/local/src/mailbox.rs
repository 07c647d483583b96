//! Mail that was not sent but kept, since no mail server is set. Only on the local host, and only for the owners of its
//! first tenant: it is anybody's, and its links open accounts.

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::header;
use platform_core::access::Permission;
use platform_http::conventions::Promises;
use platform_http::gate::{Gate, Reader, Row, authorize};
use platform_http::{Access, Problem};
use platform_notify::email::eml::FileTransport;
use platform_store::Store;
use serde_json::json;

const MOST: usize = 200;

/// `/local/mail` and `/local/mail/{file}`.
pub fn router(folder: PathBuf, transport: FileTransport, gate: Gate) -> Router {
    let state = Mailbox { transport: Arc::new(transport), folder, store: gate.store.clone() };
    let access = Access::PersonWith(Permission::TenantDelete);
    let row = Row { access, promises: Promises::default(), operation: "localMail".into() };
    Router::new()
        .route("/local/mail", get(list))
        .route("/local/mail/{file}", get(read))
        .layer(axum::middleware::from_fn_with_state((gate, row), authorize))
        .with_state(state)
}

#[derive(Clone)]
struct Mailbox {
    transport: Arc<FileTransport>,
    folder: PathBuf,
    store: Store,
}

impl Mailbox {
    /// Another tenant's owner is nobody here.
    async fn require_first_tenant(&self, reader: &Reader) -> Result<(), Problem> {
        let done = self.store.setup_done().await?;
        done.filter(|done| done.tenant == reader.tenant).map(|_| ()).ok_or_else(|| Problem::not_found("path"))
    }
}

async fn list(State(mailbox): State<Mailbox>, reader: Reader) -> Result<Response, Problem> {
    mailbox.require_first_tenant(&reader).await?;
    let transport = mailbox.transport;
    let listed = tokio::task::spawn_blocking(move || transport.list(MOST)).await.map_err(Problem::internal)?;
    let mails = listed.map_err(Problem::internal)?;
    let row = |mail: platform_notify::email::eml::StoredEmail| json!({ "file": mail.name, "subject": mail.subject, "to": mail.to.join(", "), "date": mail.sent_at });
    Ok(Json(mails.into_iter().map(row).collect::<Vec<_>>()).into_response())
}

async fn read(State(mailbox): State<Mailbox>, reader: Reader, Path(file): Path<String>) -> Result<Response, Problem> {
    mailbox.require_first_tenant(&reader).await?;
    let is_name = file.ends_with(".eml")
        && file.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        && !file.contains("..");
    if !is_name {
        return Err(Problem::not_found("mail"));
    }
    let mail = tokio::task::spawn_blocking(move || std::fs::read(mailbox.folder.join(file)))
        .await
        .map_err(Problem::internal)?;
    let mail = mail.map_err(|_| Problem::not_found("mail"))?;
    // As text: a browser shows it and runs nothing in it.
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], mail).into_response())
}
