//! The tables of what a browser sees.

use super::table::Table;
use crate::browser::{Loaded, MANY_ROWS, Seen, Timings, Visit, median};
use std::fmt::Write as _;

/// All of them.
pub fn tables(seen: &Seen) -> String {
    let mut text = format!(
        "### What a visit loads\n\n\
         Chromium {version}, the registry with 10 rows, signed in. Bytes as they came over the wire, headers included. \
         Files were compressed with brotli when they were built; pages and data are compressed with gzip when they are \
         made.\n\n",
        version = seen.chromium,
    );
    for (title, loaded) in [
        ("First visit", &seen.loads.first),
        ("The next visit", &seen.loads.second),
        ("A step to the next page of the list", &seen.loads.change),
        (
            "From there to a flow schema with its editor, beyond what the registry has loaded",
            &seen.loads.editor,
        ),
    ] {
        _ = writeln!(text, "{title}: {}\n", sum(loaded));
        _ = writeln!(text, "{}\n", loads(loaded));
    }
    _ = writeln!(
        text,
        "### How long a visit takes\n\n\
         Medians of {runs} runs in headless Chromium on the same machine, milliseconds since the navigation began. \
         \"Cold\" is a browser that was never here, \"warm\" the next visit. \"Hydrated\" is the moment from which the \
         page reacts without asking the server for another one.\n\n{visits}\n\n\
         ### {MANY_ROWS} rows on one page\n\n{many}",
        runs = seen.ten.len(),
        visits = visits(seen),
        many = many(seen),
    );
    text
}

/// Bytes of all answers.
pub fn bytes(loaded: &[Loaded]) -> f64 {
    loaded.iter().map(|request| request.bytes).sum()
}

fn sum(loaded: &[Loaded]) -> String {
    let requests = if loaded.len() == 1 { "request" } else { "requests" };
    format!("**{} {requests}, {:.1} KB**", loaded.len(), bytes(loaded) / 1e3)
}

fn loads(loaded: &[Loaded]) -> Table {
    let mut table = Table::new(&["request", "status", "type", "compressed", "bytes"]);
    for request in loaded {
        table.push(vec![
            format!("{} {}", request.method, path(&request.url)),
            request.status.to_string(),
            request.kind.clone(),
            request.encoding.clone(),
            format!("{:.0}", request.bytes),
        ]);
    }
    table
}

/// The path without its query, which differs at every run.
fn path(url: &str) -> &str {
    let behind_host = url.splitn(4, '/').nth(3).unwrap_or_default();
    let path = behind_host.split('?').next().unwrap_or_default();
    &url[url.len() - behind_host.len() - 1..][..=path.len()]
}

fn visits(seen: &Seen) -> Table {
    let mut table = Table::new(&["rows", "visit", "first byte", "first paint", "parsed", "hydrated"]);
    for (rows, all) in [(10, &seen.ten), (100, &seen.hundred), (MANY_ROWS, &seen.many)] {
        let cold = |visit: &Visit| visit.cold;
        let warm = |visit: &Visit| visit.warm;
        for (name, which) in [("cold", cold as fn(&Visit) -> Timings), ("warm", warm)] {
            let of = |part: fn(Timings) -> f64| format!("{:.0}", median(all.iter().map(|visit| part(which(visit)))));
            table.push(vec![
                rows.to_string(),
                name.to_owned(),
                of(|timings| timings.first_byte),
                of(|timings| timings.painted),
                of(|timings| timings.parsed),
                of(|timings| timings.hydrated),
            ]);
        }
    }
    table
}

fn many(seen: &Seen) -> Table {
    let all = || seen.many_rows.iter();
    let mut table = Table::new(&["in an open page, ms", "done", "on the screen"]);
    table.push(vec![
        "from 10 rows to all (Enter in \"Rows per page\")".to_owned(),
        format!("{:.0}", median(all().map(|run| run.show.rows))),
        format!("{:.0}", median(all().map(|run| run.show.painted))),
    ]);
    table.push(vec![
        "select all (click in the table's head)".to_owned(),
        format!("{:.0}", median(all().map(|run| run.select.selected))),
        format!("{:.0}", median(all().map(|run| run.select.painted))),
    ]);
    table
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_path_stands_alone() {
        assert_eq!(path("http://127.0.0.1:1/chat-gateways?after=x"), "/chat-gateways");
        assert_eq!(path("http://127.0.0.1:1/"), "/");
    }
}
