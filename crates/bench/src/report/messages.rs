//! The tables of messages.

use super::{aims::Aims, table::Table};
use crate::{
    latencies::{milliseconds, ratio},
    messages::{CALM, FASTEST, Floor, Messages, Quantiles, Served},
    server::Memory,
};
use std::fmt::Write as _;

/// Messages a second from update to answer, with SQLite on one core.
const RATE: u32 = 4_500;
/// From an update to its answer at half the highest rate, 99 times of 100, in milliseconds.
const REPLY_MS: f64 = 50.0;
/// An acknowledgement may take so many times as long as a durable insert alone, when little comes.
const OVER_DURABLE: f64 = 2.0;
/// Processor seconds for 10,000 messages.
const CPU_SECONDS: f64 = 3.0;
/// The memory of a server at work in bytes.
const BYTES: f64 = 80_000_000.0;

/// The aims alone, for a run that measures nothing else.
pub fn alone(messages: &Messages) -> String {
    let mut aims = Aims::new();
    add_aims(messages, &mut aims);
    format!("{aims}\n\n{}", tables(messages))
}

/// Adds what is wanted of messages; the first of the servers is the one with SQLite.
pub fn add_aims(messages: &Messages, aims: &mut Aims) {
    let Some(served) = messages.served.first() else { return };
    aims.add(
        "messages a second, update to answer, SQLite on one core",
        format!("≥ {RATE}"),
        served.highest.to_string(),
        served.highest >= RATE,
    );
    let reply = milliseconds(replies(served).p99);
    aims.add(
        "update to answer at half that rate, p99",
        format!("< {REPLY_MS} ms"),
        format!("{reply:.2} ms"),
        reply < REPLY_MS,
    );
    let over = ratio(
        served.calm.acknowledgement.p50,
        messages.durable.calm.acknowledgement.p50,
    );
    aims.add(
        &format!("acknowledgement over a durable insert alone, {CALM} a second, medians"),
        format!("≤ {OVER_DURABLE}×"),
        format!("{over:.2}×"),
        over <= OVER_DURABLE,
    );
    let cpu = served.cpu.as_secs_f64();
    aims.add(
        "processor time for 10,000 messages",
        format!("< {CPU_SECONDS} s"),
        format!("{cpu:.2} s"),
        cpu < CPU_SECONDS,
    );
    let [_, after] = served.memory;
    let bytes = float(after.resident) * 1024.0;
    aims.add(
        &format!("memory of the server after {} messages", messages.loaded),
        format!("< {:.0} MB", BYTES / 1e6),
        format!("{:.1} MB", bytes / 1e6),
        bytes < BYTES,
    );
}

/// All of them.
pub fn tables(messages: &Messages) -> String {
    let cores = if messages.cores.apart {
        "The floors and the server with SQLite have the first core to themselves (`taskset -c 0`), Telegram with the load \
         generator the second; with PostgreSQL everybody shares all cores."
    } else {
        "Everybody shares all cores: `taskset` or a second core is missing."
    };
    let mut text = format!(
        "### Messages\n\n\
         Updates as Telegram sends them, from 1,000 chats over 100 connections, each answered by a flow schema that echoes \
         it. The load is open: times are counted from the moment at which an update was planned, in milliseconds. An update \
         is acknowledged when it is stored; its answer is there when `sendMessage` is called. The highest rate is the one \
         at which nothing is lost and nothing piles up, found to 3 %; none above {FASTEST} is tried. \"Half\" is half of it: medians of three rounds, {} \
         messages in all. {cores}\n\n{}",
        messages.loaded,
        rates(messages),
    );
    _ = write!(text, "\n\n{}", costs(messages));
    if messages.served.len() == 1 {
        text.push_str("\n\nPostgreSQL was left out: `TEST_POSTGRES_URL` names none (`scripts/with-postgres`).");
    }
    text
}

fn rates(messages: &Messages) -> Table {
    let mut table = Table::new(&[
        "what",
        "highest, a second",
        "half: ack p50",
        "p99",
        "half: answer p50",
        "p99",
        "20/s: ack p50",
        "p99",
        "20/s: answer p50",
        "p99",
    ]);
    for (title, floor) in [
        ("axum alone", &messages.bare),
        ("axum and SQLite, shared commits", &messages.durable),
    ] {
        table.push(of_floor(title, floor));
    }
    for served in &messages.served {
        let mut row = vec![served.title.to_owned(), served.highest.to_string()];
        row.extend(cells(acknowledgements(served)));
        row.extend(cells(replies(served)));
        row.extend(cells(served.calm.acknowledgement));
        row.extend(cells(served.calm.reply));
        table.push(row);
    }
    table
}

fn of_floor(title: &str, floor: &Floor) -> Vec<String> {
    let mut row = vec![title.to_owned(), floor.highest.to_string()];
    row.extend(cells(floor.half.acknowledgement));
    row.extend([String::new(), String::new()]);
    row.extend(cells(floor.calm.acknowledgement));
    row.extend([String::new(), String::new()]);
    row
}

fn costs(messages: &Messages) -> Table {
    let mut table = Table::new(&[
        "at half the highest rate",
        "cores",
        "CPU s for 10,000",
        "warm: resident, MiB",
        "its own",
        "after all: resident, MiB",
        "its own",
    ]);
    for served in &messages.served {
        let cores = if served.alone { "one" } else { "all, shared" };
        let mut row = vec![
            served.title.to_owned(),
            cores.to_owned(),
            format!("{:.2}", served.cpu.as_secs_f64()),
        ];
        row.extend(served.memory.iter().flat_map(|memory| mib(*memory)));
        table.push(row);
    }
    table
}

fn acknowledgements(served: &Served) -> Quantiles {
    Quantiles::medians(&served.half, |told| told.acknowledgement)
}

fn replies(served: &Served) -> Quantiles {
    Quantiles::medians(&served.half, |told| told.reply)
}

fn cells(quantiles: Quantiles) -> [String; 2] {
    [quantiles.p50, quantiles.p99].map(|time| format!("{:.2}", milliseconds(time)))
}

fn mib(memory: Memory) -> [String; 2] {
    [memory.resident, memory.anonymous].map(|kib| format!("{:.1}", float(kib) / 1024.0))
}

fn float(kib: u64) -> f64 {
    f64::from(u32::try_from(kib).unwrap_or(u32::MAX))
}
