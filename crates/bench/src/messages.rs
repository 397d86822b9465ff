//! Messages through the whole server, as Telegram sends them: an update is acknowledged when it is stored, and its answer
//! is a `sendMessage`.
//!
//! The load is open: each update has its moment, whatever became of those before it, and every time is counted from that
//! moment. Telegram is a process of its own (the [stand-in](standins) with the load generator, so that both read one
//! clock), and so is the server; where there are two cores, each has one.

mod climb;
mod cores;
mod floors;
mod order;
mod stage;
mod telegram;

pub use climb::LAST as FASTEST;
pub use cores::Cores;
pub use floors::{Kind as FloorKind, serve as serve_floor};
pub use order::{Quantiles, Told};
pub use telegram::serve as serve_telegram;

use crate::{
    failure::{Failure, Fallible},
    scale::Amount,
    server::Memory,
};
use stage::{Setting, Stage};
use std::time::Duration;
use telegram::Telegram;

/// Messages a second of somebody who is alone with the server.
pub const CALM: u32 = 20;
/// How often the load at half the highest rate is measured; the medians are reported.
const ROUNDS: u32 = 3;

/// Everything that was measured about messages.
#[derive(Clone, Debug)]
pub struct Messages {
    /// Where it ran.
    pub cores: Cores,
    /// An axum handler that reads an update and answers.
    pub bare: Floor,
    /// The same, with one row in SQLite for each update, many with one commit.
    pub durable: Floor,
    /// The server: with SQLite, and if there is one with PostgreSQL.
    pub served: Vec<Served>,
    /// Messages at half the highest rate.
    pub loaded: u32,
}

/// What a floor has measured.
#[derive(Clone, Debug)]
pub struct Floor {
    /// The highest rate, in updates a second.
    pub highest: u32,
    /// At half of it.
    pub half: Told,
    /// At [`CALM`].
    pub calm: Told,
}

/// What the server has measured.
#[derive(Clone, Debug)]
pub struct Served {
    /// The database and how many servers there are.
    pub title: &'static str,
    /// Whether it had one core to itself, and nobody else had it.
    pub alone: bool,
    /// The highest rate, in messages a second.
    pub highest: u32,
    /// The rounds at half of it.
    pub half: Vec<Told>,
    /// At [`CALM`].
    pub calm: Told,
    /// What all servers took of the processors for 10,000 messages at half the highest rate.
    pub cpu: Duration,
    /// The memory of the server that has most: warm, and after everything.
    pub memory: [Memory; 2],
}

/// Measures everything.
///
/// # Errors
///
/// If a server does not start, or a load at half the highest rate loses something.
pub async fn measure(amount: Amount, say: &impl Fn(&str)) -> Fallible<Messages> {
    let cores = Cores::ask();
    say("messages: the floors");
    let mut telegram = Telegram::start(cores, 1).await?;
    let bare = floors::measure(&mut telegram, FloorKind::Bare, cores, amount).await?;
    let durable = floors::measure(&mut telegram, FloorKind::Durable, cores, amount).await?;
    telegram.stop().await?;
    let mut served = Vec::new();
    for setting in Setting::all() {
        say(&format!("messages: {}", setting.title()));
        served.push(serve(setting, cores, amount).await?);
    }
    Ok(Messages {
        cores,
        bare,
        durable,
        served,
        loaded: amount.messages,
    })
}

/// The highest rate is looked for with one server; everything else is measured with a new one over a new database, which
/// has not been overrun and has nothing left to do from before.
async fn serve(setting: Setting, cores: Cores, amount: Amount) -> Fallible<Served> {
    let highest = climb(setting, cores, amount).await?;
    let mut telegram = Telegram::start(cores, setting.gateways()).await?;
    let stage = Stage::new(setting, &telegram).await?;
    let running = stage.start(cores, &mut telegram).await?;
    let addresses = running.addresses();
    let rate = (highest / 2).max(1);
    let measured = async {
        telegram
            .load(&addresses, rate, amount.messages / 12)
            .await?
            .expect_all()?;
        let warm = running.memory()?;
        let before = running.cpu()?;
        let mut half = Vec::new();
        for _ in 0..ROUNDS {
            let told = telegram.load(&addresses, rate, amount.messages / ROUNDS).await?;
            half.push(told.expect_all()?);
        }
        let cpu = running.cpu()?.saturating_sub(before) * 10_000 / (amount.messages / ROUNDS * ROUNDS).max(1);
        let memory = [warm, running.memory()?];
        let calm = telegram
            .load(&addresses, CALM, order::count(CALM, amount.calm))
            .await?
            .expect_all()?;
        Ok::<_, Failure>((half, cpu, memory, calm))
    };
    let (half, cpu, memory, calm) = measured.await.map_err(|failure| running.blamed(&failure))?;
    running.stop().await?;
    stage.clear().await?;
    telegram.stop().await?;
    Ok(Served {
        title: setting.title(),
        alone: cores.apart && !setting.is_postgres(),
        highest,
        half,
        calm,
        cpu,
        memory,
    })
}

async fn climb(setting: Setting, cores: Cores, amount: Amount) -> Fallible<u32> {
    let mut telegram = Telegram::start(cores, setting.gateways()).await?;
    let stage = Stage::new(setting, &telegram).await?;
    let running = stage.start(cores, &mut telegram).await?;
    let highest = climb::highest(&mut telegram, climb::Load::Servers(&running.addresses()), amount)
        .await
        .map_err(|failure| running.blamed(&failure))?;
    running.stop().await?;
    stage.clear().await?;
    telegram.stop().await?;
    Ok(highest)
}
