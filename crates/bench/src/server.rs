//! The server under measurement: the binary beside this one, on a free port of the loopback.

mod cpu;
mod memory;
mod session;

use crate::{
    failure::{Failure, Fallible},
    load::Connection,
    place::Place,
};
pub use memory::Memory;
pub use session::Session;
use std::{
    env,
    fs::{self, File},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};
use tokio::process::{Child, Command};

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a server is started.
pub struct Start<'s> {
    /// Where it has its files.
    pub folder: PathBuf,
    /// Makes the command out of the binary's path; its process is the server's.
    pub program: &'s dyn Fn(&Path) -> Command,
    /// What it is configured with beside the usual.
    pub environment: &'s [(&'static str, &'s str)],
}

/// A running server; it ends when it is dropped.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    process: Child,
    log: PathBuf,
}

impl Server {
    /// Starts it over the data of a place.
    pub async fn start(place: &Place) -> Fallible<Self> {
        Self::start_as(Start {
            folder: place.path().to_owned(),
            program: &|path| Command::new(path),
            environment: &[],
        })
        .await
    }

    /// Starts it otherwise than usual.
    pub async fn start_as(start: Start<'_>) -> Fallible<Self> {
        let address = free_address()?;
        fs::create_dir_all(&start.folder)?;
        let log = start.folder.join("server.log");
        let process = (start.program)(&binary()?)
            .env_clear()
            .envs(env::var_os("PATH").map(|path| ("PATH", path)))
            .current_dir(&start.folder)
            .env("CHAT_GATEWAYS_LISTEN", address.to_string())
            .env("CHAT_GATEWAYS_DATA_DIR", &start.folder)
            .env("CHAT_GATEWAYS_SECRET_KEY", Place::KEY)
            .env("CHAT_GATEWAYS_FIRST_PASSWORD", session::FIRST_PASSWORD)
            .envs(start.environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(File::create(&log)?)
            .stderr(File::options().append(true).open(&log)?)
            .kill_on_drop(true)
            .spawn()?;
        let mut server = Self { address, process, log };
        server.wait().await?;
        Ok(server)
    }

    /// What it holds of the machine's memory.
    pub fn memory(&self) -> Fallible<Memory> {
        let id = self.process.id().ok_or_else(|| self.complaint("has ended"))?;
        Memory::of(id)
    }

    /// The processor time that it took since its start.
    pub fn cpu(&self) -> Fallible<Duration> {
        let id = self.process.id().ok_or_else(|| self.complaint("has ended"))?;
        cpu::of(id)
    }

    /// Asks it to stop, and waits until it has.
    pub async fn stop(mut self) -> Fallible<()> {
        if let Some(id) = self.process.id() {
            Command::new("kill").args(["-TERM", &id.to_string()]).status().await?;
        }
        self.process.wait().await?;
        Ok(())
    }

    async fn wait(&mut self) -> Fallible<()> {
        let started = Instant::now();
        while Connection::open(self.address).await.is_err() {
            if self.process.try_wait()?.is_some() || started.elapsed() > PATIENCE {
                return Err(self.complaint("does not start").into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// A failure of the measurement with the last lines of the server's log, which goes away with the run.
    pub fn blamed(&self, failure: &Failure) -> Failure {
        format!("{failure}\n\n{}", self.complaint("has said at last")).into()
    }

    fn complaint(&self, what: &str) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().rev().take(20).collect();
        let end: Vec<&str> = lines.into_iter().rev().collect();
        format!("the server {what}:\n{}", end.join("\n"))
    }
}

/// Both binaries are built by `make bench` into the same folder.
fn binary() -> Fallible<PathBuf> {
    let path = env::current_exe()?.with_file_name("chat-gateways");
    if path.is_file() {
        Ok(path)
    } else {
        Err(format!("{} is missing; build it with `make build`", path.display()).into())
    }
}

fn free_address() -> Fallible<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}
