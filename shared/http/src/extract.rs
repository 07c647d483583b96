//! Extractors that name what is wrong.

use std::error::Error;
use std::io;

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use http::header;
use http::request::Parts;
use platform_core::validate::FieldError;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use crate::Problem;

/// Largest body of a request, in bytes.
pub const MAX_BODY: usize = 256 * 1024;

/// A JSON body. Types refuse unknown fields; an error names the field by JSON pointer.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        if !essence(&request).eq_ignore_ascii_case("application/json") {
            return Err(Problem::unsupported_media_type("application/json"));
        }
        let body = to_bytes(request.into_body(), MAX_BODY).await.map_err(|error| unread(&error))?;
        let mut json = serde_json::Deserializer::from_slice(&body);
        let value = serde_path_to_error::deserialize(&mut json).map_err(|error| refuse(&error))?;
        json.end().map_err(|_| Problem::malformed("the body goes on after the JSON value"))?;
        Ok(Self(value))
    }
}

/// What the body is, without its parameters.
fn essence(request: &Request) -> &str {
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    media_type.split(';').next().unwrap_or("").trim()
}

/// A body that people write by hand: YAML, or JSON. It is not read yet.
#[derive(Debug)]
pub enum Document {
    /// JSON.
    Json(String),
    /// YAML.
    Yaml(String),
}

impl<S: Send + Sync> FromRequest<S> for Document {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        const YAML: [&str; 4] = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"];
        let what = essence(&request).to_ascii_lowercase();
        let as_document = match what.as_str() {
            "application/json" => Self::Json,
            what if YAML.contains(&what) => Self::Yaml,
            _ => return Err(Problem::unsupported_media_type("application/yaml or application/json")),
        };
        let body = to_bytes(request.into_body(), MAX_BODY).await.map_err(|error| unread(&error))?;
        let text = String::from_utf8(body.into()).map_err(|_| Problem::malformed("the body is not UTF-8"))?;
        Ok(as_document(text))
    }
}

/// Why a body could not be taken in: it is too large, or the host did not wait any longer.
pub(crate) fn unread(error: &axum::Error) -> Problem {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut) {
            return Problem::request_timeout();
        }
        cause = error.source();
    }
    Problem::too_large(MAX_BODY)
}

fn refuse(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let inner = error.inner();
    if !inner.is_data() {
        return Problem::malformed(format!("the body is not JSON (line {}, column {})", inner.line(), inner.column()));
    }
    Problem::validation(vec![field_error(error)])
}

/// What is wrong, and where: `/` for the whole.
pub fn field_error(error: &serde_path_to_error::Error<serde_json::Error>) -> FieldError {
    let mut pointer = String::new();
    for segment in error.path() {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", escape(key))),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    let message = error.inner().to_string();
    // serde says where in the text it was; the pointer says it better.
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    if message.starts_with("unknown variant `") {
        let names: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        return FieldError { pointer, detail: format!("must be one of {}", names.join(", ")) };
    }
    for name in ["unknown field `", "missing field `"] {
        if let Some(field) = message.strip_prefix(name).and_then(|rest| rest.split('`').next()) {
            let child = format!("/{}", escape(field));
            let pointer = if pointer.ends_with(&child) { pointer } else { pointer + &child };
            let detail = if name.starts_with("missing") { "is required" } else { "is not a known field" };
            return FieldError { pointer, detail: detail.to_owned() };
        }
    }
    FieldError { pointer: if pointer.is_empty() { "/".to_owned() } else { pointer }, detail: message }
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Query parameters. Types refuse unknown ones.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        axum::extract::Query::<T>::try_from_uri(&parts.uri).map(|query| Self(query.0)).map_err(|rejection| {
            let message =
                std::error::Error::source(&rejection).map_or_else(|| rejection.to_string(), ToString::to_string);
            let (pointer, detail) = match message.split_once(": ") {
                Some((field, detail)) if !field.contains(' ') => (format!("/{field}"), detail.to_owned()),
                _ => match message.split('`').nth(1) {
                    Some(field) => {
                        (format!("/{field}"), message.split(" at line ").next().unwrap_or_default().to_owned())
                    }
                    None => ("/".to_owned(), message),
                },
            };
            Problem::field(pointer, detail)
        })
    }
}

/// The one id in a path. What is not an id names nothing, so it answers as an unknown id does.
#[derive(Debug)]
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let id = Path::<T>::from_request_parts(parts, state).await;
        id.map(|Path(id)| Self(id)).map_err(|_| Problem::not_found("object"))
    }
}
