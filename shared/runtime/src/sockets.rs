//! Sockets: how a frame leaves, and what of one arrives. All else about them is `functions/live`'s, on every host.

use std::fmt;

use http::HeaderMap;
use platform_core::live::{ConnectionId, LiveRefusal};

use crate::queue::Future;

/// A frame that could not be sent, for now.
#[derive(Debug, thiserror::Error)]
#[error("a frame was not sent")]
pub struct SocketError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// What became of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// It is on its way.
    Taken,
    /// There is no such connection any more.
    Gone,
}

/// Sends frames.
pub trait Sockets: Send + Sync {
    /// Sends a text frame. Frames to one connection arrive in the order of the calls.
    fn send<'a>(&'a self, connection: &'a ConnectionId, text: &'a str) -> Future<'a, Result<Sent, SocketError>>;

    /// Closes a connection, behind what was sent to it. One that is gone is closed.
    fn close<'a>(&'a self, connection: &'a ConnectionId, why: LiveRefusal) -> Future<'a, Result<(), SocketError>>;
}

impl fmt::Debug for dyn Sockets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sockets")
    }
}

/// Of a host that has none.
#[derive(Debug)]
pub struct NoSockets;

impl Sockets for NoSockets {
    fn send<'a>(&'a self, _: &'a ConnectionId, _: &'a str) -> Future<'a, Result<Sent, SocketError>> {
        Box::pin(async { Err(SocketError("there are no sockets here".into())) })
    }

    fn close<'a>(&'a self, _: &'a ConnectionId, _: LiveRefusal) -> Future<'a, Result<(), SocketError>> {
        Box::pin(async { Err(SocketError("there are no sockets here".into())) })
    }
}

/// A step of a connection's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Somebody wants to connect.
    Connect,
    /// The client said something.
    Message,
    /// It is closed.
    Disconnect,
}

impl Step {
    /// What API Gateway calls its route.
    pub const fn route(self) -> &'static str {
        match self {
            Step::Connect => "$connect",
            Step::Message => "$default",
            Step::Disconnect => "$disconnect",
        }
    }
}

/// What arrives of a connection at one of its steps.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// Which.
    pub connection: ConnectionId,
    /// The headers of the request, if it wants to connect.
    pub headers: HeaderMap,
    /// The text that it said; `None` of what is no text, or longer than the host takes in.
    pub text: Option<String>,
}

/// Whether a connection may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Go,
    /// It may not.
    Refused,
}
