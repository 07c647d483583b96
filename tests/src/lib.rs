//! What the tests share: the whole platform in one process, under a clock that the test moves.
//!
//! [`TestApp`] is a host like the local one and the one on AWS, with everything that could differ from run to run
//! taken away: the clock stands still until the test moves it, ids and jitter come from a seed, messages wait in
//! [`TestQueues`] until the test lets them be handled, requests reach the router without a socket. NetBird and the
//! webhooks' receiver are real servers on the loopback interface, since the clients under test are real too.

mod app;
pub mod attack;
mod authenticator;
mod client;
mod clock;
mod host;
mod hostile;
pub mod identity_provider;
mod log;
mod long_run;
mod mailbox;
mod planted;
mod queues;
mod receiver;
mod sockets;

pub use app::{Options, TOKEN_SECRET, TestApp};
pub use authenticator::Authenticator;
pub use client::{Answer, Client, Member};
pub use clock::{SeededEntropy, TestClock};
pub use host::{LocalHost, exchange};
pub use hostile::HostileServer;
pub use log::{capture_log, captured_log};
pub use long_run::long_run;
pub use mailbox::{Mail, Mailbox};
pub use planted::OWNER_PASSWORD;
pub use queues::{Queued, TRIES, TestQueues};
pub use receiver::{Received, Receiver, Reply};
pub use sockets::{TestSocket, TestSockets};
