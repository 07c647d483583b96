//! Where resources and routes lead.

use ipnet::IpNet;

/// A range of addresses, or a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Address<'a> {
    Range(IpNet),
    Domain(&'a str),
}

impl<'a> Address<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let range = || text.parse().ok().or_else(|| text.parse::<std::net::IpAddr>().ok().map(IpNet::from));
        range().map_or(Self::Domain(text), Self::Range)
    }

    /// Whether a range, or a wildcard of domains, holds another one.
    pub(super) fn covers(&self, other: &Address<'_>) -> bool {
        match (self, other) {
            (Self::Range(range), Address::Range(other)) => range.contains(other),
            (Self::Domain(range), Address::Domain(other)) => {
                range == other || range.strip_prefix('*').is_some_and(|domain| other.ends_with(domain))
            }
            _ => false,
        }
    }
}
