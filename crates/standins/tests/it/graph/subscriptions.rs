//! Who is told about what.

use super::{APP, BUSINESS, Meta, NUMBER, PAGE, PAGE_TOKEN, SECRET, SYSTEM};
use crate::support::{Gateway, Scripted};
use axum::{Router, extract::RawQuery, http::StatusCode, routing::get};
use serde_json::{Value, json};
use standins::graph::Object;
use std::collections::BTreeMap;

/// An app that gives the challenge back to whoever knows its word.
async fn answering() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let answer = async |RawQuery(query): RawQuery| {
        let query = query.unwrap_or_default();
        let fields: BTreeMap<_, _> = url_pairs(&query).collect();
        let is_right = fields["hub.mode"] == "subscribe" && fields["hub.verify_token"] == "w";
        if is_right {
            (200, fields["hub.challenge"].clone())
        } else {
            (403, String::new())
        }
    };
    let respond = async move |query: RawQuery| {
        let (status, body) = answer(query).await;
        (StatusCode::from_u16(status).unwrap(), body)
    };
    let router = Router::new().route("/hook", get(respond));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

fn url_pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query.split('&').filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        Some((name.to_owned(), value.to_owned()))
    })
}

fn app_token() -> String {
    format!("{APP}|{SECRET}")
}

#[tokio::test]
async fn an_app_is_told_at_an_address_that_gave_the_challenge_back() {
    let meta = Meta::start().await;
    let url = answering().await;
    let path = format!("/{APP}/subscriptions");
    let subscribe = |word: &str| json!({ "object": "page", "callback_url": url, "verify_token": word, "fields": "messages,message_reads" });
    let (status, answer) = meta.call("POST", &path, &app_token(), &subscribe("x")).await;
    assert_eq!((status, Meta::code(&answer).0), (400, 2_200));
    assert!(
        answer["error"]["message"]
            .as_str()
            .unwrap()
            .contains("HTTP Status Code = 403"),
        "{answer}"
    );
    let success = json!({ "success": true });
    assert_eq!(
        meta.call("POST", &path, &app_token(), &subscribe("w")).await,
        (200, success.clone())
    );
    let (_, list) = meta.get(&path, &app_token()).await;
    assert_eq!(
        (
            list["data"][0]["object"].as_str(),
            list["data"][0]["callback_url"].as_str()
        ),
        (Some("page"), Some(url.as_str()))
    );
    assert_eq!(list["data"][0]["fields"][0]["name"], "message_reads");
    assert_eq!(
        meta.call("DELETE", &format!("{path}?object=page"), &app_token(), &Value::Null)
            .await,
        (200, success)
    );
    assert_eq!(meta.standins.graph().callback(APP, Object::Page), "");
}

#[tokio::test]
async fn an_answer_that_is_not_the_challenge_is_no_answer() {
    let meta = Meta::start().await;
    let other = Gateway::start().await;
    other.always(Scripted {
        body: "hello".into(),
        ..Scripted::status(200)
    });
    let path = format!("/{APP}/subscriptions");
    let mut body = json!({ "object": "page", "callback_url": other.url, "verify_token": "w", "fields": "messages" });
    let (_, answer) = meta.call("POST", &path, &app_token(), &body).await;
    assert!(
        answer["error"]["message"].as_str().unwrap().contains("not given back"),
        "{answer}"
    );
    body["callback_url"] = json!("http://127.0.0.1:1/");
    assert_eq!(
        Meta::code(&meta.call("POST", &path, &app_token(), &body).await.1).0,
        2_200
    );
    meta.standins.graph().strict_urls(true);
    assert_eq!(
        Meta::code(&meta.call("POST", &path, &app_token(), &body).await.1).0,
        100
    );
}

#[tokio::test]
async fn only_the_app_itself_subscribes_and_only_to_what_there_is() {
    let meta = Meta::start().await;
    let path = format!("/{APP}/subscriptions");
    let (_, answer) = meta.get(&path, PAGE_TOKEN).await;
    assert_eq!(Meta::code(&answer), (15, None));
    let (_, answer) = meta.get(&path, &format!("{APP}|x")).await;
    assert_eq!(Meta::code(&answer), (190, None));
    let mut body =
        json!({ "object": "page", "callback_url": "http://127.0.0.1:1", "verify_token": "w", "fields": "dreams" });
    assert_eq!(
        Meta::code(&meta.call("POST", &path, &app_token(), &body).await.1),
        (100, None)
    );
    body["object"] = json!("group");
    assert_eq!(
        Meta::code(&meta.call("POST", &path, &app_token(), &body).await.1),
        (100, None)
    );
}

#[tokio::test]
async fn a_page_tells_the_apps_that_asked() {
    let meta = Meta::start().await;
    let path = format!("/{PAGE}/subscribed_apps");
    let success = json!({ "success": true });
    assert_eq!(meta.get(&path, PAGE_TOKEN).await, (200, json!({ "data": [] })));
    assert_eq!(
        Meta::code(&meta.call("POST", &path, PAGE_TOKEN, &json!({})).await.1),
        (100, None)
    );
    let wrong = json!({ "subscribed_fields": "dreams" });
    assert_eq!(
        Meta::code(&meta.call("POST", &path, PAGE_TOKEN, &wrong).await.1),
        (100, None)
    );
    let fields = json!({ "subscribed_fields": "messages,messaging_postbacks" });
    assert_eq!(
        meta.call("POST", &path, PAGE_TOKEN, &fields).await,
        (200, success.clone())
    );
    let (_, apps) = meta.get(&path, PAGE_TOKEN).await;
    assert_eq!(
        apps["data"][0]["subscribed_fields"],
        json!(["messages", "messaging_postbacks"])
    );
    assert_eq!(
        meta.call("DELETE", &path, PAGE_TOKEN, &Value::Null).await,
        (200, success)
    );
    assert_eq!(meta.get(&path, PAGE_TOKEN).await.1["data"], json!([]));
    assert_eq!(Meta::code(&meta.get(&path, SYSTEM).await.1), (210, None));
}

#[tokio::test]
async fn a_business_may_be_told_elsewhere() {
    let meta = Meta::start().await;
    let path = format!("/{BUSINESS}/subscribed_apps");
    let url = answering().await;
    let elsewhere = json!({ "override_callback_uri": url, "verify_token": "x" });
    assert_eq!(
        Meta::code(&meta.call("POST", &path, SYSTEM, &elsewhere).await.1).0,
        2_200
    );
    let elsewhere = json!({ "override_callback_uri": url, "verify_token": "w" });
    assert_eq!(meta.call("POST", &path, SYSTEM, &elsewhere).await.0, 200);
    assert_eq!(meta.get(&path, SYSTEM).await.1["data"][0]["override_callback_uri"], url);
    assert!(meta.standins.graph().peer(NUMBER, "380").says("Hi").is_ok());
    assert_eq!(meta.call("DELETE", &path, SYSTEM, &Value::Null).await.0, 200);
    let refused = meta.standins.graph().peer(NUMBER, "380").says("Hi").unwrap_err();
    assert_eq!(refused.to_string(), "no app is subscribed to it");
}

#[tokio::test]
async fn an_event_needs_both_subscriptions() {
    let meta = Meta::start().await;
    assert_eq!(
        meta.peer().says("Hi").unwrap_err().to_string(),
        "no app is subscribed to it"
    );
    meta.standins.graph().subscribe(APP, Object::Page, &meta.gateway.url);
    let path = format!("/{PAGE}/subscribed_apps");
    let only_reads = json!({ "subscribed_fields": "message_reads" });
    meta.call("POST", &path, PAGE_TOKEN, &only_reads).await;
    assert_eq!(
        meta.peer().says("Hi").unwrap_err().to_string(),
        "no app is subscribed to messages"
    );
    meta.call("POST", &path, PAGE_TOKEN, &json!({ "subscribed_fields": ["messages"] }))
        .await;
    meta.peer().says("Hi").unwrap();
    assert_eq!(meta.gateway.heard(1).await.len(), 1);
}
