//! Measures the release build of Chat Gateways: `make bench`.
//!
//! Everything is measured in one run on one machine, beside floors that say how fast it could be at all: the same
//! statements through sqlx alone, and the same bytes out of memory through axum. The data is made here; nothing is sent
//! anywhere but to the loopback.

mod browser;
mod cases;
mod floor;
mod in_process;
mod load;
mod messages;
mod over_http;
mod place;
mod report;
mod seed;
mod server;

use bench::{
    failure::{self, Fallible},
    flows, latencies, scale,
};
use clap::{Parser, Subcommand, ValueEnum};
use messages::{FloorKind, Messages};
use model::ListQuery;
use place::Place;
use report::{Machine, Memories, ROWS, Report};
use scale::{Amount, Scale};
use server::{Server, Session};
use std::{path::PathBuf, time::Instant};

/// Measures Chat Gateways and writes docs/BENCHMARKS.md
#[derive(Debug, Parser)]
struct Arguments {
    /// Little data and short loads, to try the bench itself; writes no document
    #[arg(long)]
    quick: bool,
    /// Leave the browser out; writes no document
    #[arg(long)]
    no_browser: bool,
    /// Measure one thing alone; writes no document
    #[arg(long)]
    only: Option<Only>,
    /// Send 200,000 messages in place of 60,000, to see whether memory grows; writes no document
    #[arg(long)]
    long: bool,
    /// Take this for the highest rate of messages in place of looking for it; writes no document
    #[arg(long, value_name = "MESSAGES_A_SECOND")]
    rate: Option<u32>,
    #[command(subcommand)]
    part: Option<Part>,
}

/// What the bench starts as a process of its own.
#[derive(Debug, Subcommand)]
enum Part {
    /// Play Telegram: takes orders and reports, a line each
    #[command(hide = true)]
    PlayTelegram {
        /// How many bots there are
        bots: u32,
    },
    /// Answer updates without the server
    #[command(hide = true)]
    ServeFloor {
        /// How
        kind: FloorKind,
        /// Where a database would be
        database: PathBuf,
    },
}

/// What can be measured alone.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Only {
    /// The interpreter of flow schemas and the check of their programs
    Flows,
    /// Messages through the whole server
    Messages,
}

#[tokio::main]
async fn main() -> Fallible<()> {
    let arguments = Arguments::parse();
    match arguments.part {
        Some(Part::PlayTelegram { bots }) => return messages::serve_telegram(bots).await,
        Some(Part::ServeFloor { kind, database }) => return messages::serve_floor(kind, &database).await,
        None => {}
    }
    let mut scale = if arguments.quick { Scale::QUICK } else { Scale::FULL };
    if arguments.long {
        scale.messages = Amount::LONG;
    }
    scale.messages.rate = arguments.rate;
    match arguments.only {
        Some(Only::Flows) => println!("{}", report::flows::alone(&flows::measure(scale)?)),
        Some(Only::Messages) => println!(
            "{}",
            report::messages::alone(&measure_messages(scale, Instant::now()).await?)
        ),
        None => {
            let report = measure(scale, !arguments.no_browser).await?;
            println!("{}", report.text());
            if !arguments.quick && !arguments.no_browser && !arguments.long && arguments.rate.is_none() {
                report.publish()?;
            }
        }
    }
    Ok(())
}

async fn measure_messages(scale: Scale, started: Instant) -> Fallible<Messages> {
    messages::measure(scale.messages, &|what: &str| say(started, what)).await
}

fn say(started: Instant, what: &str) {
    eprintln!("{:6.1} s  {what}", started.elapsed().as_secs_f64());
}

async fn measure(scale: Scale, with_browser: bool) -> Fallible<Report> {
    let started = Instant::now();
    let say = |what: &str| say(started, what);

    say("making the data");
    let place = Place::new()?;
    let store = place.store().await?;
    store.migrate().await?;
    let code = seed::seed(&store, scale).await?;
    store.close().await?;

    say("the list query without a server");
    let compared = in_process::measure(&place, scale, ROWS).await?;
    let commits = in_process::commit::measure(&place, scale).await?;
    let machine = Machine::ask(in_process::sqlite_version(&place).await?)?;

    say("flow schemas without a server");
    let flows = flows::measure(scale)?;

    say("the server starts");
    let server = Server::start(&place).await?;
    tokio::time::sleep(scale.measure).await;
    let idle = server.memory()?;
    let session = Session::begin(&server).await?;
    session.ask(session.page(&ListQuery::default(), Some("br"))?).await?;
    let first_page = server.memory()?;

    let mut seen = None;
    if with_browser {
        say("the browser");
        seen = Some(browser::measure(&session, code, scale).await?);
    }

    say("the server under load");
    let store = place.store().await?;
    let http = over_http::measure(&session, &store, scale)
        .await
        .map_err(|failure| server.blamed(&failure))?;
    store.close().await?;
    let memories = Memories {
        idle,
        first_page,
        loaded: server.memory()?,
    };
    server.stop().await?;

    let messages = measure_messages(scale, started).await?;
    say("done");
    Ok(Report {
        machine,
        scale,
        compared,
        commits,
        flows,
        http,
        messages,
        seen,
        memories,
        lasted: started.elapsed(),
    })
}
