//! What the process logs.

use std::io;
use std::sync::{LazyLock, Mutex, Once, PoisonError};

use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Everything that is logged in this process.
static LOG: LazyLock<Mutex<Vec<u8>>> = LazyLock::new(Mutex::default);

struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Log
    }
}

/// Keeps what is logged from now on: of our crates what they say at their loudest, of the libraries what they say at the
/// level that operators run.
/// Whichever test asks first, it is the log of all of them from then on.
pub fn capture_log() {
    static CAPTURED: Once = Once::new();
    CAPTURED.call_once(begin);
}

fn begin() {
    let levels = Targets::new()
        .with_default(LevelFilter::INFO)
        .with_target("platform_", LevelFilter::TRACE)
        .with_target("functions_", LevelFilter::TRACE);
    let log = tracing_subscriber::fmt::layer().with_writer(Log).with_filter(levels);
    tracing_subscriber::registry().with(log).try_init().expect("nobody else logs in this process");
}

/// What was logged since [`capture_log`], by every test of the process.
pub fn captured_log() -> String {
    String::from_utf8_lossy(&LOG.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}
