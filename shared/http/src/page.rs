//! Lists: plain arrays, cut into pages by `limit` and `cursor`.

use std::io;

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use platform_core::ids::TenantId;
use platform_core::names::{self, Named};
use platform_store::cursor::Scope;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::Problem;

/// Most items of a page.
pub const MAX_LIMIT: usize = 1_000;
/// Items of a page unless asked otherwise.
pub const DEFAULT_LIMIT: usize = 50;

/// Bytes of an answer's list: a function may answer with six million, after each quotation mark has become two.
pub const MOST_BYTES: usize = 5 << 19;

/// Counts what is written.
struct Size(usize);

impl io::Write for Size {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How many bytes something has as JSON. Keeps none of them.
pub fn json_bytes(value: &impl Serialize) -> serde_json::Result<usize> {
    let mut size = Size(0);
    serde_json::to_writer(&mut size, value)?;
    Ok(size.0)
}

/// How many of the first of some items have no more bytes together.
pub fn fitting<T: Serialize>(items: &[T], most: usize) -> serde_json::Result<usize> {
    let mut bytes = 0;
    for (place, item) in items.iter().enumerate() {
        bytes += json_bytes(item)?;
        if bytes > most {
            return Ok(place);
        }
    }
    Ok(items.len())
}

/// Tells how many items a list has, on all of its pages.
pub(crate) const TOTAL: &str = "x-total-count";

/// Checks a `limit` parameter.
pub fn limit(asked: Option<usize>) -> Result<usize, Problem> {
    match asked {
        None => Ok(DEFAULT_LIMIT),
        Some(limit) if (1..=MAX_LIMIT).contains(&limit) => Ok(limit),
        Some(_) => Err(Problem::field("/limit", format!("must be from 1 to {MAX_LIMIT}"))),
    }
}

/// Reads a filter that takes one or more of a few names, with commas between; none if it is absent. However often one is
/// named, it counts once: a list may ask the database for each.
pub fn one_of<T: Named>(text: Option<&str>, pointer: &str) -> Result<Vec<T>, Problem> {
    let parse = |part: &str| {
        names::parse(part).map_err(|unknown| {
            let names = unknown.0.join(", ");
            Problem::field(pointer, format!("must be of {names}, with commas between"))
        })
    };
    let mut values = Vec::new();
    for part in text.into_iter().flat_map(|text| text.split(',')) {
        let value = parse(part)?;
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Ok(values)
}

/// Reads a `sort` parameter: what it names, the first if it is absent, and whether the greatest comes first.
pub fn order<T: Copy>(text: Option<&str>, sorts: &[(&'static str, T)]) -> Result<(T, bool), Problem> {
    let (descending, name) = match text {
        None => (false, sorts[0].0),
        Some(text) => text.strip_prefix('-').map_or((false, text), |name| (true, name)),
    };
    if let Some((_, by)) = sorts.iter().find(|(known, _)| *known == name) {
        return Ok((*by, descending));
    }
    let names: Vec<&str> = sorts.iter().map(|(name, _)| *name).collect();
    let (last, others) = names.split_last().unwrap_or((&"", &[]));
    Err(Problem::field("/sort", format!("must be {} or {last}, perhaps with - in front", others.join(", "))))
}

/// A list that is short enough to be given whole, with its number as lists have it.
pub fn whole<T: Serialize>(items: Vec<T>) -> Response {
    let total = items.len();
    ([(TOTAL, HeaderValue::from(total))], Json(items)).into_response()
}

/// A list and how its pages hang together.
#[derive(Debug)]
pub struct Paged {
    tenant: TenantId,
    /// Path and filters, which a cursor of the list is bound to.
    address: String,
}

impl Paged {
    /// The list at `path` with these filters.
    pub fn new(tenant: TenantId, path: &str, filters: &[(&str, Option<String>)]) -> Self {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in filters {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        Self { tenant, address: format!("{path}?{}", query.finish()) }
    }

    /// The list at `path` as a query asks for it. Every parameter is a filter but `limit` and `cursor`.
    pub fn of(tenant: TenantId, path: &str, query: &impl Serialize) -> Self {
        let parameters = match serde_json::to_value(query) {
            Ok(Value::Object(parameters)) => parameters,
            _ => Map::new(),
        };
        let filters = parameters.iter().filter(|(name, _)| !matches!(name.as_str(), "limit" | "cursor"));
        let filters = filters.map(|(name, value)| match value {
            Value::Null => (name.as_str(), None),
            Value::String(text) => (name.as_str(), Some(text.clone())),
            other => (name.as_str(), Some(other.to_string())),
        });
        Self::new(tenant, path, &filters.collect::<Vec<_>>())
    }

    fn scope(&self) -> Scope<'_> {
        Scope { tenant: self.tenant, query: &self.address }
    }

    /// The place that a `cursor` parameter names.
    pub fn open(&self, cursor: Option<&str>) -> Result<Option<String>, Problem> {
        cursor
            .map(|cursor| self.scope().open(cursor).map_err(|error| Problem::field("/cursor", error.to_string())))
            .transpose()
    }

    /// What leads on from a place, for answers that say it themselves.
    pub fn cursor(&self, place: &str) -> String {
        self.scope().seal(place)
    }

    /// The answer: one page, with the next one's address and the number of all items.
    pub fn answer<T: Serialize>(&self, items: Vec<T>, next: Option<&str>, total: usize, limit: usize) -> Response {
        let mut response = self.uncounted(items, next, limit);
        response.headers_mut().insert(TOTAL, HeaderValue::from(total));
        response
    }

    /// The answer where counting all items would cost more than it is worth: one page, with the next one's address.
    pub fn uncounted<T: Serialize>(&self, items: Vec<T>, next: Option<&str>, limit: usize) -> Response {
        self.linked(Json(items).into_response(), next, limit)
    }

    /// An answer of another kind that is a part of the whole, with the next one's address.
    pub fn linked(&self, mut response: Response, next: Option<&str>, limit: usize) -> Response {
        if let Some(next) = next {
            let and = if self.address.ends_with('?') { "" } else { "&" };
            let cursor = self.scope().seal(next);
            let link = format!("<{}{and}limit={limit}&cursor={cursor}>; rel=\"next\"", self.address);
            if let Ok(link) = HeaderValue::from_str(&link) {
                response.headers_mut().insert(header::LINK, link);
            }
        }
        response
    }
}
