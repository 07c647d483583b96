//! What can go wrong between the platform and a management server, told apart as far as an operator can act on it.

use std::error::Error as StdError;
use std::io;

use reqwest::StatusCode;
use serde::Deserialize;

use crate::list;
use crate::transport::AddressGuard;

/// A call that failed. `Display` says what to do about it, and never repeats what the server wrote: the message for a
/// deleted token holds the token's hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// 401: wrong, malformed or expired.
    #[error("NetBird rejects the API token: it is wrong or has expired. Create a new one and enter it here.")]
    TokenRejected,
    /// NetBird answers a token it has forgotten with a 404 of its own kind.
    #[error(
        "This API token no longer exists: it, or the service user it belonged to, was deleted in NetBird. \
         Create a new one and enter it here."
    )]
    TokenDeleted,
    /// 403, because of the user.
    #[error("The NetBird user that this API token belongs to is blocked. Unblock the user, or use another token.")]
    UserBlocked,
    /// 403, because of the role.
    #[error("The role of this API token's user is too small. Give the service user the role auditor or admin.")]
    PermissionDenied,
    /// Something answers, but not as NetBird does.
    #[error("A server answers at this address, but not as a NetBird management API. Check the URL.")]
    NotNetBird,
    /// 404 in plain text: no NetBird at all, or one that does not have this path.
    #[error("A server answers at this address, but not as a NetBird management API. Check the URL.")]
    UnknownPath,
    /// 429.
    #[error("NetBird limits how often this token may call. The next attempt follows on its own.")]
    RateLimited,
    /// 5xx.
    #[error("The NetBird server failed (status {0}). Look at its logs if this goes on.")]
    ServerError(u16),
    /// NetBird understood the call and refused it for a reason of its own.
    #[error("NetBird refused the request (status {0}).")]
    RequestRefused(u16),
    /// No name, no route, nobody listening, connection lost.
    #[error("The NetBird server cannot be reached: {0}. Check the address, and whether a firewall is in between.")]
    Unreachable(&'static str),
    /// It took longer than allowed.
    #[error("The NetBird server did not answer in time.")]
    Timeout,
    /// TLS: the server's certificate is not to be trusted.
    #[error("The NetBird server's certificate is not trusted: {0}.")]
    Certificate(CertificateProblem),
    /// The address guard said no.
    #[error("This address may not be connected to: it lies in a private or reserved range.")]
    AddressRefused,
    /// The answer passes the size limit.
    #[error("The NetBird server's answer is larger than {limit_bytes} bytes.")]
    TooLarge {
        /// The limit passed.
        limit_bytes: usize,
    },
    /// The list has more rows than are taken, or they hold more between them.
    #[error("The NetBird server tells of more {resource} than are taken: the limit is {limit}.")]
    TooManyRows {
        /// Of what.
        resource: &'static str,
        /// How many rows are taken.
        limit: usize,
    },
    /// Too many large answers are being read already. Nobody's fault; the next sync tries again.
    #[error("Too many large networks are being read just now. The next attempt follows on its own.")]
    Crowded,
    /// It is JSON, but lacks what is needed, or ends early.
    #[error("NetBird's answer cannot be understood: {what}.")]
    Malformed {
        /// Which resource, and where in the answer. Holds nothing of the answer's content.
        what: String,
    },
}

/// What is wrong with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateProblem {
    /// Self-signed, or signed by an authority that is not known here.
    #[error("it is self-signed or its issuer is unknown")]
    UnknownIssuer,
    /// Past its end.
    #[error("it has expired")]
    Expired,
    /// Before its beginning.
    #[error("it is not valid yet")]
    NotYetValid,
    /// Made for other names.
    #[error("it was issued for another host name")]
    WrongHost,
    /// Anything else: revoked, badly encoded, …
    #[error("it is not valid")]
    Invalid,
}

impl Error {
    /// A stable word for the API and for logs.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::TokenRejected => "token_rejected",
            Self::TokenDeleted => "token_deleted",
            Self::UserBlocked => "user_blocked",
            Self::PermissionDenied => "permission_denied",
            Self::NotNetBird | Self::UnknownPath => "not_netbird",
            Self::RateLimited => "rate_limited",
            Self::ServerError(_) => "server_error",
            Self::RequestRefused(_) => "request_refused",
            Self::Unreachable(_) => "unreachable",
            Self::Timeout => "timeout",
            Self::Certificate(_) => "certificate",
            Self::AddressRefused => "address_refused",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::Crowded => "crowded",
            Self::TooLarge { .. } | Self::Malformed { .. } => "malformed_answer",
        }
    }

    /// The same error as the test of a new connection sees it: who never answered well is not NetBird.
    pub fn in_connection_test(self) -> Self {
        match self {
            Self::TooLarge { .. } | Self::Malformed { .. } | Self::RequestRefused(_) | Self::UnknownPath => {
                Self::NotNetBird
            }
            other => other,
        }
    }

    /// Whether only a person can mend it: trying again with the same token is of no use.
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::TokenRejected | Self::TokenDeleted | Self::UserBlocked | Self::PermissionDenied)
    }

    /// Whether a server that answers other calls well may say this of one list: its release does not have it.
    pub fn is_unknown_list(&self) -> bool {
        matches!(self, Self::UnknownPath | Self::RequestRefused(404 | 405))
    }

    /// Whether it is what one list's answer holds that is at fault, and not the server or the token.
    pub fn is_of_the_answer(&self) -> bool {
        matches!(self, Self::TooLarge { .. } | Self::TooManyRows { .. } | Self::Malformed { .. })
    }

    /// Reads an answer that is not a success. `body` may be cut short; only its shape and fixed words are looked at.
    pub(crate) fn from_answer(status: StatusCode, body: &[u8]) -> Self {
        match status.as_u16() {
            429 => return Self::RateLimited,
            500..=599 => return Self::ServerError(status.as_u16()),
            300..=399 => return Self::NotNetBird,
            _ => {}
        }
        let Ok(ErrorBody { message }) = serde_json::from_slice(body) else {
            return if status == StatusCode::NOT_FOUND { Self::UnknownPath } else { Self::NotNetBird };
        };
        match status.as_u16() {
            401 => Self::TokenRejected,
            403 if message.contains("user is blocked") => Self::UserBlocked,
            403 => Self::PermissionDenied,
            404 if message.starts_with("invalid token") => Self::TokenDeleted,
            other => Self::RequestRefused(other),
        }
    }

    /// Reads a failure in the middle of a body.
    pub(crate) fn from_body(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::Timeout;
        }
        Self::Malformed { what: "it ends early or is not encoded as announced".to_owned() }
    }

    /// Reads a request that got no answer.
    pub(crate) fn from_transport(error: &reqwest::Error, guard: &AddressGuard) -> Self {
        if (guard.is_refusal)(error) {
            return Self::AddressRefused;
        }
        if let Some(problem) = certificate_problem(error) {
            return Self::Certificate(problem);
        }
        if error.is_timeout() {
            return Self::Timeout;
        }
        if error.is_dns() {
            return Self::Unreachable("its name does not resolve");
        }
        if sources(error).any(<dyn StdError>::is::<rustls::Error>) {
            return Self::Unreachable("it does not speak TLS as expected");
        }
        let refused = |source: &(dyn StdError + 'static)| {
            source.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
        };
        if sources(error).any(refused) {
            return Self::Unreachable("nothing listens at this address and port");
        }
        if error.is_connect() {
            return Self::Unreachable("the connection fails");
        }
        Self::Unreachable("the connection was lost")
    }

    /// Reads a failed parse. Keeps the names of missing fields and the place, nothing of the content.
    pub(crate) fn from_parse(resource: &str, error: &serde_json::Error) -> Self {
        let text = error.to_string();
        let fault = match error.classify() {
            serde_json::error::Category::Eof => "it ends early",
            serde_json::error::Category::Data if text.starts_with("missing field") => {
                text.split(" at line").next().unwrap_or("missing field")
            }
            serde_json::error::Category::Data if text.starts_with(list::OVER) => {
                text.split(" at line").next().unwrap_or(list::OVER)
            }
            serde_json::error::Category::Data => "a field has an unexpected type",
            serde_json::error::Category::Syntax | serde_json::error::Category::Io => "it is not JSON",
        };
        let what = format!("{resource}: {fault} at line {} column {}", error.line(), error.column());
        Self::Malformed { what }
    }
}

/// Every error that NetBird itself answers has this shape.
#[derive(Deserialize)]
struct ErrorBody {
    message: String,
}

/// The error and all that caused it. An `io::Error` hides its inner error from `source`, so that is looked into too.
fn sources<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| match error.downcast_ref::<io::Error>() {
        Some(io) => io.get_ref().map(|inner| inner as &(dyn StdError + 'static)),
        None => error.source(),
    })
}

fn certificate_problem(error: &(dyn StdError + 'static)) -> Option<CertificateProblem> {
    use rustls::CertificateError as Fault;
    sources(error).find_map(|source| match source.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(fault) => Some(match fault {
            Fault::UnknownIssuer => CertificateProblem::UnknownIssuer,
            Fault::Expired | Fault::ExpiredContext { .. } => CertificateProblem::Expired,
            Fault::NotValidYet | Fault::NotValidYetContext { .. } => CertificateProblem::NotYetValid,
            Fault::NotValidForName | Fault::NotValidForNameContext { .. } => CertificateProblem::WrongHost,
            // A self-signed certificate made by a tool that marks every certificate as an authority.
            Fault::Other(_) => CertificateProblem::UnknownIssuer,
            _ => CertificateProblem::Invalid,
        }),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_apart() {
        let json = |message: &str| format!(r#"{{"message":"{message}","code":0}}"#);
        for (status, body, expected) in [
            (401, json("token invalid"), Error::TokenRejected),
            (404, json("invalid token: pat: aGFzaA== not found"), Error::TokenDeleted),
            (403, json("failed to validate user permissions: user is blocked"), Error::UserBlocked),
            (403, json("permission denied"), Error::PermissionDenied),
            (404, "404 page not found\n".to_owned(), Error::UnknownPath),
            (404, json("peer not found: x"), Error::RequestRefused(404)),
            (401, "<html>Please log in</html>".to_owned(), Error::NotNetBird),
            (302, String::new(), Error::NotNetBird),
            (429, json("too many requests"), Error::RateLimited),
            (502, "<html>Bad Gateway</html>".to_owned(), Error::ServerError(502)),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(Error::from_answer(status, body.as_bytes()), expected, "{status} {body}");
        }
    }

    #[test]
    fn a_certificate_fault_is_found_inside_an_io_error() {
        use rustls::CertificateError as Fault;
        for (fault, expected) in [
            (Fault::UnknownIssuer, CertificateProblem::UnknownIssuer),
            (Fault::Expired, CertificateProblem::Expired),
            (Fault::NotValidYet, CertificateProblem::NotYetValid),
            (Fault::NotValidForName, CertificateProblem::WrongHost),
            (Fault::Revoked, CertificateProblem::Invalid),
        ] {
            let wrapped = io::Error::other(rustls::Error::InvalidCertificate(fault));
            assert_eq!(certificate_problem(&wrapped), Some(expected));
        }
    }

    #[test]
    fn a_failed_parse_names_the_field_but_not_the_content() {
        #[derive(Debug, Deserialize)]
        struct Needs {
            #[expect(dead_code, reason = "only its absence matters")]
            id: String,
        }
        let missing = serde_json::from_str::<Needs>("{}").unwrap_err();
        assert_eq!(
            Error::from_parse("peers", &missing).to_string(),
            "NetBird's answer cannot be understood: peers: missing field `id` at line 1 column 2."
        );
        let wrong = serde_json::from_str::<Vec<u8>>(r#"["secret"]"#).unwrap_err();
        assert!(!Error::from_parse("peers", &wrong).to_string().contains("secret"));
    }
}
