//! What went over the wire, as it is kept for a while.

use leptos::prelude::*;
use serde::Deserialize;

/// A call to the messenger and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Exchange {
    method: String,
    url: String,
    #[serde(default)]
    sent: String,
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    came: String,
    #[serde(default)]
    duration_ms: u64,
}

/// The calls to the messenger one after the other, or the request of the messenger as it came.
#[component]
pub(super) fn Exchanges(
    /// What is kept.
    text: String,
) -> impl IntoView {
    match calls(&text) {
        Some(calls) => calls
            .into_iter()
            .map(|call| view! { <Call call/> })
            .collect_view()
            .into_any(),
        None => view! { <Code text label="The request as it came"/> }.into_any(),
    }
}

/// The calls, if it is a list of them.
fn calls(text: &str) -> Option<Vec<Exchange>> {
    serde_json::from_str(text).ok()
}

#[component]
fn Call(call: Exchange) -> impl IntoView {
    let status = match call.status {
        Some(status) => format!("{status} after {} ms", call.duration_ms),
        None => format!("no answer within {} ms", call.duration_ms),
    };
    view! {
        <article class="call">
            <h3 class="call-title"><code>{call.method}" "{call.url}</code></h3>
            {(!call.sent.is_empty()).then(|| view! { <Code text=call.sent label="Sent"/> })}
            <p class="call-status">{status}</p>
            {(!call.came.is_empty()).then(|| view! { <Code text=call.came label="Came back"/> })}
        </article>
    }
}

/// A text as it is, JSON with its lines broken.
#[component]
pub(super) fn Code(
    /// The text.
    text: String,
    /// What it is.
    label: &'static str,
) -> impl IntoView {
    view! {
        <figure class="code">
            <figcaption class="code-label">{label}</figcaption>
            // Within reach of the keyboard, since it may scroll.
            <pre class="code-text" tabindex="0" role="region" aria-label=label>{pretty(&text)}</pre>
        </figure>
    }
}

/// JSON as people like to read it, with the order and the digits that it came with; anything else as it is.
fn pretty(text: &str) -> String {
    flow::format(text).map_or_else(|_| text.to_owned(), |formatted| formatted.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_told_from_a_request() {
        let kept =
            r#"[{"method":"POST","url":"https://a.example/send","sent":"{}","came":"timed out","duration_ms":9}]"#;
        let calls = calls(kept).unwrap();
        assert_eq!(calls[0].status, None);
        assert_eq!(calls[0].came, "timed out");
        assert_eq!(super::calls(r#"{"update_id":1}"#), None);
        assert_eq!(super::calls("name=Ann&text=hi"), None);
    }

    #[test]
    fn json_gets_lines_and_keeps_its_order_and_digits() {
        let long = format!(r#"{{"z":12345678901234567890.10,"a":"{}"}}"#, "x".repeat(100));
        let shown = pretty(&long);
        assert!(shown.lines().count() > 1, "{shown}");
        assert!(shown.find("\"z\"") < shown.find("\"a\"") && shown.contains("12345678901234567890.10"));
        assert_eq!(pretty("name=Ann&text=hi"), "name=Ann&text=hi");
    }
}
