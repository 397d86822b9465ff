//! Sends updates at their moments, over as many connections as Telegram opens at most.

use super::{
    replies::Replies,
    schedule::Schedule,
    token,
    update::{Door, question, update},
};
use crate::{
    failure::Fallible,
    latencies::Latencies,
    load::{Connection, Question},
    messages::order::{Quantiles, Told},
};
use standins::Standins;
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
};

/// Connections to all servers together.
const CONNECTIONS: usize = 100;

/// Counts its messages over all loads, so that no number comes again.
#[derive(Debug, Default)]
pub struct Generator {
    next: u64,
}

/// The webhooks that are registered.
pub fn doors(standins: &Standins, bots: u32) -> Vec<Door> {
    let telegram = standins.telegram();
    let doors = (0..bots).filter_map(|bot| {
        let webhook = telegram.webhook(&token(bot)).ok()?;
        let (_, path) = webhook.url.split_once("://")?.1.split_once('/')?;
        Some(Door {
            path: format!("/{path}"),
            secret: webhook.secret_token,
        })
    });
    doors.collect()
}

impl Generator {
    /// Runs one load.
    pub async fn run(
        &mut self,
        standins: &Standins,
        bots: u32,
        addresses: &[SocketAddr],
        rate: u32,
        count: u32,
        replies: bool,
    ) -> Fallible<Told> {
        let mut doors = doors(standins, bots);
        if !replies {
            doors = vec![Door {
                path: "/chat/floor".to_owned(),
                secret: "floor".to_owned(),
            }];
        }
        if doors.is_empty() {
            return Err("no gateway is connected".into());
        }
        let first = self.next;
        self.next += u64::from(count);
        let lines = Arc::new(Lines::open(addresses).await?);
        let expected = Replies::new(standins, first, if replies { count } else { 0 });
        let schedule = Schedule::new(rate, count);
        let sending = async {
            let mut moments = schedule.run();
            let mut sent = JoinSet::new();
            while let Some(index) = moments.recv().await {
                let number = first + u64::from(index);
                // Each chat stays with its bot.
                let door =
                    &doors[usize::try_from(number % u64::from(super::update::CHATS)).unwrap_or_default() % doors.len()];
                let question = question(door, update(number))?;
                let line = lines.free().await?;
                sent.spawn(async move { (index, line.ask(question).await) });
            }
            Ok::<_, crate::failure::Failure>(sent.join_all().await)
        };
        let (sent, heard) = tokio::join!(sending, expected.gather(standins, schedule.at(count)));
        Ok(tell(schedule, sent?, &heard, count, replies))
    }
}

type Sent = (u32, Result<Instant, String>);

fn tell(schedule: Schedule, sent: Vec<Sent>, replied: &[Option<Instant>], count: u32, awaited: bool) -> Told {
    let mut acknowledgement = Latencies::new();
    let mut reply = Latencies::new();
    let mut last = Latencies::new();
    let mut refusal = None;
    let tail = count - count.div_ceil(10);
    for (index, answered) in sent {
        match answered {
            Ok(at) => {
                let time = at.saturating_duration_since(schedule.at(index));
                acknowledgement.add(time);
                if !awaited && index >= tail {
                    last.add(time);
                }
            }
            Err(why) => _ = refusal.get_or_insert(why),
        }
    }
    for (index, at) in (0..).zip(replied) {
        if let Some(at) = at {
            let time = at.saturating_duration_since(schedule.at(index));
            reply.add(time);
            if index >= tail {
                last.add(time);
            }
        }
    }
    let number = |latencies: &Latencies| u32::try_from(latencies.count()).unwrap_or(u32::MAX);
    Told {
        sent: count,
        acknowledged: number(&acknowledgement),
        replied: number(&reply),
        awaited,
        acknowledgement: Quantiles::of(&acknowledgement),
        reply: Quantiles::of(&reply),
        last: Quantiles::of(&last),
        refusal,
    }
}

/// Connections that nobody uses at the moment.
struct Lines {
    free: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
}

/// A connection in use.
struct Line {
    connection: Connection,
    lines: Arc<Lines>,
    _permit: OwnedSemaphorePermit,
}

impl Lines {
    async fn open(addresses: &[SocketAddr]) -> Fallible<Self> {
        let mut free = Vec::with_capacity(CONNECTIONS);
        for address in addresses.iter().cycle().take(CONNECTIONS) {
            free.push(Connection::open(*address).await?);
        }
        Ok(Self {
            permits: Arc::new(Semaphore::new(free.len())),
            free: Mutex::new(free),
        })
    }

    /// Waits for a connection; what waits here is late by the server's fault, and counted so.
    async fn free(self: &Arc<Self>) -> Fallible<Line> {
        let permit = Arc::clone(&self.permits).acquire_owned().await?;
        let connection = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Ok(Line {
            connection: connection.ok_or("a connection was closed")?,
            lines: Arc::clone(self),
            _permit: permit,
        })
    }
}

impl Line {
    /// Asks, and says when the acknowledgement was there.
    async fn ask(mut self, question: Question) -> Result<Instant, String> {
        let answer = self
            .connection
            .ask(question)
            .await
            .map_err(|failure| failure.to_string())?;
        let at = Instant::now();
        let Self {
            connection,
            lines,
            _permit,
        } = self;
        lines
            .free
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(connection);
        answer.expect_ok().map_err(|failure| failure.to_string())?;
        Ok(at)
    }
}
