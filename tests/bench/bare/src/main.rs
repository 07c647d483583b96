//! The baseline of cold starts: asks AWS one thing through TLS and says hello, with the same HTTP adapter, the same kind of
//! runtime and the same TLS as every function of the platform, and nothing else.

use std::env;
use std::sync::Arc;

use lambda_http::{Body, Error, Request, Response, service_fn};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

fn main() -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        ask().await?;
        lambda_http::run(service_fn(hello)).await
    })
}

async fn hello(_: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(Body::from("hello")))
}

/// One read of the table, as plainly as it goes.
async fn ask() -> Result<(), Error> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(env::var("AWS_CA_BUNDLE")?)?)?;
    let config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let url = env::var("AWS_ENDPOINT_URL")?;
    let authority = url.trim_start_matches("https://");
    let host = authority.split(':').next().unwrap_or_default().to_owned();
    let connection = TcpStream::connect(authority).await?;
    connection.set_nodelay(true)?;
    let mut stream = TlsConnector::from(Arc::new(config)).connect(ServerName::try_from(host)?, connection).await?;
    let head = format!("POST / HTTP/1.1\r\nhost: {authority}\r\nx-amz-target: DynamoDB_20120810.Query\r\n");
    stream.write_all(format!("{head}content-length: 2\r\n\r\n{{}}").as_bytes()).await?;
    let mut answer = [0; 4096];
    match stream.read(&mut answer).await? {
        0 => Err("no answer".into()),
        _ => Ok(()),
    }
}
