//! What was measured, as tables for the terminal and for `docs/BENCHMARKS.md`.

mod aims;
mod browser;
mod document;
pub mod flows;
mod http;
mod in_process;
mod machine;
pub mod messages;
mod table;

use crate::{
    browser::Seen,
    failure::Fallible,
    flows::Flows,
    in_process::{Compared, commit::Commits},
    messages::Messages,
    over_http::OverHttp,
    scale::Scale,
    server::Memory,
};
pub use machine::Machine;
use std::fmt::Write as _;

/// Rows a page in the measurement without a server, and on the page of the aim.
pub const ROWS: u16 = 100;

/// What the server held of the memory, in the order of the run.
#[derive(Clone, Copy, Debug)]
pub struct Memories {
    /// Started, and asked for nothing.
    pub idle: Memory,
    /// Somebody has signed in and seen one page.
    pub first_page: Memory,
    /// Under load for minutes.
    pub loaded: Memory,
}

/// Everything that one run has measured.
#[derive(Debug)]
pub struct Report {
    /// Where.
    pub machine: Machine,
    /// How much.
    pub scale: Scale,
    /// The list query without a server.
    pub compared: Vec<Compared>,
    /// A durable change without a server.
    pub commits: Commits,
    /// Flow schemas without a server.
    pub flows: Flows,
    /// The server under load.
    pub http: OverHttp,
    /// Messages through the whole server.
    pub messages: Messages,
    /// The browser, unless it was left out.
    pub seen: Option<Seen>,
    /// The server's memory.
    pub memories: Memories,
    /// How long the run took.
    pub lasted: std::time::Duration,
}

impl Report {
    /// All tables.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut add = |part: String| _ = writeln!(text, "{}\n", part.trim_end());
        add(self.machine.describe(self.scale, self.lasted));
        add(aims::table(self));
        add(in_process::tables(self));
        add(flows::tables(&self.flows));
        add(http::tables(&self.http));
        add(messages::tables(&self.messages));
        if let Some(seen) = &self.seen {
            add(browser::tables(seen));
        }
        add(memory(self.memories));
        text
    }

    /// Writes the tables into `docs/BENCHMARKS.md`.
    pub fn publish(&self) -> Fallible<()> {
        document::replace(&self.text())
    }
}

fn memory(memories: Memories) -> String {
    let mib = |kib: u64| format!("{:.1}", f64::from(u32::try_from(kib).unwrap_or(u32::MAX)) / 1024.0);
    let row = |when: &str, memory: Memory| {
        vec![
            when.to_owned(),
            mib(memory.resident),
            mib(memory.anonymous),
            mib(memory.of_files),
        ]
    };
    let mut table = table::Table::new(&["The server, MiB", "resident", "its own", "of files"]);
    table.push(row("idle after its start", memories.idle));
    table.push(row("after a sign-in and one page", memories.first_page));
    table.push(row("after the load", memories.loaded));
    format!(
        "### Memory\n\n{table}\n\n\"Of files\" is the binary and the part of the database that is mapped into memory, \
         which the system can drop at will."
    )
}
