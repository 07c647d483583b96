//! The fields of a condition as somebody entered them.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::validate::Problems;

/// Fields that are read one by one. Whatever is wrong is recorded, so that a form can show all of it at once.
#[derive(Debug)]
pub struct Fields<'a> {
    left: Map<String, Value>,
    at: String,
    problems: &'a mut Problems,
}

impl<'a> Fields<'a> {
    /// The fields of the object that the pointer `at` names.
    pub fn new(fields: Map<String, Value>, at: &str, problems: &'a mut Problems) -> Self {
        Self { left: fields, at: at.to_owned(), problems }
    }

    /// A field that must be there. `None` if it is not, or is wrong.
    pub fn required<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        match self.left.remove(name) {
            Some(value) => self.parse(name, value),
            None => {
                self.problems.push(format!("{}/{name}", self.at), "is required");
                None
            }
        }
    }

    /// A field that need not be there; null is as if it were not. `None` if it is wrong.
    pub fn optional<T: DeserializeOwned>(&mut self, name: &str, absent: T) -> Option<T> {
        match self.left.remove(name) {
            None | Some(Value::Null) => Some(absent),
            Some(value) => self.parse(name, value),
        }
    }

    fn parse<T: DeserializeOwned>(&mut self, name: &str, value: Value) -> Option<T> {
        match serde_path_to_error::deserialize(value) {
            Ok(value) => Some(value),
            Err(error) => {
                let mut pointer = format!("{}/{name}", self.at);
                for segment in error.path() {
                    match segment {
                        serde_path_to_error::Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
                        serde_path_to_error::Segment::Map { key } => pointer.push_str(&format!("/{key}")),
                        _ => {}
                    }
                }
                self.problems.push(pointer, error.inner().to_string());
                None
            }
        }
    }

    /// Records the fields that nobody asked for.
    pub(super) fn finish(self) {
        for name in self.left.keys() {
            let name = name.replace('~', "~0").replace('/', "~1");
            self.problems.push(format!("{}/{name}", self.at), "is not a field of this condition");
        }
    }
}
