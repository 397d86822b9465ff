//! A load generator: clients that each wait for an answer before they ask again (a closed loop).
//!
//! Such a load slows down together with the server, so its times say how long an answer takes at that many clients, and
//! not how long visitors would wait who come whatever happens.

mod connection;

use crate::{failure::Fallible, latencies::Latencies, scale::Scale};
pub use connection::{Answer, Connection, Question};
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// A client: it knows what to ask next, which may depend on the last answer.
pub trait Client: Send + 'static {
    /// The next question.
    fn next(&mut self) -> Fallible<Question>;

    /// Looks at the answer to it.
    fn hear(&mut self, answer: &Answer) -> Fallible<()>;
}

/// What a load has measured.
#[derive(Clone, Debug)]
pub struct Load {
    /// How many clients there were.
    pub clients: usize,
    /// How long each answer took.
    pub latencies: Latencies,
    /// How long was counted.
    pub lasted: Duration,
}

impl Load {
    /// Answers in a second.
    pub fn per_second(&self) -> f64 {
        f64::from(u32::try_from(self.latencies.count()).unwrap_or(u32::MAX)) / self.lasted.as_secs_f64()
    }
}

/// Lets the clients ask for as long as the scale says.
pub async fn run<C: Client>(address: SocketAddr, clients: Vec<C>, scale: Scale) -> Fallible<Load> {
    let count = clients.len();
    let begin = Instant::now() + scale.warm_up;
    let end = begin + scale.measure;
    let mut tasks = JoinSet::new();
    for client in clients {
        tasks.spawn(ask(address, client, begin, end));
    }
    let mut latencies = Latencies::default();
    while let Some(done) = tasks.join_next().await {
        latencies.append(done??);
    }
    Ok(Load {
        clients: count,
        latencies,
        lasted: begin.elapsed(),
    })
}

async fn ask<C: Client>(address: SocketAddr, mut client: C, begin: Instant, end: Instant) -> Fallible<Latencies> {
    let mut connection = Connection::open(address).await?;
    let mut latencies = Latencies::default();
    loop {
        let question = client.next()?;
        let asked = Instant::now();
        let answer = connection.ask(question).await?;
        let answered = Instant::now();
        client.hear(&answer)?;
        if asked >= begin {
            latencies.add(answered - asked);
        }
        if answered >= end {
            return Ok(latencies);
        }
    }
}

/// A client that always asks the same and wants the status 200.
#[derive(Clone, Debug)]
pub struct Same(pub Question);

impl Client for Same {
    fn next(&mut self) -> Fallible<Question> {
        Ok(self.0.clone())
    }

    fn hear(&mut self, answer: &Answer) -> Fallible<()> {
        answer.expect_ok()
    }
}
