//! How fast it could be at all: an axum handler that answers from memory, and one that makes each update durable first.

mod durable;

use super::{
    Floor, climb,
    cores::{Cores, Who},
    order::count,
    telegram::Telegram,
};
use crate::{failure::Fallible, scale::Amount};
use axum::{Router, http::StatusCode, routing::post, serve::ListenerExt};
use clap::ValueEnum;
use hyper::body::Bytes;
use std::{
    env,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    process::Stdio,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::TcpListener,
};

/// Which floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Takes the body and answers.
    Bare,
    /// One row in SQLite for each request, many with one commit.
    Durable,
}

impl Kind {
    const fn code(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Durable => "durable",
        }
    }
}

/// Measures a floor in a process of its own, where the server will be.
pub async fn measure(telegram: &mut Telegram, kind: Kind, cores: Cores, amount: Amount) -> Fallible<Floor> {
    let folder = tempfile::Builder::new().prefix("chat-gateways-bench.").tempdir()?;
    let mut process = cores
        .command(Who::Measured, env::current_exe()?)
        .args(["serve-floor", kind.code()])
        .arg(folder.path().join("floor.db"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let stdout = process.stdout.take().ok_or("the floor tells nothing")?;
    let line = BufReader::new(stdout).lines().next_line().await?;
    let address: SocketAddr = line.ok_or("the floor does not start")?.parse()?;
    let highest = climb::highest(telegram, climb::Load::Floor(address), amount).await?;
    let rate = (highest / 2).max(1);
    let half = telegram
        .knock(address, rate, count(rate, amount.attempt))
        .await?
        .expect_all()?;
    let calm = telegram
        .knock(address, super::CALM, count(super::CALM, amount.calm))
        .await?
        .expect_all()?;
    process.kill().await?;
    Ok(Floor { highest, half, calm })
}

async fn taken(_: Bytes) -> StatusCode {
    StatusCode::OK
}

/// The process itself: tells its address and answers until it is ended.
///
/// # Errors
///
/// If there is no port, or the database can't be made.
pub async fn serve(kind: Kind, database: &Path) -> Fallible<()> {
    let router = match kind {
        Kind::Bare => Router::new().route("/chat/{*path}", post(taken)),
        Kind::Durable => durable::router(database).await?,
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("{}", listener.local_addr()?);
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    Ok(axum::serve(listener, router).await?)
}
