//! On what it is asked.

use platform_core::reach::{Ask, Protocol};
use platform_http::Problem;

/// Reads the protocol and port of a question.
pub(crate) fn ask(protocol: Option<Protocol>, port: Option<u16>) -> Result<Ask, Problem> {
    let protocol = protocol.unwrap_or(Protocol::All);
    if protocol == Protocol::Icmp && port.is_some() {
        return Err(Problem::field("/port", "cannot be given with icmp, which has no ports"));
    }
    Ok(Ask { protocol, port })
}
