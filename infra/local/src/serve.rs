//! The listener: who may hold how many connections for how long, before any handler hears of them.
//!
//! A connection costs a descriptor and its buffers whether it asks for something or not, so its number is limited, by
//! address and in all, and so is the time in which it may be idle, send the head of a request, send a body, or not take
//! what it asked for.

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{ConnectInfo, Request};
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use ipnet::IpNet;
use platform_http::client::subscriber;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::Sleep;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// How long connections may take, and how many there may be.
#[derive(Debug, Clone)]
pub struct Limits {
    /// For the head of a request, from the moment the connection is free for it: idling counts.
    pub head: Duration,
    /// For the whole body of a request.
    pub body: Duration,
    /// For the client to take some of an answer.
    pub stalled: Duration,
    /// Connections of one address, or one subscriber of IPv6.
    pub per_address: usize,
    /// Connections in all.
    pub in_all: usize,
    /// Proxies of ours, which bring everybody's requests and have no limit of their own.
    pub exempt: Vec<IpNet>,
}

/// How long connections may take: long for people, short for those who hold them for nothing.
pub const HEAD: Duration = Duration::from_secs(15);
/// For the whole body of a request, of 256 KB at most.
pub const BODY: Duration = Duration::from_secs(30);
/// For the client to take some of an answer.
pub const STALLED: Duration = Duration::from_secs(30);
/// For what is under way when the platform is told to stop.
const FAREWELL: Duration = Duration::from_secs(30);
/// The most that is kept of a request's head.
const MAX_HEAD: usize = 64 << 10;
/// A pause when no connection can be taken, such as for want of descriptors.
const RECOVERY: Duration = Duration::from_millis(100);

/// Who is connected.
struct Connections {
    limits: Limits,
    open: Mutex<(usize, HashMap<IpAddr, usize>)>,
}

/// A place among the connections, until it is dropped. What a connection is upgraded to holds it on.
pub struct Seat {
    connections: Arc<Connections>,
    address: IpAddr,
}

impl Connections {
    fn admit(self: &Arc<Self>, peer: IpAddr) -> Option<Seat> {
        let address = peer.to_canonical();
        let is_exempt = self.limits.exempt.iter().any(|range| range.contains(&address));
        let address = subscriber(address);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let (total, by_address) = &mut *open;
        let own = by_address.get(&address).copied().unwrap_or(0);
        if *total >= self.limits.in_all || !is_exempt && own >= self.limits.per_address {
            return None;
        }
        *total += 1;
        by_address.insert(address, own + 1);
        Some(Seat { connections: self.clone(), address })
    }
}

impl Seat {
    /// How many places there are in all.
    pub fn most_in_all(&self) -> usize {
        self.connections.limits.in_all
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.connections.open.lock().unwrap_or_else(PoisonError::into_inner);
        let (total, by_address) = &mut *open;
        *total -= 1;
        if let Some(own) = by_address.get_mut(&self.address) {
            *own -= 1;
            if *own == 0 {
                by_address.remove(&self.address);
            }
        }
    }
}

/// Serves until `stop` is done, and then what is under way.
pub async fn serve(listener: TcpListener, app: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let connections = Arc::new(Connections { limits, open: Mutex::default() });
    // Whoever serves a connection holds a receiver until its end.
    let (stopping, told) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                if !is_of_the_connection(&error) {
                    tracing::error!(error = %error, "no connection can be taken");
                    tokio::time::sleep(RECOVERY).await;
                }
                continue;
            }
        };
        // Over the limit: closed at once, which costs nothing.
        let Some(seat) = connections.admit(peer.ip()) else { continue };
        tokio::spawn(connection(stream, peer, Arc::new(seat), app.clone(), connections.clone(), told.clone()));
    }
    drop((listener, told));
    stopping.send_replace(());
    if tokio::time::timeout(FAREWELL, stopping.closed()).await.is_err() {
        tracing::warn!("some connections did not come to an end");
    }
}

/// Serves one connection. It may be upgraded to a socket, which then holds the seat.
async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    seat: Arc<Seat>,
    app: Router,
    connections: Arc<Connections>,
    mut told_to_stop: watch::Receiver<()>,
) {
    let limits = &connections.limits;
    // Small answers wait for nothing.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.stalled));
    let for_body = limits.body;
    let service = app.map_request(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(seat.clone());
        request.map(|body| timed(Body::new(body), for_body)) as Request
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(service))
        .with_upgrades();
    let mut connection = pin!(connection);
    // Whatever ends a connection is the client's doing, or shows in the answers.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = told_to_stop.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// Whether it was one connection that failed, not the listener.
fn is_of_the_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// A body that fails unless it has come by then.
fn timed(body: Body, within: Duration) -> Body {
    // Most requests have none, and need no timer.
    if body.is_end_stream() {
        return body;
    }
    Body::new(Timed { body, deadline: Box::pin(tokio::time::sleep(within)) })
}

struct Timed {
    body: Body,
    deadline: Pin<Box<Sleep>>,
}

impl HttpBody for Timed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Pending => self
                .deadline
                .as_mut()
                .poll(context)
                .map(|()| Some(Err(axum::Error::new(io::Error::from(io::ErrorKind::TimedOut))))),
            ready => ready,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Lets the process open as many files as it may, and returns how many those are.
pub fn raise_open_files() -> u64 {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // If it may not, the present limit stands.
    let _ = setrlimit(Resource::Nofile, limit);
    getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_by_address_and_in_all() {
        let limits = Limits {
            head: HEAD,
            body: BODY,
            stalled: STALLED,
            per_address: 2,
            in_all: 6,
            exempt: vec!["10.0.0.1/32".parse().unwrap()],
        };
        let connections = Arc::new(Connections { limits, open: Mutex::default() });
        let mut seats: HashMap<&str, Vec<Seat>> = HashMap::new();
        let mut come = |ip: &'static str| match connections.admit(ip.parse().unwrap()) {
            Some(seat) => {
                seats.entry(ip).or_default().push(seat);
                true
            }
            None => false,
        };
        assert_eq!([(); 3].map(|()| come("203.0.113.7")), [true, true, false]);
        assert!(!come("::ffff:203.0.113.7"), "the same address");
        assert_eq!(["2001:db8::1", "2001:db8::2", "2001:db8::3"].map(&mut come), [true, true, false]);
        assert_eq!([(); 3].map(|()| come("10.0.0.1")), [true, true, false], "six in all");
        seats.remove("203.0.113.7");
        assert!(connections.admit("10.0.0.1".parse().unwrap()).is_some());
        drop(seats);
        assert!(connections.open.lock().unwrap().1.is_empty(), "nobody is remembered");
    }
}
