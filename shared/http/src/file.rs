//! Answers as a file of comma-separated values, for whoever asks for `text/csv`. A large one comes in parts, as an export does.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, header};
use serde::Serialize;
use serde_json::Value;

use crate::page::{self, MOST_BYTES, Paged};
use crate::{Problem, table};

/// Rows of a part.
pub const MOST_ROWS: usize = 20_000;
/// What stands between several things in a cell.
const BETWEEN: &str = "; ";

/// A part of a file.
pub struct Part {
    bytes: Vec<u8>,
    rows: usize,
    limit: usize,
}

/// Whether a file is asked for.
pub fn is_wanted(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut kinds = accepted.flat_map(|value| value.split(',')).map(|kind| kind.split(';').next().unwrap_or_default());
    kinds.any(|kind| kind.trim().eq_ignore_ascii_case("text/csv"))
}

/// As what a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerAs {
    /// Pages of objects.
    Json,
    /// A file.
    File,
}

impl<S: Sync> FromRequestParts<S> for AnswerAs {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(if is_wanted(&parts.headers) { Self::File } else { Self::Json })
    }
}

/// Reads how many items of a list that is read page by page are asked for: all that a page may have, where that is a file.
pub fn page_limit(asked: Option<usize>, form: AnswerAs) -> Result<usize, Problem> {
    page::limit(asked.or((form == AnswerAs::File).then_some(page::MAX_LIMIT)))
}

/// Reads how many rows a part has at most.
pub fn limit(asked: Option<usize>) -> Result<usize, Problem> {
    let limit = asked.unwrap_or(MOST_ROWS);
    if !(1..=MOST_ROWS).contains(&limit) {
        return Err(Problem::field("/limit", format!("must be from 1 to {MOST_ROWS}")));
    }
    Ok(limit)
}

impl Part {
    /// The first part has the line of names.
    pub fn begin(columns: &[&str], is_first: bool, limit: usize) -> Result<Self, Problem> {
        let mut bytes = Vec::new();
        if is_first {
            table::row(&mut bytes, columns.iter().map(|&name| name.to_owned())).map_err(Problem::internal)?;
        }
        Ok(Self { bytes, rows: 0, limit })
    }

    /// Adds a row, if it fits; the first one does.
    pub fn add(&mut self, cells: impl IntoIterator<Item = String>) -> Result<bool, Problem> {
        let mut line = Vec::new();
        table::row(&mut line, cells).map_err(Problem::internal)?;
        Ok(self.add_line(&Line(line)))
    }

    /// Adds a row that is written already, if it fits; the first one does.
    pub fn add_line(&mut self, Line(line): &Line) -> bool {
        let fits = self.rows == 0 || self.bytes.len() + line.len() <= MOST_BYTES;
        if self.rows == self.limit || !fits {
            return false;
        }
        self.bytes.extend(line);
        self.rows += 1;
        true
    }

    /// Adds a row beside those that are counted, which are few and small.
    pub fn note(&mut self, cells: impl IntoIterator<Item = String>) -> Result<(), Problem> {
        table::row(&mut self.bytes, cells).map_err(Problem::internal)
    }

    /// The answer, with the address of the next part if there is one.
    pub fn answer(self, list: &Paged, name: &str, next: Option<&str>) -> Response {
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
            (header::VARY, "accept".to_owned()),
        ];
        let limit = self.limit;
        list.linked((headers, self.bytes).into_response(), next, limit)
    }

    /// The answer of a list whose rows are counted.
    pub fn counted(self, list: &Paged, name: &str, next: Option<&str>, total: usize) -> Response {
        let mut response = self.answer(list, name, next);
        response.headers_mut().insert(page::TOTAL, HeaderValue::from(total));
        response
    }
}

/// A list that is read page by page, whichever way it is answered.
pub struct Sheet<'a> {
    /// The list, and how its pages hang together.
    pub list: &'a Paged,
    /// What a file of it is called.
    pub name: &'a str,
    /// The columns of a file.
    pub columns: &'a [&'a str],
    /// As what it is asked for.
    pub form: AnswerAs,
    /// Whether it is asked for from its beginning.
    pub is_first: bool,
    /// Most items of a page.
    pub limit: usize,
}

impl Sheet<'_> {
    /// One page, or one part of the file, with the next one's address, and the number of all items where that is known.
    pub fn answer<T: Serialize>(
        &self,
        items: Vec<T>,
        next: Option<&str>,
        total: Option<usize>,
    ) -> Result<Response, Problem> {
        let Self { list, name, columns, form, is_first, limit } = *self;
        if form == AnswerAs::Json {
            return Ok(match total {
                Some(total) => list.answer(items, next, total, limit),
                None => list.uncounted(items, next, limit),
            });
        }
        let mut part = Part::begin(columns, is_first, limit)?;
        for item in &items {
            // A page is no longer than an answer may be, so that none is left out.
            part.bytes.extend(Line::of(columns, item)?.0);
        }
        Ok(match total {
            Some(total) => part.counted(list, name, next, total),
            None => part.answer(list, name, next),
        })
    }
}

/// A row of a file, as it is written.
pub struct Line(Vec<u8>);

impl Line {
    /// What the API says of something, a cell for each of its fields that is a column.
    pub fn of(columns: &[&str], view: &impl Serialize) -> Result<Self, Problem> {
        let fields = serde_json::to_value(view).map_err(Problem::internal)?;
        let mut line = Vec::new();
        let cells = columns.iter().map(|column| fields.get(column).map(cell).unwrap_or_default());
        table::row(&mut line, cells).map_err(Problem::internal)?;
        Ok(Self(line))
    }
}

/// A value as one cell: texts and numbers as they are, several with a semicolon between. What has a sentence is told by it, and a
/// thing by its name; whatever else is written as JSON.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Array(values) if values.is_empty() => String::new(),
        Value::Array(values) => {
            let cells: Option<Vec<_>> = values.iter().map(in_words).collect();
            cells.map_or_else(|| value.to_string(), |cells| cells.join(BETWEEN))
        }
        Value::Object(fields) if fields.is_empty() => String::new(),
        // Facts of an event may be a name, and more.
        Value::Object(fields) if !fields.keys().all(|field| OF_A_THING.contains(&field.as_str())) => value.to_string(),
        _ => in_words(value).unwrap_or_else(|| value.to_string()),
    }
}

/// What names something else has no other fields.
const OF_A_THING: [&str; 5] = ["id", "name", "email", "type", "isGone"];

/// A value among others; `None` if only JSON tells it whole.
fn in_words(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(is) => Some(is.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(_) => None,
        Value::Object(fields) => {
            if let Some(Value::Array(sentences)) = fields.get("sentences") {
                return Some(sentences.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "));
            }
            let told = ["sentence", "name", "id"].into_iter().find_map(|field| fields.get(field)?.as_str());
            told.map(str::to_owned)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn line(columns: &[&str], view: &Value) -> String {
        let Ok(Line(line)) = Line::of(columns, view) else { panic!("it is a row") };
        String::from_utf8(line).unwrap()
    }

    #[test]
    fn fields_are_cells_in_the_order_of_the_columns() {
        let view = json!({
            "ports": ["22", "443"], "on": true, "name": "a, \"b\"", "count": 3, "none": null, "empty": {},
            "groups": [{ "id": "g1", "name": "servers" }, { "id": "g2" }], "by": { "id": "u", "name": "Ada" },
            "rules": [{ "name": "r", "sentence": "a may reach b" }], "range": [{ "from": 1 }],
            "meta": { "name": "srv", "ip": "10.0.0.1" },
        });
        let columns =
            ["name", "count", "on", "ports", "groups", "by", "rules", "range", "meta", "none", "empty", "absent"];
        let expected = "\"a, \"\"b\"\"\",3,true,22; 443,servers; g2,Ada,a may reach b,\"[{\"\"from\"\":1}]\",\
            \"{\"\"ip\"\":\"\"10.0.0.1\"\",\"\"name\"\":\"\"srv\"\"}\",,,\r\n";
        assert_eq!(line(&columns, &view), expected);
    }

    #[test]
    fn no_cell_is_a_formula() {
        let view = json!({ "name": "=1+1", "groups": ["a", "@x"], "raw": { "=": 1 } });
        assert_eq!(line(&["name", "groups", "raw"], &view), "'=1+1,a;' @x,\"{\"\"=\"\":1}\"\r\n");
    }

    #[test]
    fn a_part_ends_at_its_rows_or_bytes() {
        let long = || ["x".repeat(MOST_BYTES / 2)];
        let mut part = Part::begin(&["name"], true, 5).unwrap();
        assert!(part.add(["y".repeat(MOST_BYTES * 2)]).unwrap(), "the first one is told, however long");
        assert!(!part.add(long()).unwrap());
        let mut part = Part::begin(&["name"], false, 2).unwrap();
        assert!(part.add(["a".to_owned()]).unwrap() && part.add(["b".to_owned()]).unwrap());
        assert!(!part.add(["c".to_owned()]).unwrap());
        assert_eq!(part.bytes, b"a\r\nb\r\n");
    }
}
