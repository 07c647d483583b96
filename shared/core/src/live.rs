//! Watching live: what a client says over a socket, why it is refused, and how much of everything there may be.

use std::fmt;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::named;
use crate::peer_status::{Transition, TransitionKind};

/// How long a socket may be open before it is known whose it is.
pub const AUTH_WITHIN: SignedDuration = SignedDuration::from_secs(10);
/// Bytes of a client's message.
pub const MAX_MESSAGE: usize = 4096;
/// Messages of a client in a minute.
pub const MESSAGES_A_MINUTE: u32 = 5;
/// Open sockets of one user in one tenant.
pub const MOST_OF_USER: usize = 20;
/// Open sockets of one tenant.
pub const MOST_OF_TENANT: usize = 1_000;
/// Peers that one message tells of.
pub const MOST_PEERS: usize = 200;
/// Messages that a tenant's log keeps for those who come back.
pub const MOST_KEPT: u64 = 256;
/// How long it keeps them, and goes on after the last one has gone.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_mins(15);
/// How long a socket lives at most: as long as API Gateway lets it.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(2);

/// A connection, as its host names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConnectionId(String);

impl ConnectionId {
    /// A name that a host gave: printable, and short enough for a key.
    pub fn parse(name: &str) -> Option<Self> {
        let is_name =
            (1..=128).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
        is_name.then(|| Self(name.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a client says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = LiveRequest)]
pub enum Request {
    /// Who it is: within 10 seconds, and again to go on beyond the token's end.
    Auth {
        /// An access token. One of another user or tenant than the first is refused.
        token: String,
        /// The sequence of the last message that the client has, if it was here before: what it missed is sent.
        #[serde(default)]
        after: Option<u64>,
    },
    /// Asks for a `pong`.
    Ping {},
}

named! {
    /// Why a socket is closed. The WebSocket's close code follows from it where the host can choose one.
    pub enum LiveRefusal {
        /// Nothing that was understood: not JSON, not a known message, binary, or too long. Closes with 4400.
        Malformed = "malformed",
        /// The token is not good, has expired, is of somebody else or of another role; or the session ended. Closes with 4401.
        Unauthenticated = "unauthenticated",
        /// The role allows nothing of what the socket is for. Closes with 4403.
        Forbidden = "forbidden",
        /// No token came in time. Closes with 4408.
        TooLate = "too-late",
        /// Too many sockets, or too many messages. Closes with 4429.
        TooMany = "too-many",
        /// The client does not take what it is sent, or the server stops. Closes with 1013.
        TryAgain = "try-again",
    }
}

impl LiveRefusal {
    /// The close code of a WebSocket.
    pub const fn close_code(self) -> u16 {
        match self {
            LiveRefusal::Malformed => 4400,
            LiveRefusal::Unauthenticated => 4401,
            LiveRefusal::Forbidden => 4403,
            LiveRefusal::TooLate => 4408,
            LiveRefusal::TooMany => 4429,
            LiveRefusal::TryAgain => 1013,
        }
    }
}

impl Request {
    /// Reads a text frame.
    pub fn parse(text: &str) -> Result<Self, LiveRefusal> {
        if text.len() > MAX_MESSAGE {
            return Err(LiveRefusal::Malformed);
        }
        serde_json::from_str(text).map_err(|_| LiveRefusal::Malformed)
    }
}

named! {
    /// What a client is to read anew.
    pub enum LiveReload {
        /// Alerts.
        Alerts = "alerts",
        /// Peers, of one account or of all.
        Peers = "peers",
        /// Everything that it shows.
        All = "all",
    }
}

named! {
    /// What a peer is now.
    pub enum LivePeerStatus {
        /// Connected.
        Online = "online",
        /// Not connected.
        Offline = "offline",
        /// The server says connected, but the peer has not come back since the server restarted.
        Unconfirmed = "unconfirmed",
        /// New in the network: read it.
        New = "new",
        /// Gone from the network.
        Removed = "removed",
    }
}

impl From<TransitionKind> for LivePeerStatus {
    fn from(kind: TransitionKind) -> Self {
        match kind {
            TransitionKind::Connected | TransitionKind::Reconnected => LivePeerStatus::Online,
            TransitionKind::Disconnected => LivePeerStatus::Offline,
            TransitionKind::Unconfirmed => LivePeerStatus::Unconfirmed,
            TransitionKind::Registered => LivePeerStatus::New,
            TransitionKind::Removed => LivePeerStatus::Removed,
        }
    }
}

/// A peer whose status changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LivePeerChange)]
pub struct PeerChange {
    /// NetBird's id of the peer.
    pub peer_id: String,
    /// What it is now.
    pub status: LivePeerStatus,
}

/// What peers are after these transitions, each told once; `None` if they are more than one message tells of.
pub fn peer_changes(transitions: &[Transition]) -> Option<Vec<PeerChange>> {
    let mut changes: Vec<PeerChange> = Vec::new();
    for Transition { peer, kind, .. } in transitions {
        let (status, is_full) = (LivePeerStatus::from(*kind), changes.len() == MOST_PEERS);
        match changes.iter_mut().find(|change| change.peer_id == *peer) {
            // One that is new and connected at once is new all the same.
            Some(known) if known.status == LivePeerStatus::New && status != LivePeerStatus::Removed => {}
            Some(known) => known.status = status,
            None if is_full => return None,
            None => changes.push(PeerChange { peer_id: peer.clone(), status }),
        }
    }
    Some(changes)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn what_a_client_says_is_one_of_two_things() {
        let auth = |after| Request::Auth { token: "t".into(), after };
        for (text, read) in [
            (r#"{"type":"auth","token":"t"}"#, Ok(auth(None))),
            (r#"{"type":"auth","token":"t","after":12}"#, Ok(auth(Some(12)))),
            (r#"{"type":"ping"}"#, Ok(Request::Ping {})),
            (r#"{"type":"ping","more":1}"#, Err(LiveRefusal::Malformed)),
            (r#"{"type":"auth"}"#, Err(LiveRefusal::Malformed)),
            (r#"{"type":"auth","token":"t","after":-1}"#, Err(LiveRefusal::Malformed)),
            (r#"{"type":"auth","token":"t","after":"1"}"#, Err(LiveRefusal::Malformed)),
            (r#"{"type":"subscribe"}"#, Err(LiveRefusal::Malformed)),
            (r#"[]"#, Err(LiveRefusal::Malformed)),
            ("", Err(LiveRefusal::Malformed)),
        ] {
            assert_eq!(Request::parse(text), read, "{text}");
        }
        let long = format!(r#"{{"type":"auth","token":"{}"}}"#, "t".repeat(MAX_MESSAGE));
        assert_eq!(Request::parse(&long), Err(LiveRefusal::Malformed));
    }

    #[test]
    fn close_codes_are_told_apart() {
        let codes: std::collections::BTreeSet<u16> =
            LiveRefusal::ALL.iter().map(|refusal| refusal.close_code()).collect();
        assert_eq!(codes.len(), LiveRefusal::ALL.len());
    }

    #[test]
    fn a_peer_is_told_once_as_it_is_in_the_end() {
        let transition = |peer: &str, kind| Transition { peer: peer.into(), at: Timestamp::UNIX_EPOCH, kind };
        let told = peer_changes(&[
            transition("a", TransitionKind::Disconnected),
            transition("b", TransitionKind::Registered),
            transition("b", TransitionKind::Connected),
            transition("a", TransitionKind::Connected),
            transition("c", TransitionKind::Removed),
        ]);
        let told: Vec<_> = told.unwrap().into_iter().map(|change| (change.peer_id, change.status.name())).collect();
        let expected = [("a", "online"), ("b", "new"), ("c", "removed")];
        assert_eq!(told, expected.map(|(peer, status)| (peer.to_owned(), status)));

        let many: Vec<_> = (0..=MOST_PEERS).map(|n| transition(&n.to_string(), TransitionKind::Disconnected)).collect();
        assert!(peer_changes(&many).is_none());
        assert_eq!(peer_changes(&many[1..]).unwrap().len(), MOST_PEERS);
    }
}
