//! The log: one line per event on standard error, for people or for machines.
//!
//! Standard output stays free for what a command was asked for, such as a generated password.

use crate::config::LogFormat;
use std::{
    backtrace::{Backtrace, BacktraceStatus},
    io::{self, IsTerminal},
    panic::{self, PanicHookInfo},
};
use tracing_subscriber::{EnvFilter, fmt};

/// Starts the log of this process; panics go to it as well.
///
/// # Panics
///
/// When the process has a log already, or the filter did not come out of the configuration, which has checked it.
pub fn init(format: LogFormat, filter: &str) {
    let filter = EnvFilter::try_new(filter).expect("the configuration has checked the filter");
    let log = fmt().with_env_filter(filter).with_writer(io::stderr);
    match format {
        LogFormat::Text => log.with_ansi(io::stderr().is_terminal()).with_target(false).init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    panic::set_hook(Box::new(log_panic));
}

/// Logs a panic once, where it happens, within the request it ends.
fn log_panic(info: &PanicHookInfo<'_>) {
    let backtrace = Backtrace::capture();
    let backtrace = (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
    tracing::error!(panic = %info, backtrace, "this is a mistake in Chat Gateways; please report it");
}
