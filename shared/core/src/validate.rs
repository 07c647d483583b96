//! Bad input, named field by field.

use serde::Serialize;

/// One thing wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// JSON pointer to the field, such as `/conditionConfig/threshold`.
    pub pointer: String,
    /// What is wrong and what would be right.
    pub detail: String,
}

/// Collects every problem of an input, so that a form can show all of them at once.
#[derive(Debug, Default)]
pub struct Problems(Vec<FieldError>);

impl Problems {
    /// Records a problem.
    pub fn push(&mut self, pointer: impl Into<String>, detail: impl Into<String>) {
        self.0.push(FieldError { pointer: pointer.into(), detail: detail.into() });
    }

    /// Records a problem unless `ok`.
    pub fn require(&mut self, ok: bool, pointer: &str, detail: impl Into<String>) {
        if !ok {
            self.push(pointer, detail);
        }
    }

    /// Checks a text's length in characters and that it holds no control characters.
    pub fn text(&mut self, pointer: &str, text: &str, min: usize, max: usize) {
        let length = text.chars().count();
        if length < min && min == 1 {
            self.push(pointer, "must not be empty");
        } else if length < min || length > max {
            self.push(pointer, format!("must have {min} to {max} characters, has {length}"));
        } else if text.chars().any(|c| c.is_control() && c != '\n') {
            self.push(pointer, "must not contain control characters");
        } else if min > 0 && text.trim().is_empty() {
            self.push(pointer, "must not be blank");
        }
    }

    /// `Ok` if nothing was wrong.
    pub fn finish(self) -> Result<(), Vec<FieldError>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }
}
