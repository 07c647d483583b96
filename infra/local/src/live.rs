//! Sockets of this process: how frames leave and arrive. What they say is `functions/live`'s.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Extension, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures::SinkExt;
use futures::stream::{SplitSink, SplitStream, StreamExt};
use http::HeaderMap;
use platform_core::clock::uuid_v7;
use platform_core::live::{ConnectionId, LONGEST, LiveRefusal};
use platform_http::Problem;
use platform_http::router::chain;
use platform_runtime::job::Trigger;
use platform_runtime::queue::Future;
use platform_runtime::sockets::{Arrival, Sent, SocketError, Sockets, Step, Verdict};
use platform_runtime::{Job, Platform};
use tokio::sync::{Notify, mpsc};

use crate::serve::Seat;

/// Sockets in all.
const MOST: usize = 10_000;
/// Of those, of which it is not known yet whose they are.
const MOST_UNKNOWN: usize = 256;
/// Frames that wait for a client to take them.
const ROOM: usize = 64;
/// How long one more waits for room: a client that came back may have much to take at once.
const PATIENCE: Duration = Duration::from_millis(250);
/// Bytes of a message that is taken in at all. What is allowed is less, and refused with a word.
const MAX_FRAME: usize = 16 << 10;
/// How long a client has to take the end.
const FAREWELL: Duration = Duration::from_secs(2);
/// Seconds after which whoever found no room may come again.
const FULL: u64 = 10;

/// What leaves.
enum Out {
    Text(String),
    Close(LiveRefusal),
}

/// One connection, as others reach it.
struct Line {
    frames: mpsc::Sender<Out>,
    /// Told when it is to end whatever its client takes.
    cut: Arc<Notify>,
    /// Something was sent to it: then it is known whose it is.
    is_known: bool,
}

/// The sockets of this process.
#[derive(Clone, Default)]
pub struct LocalSockets(Arc<Mutex<HashMap<ConnectionId, Line>>>);

/// A place among the sockets, until it is dropped.
struct Place {
    sockets: LocalSockets,
    id: ConnectionId,
    frames: mpsc::Receiver<Out>,
    cut: Arc<Notify>,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.sockets.lock().remove(&self.id);
    }
}

impl LocalSockets {
    fn lock(&self) -> MutexGuard<'_, HashMap<ConnectionId, Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Tells how many there are.
    pub fn observe(&self) {
        metrics::gauge!("sockets").set(self.len() as f64);
    }

    /// Gives a place, of `most` that there are.
    fn admit(&self, id: ConnectionId, most: usize) -> Option<Place> {
        let mut open = self.lock();
        let unknown = || open.values().filter(|line| !line.is_known).count();
        if open.len() >= most.min(MOST) || unknown() >= MOST_UNKNOWN {
            return None;
        }
        let ((sender, frames), cut) = (mpsc::channel(ROOM), Arc::<Notify>::default());
        open.insert(id.clone(), Line { frames: sender, cut: cut.clone(), is_known: false });
        Some(Place { sockets: self.clone(), id, frames, cut })
    }

    /// Has every client come again later: the process ends.
    pub fn close_all(&self) {
        for (_, line) in self.lock().drain() {
            end(&line, LiveRefusal::TryAgain);
        }
    }
}

/// Ends a connection behind what was sent to it, or at once if its client does not take that.
fn end(line: &Line, why: LiveRefusal) {
    if line.frames.try_send(Out::Close(why)).is_err() {
        line.cut.notify_one();
    }
}

impl Sockets for LocalSockets {
    fn send<'a>(&'a self, connection: &'a ConnectionId, text: &'a str) -> Future<'a, Result<Sent, SocketError>> {
        Box::pin(async move {
            let found = self.lock().get_mut(connection).map(|line| {
                line.is_known = true;
                (line.frames.clone(), line.cut.clone())
            });
            let Some((frames, cut)) = found else { return Ok(Sent::Gone) };
            match tokio::time::timeout(PATIENCE, frames.send(Out::Text(text.to_owned()))).await {
                Ok(Ok(())) => Ok(Sent::Taken),
                Ok(Err(_)) => Ok(Sent::Gone),
                // A slow reader is dropped, and nothing is kept for it.
                Err(_) => {
                    metrics::counter!("sockets_dropped_total").increment(1);
                    self.lock().remove(connection);
                    cut.notify_one();
                    Ok(Sent::Gone)
                }
            }
        })
    }

    fn close<'a>(&'a self, connection: &'a ConnectionId, why: LiveRefusal) -> Future<'a, Result<(), SocketError>> {
        if let Some(line) = self.lock().remove(connection) {
            end(&line, why);
        }
        Box::pin(async { Ok(()) })
    }
}

/// What a socket needs of the process.
#[derive(Clone)]
struct Door {
    sockets: LocalSockets,
    platform: Platform,
    jobs: Arc<Vec<Job>>,
}

impl Door {
    /// Runs what a step of a socket's life leads to.
    async fn step(&self, step: Step, arrival: Arrival) -> Verdict {
        let run = self.jobs.iter().find_map(|job| match &job.trigger {
            Trigger::Socket(of, run) if *of == step => Some((job.name, run)),
            _ => None,
        });
        let Some((job, run)) = run else { return Verdict::Refused };
        // A task of its own: a panic ends this socket and nothing else.
        let done = tokio::spawn(run(self.platform.clone(), arrival)).await;
        done.unwrap_or_else(|panic| Err(panic.into())).unwrap_or_else(|error| {
            tracing::error!(job, error = chain(error.as_ref()), "a step of a socket failed");
            Verdict::Refused
        })
    }
}

/// The one route.
pub fn router(sockets: LocalSockets, platform: &Platform, jobs: Vec<Job>) -> Router {
    let door = Door { sockets, platform: platform.clone(), jobs: Arc::new(jobs) };
    Router::new().route("/ws", get(open)).with_state(door)
}

async fn open(
    State(door): State<Door>,
    seat: Option<Extension<Arc<Seat>>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let upgrade = upgrade.map_err(|_| Problem::malformed("open this address as a WebSocket"))?;
    let name = uuid_v7(door.platform.now(), door.platform.entropy.as_ref()).simple().to_string();
    let id = ConnectionId::parse(&name).ok_or_else(|| Problem::internal("a connection has no name"))?;
    // The other half of the listener's places is for requests, or open pages would keep people from signing in.
    let most = seat.as_ref().map_or(MOST, |Extension(seat)| seat.most_in_all() / 2);
    let place = door.sockets.admit(id.clone(), most).ok_or_else(|| Problem::busy("too many sockets are open", FULL))?;
    let arrival = Arrival { connection: id, headers, text: None };
    if door.step(Step::Connect, arrival).await == Verdict::Refused {
        return Err(Problem::cross_site());
    }
    let upgrade = upgrade.max_message_size(MAX_FRAME).max_frame_size(MAX_FRAME);
    Ok(upgrade.on_upgrade(async move |socket| talk(socket, door, place, seat).await).into_response())
}

/// From the first frame to the last.
async fn talk(socket: WebSocket, door: Door, mut place: Place, seat: Option<Extension<Arc<Seat>>>) {
    let (mut out, incoming) = socket.split();
    let id = place.id.clone();
    let listening = tokio::spawn(listen(incoming, door.clone(), id.clone()));
    // Whatever the table knows of it by then: a client comes back at once.
    let why = tokio::time::timeout(LONGEST.unsigned_abs(), write(&mut out, &mut place)).await;
    let why = why.unwrap_or(Some(LiveRefusal::TryAgain));
    if let Some(why) = why {
        let frame = CloseFrame { code: why.close_code(), reason: why.name().into() };
        let _ = tokio::time::timeout(FAREWELL, out.send(Message::Close(Some(frame)))).await;
        // The client's own end, so that ours is not lost to what it still sends.
        let _ = tokio::time::timeout(FAREWELL, async {
            while !listening.is_finished() {
                tokio::time::sleep(FAREWELL / 20).await;
            }
        })
        .await;
    }
    listening.abort();
    drop(place);
    door.step(Step::Disconnect, Arrival { connection: id, headers: HeaderMap::new(), text: None }).await;
    drop(seat);
}

/// Sends what is to be sent until the end, and says why that is to come, if there is anybody to be told.
async fn write(out: &mut SplitSink<WebSocket, Message>, place: &mut Place) -> Option<LiveRefusal> {
    loop {
        let frame = tokio::select! {
            () = place.cut.notified() => return Some(LiveRefusal::TryAgain),
            frame = place.frames.recv() => frame?,
        };
        let text = match frame {
            Out::Text(text) => text,
            Out::Close(why) => return Some(why),
        };
        tokio::select! {
            () = place.cut.notified() => return Some(LiveRefusal::TryAgain),
            sent = out.send(Message::Text(text.into())) => sent.ok()?,
        }
    }
}

/// Hears what the client says, one after the other.
async fn listen(mut incoming: SplitStream<WebSocket>, door: Door, id: ConnectionId) {
    while let Some(frame) = incoming.next().await {
        let text = match frame {
            Ok(Message::Text(text)) => Some(text.as_str().to_owned()),
            Ok(Message::Binary(_)) => None,
            // The protocol's own, which is answered below us.
            Ok(Message::Ping(_) | Message::Pong(_)) => continue,
            Ok(Message::Close(_)) => break,
            // Too long, or no WebSocket's frame.
            Err(_) => None,
        };
        let is_readable = text.is_some();
        let arrival = Arrival { connection: id.clone(), headers: HeaderMap::new(), text };
        if door.step(Step::Message, arrival).await == Verdict::Refused || !is_readable {
            break;
        }
    }
    // Whoever is gone is sent nothing more.
    if let Some(line) = door.sockets.lock().remove(&id) {
        line.cut.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> ConnectionId {
        ConnectionId::parse(&number.to_string()).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_reader_is_dropped() {
        let sockets = LocalSockets::default();
        let mut place = sockets.admit(id(1), MOST).unwrap();
        for _ in 0..ROOM {
            assert_eq!(sockets.send(&id(1), "x").await.unwrap(), Sent::Taken);
        }
        assert_eq!(sockets.send(&id(1), "x").await.unwrap(), Sent::Gone);
        assert_eq!(sockets.send(&id(1), "x").await.unwrap(), Sent::Gone);
        place.cut.notified().await;
        assert!(place.frames.recv().await.is_some() && sockets.is_empty());
    }

    #[tokio::test]
    async fn places_are_limited() {
        let sockets = LocalSockets::default();
        let mut places: Vec<Place> = (0..MOST_UNKNOWN).map(|number| sockets.admit(id(number), MOST).unwrap()).collect();
        assert!(sockets.admit(id(MOST), MOST).is_none(), "so many may be unknown");
        for number in 0.. {
            assert_eq!(sockets.send(&id(number), "ready").await.unwrap(), Sent::Taken);
            match sockets.admit(id(MOST_UNKNOWN + number), MOST) {
                Some(place) => places.push(place),
                None => break,
            }
        }
        assert_eq!(sockets.len(), MOST);
        places.pop();
        assert!(sockets.admit(id(MOST), MOST / 2).is_none(), "the listener has fewer places");
        assert!(sockets.admit(id(MOST), MOST).is_some());
    }
}
