//! `/_fake/…`: the script that tests drive the fake by.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::inventory::Initiator;
use super::network::Network;
use super::server::{Handle, TokenState};
use super::{Fault, Peer};

pub(super) fn routes() -> Router<Handle> {
    Router::new()
        .route("/connect", post(connect))
        .route("/disconnect", post(disconnect))
        .route("/cut", post(cut))
        .route("/restart", post(restart))
        .route("/peers", post(add))
        .route("/remove", post(remove))
        .route("/event", post(event))
        .route("/policy", post(policy))
        .route("/fault", post(fault))
        .route("/heal", post(heal))
        .route("/token", post(token))
        .route("/clock", post(clock))
        .route("/reset", post(reset))
        .route("/stats", get(stats))
        .route("/state", get(state))
}

/// Which peers are meant.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum Selection {
    Peers(Vec<String>),
    Group(String),
    Count(usize),
}

impl Selection {
    fn names(self, network: &Network) -> Vec<String> {
        let name = |peer: &Peer| peer.name.clone();
        match self {
            Self::Peers(names) => names.into_iter().filter(|name| network.peer(name).is_some()).collect(),
            Self::Group(group) => network.members(&group),
            Self::Count(count) => network.peers().iter().filter(|peer| peer.connected).take(count).map(name).collect(),
        }
    }
}

async fn connect(State(handle): State<Handle>, Json(selection): Json<Selection>) -> Json<usize> {
    handle.change(|network, now| {
        let names = selection.names(network);
        network.connect(&names, now);
        Json(names.len())
    })
}

async fn disconnect(State(handle): State<Handle>, Json(selection): Json<Selection>) -> Json<usize> {
    handle.change(|network, now| {
        let names = selection.names(network);
        network.disconnect(&names, now);
        Json(names.len())
    })
}

async fn cut(State(handle): State<Handle>, Json(selection): Json<Selection>) -> Json<usize> {
    handle.change(|network, now| {
        let names = selection.names(network);
        network.cut_link(&names, now);
        Json(names.len())
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Restart {
    away: Vec<String>,
    spread_seconds: i64,
}

impl Default for Restart {
    fn default() -> Self {
        Self { away: Vec::new(), spread_seconds: 5 }
    }
}

async fn restart(State(handle): State<Handle>, Json(restart): Json<Restart>) -> Json<usize> {
    handle.change(|network, now| {
        network.restart(&restart.away, restart.spread_seconds, now);
        Json(restart.away.len())
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPeers {
    names: Vec<String>,
    group: String,
}

async fn add(State(handle): State<Handle>, Json(new): Json<NewPeers>) -> Json<usize> {
    handle.change(|network, now| Json(new.names.iter().filter(|name| network.add_peer(name, &new.group, now)).count()))
}

async fn remove(State(handle): State<Handle>, Json(selection): Json<Selection>) -> Json<usize> {
    handle.change(|network, now| {
        let names = selection.names(network);
        for name in &names {
            network.remove_peer(name, 0, now);
        }
        Json(names.len())
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewEvent {
    activity: String,
    code: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    meta: BTreeMap<String, String>,
}

async fn event(State(handle): State<Handle>, Json(event): Json<NewEvent>) -> Json<Value> {
    handle.change(|network, now| {
        network.log(Initiator::User(0), &event.activity, &event.code, &event.target, event.meta, now);
    });
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
}

/// Switches a policy on or off.
async fn policy(State(handle): State<Handle>, Json(policy): Json<Named>) -> Json<Value> {
    handle.change(|network, now| network.toggle_policy(&policy.name, 0, now));
    done()
}

async fn fault(State(handle): State<Handle>, Json(fault): Json<Fault>) -> Json<Value> {
    handle.fault(fault);
    done()
}

async fn heal(State(handle): State<Handle>) -> Json<Value> {
    handle.heal();
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Token {
    is: TokenState,
}

async fn token(State(handle): State<Handle>, Json(token): Json<Token>) -> Json<Value> {
    handle.set_token(token.is);
    done()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClockOffset {
    offset_seconds: i64,
}

async fn clock(State(handle): State<Handle>, Json(clock): Json<ClockOffset>) -> Json<Value> {
    handle.set_clock_offset(SignedDuration::from_secs(clock.offset_seconds));
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reset {
    peers: usize,
    #[serde(default)]
    seed: Option<u64>,
}

async fn reset(State(handle): State<Handle>, Json(reset): Json<Reset>) -> Json<Value> {
    handle.reset(reset.peers, reset.seed);
    done()
}

async fn stats(State(handle): State<Handle>) -> Json<Value> {
    Json(json!({ "calls": handle.calls() }))
}

async fn state(State(handle): State<Handle>) -> Json<Value> {
    let truth = |peer: &Peer| json!({ "name": peer.name, "alive": peer.alive, "connected": peer.connected, "lastSeen": peer.last_seen });
    Json(handle.look(|network| network.peers().iter().map(truth).collect()))
}

fn done() -> Json<Value> {
    Json(json!({}))
}
