//! Watching live: sockets, whose they are, and what is sent over them.
//!
//! Hosts differ in how a frame leaves and arrives ([`platform_runtime::sockets`]); all else is here. What happened comes as
//! messages of a queue: from the change feed by `relayOutbox`, from syncs by `syncAccount`, and each minute by `tendLive`.
//! `pushLive` gives each message its place among the tenant's ([`tell`]), and whoever has the turn sends them ([`drain`]).
//!
//! To tell of something new: a variant of [`LiveMessage`], of `Happened`, and what makes the one of the other in `push`.

mod check;
mod connect;
mod disconnect;
mod drain;
mod end;
mod message;
mod push;
mod said;
mod tell;
mod tend;

use platform_core::live::Request;
use platform_http::needs;
use platform_http::needs::{DELETE, GET, GET_MANY, PUT, QUERY, UPDATE};
use platform_runtime::Job;
use platform_runtime::queue::Queue;
use platform_runtime::sockets::Step;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

pub use message::LiveMessage;
pub use tend::missed;

/// The jobs of this area.
pub fn jobs() -> Vec<Job> {
    vec![
        Job::on_step("liveConnect", Step::Connect, connect::run, needs().connection(PUT).queue(Queue::Live)),
        Job::on_step(
            "liveMessage",
            Step::Message,
            said::run,
            needs()
                .connection(GET | PUT | DELETE)
                .tenant(GET | GET_MANY | QUERY | PUT | UPDATE | DELETE)
                .user(GET_MANY)
                .platform(QUERY)
                .watched_tenants(PUT)
                .queue(Queue::Live)
                .sockets()
                .timeout(29),
        ),
        Job::on_step(
            "liveDisconnect",
            Step::Disconnect,
            disconnect::run,
            needs().connection(GET | DELETE).tenant(DELETE),
        ),
        Job::on_message(
            "pushLive",
            Queue::Live,
            push::run,
            needs()
                .connection(GET | DELETE)
                .tenant(GET | GET_MANY | QUERY | PUT | UPDATE | DELETE)
                .user(GET_MANY)
                .watched_tenants(PUT)
                .queue(Queue::Live)
                .sockets()
                .timeout(29),
        ),
        Job::every_minute("tendLive", tend::run, needs().watched_tenants(QUERY).queue(Queue::Live)),
    ]
}

/// What is said over sockets, for the API document: no endpoint names it.
pub fn schemas() -> Vec<(String, RefOr<Schema>)> {
    fn of<T: ToSchema + PartialSchema>(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
        schemas.push((T::name().into_owned(), T::schema()));
    }
    let mut schemas = Vec::new();
    of::<Request>(&mut schemas);
    of::<LiveMessage>(&mut schemas);
    schemas
}
