//! Telegram as a process: the stand-in that takes the answers, and the load generator that sends the updates.

mod load;
mod replies;
mod schedule;
mod update;

use super::{
    cores::{Cores, Who},
    order::{Order, Told},
};
use crate::failure::Fallible;
use serde::{Serialize, de::DeserializeOwned};
use standins::{Options, Standins};
use std::{env, io, net::SocketAddr, process::Stdio, thread, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout},
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    time::{Instant, sleep},
};

/// The stand-in's journal holds what came between two looks, with much to spare.
const JOURNAL: usize = 50_000;
/// So long the gateways may take to register their webhooks.
const PATIENCE: Duration = Duration::from_mins(1);

/// The process, seen from the bench; it ends when this is dropped.
#[derive(Debug)]
pub struct Telegram {
    /// The base address of its Bot API.
    pub url: String,
    process: Child,
    orders: ChildStdin,
    reports: Lines<BufReader<ChildStdout>>,
}

impl Telegram {
    /// Starts it, with so many bots.
    pub async fn start(cores: Cores, bots: u32) -> Fallible<Self> {
        let mut process = cores
            .command(Who::Load, env::current_exe()?)
            .args(["play-telegram", &bots.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let orders = process.stdin.take().ok_or("Telegram takes no orders")?;
        let reports = process.stdout.take().ok_or("Telegram does not report")?;
        let mut reports = BufReader::new(reports).lines();
        let url = reports.next_line().await?.ok_or("Telegram does not start")?;
        Ok(Self {
            url,
            process,
            orders,
            reports,
        })
    }

    /// Waits until so many bots have their webhook.
    pub async fn connected(&mut self, bots: u32) -> Fallible<()> {
        let until = Instant::now() + PATIENCE;
        loop {
            let doors: u32 = self.ask(&Order::Doors).await?;
            if doors == bots {
                return Ok(());
            }
            if Instant::now() > until {
                return Err(format!("{doors} of {bots} gateways are connected").into());
            }
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// Sends updates to the webhooks of all bots in turns, and waits until each is answered or given up.
    pub async fn load(&mut self, addresses: &[SocketAddr], rate: u32, count: u32) -> Fallible<Told> {
        self.send(addresses, rate, count, true).await
    }

    /// The same where no `sendMessage` follows.
    pub async fn knock(&mut self, address: SocketAddr, rate: u32, count: u32) -> Fallible<Told> {
        self.send(&[address], rate, count, false).await
    }

    async fn send(&mut self, addresses: &[SocketAddr], rate: u32, count: u32, replies: bool) -> Fallible<Told> {
        let addresses = addresses.to_vec();
        let order = Order::Load {
            addresses,
            rate,
            count,
            replies,
        };
        self.ask(&order).await
    }

    async fn ask<T: DeserializeOwned>(&mut self, order: &Order) -> Fallible<T> {
        let mut line = serde_json::to_string(order)?;
        line.push('\n');
        self.orders.write_all(line.as_bytes()).await?;
        let report = self.reports.next_line().await?.ok_or("Telegram has ended")?;
        let report: Result<T, String> = serde_json::from_str(&report)?;
        Ok(report?)
    }

    /// Ends it.
    pub async fn stop(self) -> Fallible<()> {
        let Self {
            mut process, orders, ..
        } = self;
        // It ends when nobody orders anything any more.
        drop(orders);
        process.wait().await?;
        Ok(())
    }
}

/// The token of a bot.
pub fn token(bot: u32) -> String {
    format!("{}:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", 110_201_543 + bot)
}

/// The process itself: takes orders until there are no more.
///
/// # Errors
///
/// If its streams are gone.
pub async fn serve(bots: u32) -> Fallible<()> {
    let standins = Standins::start_with(Options {
        journal: JOURNAL,
        kept_per_chat: 4,
        ..Options::default()
    })
    .await;
    let telegram = standins.telegram();
    telegram.open_chats(true);
    for bot in 0..bots {
        telegram.bot(&token(bot), &format!("bench_{bot}_bot"));
    }
    println!("{}", standins.telegram_url());
    let mut orders = orders();
    let mut load = load::Generator::default();
    while let Some(line) = orders.recv().await {
        match serde_json::from_str(&line?)? {
            Order::Doors => report(&Ok(load::doors(&standins, bots).len()))?,
            Order::Load {
                addresses,
                rate,
                count,
                replies,
            } => {
                let told = load.run(&standins, bots, &addresses, rate, count, replies).await;
                report(&told.map_err(|failure| failure.to_string()))?;
            }
        }
    }
    Ok(())
}

/// The lines of the standard input, read by a thread that may wait for them.
fn orders() -> UnboundedReceiver<io::Result<String>> {
    let (tell, told) = unbounded_channel();
    thread::spawn(move || io::stdin().lines().try_for_each(|line| tell.send(line)));
    told
}

fn report(report: &Result<impl Serialize, String>) -> Fallible<()> {
    println!("{}", serde_json::to_string(report)?);
    Ok(())
}
