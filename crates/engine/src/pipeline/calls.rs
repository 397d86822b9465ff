//! The calls over HTTP of conversations, made beside them.

use super::{AtWork, lanes::LaneKey, turn::Work};
use crate::{Context, tries};
use flow::{HttpFailure, run::HttpRequest};

/// Makes a call; its end is the next thing that the conversation hears.
pub(super) fn begin(cx: &Context, key: &LaneKey, number: u64, request: HttpRequest) {
    let (cx, key) = (cx.clone(), key.clone());
    tokio::spawn(async move {
        let result = cx.fetch.send(tries::outgoing(&request)).await;
        let (_, result) = tries::hear(result);
        end(&cx, &key, number, result);
    });
}

fn end(cx: &Context, key: &LaneKey, number: u64, result: Result<flow::run::HttpAnswer, HttpFailure>) {
    let inner = cx.pipeline.inner();
    // After a stop the call is what the next start finds.
    if inner.is_stopping() {
        return;
    }
    let working = AtWork::new(cx);
    let result = Box::new(result);
    inner.begin_turns(cx, key.clone(), Work::Answer { number, result });
    drop(working);
}

/// Deals with a call that was under way when a server ended: one that only asks is made again; whether another one
/// arrived nobody knows, and the flow is told so.
pub(super) fn recall(cx: &Context, key: &LaneKey, stored: Option<&str>) {
    let Some((number, request)) = stored.and_then(|call| serde_json::from_str::<(u64, HttpRequest)>(call).ok()) else {
        return;
    };
    if matches!(request.method.as_str(), "GET" | "HEAD" | "OPTIONS") {
        return begin(cx, key, number, request);
    }
    let why = "the server ended during the call, so nobody knows whether it arrived".to_owned();
    end(cx, key, number, Err(HttpFailure::Other(why)));
}
