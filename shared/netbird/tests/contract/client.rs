//! What the client makes of servers good and bad.

use std::net::SocketAddr;
use std::sync::Arc;

use platform_netbird::fake::{FakeServer, Fault, FaultKind, TokenState, Tokens};
use platform_netbird::{AddressGuard, CertificateProblem, Client, Error};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{client, fake, fake_and_client, guarded_client, open_guard};

/// A server that answers every connection with `head`, and then sends `more` for ever.
async fn endless_server(head: &'static [u8], more: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                read_request(&mut socket).await;
                let mut sent = socket.write_all(head).await;
                let more = vec![b' '; more];
                while sent.is_ok() {
                    sent = socket.write_all(&more).await;
                }
            });
        }
    });
    format!("http://{address}")
}

async fn read_request(socket: &mut TcpStream) -> String {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(socket.read_u8().await.unwrap());
    }
    String::from_utf8(request).unwrap().to_ascii_lowercase()
}

async fn fault(client: &Client, fake: &FakeServer, kind: FaultKind) -> Error {
    fake.handle().fault(Fault { kind, path: Some("peers".to_owned()), times: Some(1) });
    match client.peers().await {
        Ok(fetched) => fetched.parse().unwrap_err(),
        Err(error) => error,
    }
}

#[tokio::test]
async fn every_resource_is_read() {
    let (_fake, client) = fake_and_client().await;
    assert_eq!(client.accounts().await.unwrap().parse().unwrap().len(), 1);
    assert_eq!(client.peers().await.unwrap().parse().unwrap().len(), 60);
    assert!(client.groups().await.unwrap().parse().unwrap().iter().any(|group| group.name == "servers"));
    assert!(client.users().await.unwrap().parse().unwrap().iter().any(|user| user.role == "owner"));
    assert!(client.policies().await.unwrap().parse().unwrap().iter().any(|policy| policy.enabled));
    let networks = client.networks().await.unwrap().parse().unwrap();
    let resources = client.network_resources().await.unwrap().parse().unwrap();
    assert!(
        networks.iter().flat_map(|network| &network.resources).all(|id| resources.iter().any(|one| one.id == id.0))
    );
    assert!(client.network_routers().await.unwrap().parse().unwrap().iter().any(|router| router.peer.is_empty()));
    assert!(client.routes().await.unwrap().parse().unwrap().iter().any(|route| !route.domains.is_empty()));
    let checks = client.posture_checks().await.unwrap().parse().unwrap();
    assert!(checks.iter().any(|check| check.checks.process_check.is_some()));
    assert!(client.nameserver_groups().await.unwrap().parse().unwrap().iter().any(|group| group.primary));
    assert_eq!(client.dns_settings().await.unwrap().parse().unwrap()[0].disabled_management_groups.len(), 1);
    assert!(client.setup_keys().await.unwrap().parse().unwrap().iter().any(|key| key.kind == "one-off"));
    assert!(client.events().await.unwrap().parse().unwrap().len() > 60);
    let version = client.instance_version().await.unwrap().parse().unwrap();
    assert_eq!(version.management_current_version, "0.76.3");
}

#[tokio::test]
async fn each_token_that_is_no_good_is_told_apart() {
    let fake = fake(3).await;
    for (token, expected) in [
        ("nbp_wrong", Error::TokenRejected),
        (Tokens::EXPIRED, Error::TokenRejected),
        (Tokens::DELETED, Error::TokenDeleted),
        (Tokens::BLOCKED, Error::UserBlocked),
        (Tokens::SMALL_ROLE, Error::PermissionDenied),
    ] {
        assert_eq!(client(&fake.url(), token).accounts().await.unwrap_err(), expected);
    }
    let client = client(&fake.url(), Tokens::GOOD);
    assert!(client.accounts().await.is_ok());
    fake.handle().set_token(TokenState::Deleted);
    assert_eq!(client.peers().await.unwrap_err(), Error::TokenDeleted);
}

#[tokio::test]
async fn each_fault_of_a_server_is_told_apart() {
    let (fake, client) = fake_and_client().await;
    for (kind, reason) in [
        (FaultKind::Status { status: 429 }, "rate_limited"),
        (FaultKind::Status { status: 500 }, "server_error"),
        (FaultKind::Status { status: 503 }, "server_error"),
        (FaultKind::NotFound, "not_netbird"),
        (FaultKind::Html, "not_netbird"),
        (FaultKind::Truncate, "malformed_answer"),
        (FaultKind::Garbage, "malformed_answer"),
    ] {
        assert_eq!(fault(&client, &fake, kind.clone()).await.reason(), reason, "{kind:?}");
    }
    assert!(client.peers().await.is_ok(), "and after the faults all is well");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let (fake, client) = fake_and_client().await;
    let to = format!("{}/api/groups", fake.url());
    assert_eq!(fault(&client, &fake, FaultKind::Redirect { to }).await, Error::NotNetBird);
    assert!(!fake.handle().calls().contains_key("GET /api/groups"));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_hangs_is_given_up() {
    let (fake, client) = fake_and_client().await;
    assert_eq!(fault(&client, &fake, FaultKind::Hang { seconds: 3_600 }).await, Error::Timeout);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = client(&url, "nbp_x").accounts().await.unwrap_err();
    assert_eq!(error, Error::Unreachable("nothing listens at this address and port"));
    let error = client("http://no-such-host.invalid", "nbp_x").accounts().await.unwrap_err();
    assert_eq!(error.reason(), "unreachable");
    let tls = client(&url.replace("http", "https"), "nbp_x").accounts().await.unwrap_err();
    assert_eq!(tls.reason(), "unreachable");
}

#[tokio::test]
async fn a_server_that_stops_closes_its_connections() {
    let (fake, client) = fake_and_client().await;
    assert!(client.accounts().await.is_ok());
    fake.stop().await;
    assert_eq!(client.accounts().await.unwrap_err().reason(), "unreachable");
}

#[tokio::test]
async fn plain_http_behind_an_https_url_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let _ = socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    });
    let error = client(&format!("https://{address}"), "nbp_x").accounts().await.unwrap_err();
    assert_eq!(error.reason(), "unreachable");
}

#[tokio::test]
async fn the_guard_is_asked_about_names_and_about_literals() {
    #[derive(Debug, thiserror::Error)]
    #[error("refused")]
    struct Refused;
    struct RefusesAll;
    impl reqwest::dns::Resolve for RefusesAll {
        fn resolve(&self, _: reqwest::dns::Name) -> reqwest::dns::Resolving {
            Box::pin(async { Err(Refused.into()) })
        }
    }
    fn is_refusal(error: &(dyn std::error::Error + 'static)) -> bool {
        std::iter::successors(Some(error), |error| error.source()).any(<dyn std::error::Error>::is::<Refused>)
    }
    let names = AddressGuard { resolver: Arc::new(RefusesAll), allows: Arc::new(|_| true), is_refusal };
    let error = guarded_client("http://localhost:1", "nbp_x", names).accounts().await.unwrap_err();
    assert_eq!(error, Error::AddressRefused);

    let fake = fake(1).await;
    let literals = AddressGuard { allows: Arc::new(|url| url.host_str() != Some("127.0.0.1")), ..open_guard() };
    let error = guarded_client(&fake.url(), Tokens::GOOD, literals).accounts().await.unwrap_err();
    assert_eq!(error, Error::AddressRefused);
    assert!(fake.handle().calls().is_empty());
}

#[tokio::test]
async fn an_answer_has_a_largest_size() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n[";
    let url = endless_server(head, 1 << 20).await;
    let error = client(&url, "nbp_x").peers().await.unwrap_err();
    assert_eq!(error, Error::TooLarge { limit_bytes: 64 << 20 });

    let head = b"HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\n\r\n{";
    let url = endless_server(head, 1 << 16).await;
    assert_eq!(client(&url, "nbp_x").peers().await.unwrap_err(), Error::NotNetBird);
}

#[tokio::test]
async fn compression_is_asked_for_and_undone() {
    const EMPTY_LIST: [u8; 22] = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xff, 0x8b, 0x8e, 0x05, 0x00, 0x29, 0xbb, 0x4c, 0x0d,
        0x02, 0x00, 0x00, 0x00,
    ];
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address: SocketAddr = listener.local_addr().unwrap();
    let request = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let request = read_request(&mut socket).await;
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n\
                    content-length: 22\r\n\r\n";
        socket.write_all(&[head.as_bytes(), &EMPTY_LIST].concat()).await.unwrap();
        request
    });
    let fetched = client(&format!("http://{address}"), "nbp_secret").peers().await.unwrap();
    assert_eq!(&fetched.bytes()[..], b"[]");
    let request = request.await.unwrap();
    assert!(request.contains("accept-encoding: gzip"), "{request}");
    assert!(request.contains("authorization: token nbp_secret"), "{request}");
    assert!(request.starts_with("get /api/peers "), "{request}");
}

#[tokio::test]
async fn a_self_signed_certificate_is_told() {
    let certificate = include_bytes!("self-signed.crt.der").to_vec().into();
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(include_bytes!("self-signed.key.der").to_vec()).into();
    let config =
        rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let _ = acceptor.accept(socket).await;
    });
    let error = client(&format!("https://localhost:{port}"), "nbp_x").accounts().await.unwrap_err();
    assert_eq!(error, Error::Certificate(CertificateProblem::UnknownIssuer));
}
