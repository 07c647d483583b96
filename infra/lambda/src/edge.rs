//! Who asks, when CloudFront stands before the API.
//!
//! API Gateway sees CloudFront's address. CloudFront tells the viewer's in a header, and sends a secret that only it and
//! the functions know: the API's own address is open to everybody, who may send any header.

use std::net::IpAddr;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use http::HeaderMap;

const SECRET: &str = "x-origin-secret";
const VIEWER: &str = "x-viewer-address";

/// What the functions know of CloudFront.
#[derive(Clone)]
pub(crate) struct Edge {
    secret: Option<String>,
}

impl Edge {
    /// With the secret that CloudFront sends; without one nobody is believed.
    pub(crate) fn new(secret: Option<String>) -> Self {
        Self { secret: secret.filter(|secret| !secret.is_empty()) }
    }

    /// The viewer's address, if CloudFront sent these headers. Takes the secret out of them: nothing else is to see it.
    pub(crate) fn viewer(&self, headers: &mut HeaderMap) -> Option<IpAddr> {
        let given = headers.remove(SECRET)?;
        let viewer = headers.remove(VIEWER)?;
        verify_slices_are_equal(self.secret.as_deref()?.as_bytes(), given.as_bytes()).ok()?;
        viewer.to_str().ok()?.parse().ok()
    }
}

impl Edge {
    /// Whether CloudFront sent these headers, as far as there is a secret that tells. Takes it out of them.
    pub(crate) fn is_passed(&self, headers: &mut HeaderMap) -> bool {
        let given = headers.remove(SECRET);
        let Some(secret) = self.secret.as_deref() else { return true };
        given.is_some_and(|given| verify_slices_are_equal(secret.as_bytes(), given.as_bytes()).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn viewer(secret: Option<&str>, pairs: &[(&'static str, &'static str)]) -> Option<IpAddr> {
        let mut headers =
            pairs.iter().map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap())).collect();
        let viewer = Edge::new(secret.map(str::to_owned)).viewer(&mut headers);
        assert!(!headers.contains_key(SECRET));
        viewer
    }

    #[test]
    fn only_who_knows_the_secret_is_believed() {
        let told = (VIEWER, "203.0.113.7");
        let address: IpAddr = "203.0.113.7".parse().unwrap();
        assert_eq!(viewer(Some("known"), &[(SECRET, "known"), told]), Some(address));
        assert_eq!(viewer(Some("known"), &[(SECRET, "other"), told]), None);
        assert_eq!(viewer(Some("known"), &[told]), None);
        assert_eq!(viewer(Some("known"), &[(SECRET, "known")]), None);
        assert_eq!(viewer(Some("known"), &[(SECRET, "known"), (VIEWER, "somewhere")]), None);
    }

    #[test]
    fn without_a_secret_nobody_is_believed() {
        assert_eq!(viewer(None, &[(SECRET, ""), (VIEWER, "203.0.113.7")]), None);
        assert_eq!(viewer(Some(""), &[(SECRET, ""), (VIEWER, "203.0.113.7")]), None);
    }

    #[test]
    fn addresses_of_both_kinds_are_read() {
        let v6 = viewer(Some("known"), &[(SECRET, "known"), (VIEWER, "2001:db8::7")]);
        assert_eq!(v6, "2001:db8::7".parse().ok());
    }
}
