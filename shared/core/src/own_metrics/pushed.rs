//! What is pushed, and what may be.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::metrics::Series;
use crate::names;
use crate::validate::Problems;

/// Longest name, in bytes.
pub const MAX_NAME: usize = 100;
/// Longest unit, in characters.
pub const MAX_UNIT: usize = 20;
/// Most tags of a series.
pub const MAX_TAGS: usize = 5;
/// Longest key of a tag, in characters.
const MAX_KEY: usize = 40;
/// Longest value of a tag, in characters.
const MAX_TAG: usize = 80;
/// Most that a series is called in all, in bytes: all series of an account are written together.
const MAX_BYTES: usize = 300;
/// The greatest value, and the least below zero: sums of such are still numbers.
pub const MAX_VALUE: f64 = 1e24;
/// How old a value may be that is pushed.
pub const LATE: SignedDuration = SignedDuration::from_mins(15);
/// How far ahead of ours a clock may be that a value is dated by.
pub const AHEAD: SignedDuration = SignedDuration::from_mins(1);
/// How the platform's own metrics begin. Nobody else's may, so that there can be more of them.
const RESERVED: [&str; 2] = ["peers_", "sync_"];

/// What tells series of one name apart.
pub type Tags = BTreeMap<String, String>;

/// A value that is pushed.
#[derive(Debug, Clone, PartialEq)]
pub struct Pushed {
    /// Its place in what was pushed.
    pub place: usize,
    /// Name of its series.
    pub name: String,
    /// What it is counted in; as before if absent.
    pub unit: Option<String>,
    /// Tags of its series.
    pub tags: Tags,
    /// The value.
    pub value: f64,
    /// When it was so.
    pub at: Timestamp,
}

impl Pushed {
    /// Records what is wrong with it, below the pointer `at`.
    pub fn check(&self, at: &str, now: Timestamp, problems: &mut Problems) {
        check_name(&self.name, &format!("{at}/name"), problems);
        if names::parse::<Series>(&self.name).is_ok() {
            problems.push(format!("{at}/name"), "is a metric of the platform's own");
        }
        check_value(self.value, &format!("{at}/value"), problems);
        problems.text(&format!("{at}/unit"), self.unit.as_deref().unwrap_or_default(), 0, MAX_UNIT);
        check_tags(&self.tags, &format!("{at}/tags"), problems);
        let tags: usize = self.tags.iter().map(|(key, value)| key.len() + value.len()).sum();
        let bytes = self.name.len() + self.unit.as_ref().map_or(0, String::len) + tags;
        let detail = format!("with its unit and tags must be at most {MAX_BYTES} bytes");
        problems.require(bytes <= MAX_BYTES, &format!("{at}/name"), detail);
        let is_of_now = now - LATE <= self.at && self.at <= now + AHEAD;
        let detail = format!("must be at most {} minutes old, and {} ahead", LATE.as_mins(), AHEAD.as_mins());
        problems.require(is_of_now, &format!("{at}/timestamp"), detail);
    }
}

/// Records what is wrong with a name of a metric, the platform's own or not.
pub fn check_name(name: &str, at: &str, problems: &mut Problems) {
    if names::parse::<Series>(name).is_ok() {
        return;
    }
    let is_name = (1..=MAX_NAME).contains(&name.len())
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.'));
    if !is_name {
        let detail = format!("must be 1 to {MAX_NAME} of a-z, 0-9, _ and ., and begin with a letter");
        problems.push(at, detail);
    } else if RESERVED.iter().any(|reserved| name.starts_with(reserved)) {
        let known: Vec<&str> = Series::ALL.iter().map(|series| series.name()).collect();
        let reserved = RESERVED.join(" or ");
        let detail = format!("begins with {reserved}, as only the platform's own do: {}", known.join(", "));
        problems.push(at, detail);
    }
}

/// Records what is wrong with tags.
pub fn check_tags(tags: &Tags, at: &str, problems: &mut Problems) {
    problems.require(tags.len() <= MAX_TAGS, at, format!("at most {MAX_TAGS} tags"));
    for (key, value) in tags {
        let pointer = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        problems.text(&pointer, value, 1, MAX_TAG);
        let is_key = (1..=MAX_KEY).contains(&key.len())
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
        problems.require(is_key, &pointer, format!("its key must be 1 to {MAX_KEY} letters, digits, _, - and ."));
    }
}

/// Records that a value is out of bounds.
pub fn check_value(value: f64, at: &str, problems: &mut Problems) {
    problems.require(
        value.is_finite() && value.abs() <= MAX_VALUE,
        at,
        format!("must be from -{MAX_VALUE:e} to {MAX_VALUE:e}"),
    );
}

/// A name with its tags: `backup.age (host=db1, job=nightly)`.
pub fn label(name: &str, tags: &Tags) -> String {
    if tags.is_empty() {
        return name.to_owned();
    }
    let tags: Vec<String> = tags.iter().map(|(key, value)| format!("{key}={value}")).collect();
    format!("{name} ({})", tags.join(", "))
}
