//! Sockets without a network: what is sent over each is there to be looked at.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::HeaderMap;
use platform_core::live::{ConnectionId, LiveRefusal};
use platform_runtime::job::Trigger;
use platform_runtime::queue::Future;
use platform_runtime::sockets::{Arrival, Sent, SocketError, Sockets, Step, Verdict};
use serde_json::Value;

use crate::app::TestApp;

#[derive(Debug, Default)]
struct State {
    heard: Vec<Value>,
    closed: Option<LiveRefusal>,
    is_cut: bool,
    is_clogged: bool,
}

/// Every open socket.
#[derive(Debug, Clone, Default)]
pub struct TestSockets(Arc<Mutex<HashMap<ConnectionId, State>>>);

impl TestSockets {
    fn lock(&self) -> MutexGuard<'_, HashMap<ConnectionId, State>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sockets for TestSockets {
    fn send<'a>(&'a self, connection: &'a ConnectionId, text: &'a str) -> Future<'a, Result<Sent, SocketError>> {
        Box::pin(async move {
            let mut sockets = self.lock();
            match sockets.get_mut(connection) {
                Some(state) if state.is_clogged => Err(SocketError("it takes nothing".into())),
                Some(state) if !state.is_cut && state.closed.is_none() => {
                    state.heard.push(serde_json::from_str(text).expect("frames are JSON"));
                    Ok(Sent::Taken)
                }
                _ => Ok(Sent::Gone),
            }
        })
    }

    fn close<'a>(&'a self, connection: &'a ConnectionId, why: LiveRefusal) -> Future<'a, Result<(), SocketError>> {
        Box::pin(async move {
            if let Some(state) = self.lock().get_mut(connection) {
                state.closed.get_or_insert(why);
            }
            Ok(())
        })
    }
}

/// A client's end of a socket.
pub struct TestSocket<'a> {
    app: &'a TestApp,
    id: ConnectionId,
}

impl TestApp {
    /// Opens a socket as a page of the platform does. `None` if that is refused.
    pub async fn open_socket(&self) -> Option<TestSocket<'_>> {
        self.open_socket_of("https://platform.example").await
    }

    /// Opens a socket as a page of this origin does.
    ///
    /// # Panics
    ///
    /// If the origin does not fit a header.
    pub async fn open_socket_of(&self, origin: &str) -> Option<TestSocket<'_>> {
        let mut headers = HeaderMap::new();
        if !origin.is_empty() {
            headers.insert("origin", origin.parse().expect("tests write origins that fit a header"));
        }
        let number = self.sockets.lock().len();
        let id = ConnectionId::parse(&format!("socket-{number:05}=")).expect("it is a name");
        self.sockets.lock().insert(id.clone(), State::default());
        let arrival = Arrival { connection: id.clone(), headers, text: None };
        match self.take_step(Step::Connect, arrival).await {
            Verdict::Go => Some(TestSocket { app: self, id }),
            Verdict::Refused => None,
        }
    }

    /// Runs what a step of a socket's life leads to.
    async fn take_step(&self, step: Step, arrival: Arrival) -> Verdict {
        let run = self.jobs().iter().find_map(|job| match &job.trigger {
            Trigger::Socket(of, run) if *of == step => Some(run),
            _ => None,
        });
        run.expect("every step has a job")(self.platform.clone(), arrival).await.expect("the step is taken")
    }
}

impl TestSocket<'_> {
    /// Says something, and takes what comes back.
    pub async fn say(&self, message: &Value) -> Vec<Value> {
        self.say_text(Some(&message.to_string())).await
    }

    /// Says any text, or something that is none.
    pub async fn say_text(&self, text: Option<&str>) -> Vec<Value> {
        let arrival = Arrival { connection: self.id.clone(), headers: HeaderMap::new(), text: text.map(str::to_owned) };
        self.app.take_step(Step::Message, arrival).await;
        self.heard()
    }

    /// Says something, and looks at nothing that comes back.
    pub async fn say_and_leave(&self, message: &Value) -> bool {
        let text = Some(message.to_string());
        let arrival = Arrival { connection: self.id.clone(), headers: HeaderMap::new(), text };
        self.app.take_step(Step::Message, arrival).await == Verdict::Go
    }

    /// What came since the last time.
    pub fn heard(&self) -> Vec<Value> {
        self.app.sockets.lock().get_mut(&self.id).map(|state| std::mem::take(&mut state.heard)).unwrap_or_default()
    }

    /// Why it was closed by the platform, if it was.
    pub fn closed(&self) -> Option<LiveRefusal> {
        self.app.sockets.lock().get(&self.id).and_then(|state| state.closed)
    }

    /// The client closes it.
    pub async fn close(&self) {
        self.cut();
        let arrival = Arrival { connection: self.id.clone(), headers: HeaderMap::new(), text: None };
        self.app.take_step(Step::Disconnect, arrival).await;
    }

    /// The client is gone, and nobody knows yet.
    pub fn cut(&self) {
        if let Some(state) = self.app.sockets.lock().get_mut(&self.id) {
            state.is_cut = true;
        }
    }

    /// From now on it takes nothing.
    pub fn clog(&self) {
        if let Some(state) = self.app.sockets.lock().get_mut(&self.id) {
            state.is_clogged = true;
        }
    }
}
