//! Trying flow schemas over HTTP, as the page does.

use crate::support::{Client, Server};
use axum::{Json, Router, http::StatusCode, routing::post};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpListener;

/// A greeting, a menu, a pause.
const PROGRAM: &str = r#"[
    {"sendText": "Hello, ${peer_name}"},
    {"menu": {"text": "More?", "buttons": [[{"text": "Yes", "code": "y"}, {"text": "No", "code": "n"}]]}},
    {"recvMessage": {"set": "answer", "timeout": 60}},
    {"sendText": "You said ${answer}"},
    {"sleep": 3600000},
    {"sendText": "Still there?"}
]"#;

fn start(program: &str, http: bool) -> Value {
    json!({"start": {"program": program, "message": {"text": {"text": "hi"}}, "peer_name": "Ann", "http": http}})
}

async fn begin(client: &Client, program: &str, http: bool) -> Value {
    let answer = client.call("tries/start", &start(program, http)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["running"].clone()
}

/// Does something with a run and gives what is new.
async fn act(client: &Client, action: &str, report: &Value, input: Option<Value>) -> Value {
    let mut arguments = json!({"run": report["run"], "since": report["last"]});
    if let Some(input) = input {
        arguments["input"] = input;
    }
    let answer = client.call(&format!("tries/{action}"), &arguments).await;
    assert_eq!(answer.status, 200, "{action}: {}", answer.body);
    answer.json()
}

fn sent(report: &Value) -> Vec<&str> {
    let messages = report["messages"].as_array().unwrap().iter();
    messages
        .filter_map(|message| message["said"]["sent"]["parts"][0]["text"].as_str())
        .collect()
}

fn calls(report: &Value) -> Vec<&Value> {
    let trace = report["trace"].as_array().unwrap().iter();
    trace
        .map(|line| &line["what"]["call"])
        .filter(|call| !call.is_null())
        .collect()
}

/// Asks until nothing is waited for; each answer comes with the end of the call, or after a second.
async fn all(client: &Client, mut report: Value) -> Value {
    while !report["waiting"].is_null() {
        report["last"] = json!(0);
        report = act(client, "tick", &report, None).await;
    }
    report
}

/// A service that knows one order, on this machine.
async fn stand_in() -> String {
    let order = |Json(asked): Json<Value>| async move {
        match asked["order"].as_str() {
            Some("7") => (StatusCode::OK, Json(json!({"state": "sent"}))),
            _ => (StatusCode::NOT_FOUND, Json(json!({"state": ""}))),
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/order", post(order))).await });
    format!("http://{address}/order")
}

fn asking(url: &str) -> String {
    json!([
        {"httpRequest": {
            "url": url, "timeout": 20_000, "data": {"order": "7"}, "responseCode": "code", "exportVariables": {"state": "state"},
        }},
        {"sendText": "${code}: ${state}"},
    ])
    .to_string()
}

store::databases! {
    async fn a_flow_schema_is_talked_to_and_its_waits_are_skipped(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.user("vera", "Viewer").await;
        let report = begin(&client, PROGRAM, false).await;
        assert_eq!(sent(&report), ["Hello, Ann", "More?"]);
        assert_eq!(report["waiting"], json!({"kind": "message", "until": 1_800_000_060_000_i64, "seconds": 60}));
        assert_eq!(report["path"], "[2].recvMessage");
        let pressed = json!({"button": {"label": "No"}});
        let report = act(&client, "send", &report, Some(pressed)).await;
        assert_eq!(sent(&report), ["You said n"]);
        assert_eq!(report["messages"][0]["said"]["pressed"], json!({"label": "No", "code": "n"}));
        let step = &report["trace"][0]["what"]["step"];
        assert_eq!(step["changed"], json!([{"name": "answer", "before": "", "after": "n"}]));
        assert_eq!((report["waiting"]["kind"].as_str(), report["waiting"]["seconds"].as_u64()), (Some("pause"), Some(3_600)));
        let report = act(&client, "tick", &report, None).await;
        assert!(sent(&report).is_empty() && report["trace"].as_array().unwrap().is_empty());
        let report = act(&client, "skip_wait", &report, None).await;
        assert_eq!(sent(&report), ["Still there?"]);
        assert_eq!(report["ended"]["cause"], "flow_end");
        let late = json!({"run": report["run"], "since": 0, "input": {"text": {"text": "hello?"}}});
        let late = client.call("tries/send", &late).await;
        assert_eq!((late.status, late.json()["code"].as_str()), (409, Some("ended")));
    }

    async fn a_program_with_mistakes_is_not_started_and_they_are_told(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        let answer = client.call("tries/start", &start("[\n{\"sendTxt\": 1}]", false)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.json()["mistakes"][0]["path"], "[0].sendTxt");
        assert_eq!(answer.json()["mistakes"][0]["line"], 2);
        let wrong = json!({"start": {"program": "[]", "message": {"file": {"url": "file:///etc/passwd"}}}});
        let answer = client.call("tries/start", &wrong).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert!(answer.field_error("url").contains("http"), "{}", answer.body);
    }

    async fn a_call_is_shown_and_made_only_when_it_is_switched_on(store: &TestStore) {
        let url = stand_in().await;
        let server = Server::start_calling(store, &["127.0.0.1"]).await;
        let client = server.administrator().await;
        let report = begin(&client, &asking(&url), false).await;
        assert_eq!(sent(&report), [": "]);
        let shown = calls(&report)[0];
        assert_eq!((&shown["method"], &shown["url"], &shown["came"]), (&json!("POST"), &json!(url), &json!("off")));
        assert_eq!((&shown["path"], &shown["body"]), (&json!("[0].httpRequest"), &json!(r#"{"order":"7"}"#)));

        let report = begin(&client, &asking(&url), true).await;
        let report = all(&client, report).await;
        assert_eq!(sent(&report), ["200: sent"]);
        let calls = calls(&report);
        assert_eq!(calls[0]["came"], "pending");
        assert_eq!(calls[1]["came"]["answer"]["status"], 200);
        assert_eq!(calls[1]["came"]["answer"]["body"], r#"{"state":"sent"}"#);
    }

    async fn a_host_that_the_operator_has_not_named_is_not_called(store: &TestStore) {
        let url = stand_in().await;
        let client = Server::start(store).await.administrator().await;
        let report = begin(&client, &asking(&url), true).await;
        let report = all(&client, report).await;
        assert_eq!(sent(&report), [": "]);
        assert!(calls(&report)[1]["came"]["failed"].as_str().unwrap().contains("allowed_hosts"), "{report}");
    }

    async fn a_run_is_not_there_for_others_and_after_half_an_hour_for_nobody(store: &TestStore) {
        let server = Server::start(store).await;
        let (vera, admin) = (server.user("vera", "Viewer").await, server.administrator().await);
        let report = begin(&vera, PROGRAM, false).await;
        let tick = json!({"run": report["run"], "since": 0});
        let stranger = admin.call("tries/tick", &tick).await;
        assert_eq!((stranger.status, stranger.json()["code"].as_str()), (404, Some("not_found")));
        assert_eq!(admin.call("tries/stop", &json!({"run": report["run"]})).await.status, 200);
        server.clock.advance(Duration::from_mins(29));
        assert_eq!(vera.call("tries/tick", &tick).await.status, 200);
        server.clock.advance(Duration::from_mins(30));
        assert_eq!(vera.call("tries/tick", &tick).await.status, 404);
    }

    async fn who_stops_a_run_or_leaves_it_ends_it(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        let report = begin(&client, PROGRAM, false).await;
        let report = act(&client, "leave", &report, None).await;
        assert_eq!(report["ended"]["cause"], "peer_left");
        assert_eq!(client.call("tries/stop", &json!({"run": report["run"]})).await.status, 200);
        let gone = client.call("tries/tick", &json!({"run": report["run"], "since": 0})).await;
        assert_eq!(gone.status, 404);
    }
}
