//! Answers that go wrong on demand.

use serde::Deserialize;

/// A fault and how often it strikes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// For this path below `/api/` only, such as `peers`.
    #[serde(default)]
    pub path: Option<String>,
    /// So often; for ever when absent.
    #[serde(default)]
    pub times: Option<u32>,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// NetBird's own JSON error with this status; 429 and 5xx are the usual ones.
    Status {
        /// The status.
        status: u16,
    },
    /// The plain-text 404 of a server that is not NetBird.
    NotFound,
    /// A web page, with status 200.
    Html,
    /// A redirect to this place.
    Redirect {
        /// The `Location`.
        to: String,
    },
    /// No answer for so many seconds, then the right one.
    Hang {
        /// How long.
        seconds: u64,
    },
    /// Half of the body, then the connection ends.
    Truncate,
    /// A whole answer whose JSON ends in the middle.
    Garbage,
    /// `[]`, with status 200.
    Empty,
    /// The first half of the list, with status 200.
    Half,
}

/// The faults that are set.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn set(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(super) fn heal(&mut self) {
        self.0.clear();
    }

    /// The fault that strikes a call, used up by one.
    pub(super) fn strike(&mut self, path: &str) -> Option<FaultKind> {
        let index = self.0.iter().position(|fault| fault.path.as_deref().is_none_or(|only| only == path))?;
        let fault = &mut self.0[index];
        let kind = fault.kind.clone();
        if let Some(times) = &mut fault.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                self.0.remove(index);
            }
        }
        Some(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_strikes_its_path_so_often() {
        let mut faults = Faults::default();
        let fault = r#"{"kind": "status", "status": 500, "path": "peers", "times": 2}"#;
        faults.set(serde_json::from_str(fault).unwrap());
        faults.set(Fault { kind: FaultKind::Html, path: Some("users".to_owned()), times: None });
        assert_eq!(faults.strike("groups"), None);
        assert_eq!(faults.strike("peers"), Some(FaultKind::Status { status: 500 }));
        assert_eq!(faults.strike("peers"), Some(FaultKind::Status { status: 500 }));
        assert_eq!(faults.strike("peers"), None);
        assert_eq!(faults.strike("users"), Some(FaultKind::Html));
        faults.heal();
        assert_eq!(faults.strike("users"), None);
    }
}
