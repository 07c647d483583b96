//! A fake NetBird management server, for tests, demos and benchmarks.
//!
//! [`Network`] is the model, any size up to tens of thousands of peers, the same for the same seed.
//! [`FakeServer`] speaks the management API over it with the habits of the real one: nulls where lists are empty, no
//! pages, masked setup keys, `last_seen` as it really moves, an unchanged list byte for byte the same but users and
//! networks in another order each time, plain-text 404s for unknown paths. [`demo::play`] brings it to life.
//!
//! # Tokens
//!
//! [`Tokens`] lists one token for each way a token can answer.
//!
//! # Script
//!
//! Tests drive the server from any language by JSON over `POST /_fake/…`. Peers are chosen by a selection:
//! `{"peers": ["web-fra-01"]}`, `{"group": "servers"}` or `{"count": 5000}` (the first so many that are connected).
//! Every answer is the number of peers meant, or `{}`.
//!
//! | path | body | what happens |
//! |---|---|---|
//! | `disconnect` | selection | they say goodbye |
//! | `connect` | selection | they connect, or come back as somebody else's ghost |
//! | `cut` | selection | their links are cut: the server notices 150 s later |
//! | `restart` | `{"away": ["web-fra-01"], "spreadSeconds": 5}` | the server restarts; who is away leaves meanwhile and becomes a ghost |
//! | `peers` | `{"names": ["x"], "group": "servers"}` | peers register |
//! | `remove` | selection | a user deletes them |
//! | `event` | `{"activity": "…", "code": "…", "target": "…", "meta": {}}` | an entry in the activity log |
//! | `fault` | `{"kind": "status", "status": 500, "path": "peers", "times": 3}` | the next answers go wrong: see [`Fault`]; no `path` means all, no `times` for ever |
//! | `heal` | | all faults end |
//! | `token` | `{"is": "deleted"}` | what becomes of the good token: `good`, `expired`, `deleted`, `blocked`, `small_role` |
//! | `clock` | `{"offsetSeconds": -300}` | the server's clock is off |
//! | `reset` | `{"peers": 60, "seed": 1}` | a new network; faults, clock, token and counts as at the start |
//!
//! `GET /_fake/stats` answers `{"calls": {"GET /api/peers": 3}}`; `GET /_fake/state` the peers with what is true of
//! them (`name`, `alive`, `connected`, `lastSeen`).

mod control;
pub mod demo;
mod dice;
mod faults;
mod furnishing;
mod generate;
mod groups;
mod inventory;
mod lists;
mod network;
mod server;

pub use faults::{Fault, FaultKind};
pub use inventory::{Event, Initiator, Peer};
pub use network::Network;
pub use server::{FakeServer, Handle, TokenState, Tokens};
