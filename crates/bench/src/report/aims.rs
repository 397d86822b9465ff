//! The aims, and whether they are met.

use super::{ROWS, Report, browser, flows, http, messages, table::Table};
use crate::{cases::Depth, in_process::Compared, latencies::ratio};
use std::fmt;

/// The list query may take so many times as long as sqlx alone.
const OVER_SQLX: f64 = 2.0;
/// A deep page may take so many times as long as the first one; more would not be noise.
const OVER_FIRST: f64 = 1.5;
/// A whole page, 95 of 100 times, in milliseconds.
const PAGE_MS: f64 = 15.0;
/// A first visit in bytes.
const VISIT_BYTES: f64 = 350_000.0;
/// What the program's editor and all around it add to the registry, in bytes.
const EDITOR_BYTES: f64 = 250_000.0;
/// The idle server in bytes.
const IDLE_BYTES: f64 = 60_000_000.0;

/// Aims with what was measured.
pub struct Aims {
    table: Table,
}

impl Aims {
    /// No aims.
    pub fn new() -> Self {
        Self {
            table: Table::new(&["aim", "wanted", "measured", "met"]),
        }
    }

    /// Adds one.
    pub fn add(&mut self, aim: &str, wanted: String, measured: String, met: bool) {
        let met = if met { "yes" } else { "**no**" };
        self.table.push(vec![aim.to_owned(), wanted, measured, met.to_owned()]);
    }
}

impl fmt::Display for Aims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "### Aims\n\n{}", self.table)
    }
}

/// Each aim with its figure.
pub fn table(report: &Report) -> String {
    let mut aims = Aims::new();
    let mut add = |aim: &str, wanted, measured, met| aims.add(aim, wanted, measured, met);
    if let Some((over, of)) = worst(report.compared.iter().map(|pages| (over_sqlx(pages), pages))) {
        let measured = format!("{over:.2}× at worst ({}, {} page)", of.case.title, of.case.depth);
        let wanted = format!("≤ {OVER_SQLX}×");
        add(
            "list query over sqlx alone, medians",
            wanted,
            measured,
            over <= OVER_SQLX,
        );
    }
    if let Some((over, of)) = worst(depths(&report.compared)) {
        let measured = format!("{over:.2}× at worst ({}, {} page)", of.case.title, of.case.depth);
        let wanted = format!("≤ {OVER_FIRST}×");
        add(
            "deep page over first page, medians",
            wanted,
            measured,
            over <= OVER_FIRST,
        );
    }
    for clients in crate::over_http::CLIENTS {
        if let Some(page) = http::worst_page(&report.http, ROWS, clients) {
            let s = if clients == 1 { "" } else { "s" };
            let aim = format!("whole page of {ROWS} rows, p95, {clients} client{s}, slowest kind");
            add(&aim, format!("< {PAGE_MS} ms"), format!("{page:.2} ms"), page < PAGE_MS);
        }
    }
    if let Some(seen) = &report.seen {
        let bytes = browser::bytes(&seen.loads.first);
        let wanted = format!("< {:.0} KB", VISIT_BYTES / 1e3);
        add(
            "first visit over the wire",
            wanted,
            format!("{:.1} KB", bytes / 1e3),
            bytes < VISIT_BYTES,
        );
        let bytes = browser::bytes(&seen.loads.editor);
        let wanted = format!("< {:.0} KB", EDITOR_BYTES / 1e3);
        add(
            "a flow schema's page beyond the registry",
            wanted,
            format!("{:.1} KB", bytes / 1e3),
            bytes < EDITOR_BYTES,
        );
    }
    let idle = f64::from(u32::try_from(report.memories.idle.resident).unwrap_or(u32::MAX)) * 1024.0;
    let wanted = format!("< {:.0} MB", IDLE_BYTES / 1e6);
    add(
        "memory of the idle server",
        wanted,
        format!("{:.1} MB", idle / 1e6),
        idle < IDLE_BYTES,
    );
    flows::add_aims(&report.flows, &mut aims);
    messages::add_aims(&report.messages, &mut aims);
    aims.to_string()
}

fn over_sqlx(pages: &Compared) -> f64 {
    ratio(pages.store.median(), pages.bare.median())
}

/// Each deep page over the first page of the same list.
fn depths(compared: &[Compared]) -> impl Iterator<Item = (f64, &Compared)> {
    let mut first = None;
    compared.iter().filter_map(move |pages| {
        let median = pages.store.median();
        match pages.case.depth {
            Depth::First => {
                first = Some(median);
                None
            }
            Depth::Half | Depth::Last => first.map(|first| (ratio(median, first), pages)),
        }
    })
}

fn worst<'a>(all: impl Iterator<Item = (f64, &'a Compared)>) -> Option<(f64, &'a Compared)> {
    all.max_by(|(a, _), (b, _)| a.total_cmp(b))
}
