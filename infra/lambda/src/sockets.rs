//! Sockets through API Gateway: what it tells of one, and how a frame is sent over it.

use std::env;

use aws_sdk_apigatewaymanagement::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_apigatewaymanagement::primitives::Blob;
use http::HeaderMap;
use platform_core::live::{ConnectionId, LiveRefusal};
use platform_runtime::queue::Future;
use platform_runtime::sockets::{Arrival, Sent, SocketError, Sockets, Step};
use serde::Deserialize;

use crate::aws::Aws;
use crate::edge::Edge;

/// What API Gateway tells of a socket.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SocketEvent {
    request_context: Context,
    #[serde(default)]
    headers: HeaderPairs,
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

type HeaderPairs = Option<std::collections::HashMap<String, String>>;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    connection_id: String,
    event_type: String,
}

impl SocketEvent {
    /// What arrives, if it is of this step and came through CloudFront.
    pub(crate) fn arrival(self, step: Step, edge: &Edge) -> Option<Arrival> {
        let of = match step {
            Step::Connect => "CONNECT",
            Step::Message => "MESSAGE",
            Step::Disconnect => "DISCONNECT",
        };
        if self.request_context.event_type != of {
            return None;
        }
        let pairs = self.headers.unwrap_or_default().into_iter();
        let mut headers: HeaderMap =
            pairs.filter_map(|(name, value)| Some((name.parse().ok()?, value.parse().ok()?))).collect();
        if step == Step::Connect && !edge.is_passed(&mut headers) {
            return None;
        }
        // A binary frame comes encoded.
        let text = self.body.filter(|_| step == Step::Message && !self.is_base64_encoded);
        Some(Arrival { connection: ConnectionId::parse(&self.request_context.connection_id)?, headers, text })
    }
}

/// API Gateway, as it sends frames.
pub(crate) struct ApiGateway(aws_sdk_apigatewaymanagement::Client);

impl ApiGateway {
    pub(crate) fn new(aws: &Aws) -> Self {
        Self(aws.sockets(env::var("LIVE_ENDPOINT").unwrap_or_default()))
    }
}

/// Whether an error says that there is no such connection.
fn is_gone<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    error.as_service_error().and_then(ProvideErrorMetadata::code) == Some("GoneException")
}

impl Sockets for ApiGateway {
    fn send<'a>(&'a self, connection: &'a ConnectionId, text: &'a str) -> Future<'a, Result<Sent, SocketError>> {
        Box::pin(async move {
            let request = self.0.post_to_connection().connection_id(connection.as_str());
            match request.data(Blob::new(text)).send().await {
                Ok(_) => Ok(Sent::Taken),
                Err(error) if is_gone(&error) => Ok(Sent::Gone),
                Err(error) => Err(SocketError(error.into())),
            }
        })
    }

    /// With API Gateway's own code: why was said in the message before.
    fn close<'a>(&'a self, connection: &'a ConnectionId, _: LiveRefusal) -> Future<'a, Result<(), SocketError>> {
        Box::pin(async move {
            match self.0.delete_connection().connection_id(connection.as_str()).send().await {
                Err(error) if !is_gone(&error) => Err(SocketError(error.into())),
                _ => Ok(()),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn arrival(step: Step, event: serde_json::Value, secret: Option<&str>) -> Option<Arrival> {
        let event: SocketEvent = serde_json::from_value(event).unwrap();
        event.arrival(step, &Edge::new(secret.map(str::to_owned)))
    }

    #[test]
    fn a_socket_comes_through_cloudfront_or_not_at_all() {
        let event = |secret: &str| {
            json!({
                "headers": { "Origin": "https://platform.example", "x-origin-secret": secret },
                "requestContext": { "connectionId": "c1=", "eventType": "CONNECT" },
            })
        };
        let told = arrival(Step::Connect, event("known"), Some("known")).unwrap();
        assert_eq!(told.headers["origin"], "https://platform.example");
        assert!(!told.headers.contains_key("x-origin-secret"));
        assert!(arrival(Step::Connect, event("other"), Some("known")).is_none());
        assert!(arrival(Step::Connect, event(""), None).is_some());
        assert!(arrival(Step::Disconnect, event("known"), Some("known")).is_none(), "another step");
    }

    #[test]
    fn binary_frames_are_no_text() {
        let said = |encoded: bool| {
            let context = json!({ "connectionId": "c1=", "eventType": "MESSAGE" });
            let event = json!({ "requestContext": context, "body": "e30=", "isBase64Encoded": encoded });
            arrival(Step::Message, event, Some("known")).unwrap().text
        };
        assert_eq!((said(false).as_deref(), said(true)), (Some("e30="), None));
    }
}
