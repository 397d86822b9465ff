//! The tables of what was measured without a server.

use super::{ROWS, Report, table::Table};
use crate::{
    cases::Depth,
    in_process::{Compared, commit::Commits},
    latencies::{Latencies, milliseconds, ratio},
};

/// Both tables.
pub fn tables(report: &Report) -> String {
    format!(
        "### The list query against sqlx alone\n\n\
         One page of {ROWS} rows and the count, one client, in the bench's own process: the two statements of the store \
         through sqlx alone (same text, same file, same settings of the pool), through `store::gateways::page` and \
         through `engine::gateways::list`. The three take turns. Milliseconds.\n\n{lists}\n\n\
         \"× depth\" is the store's median over that of the first page in the same order. A `*part*` may have to look at \
         every name.\n\n\
         ### A change made durable\n\n\
         One transaction that changes a gateway and adds a line to the audit, waiting for the disk. Milliseconds.\n\n\
         {commits}",
        lists = lists(&report.compared),
        commits = commits(&report.commits),
    )
}

fn lists(compared: &[Compared]) -> Table {
    let mut table = Table::new(&[
        "list",
        "page",
        "sqlx p50",
        "p95",
        "store p50",
        "p95",
        "engine p50",
        "p95",
        "store ÷ sqlx",
        "× depth",
    ]);
    let mut first = None;
    for pages in compared {
        let median = pages.store.median();
        let depth = match pages.case.depth {
            Depth::First => {
                first = Some(median);
                String::new()
            }
            Depth::Half | Depth::Last => first
                .map(|first| format!("{:.2}", ratio(median, first)))
                .unwrap_or_default(),
        };
        let mut row = vec![pages.case.title.clone(), pages.case.depth.to_string()];
        for latencies in [&pages.bare, &pages.store, &pages.engine] {
            row.extend(two(latencies));
        }
        row.push(format!("{:.2}", ratio(median, pages.bare.median())));
        row.push(depth);
        table.push(row);
    }
    table
}

fn commits(commits: &Commits) -> Table {
    let mut table = Table::new(&["transaction", "p50", "p95"]);
    for (what, latencies) in [
        ("sqlx alone: UPDATE, INSERT, COMMIT", &commits.bare),
        ("`engine::gateways::set_enabled`", &commits.engine),
    ] {
        let mut row = vec![what.to_owned()];
        row.extend(two(latencies));
        table.push(row);
    }
    table
}

fn two(latencies: &Latencies) -> [String; 2] {
    [500, 950].map(|per_mille| format!("{:.3}", milliseconds(latencies.within(per_mille))))
}
