//! What a browser sees: headless Chromium, driven by `end2end/bench/measure.mjs`.

use crate::{failure::Fallible, scale::Scale, server::Session};
use model::FlowId;
use serde::Deserialize;
use std::{env, process::Stdio};
use tokio::process::Command;

/// Rows on the largest page.
pub const MANY_ROWS: u16 = 1_000;

/// The script, from the root of the repository, where `make bench` runs.
const SCRIPT: &str = "end2end/bench/measure.mjs";

/// Everything the browser has measured.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// The browser's version.
    pub chromium: String,
    /// What is loaded.
    pub loads: Loads,
    /// Visits of the page with 10 rows.
    pub ten: Vec<Visit>,
    /// Visits of the page with 100 rows.
    pub hundred: Vec<Visit>,
    /// Visits of the page with [`MANY_ROWS`].
    pub many: Vec<Visit>,
    /// From 10 rows to [`MANY_ROWS`] in an open page.
    pub many_rows: Vec<ManyRows>,
}

/// What is loaded at four occasions.
#[derive(Debug, Deserialize)]
pub struct Loads {
    /// At the first visit.
    pub first: Vec<Loaded>,
    /// At the next one.
    pub second: Vec<Loaded>,
    /// At a step to the next page of the list.
    pub change: Vec<Loaded>,
    /// At a visit of the page of a flow schema after all that, until its editor is there; nothing out of the cache.
    pub editor: Vec<Loaded>,
}

/// One request of the browser.
#[derive(Debug, Deserialize)]
pub struct Loaded {
    /// Its method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// The status of the answer.
    pub status: u16,
    /// The type of the answer.
    #[serde(rename = "type")]
    pub kind: String,
    /// How the answer was compressed.
    pub encoding: String,
    /// Bytes of the answer on the wire, headers included; none out of the cache.
    pub bytes: f64,
}

/// Two visits one after the other.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Visit {
    /// With an empty cache.
    pub cold: Timings,
    /// With what the first one has left in the cache.
    pub warm: Timings,
}

/// Milliseconds since a navigation began.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Timings {
    /// The first byte of the page is there.
    pub first_byte: f64,
    /// The page is parsed.
    pub parsed: f64,
    /// Its text is visible.
    pub painted: f64,
    /// It reacts.
    pub hydrated: f64,
}

/// Milliseconds of what happens to many rows.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct ManyRows {
    /// From the key that asks for them.
    pub show: Show,
    /// From the click that selects them.
    pub select: Select,
}

/// Rows appear.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Show {
    /// All are in the document.
    pub rows: f64,
    /// All are on the screen.
    pub painted: f64,
}

/// Rows are selected.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Select {
    /// All are.
    pub selected: f64,
    /// One can see it.
    pub painted: f64,
}

/// Lets the browser visit; `flow` is a flow schema written as code.
pub async fn measure(session: &Session, flow: FlowId, scale: Scale) -> Fallible<Seen> {
    let rows = u32::from(MANY_ROWS).min(scale.gateways);
    let order = serde_json::json!({
        "base": format!("http://{}", session.address),
        "cookie": session.cookie,
        "runs": scale.browser_runs,
        "rows": rows,
        "flow": flow.0,
    });
    let node = env::var_os("NODE").unwrap_or_else(|| "node".into());
    let output = Command::new(node)
        .args([SCRIPT, &order.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?
        .wait_with_output()
        .await?;
    if output.status.success() {
        Ok(serde_json::from_slice(&output.stdout)?)
    } else {
        Err(format!("{SCRIPT} has failed: {}", output.status).into())
    }
}

/// The median.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
