//! What a test can do over HTTP.

use crate::support::{Gateway, call, get, post};
use serde_json::json;
use standins::{Options, Provider, Standins, demo};

#[tokio::test]
async fn a_whole_conversation_is_played_over_http() {
    let standins = Standins::start().await;
    let gateway = Gateway::start().await;
    let (ctl, token) = (format!("{}/__ctl", standins.url()), "110:AA");
    let bot = json!({ "token": token, "username": "shop_bot" });
    assert_eq!(post(&format!("{ctl}/telegram/bots"), &bot).await.0, 200);
    let webhook = json!({ "url": gateway.url, "secret": "s" });
    assert_eq!(
        post(&format!("{ctl}/telegram/bots/{token}/webhook"), &webhook).await.0,
        200
    );
    let peer = format!("{ctl}/telegram/{token}/peers/501");
    let (status, told) = post(&format!("{peer}/says"), &json!({ "text": "Hi" })).await;
    assert_eq!(status, 200);
    assert_eq!(
        gateway.heard(1).await[0].json()["message"]["message_id"].to_string(),
        told["id"]
    );
    let answer = json!({
        "chat_id": 501,
        "text": "Sure?",
        "reply_markup": { "inline_keyboard": [[{ "text": "Yes", "callback_data": "y" }]] },
    });
    let (status, _) = post(&format!("{}/bot{token}/sendMessage", standins.telegram_url()), &answer).await;
    assert_eq!(status, 200);
    let (_, chat) = get(&format!("{peer}/messages")).await;
    assert_eq!(chat["messages"][1]["buttons"][0][0]["title"], "Yes");
    assert_eq!(
        post(&format!("{peer}/presses"), &json!({ "title": "Yes" })).await.0,
        200
    );
    assert_eq!(gateway.heard(2).await[1].json()["callback_query"]["data"], "y");
    let (status, told) = post(&format!("{peer}/presses"), &json!({ "title": "No" })).await;
    assert_eq!(
        (status, told["error"].as_str().unwrap()),
        (409, "the peer sees no button “No”")
    );
}

#[tokio::test]
async fn messages_can_be_waited_for() {
    let standins = Standins::start().await;
    standins.telegram().bot("1:A", "b");
    let peer = standins.telegram().peer("1:A", 5);
    let messages = format!("{}/__ctl/telegram/1:A/peers/5/messages", standins.url());
    let (_, before) = get(&messages).await;
    let url = format!("{messages}?version={}&wait_ms=60000", before["version"]);
    let (waited, said) = tokio::join!(get(&url), async { peer.says("Hi") });
    said.unwrap();
    assert_eq!(waited.1["messages"][0]["text"], "Hi");
}

#[tokio::test]
async fn journal_totals_and_faults_are_read_and_written_over_http() {
    let standins = Standins::start().await;
    let base = standins.url();
    standins.telegram().bot("1:A", "b");
    let fault = json!({ "provider": "telegram", "on": "getMe", "fault": { "kind": "empty" } });
    assert_eq!(post(&format!("{base}/__faults"), &fault).await.0, 200);
    let me = format!("{base}/telegram/bot1:A/getMe");
    assert_eq!(call("GET", &me, &[], "").await.unwrap().body.len(), 0);
    assert_eq!(get(&me).await.0, 200);
    let (_, journal) = get(&format!("{base}/__journal?provider=telegram")).await;
    let first = &journal[0];
    assert_eq!(
        (first["direction"].as_str(), first["answer"].as_str()),
        (Some("asked"), Some(""))
    );
    let since = format!("{base}/__journal?provider=telegram&since={}", first["number"]);
    assert_eq!(get(&since).await.1.as_array().unwrap().len(), 1);
    assert_eq!(
        get(&format!("{base}/__totals")).await.1["telegram"]["by_call"]["getMe"],
        2
    );
    assert_eq!(
        call("DELETE", &format!("{base}/__journal"), &[], "")
            .await
            .unwrap()
            .status,
        200
    );
    assert!(standins.journal(Provider::Telegram).is_empty());
}

#[tokio::test]
async fn accounts_are_listed_with_where_their_events_go() {
    let standins = Standins::start().await;
    standins.telegram().bot("1:A", "shop_bot");
    standins
        .telegram()
        .set_webhook("1:A", "http://127.0.0.1:1/x", "")
        .unwrap();
    let (_, accounts) = get(&format!("{}/__ctl/accounts", standins.url())).await;
    let bot = json!({
        "provider": "telegram", "id": "1:A", "name": "@shop_bot", "kind": "", "webhook": "http://127.0.0.1:1/x",
        "connect": [["Telegram BOT API token", "1:A"]], "peer": "5550001",
    });
    assert_eq!(accounts, json!([bot]));
}

#[tokio::test]
async fn the_demonstration_begins_with_an_account_of_each_messenger_and_a_page() {
    let options = Options {
        page: true,
        ..Options::default()
    };
    let standins = Standins::start_with(options).await;
    demo::furnish(&standins);
    let (_, accounts) = get(&format!("{}/__ctl/accounts", standins.url())).await;
    let kinds: Vec<_> = accounts
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["provider"].as_str().unwrap(), one["kind"].as_str().unwrap()))
        .collect();
    let expected = [
        ("telegram", ""),
        ("viber", ""),
        ("graph", "Facebook page"),
        ("graph", "Instagram"),
        ("graph", "WhatsApp"),
        ("infobip", ""),
        ("customer", ""),
    ];
    assert_eq!(kinds, expected);
    assert!(
        accounts
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["connect"][0][1] != ""),
        "{accounts}"
    );
    for (path, mime) in [
        ("/", "text/html; charset=utf-8"),
        ("/page.js", "text/javascript"),
        ("/page.css", "text/css"),
        ("/tokens.css", "text/css"),
        ("/emblems/viber.svg", "image/svg+xml"),
    ] {
        let answer = call("GET", &format!("{}{path}", standins.url()), &[], "")
            .await
            .unwrap();
        assert_eq!((answer.status, answer.content_type()), (200, Some(mime)), "{path}");
    }
}

#[tokio::test]
async fn without_the_demonstration_there_is_no_page() {
    let standins = Standins::start().await;
    assert_eq!(call("GET", &standins.url(), &[], "").await.unwrap().status, 404);
}
