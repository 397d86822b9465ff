//! Everything that is logged while the tests run, so that they can look for what must not be there.

use std::{
    io,
    sync::{Mutex, Once},
};
use tracing_subscriber::{EnvFilter, fmt, fmt::MakeWriter};

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static START: Once = Once::new();

struct Sink;

impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Sink {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Self
    }
}

/// Keeps every line of our own crates and of the database's, however unimportant.
pub fn capture() {
    START.call_once(|| {
        let filter = EnvFilter::new("info,server=trace,app=trace,engine=trace,store=trace,sea_orm=trace,sqlx=trace");
        fmt()
            .with_env_filter(filter)
            .with_ansi(false)
            .with_writer(|| Sink)
            .init();
    });
}

/// What was logged so far, by all tests of this process.
pub fn text() -> String {
    String::from_utf8_lossy(&LOG.lock().unwrap()).into_owned()
}
