//! The stand-ins as a program: prints its addresses as JSON and serves until it is stopped.

use clap::Parser;
use standins::{Options, Provider, Standins, demo};
use std::{collections::BTreeMap, error::Error, net::SocketAddr};

/// Plays the messengers on this machine.
#[derive(Debug, Parser)]
#[command(name = "standins")]
struct Arguments {
    /// Where to listen; port 0 is a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Serve a page on which one plays a peer, with an account of each messenger
    #[arg(long)]
    demo: bool,
    /// How many times faster the messengers wait before they try again
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0)]
    clock: f64,
    /// Register a bot, account or key when it is first seen
    #[arg(long)]
    welcoming: bool,
    /// How many entries of each provider the journal keeps
    #[arg(long, value_name = "ENTRIES", default_value_t = Options::default().journal)]
    journal: usize,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let options = Options {
        clock: arguments.clock,
        welcoming: arguments.welcoming || arguments.demo,
        page: arguments.demo,
        journal: arguments.journal,
        ..Options::default()
    };
    let standins = Standins::start_on(arguments.listen, options).await?;
    if arguments.demo {
        demo::furnish(&standins);
    }
    let urls: BTreeMap<_, _> = Provider::ALL
        .iter()
        .map(|provider| (provider.code(), standins.url_of(*provider)))
        .chain([("control", standins.url())])
        .collect();
    println!("{}", serde_json::to_string(&urls)?);
    tokio::signal::ctrl_c().await?;
    Ok(())
}
