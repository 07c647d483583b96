//! Files of tenants in the data folder, and their links: what a bucket is on AWS.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use aws_lc_rs::{hmac, rand};
use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderValue, header};
use jiff::{SignedDuration, Timestamp};
use platform_core::clock::Clock;
use platform_core::ids::TenantId;
use platform_http::Problem;
use platform_runtime::files::{FileError, FileName, Files, LIFE, Part, SavedAs, folder};
use platform_runtime::queue::Future;
use serde::{Deserialize, Serialize};
use tower_http::services::ServeFile;
use url::Url;

/// Below this are the links.
const LINKS: &str = "/local/files/";

/// Keeps files in a folder. Cheap to clone.
#[derive(Clone)]
pub struct Folder(Arc<Inner>);

struct Inner {
    root: PathBuf,
    clock: Arc<dyn Clock>,
    public_url: Url,
    /// Signs links. They are good for minutes: none has to outlive the process.
    key: hmac::Key,
}

/// What a link says, all of it signed.
#[derive(Serialize, Deserialize)]
struct Link {
    /// What the file is called by whoever saves it.
    name: String,
    /// Its media type.
    kind: String,
    /// Until when the link is good.
    until: Timestamp,
    signature: String,
}

impl Link {
    fn text(&self, path: &str) -> String {
        format!("{path}\n{}\n{}\n{}", self.name, self.kind, self.until)
    }
}

impl Folder {
    /// Files in a folder, which is made with the first one.
    pub fn new(root: PathBuf, clock: Arc<dyn Clock>, public_url: Url) -> io::Result<Self> {
        let key = hmac::Key::generate(hmac::HMAC_SHA256, &rand::SystemRandom::new())
            .map_err(|_| io::Error::other("there is no randomness"))?;
        Ok(Self(Arc::new(Inner { root, clock, public_url, key })))
    }

    fn place(&self, name: &FileName) -> PathBuf {
        self.0.root.join(name.path())
    }

    fn unfinished(&self, name: &FileName, upload: &str) -> PathBuf {
        let mut place = self.place(name).into_os_string();
        place.push(format!(".{upload}"));
        place.into()
    }

    /// Removes what has been there for longer than files are kept, finished or not.
    pub async fn sweep(&self) -> io::Result<()> {
        let (root, kept_since) = (self.0.root.clone(), SystemTime::from(self.0.clock.now() - LIFE));
        blocking(move || match sweep(&root, kept_since) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            swept => swept,
        })
        .await
    }
}

fn sweep(path: &Path, kept_since: SystemTime) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let found = entry.metadata()?;
        if found.is_dir() {
            sweep(&entry.path(), kept_since)?;
        } else if found.modified()? < kept_since {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

fn failed(error: io::Error) -> FileError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::UnexpectedEof => FileError::Lost,
        _ => FileError::Unavailable(error.into()),
    }
}

fn unless_gone(result: io::Result<()>) -> io::Result<()> {
    result.or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

fn write_at(place: &Path, offset: u64, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(place)?;
    if file.metadata()?.len() < offset {
        // What comes before is not there.
        return Err(ErrorKind::UnexpectedEof.into());
    }
    // A part that was half written, or is written anew.
    file.set_len(offset)?;
    file.seek(SeekFrom::Start(offset))?;
    file.write_all(bytes)
}

impl Files for Folder {
    fn begin<'a>(&'a self, name: &'a FileName, _: &'static str) -> Future<'a, Result<String, FileError>> {
        Box::pin(async move {
            let mut upload = [0; 16];
            rand::fill(&mut upload).map_err(|_| FileError::Unavailable("there is no randomness".into()))?;
            let upload = u128::from_be_bytes(upload).to_string();
            let place = self.unfinished(name, &upload);
            let made = blocking(move || {
                fs::create_dir_all(place.parent().unwrap_or(&place))?;
                File::create_new(&place).map(drop)
            });
            made.await.map_err(failed)?;
            Ok(upload)
        })
    }

    fn add<'a>(&'a self, name: &'a FileName, upload: &'a str, part: Part) -> Future<'a, Result<String, FileError>> {
        Box::pin(async move {
            let (place, Part { number, offset, bytes }) = (self.unfinished(name, upload), part);
            blocking(move || write_at(&place, offset, &bytes)).await.map_err(failed)?;
            Ok(number.to_string())
        })
    }

    fn finish<'a>(&'a self, name: &'a FileName, upload: &'a str, _: &'a [String]) -> Future<'a, Result<(), FileError>> {
        Box::pin(async move {
            let (unfinished, place) = (self.unfinished(name, upload), self.place(name));
            let finished = blocking(move || {
                File::open(&unfinished)?.sync_all()?;
                fs::rename(&unfinished, &place)
            });
            finished.await.map_err(failed)
        })
    }

    fn abandon<'a>(&'a self, name: &'a FileName, upload: &'a str) -> Future<'a, Result<(), FileError>> {
        Box::pin(async move {
            let place = self.unfinished(name, upload);
            blocking(move || unless_gone(fs::remove_file(place))).await.map_err(failed)
        })
    }

    fn link<'a>(
        &'a self,
        name: &'a FileName,
        saved_as: SavedAs,
        (now, good_for): (Timestamp, SignedDuration),
    ) -> Future<'a, Result<String, FileError>> {
        let unsigned = |error: &dyn std::error::Error| FileError::Unavailable(error.to_string().into());
        let path = name.path();
        let signed = || {
            let (name, kind, until) = (saved_as.name, saved_as.kind.to_owned(), now + good_for);
            let mut link = Link { name, kind, until, signature: String::new() };
            link.signature = hex::encode(hmac::sign(&self.0.key, link.text(&path).as_bytes()));
            let mut url = self.0.public_url.join(&format!("{LINKS}{path}")).map_err(|error| unsigned(&error))?;
            url.query_pairs_mut()
                .append_pair("name", &link.name)
                .append_pair("kind", &link.kind)
                .append_pair("until", &link.until.to_string())
                .append_pair("signature", &link.signature);
            Ok(url.into())
        };
        let signed = signed();
        Box::pin(async move { signed })
    }

    fn remove<'a>(&'a self, name: &'a FileName) -> Future<'a, Result<(), FileError>> {
        Box::pin(async move {
            let place = self.place(name);
            blocking(move || unless_gone(fs::remove_file(place))).await.map_err(failed)
        })
    }

    fn remove_some(&self, tenant: TenantId) -> Future<'_, Result<usize, FileError>> {
        Box::pin(async move {
            let place = self.0.root.join(folder(tenant));
            let removed = blocking(move || match fs::remove_dir_all(place) {
                Ok(()) => Ok(1),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
                Err(error) => Err(error),
            });
            removed.await.map_err(failed)
        })
    }
}

/// What links lead to: a file, for whoever has the link, and as long as that is good.
pub fn router(folder: &Folder) -> Router {
    Router::new().route(&format!("{LINKS}{{*path}}"), get(read)).with_state(folder.clone())
}

async fn read(
    State(folder): State<Folder>,
    link: Result<Query<Link>, QueryRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let unknown = || Problem::not_found("file");
    let Query(link) = link.map_err(|_| unknown())?;
    let path = request.uri().path().strip_prefix(LINKS).ok_or_else(unknown)?.to_owned();
    let signature = hex::decode(&link.signature).map_err(|_| unknown())?;
    hmac::verify(&folder.0.key, link.text(&path).as_bytes(), &signature).map_err(|_| unknown())?;
    if link.until <= folder.0.clock.now() {
        return Err(Problem::link_expired());
    }
    // Only what was signed comes to this: the path is one of a file.
    let served = ServeFile::new(folder.0.root.join(path)).try_call(request).await;
    let served = served.map_err(|error| match error.kind() {
        ErrorKind::NotFound => unknown(),
        _ => Problem::internal(error),
    });
    let mut response = served?.into_response();
    if !response.status().is_success() {
        return Err(unknown());
    }
    let value = |text: &str| HeaderValue::from_str(text).map_err(Problem::internal);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, value(&link.kind)?);
    headers.insert(header::CONTENT_DISPOSITION, value(&format!("attachment; filename=\"{}\"", link.name))?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Compressing gigabytes for whoever asks would keep the API waiting.
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
    Ok(response)
}
