//! The tables of the server under load.

use super::table::Table;
use crate::{
    latencies::milliseconds,
    load::Load,
    over_http::{CLIENTS, Floored, Form, OverHttp, Served},
};

const HEAD: [&str; 10] = [
    "1: req/s", "p50", "p95", "p99", "× floor", "8: req/s", "p50", "p95", "p99", "× floor",
];

/// The floors, then everything that was asked for.
pub fn tables(all: &OverHttp) -> String {
    format!(
        "### The floors of HTTP\n\n\
         An axum handler in the bench's process that has the bytes of the server's answer in memory, under the same load \
         by 1 and by 8 clients. Milliseconds.\n\n{floors}\n\n\
         ### The server\n\n\
         Everything behind the session's cookie, as a signed-in administrator. \"× floor\" is how many times more answers \
         a second the floor of the same form and size gives. Milliseconds.\n\n{served}",
        floors = floors(&all.floors),
        served = served(all),
    )
}

fn floors(floors: &[Floored]) -> Table {
    let mut head = vec!["answer", "rows", "bytes"];
    head.extend(HEAD.into_iter().filter(|name| *name != "× floor"));
    let mut table = Table::new(&head);
    for pair in floors.chunks(CLIENTS.len()) {
        let Some(first) = pair.first() else { continue };
        let mut row = vec![first.form.to_string(), rows(first.rows), first.bytes.to_string()];
        row.extend(pair.iter().flat_map(|floor| figures(&floor.load)));
        table.push(row);
    }
    table
}

fn served(all: &OverHttp) -> Table {
    let mut head = vec!["what", "answer", "rows"];
    head.extend(HEAD);
    let mut table = Table::new(&head);
    for pair in all.served.chunks(CLIENTS.len()) {
        let Some(first) = pair.first() else { continue };
        let mut row = vec![first.title.clone(), first.form.to_string(), rows(first.rows)];
        for served in pair {
            row.extend(figures(&served.load));
            row.push(over_floor(all, served));
        }
        table.push(row);
    }
    table
}

fn over_floor(all: &OverHttp, served: &Served) -> String {
    let floor = all.floor(served);
    let over = floor.map(|floor| floor.load.per_second() / served.load.per_second());
    over.map(|over| format!("{over:.1}")).unwrap_or_default()
}

fn figures(load: &Load) -> Vec<String> {
    let mut figures = vec![format!("{:.0}", load.per_second())];
    for per_mille in [500, 950, 990] {
        figures.push(format!("{:.2}", milliseconds(load.latencies.within(per_mille))));
    }
    figures
}

fn rows(rows: Option<u16>) -> String {
    rows.map(|rows| rows.to_string()).unwrap_or_default()
}

/// The 95th percentile in milliseconds of a whole page, worst over all depths, at so many clients.
pub fn worst_page(all: &OverHttp, rows: u16, clients: usize) -> Option<f64> {
    let pages = all.served.iter().filter(|served| {
        matches!(served.form, Form::Html | Form::Gzip) && served.rows == Some(rows) && served.load.clients == clients
    });
    pages
        .map(|served| milliseconds(served.load.latencies.within(950)))
        .reduce(f64::max)
}
