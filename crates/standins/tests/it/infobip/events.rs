//! What gateways are told.

use super::{Account, KEY, NUMBER, PEER, message};
use crate::support::{Gateway, LONG, Scripted, call};
use serde_json::{Value, json};
use standins::{Act, Provider, Seal, Upload, infobip::Guard};

/// The result that an act becomes.
async fn told(account: &Account, act: Act) -> Value {
    let before = account.gateway.so_far().len();
    account.peer().does(&act).unwrap();
    account.gateway.heard(before + 1).await[before].json()["results"][0].clone()
}

#[tokio::test]
async fn a_message_comes_as_a_batch_of_one() {
    let account = Account::start().await;
    let id = account.peer().says("Hi").unwrap();
    let batch = account.gateway.heard(1).await[0].json();
    assert_eq!(
        (&batch["messageCount"], &batch["pendingMessageCount"]),
        (&json!(1), &json!(0))
    );
    let result = &batch["results"][0];
    assert_eq!(
        (result["from"].as_str(), result["to"].as_str()),
        (Some(PEER), Some(NUMBER))
    );
    assert_eq!(result["messageId"], id);
    assert_eq!(result["message"], json!({ "type": "TEXT", "text": "Hi" }));
    assert_eq!(result["contact"]["name"], "Olha Koval");
    assert!(result["receivedAt"].as_str().unwrap().ends_with("+0000"));
}

#[tokio::test]
async fn every_kind_of_message_has_infobips_shape() {
    let account = Account::start().await;
    let file = |name: &str| Upload::new(name, "application/octet-stream", &b"bytes"[..]);
    for (act, kind) in [
        (Act::Image(file("a.jpg")), "IMAGE"),
        (Act::Video(file("a.mp4")), "VIDEO"),
        (Act::Audio(file("a.mp3")), "AUDIO"),
        (Act::Voice(file("a.ogg")), "VOICE"),
        (Act::Document(file("a.pdf")), "DOCUMENT"),
        (Act::Sticker(file("a.webp")), "STICKER"),
        (Act::Unsupported, "UNSUPPORTED"),
        (Act::Unknown, "HOLOGRAM"),
    ] {
        assert_eq!(told(&account, act).await["message"]["type"], kind);
    }
    let document = told(&account, Act::Document(file("bill.pdf"))).await["message"].clone();
    assert_eq!(document["caption"], "bill.pdf");
    let contact = Act::Contact {
        name: "A".into(),
        phone: "+380".into(),
        own: false,
    };
    assert_eq!(
        told(&account, contact).await["message"]["contacts"][0]["phones"][0]["waId"],
        "380"
    );
    let react = Act::React {
        id: "ours".into(),
        emoji: "👍".into(),
    };
    let expected = json!({ "type": "REACTION", "emoji": "👍", "action": "REACT", "context": { "id": "ours" } });
    assert_eq!(told(&account, react).await["message"], expected);
    assert!(account.peer().does(&Act::Subscribe).is_err());
}

#[tokio::test]
async fn a_file_is_for_the_key_of_its_number() {
    let account = Account::start().await;
    account.standins.infobip().number("other", "441134960009");
    let image = Act::Image(Upload::new("a.jpg", "image/jpeg", &b"bytes"[..]).captioned("pic"));
    let url = told(&account, image).await["message"]["url"]
        .as_str()
        .unwrap()
        .to_owned();
    let fetch = async |key: String| call("GET", &url, &[("authorization", &key)], "").await.unwrap();
    let answer = fetch(format!("App {KEY}")).await;
    assert_eq!((answer.status, &answer.body[..]), (200, &b"bytes"[..]));
    assert_eq!(answer.headers["content-disposition"], "attachment; filename=\"a.jpg\"");
    assert_eq!(fetch("App x".into()).await.status, 401);
    assert_eq!(fetch("App other".into()).await.status, 403);
    account.standins.expire_files();
    assert_eq!(fetch(format!("App {KEY}")).await.status, 404);
}

#[tokio::test]
async fn a_batch_holds_any_results_in_any_order() {
    let account = Account::start().await;
    let infobip = account.standins.infobip();
    let infected = json!({ "type": "INFECTED_CONTENT", "malware": "Eicar-Test" });
    let mut first = infobip.result(NUMBER, PEER, &infected).unwrap();
    let mut second = infobip
        .result(NUMBER, "380670000000", &json!({ "type": "TEXT", "text": "b" }))
        .unwrap();
    first["receivedAt"] = json!("2026-10-01T12:00:01.000+0000");
    second["receivedAt"] = json!("2026-10-01T12:00:00.000+0000");
    infobip
        .batch(NUMBER, &[first.clone(), second.clone(), first.clone()])
        .unwrap();
    let batch = account.gateway.heard(1).await[0].json();
    assert_eq!(batch["results"], json!([first, second, first]));
    assert_eq!(batch["messageCount"], 3);
}

#[tokio::test]
async fn delivery_and_reading_are_reported_to_the_address_of_the_message() {
    let account = Account::start().await;
    let reports = Gateway::start().await;
    account.standins.infobip().receipts(true);
    let sent = message(&json!({ "messageId": "ours", "notifyUrl": reports.url, "callbackData": "gw=12" }));
    account.call("POST", "/whatsapp/1/message/text", &sent).await;
    let heard = reports.heard(2).await;
    let delivery = heard[0].json()["results"][0].clone();
    assert_eq!(
        (delivery["messageId"].as_str(), delivery["callbackData"].as_str()),
        (Some("ours"), Some("gw=12"))
    );
    assert_eq!(
        (&delivery["status"]["groupName"], &delivery["error"]["name"]),
        (&json!("DELIVERED"), &json!("NO_ERROR"))
    );
    let seen = heard[1].json()["results"][0].clone();
    assert!(seen["seenAt"].is_string() && seen.get("status").is_none());
    account.send("text", json!({ "text": "without" })).await;
    assert_eq!(account.gateway.heard(2).await.len(), 2);
}

#[tokio::test]
async fn what_does_not_arrive_is_reported_later() {
    let account = Account::start().await;
    let peer = account.peer();
    peer.set_window(false);
    let (_, answer) = account.send("text", json!({ "text": "late" })).await;
    assert_eq!(answer["status"]["groupName"], "PENDING");
    let report = account.gateway.heard(1).await[0].json()["results"][0].clone();
    assert_eq!(
        (&report["status"]["groupId"], &report["error"]["name"]),
        (&json!(2), &json!("EC_REENGAGEMENT_WINDOW_EXPIRED"))
    );
    peer.says("here again").unwrap();
    account.gateway.heard(2).await;
    account.send("text", json!({ "text": "in time" })).await;
    assert_eq!(peer.replies(1).await.unwrap()[0].text, "in time");
    peer.is_gone();
    account.send("text", json!({ "text": "nobody" })).await;
    let report = account.gateway.heard(3).await[2].json()["results"][0].clone();
    assert_eq!(report["error"]["name"], "EC_INVALID_DESTINATION_ADDRESS");
}

#[tokio::test]
async fn reports_can_be_told_by_hand() {
    let account = Account::start().await;
    let infobip = account.standins.infobip();
    infobip
        .report(NUMBER, PEER, "ours", (4, "EXPIRED"), Some("EC_TIMEOUT"))
        .unwrap();
    infobip.seen(NUMBER, PEER, "ours").unwrap();
    let heard = account.gateway.heard(2).await;
    assert_eq!(heard[0].json()["results"][0]["status"]["groupName"], "EXPIRED");
    assert_eq!(heard[1].json()["results"][0]["from"], NUMBER);
}

#[tokio::test]
async fn infobip_proves_itself_as_the_portal_says() {
    let account = Account::start().await;
    let infobip = account.standins.infobip();
    let basic = Guard::Basic {
        user: "me".into(),
        password: "p@ss".into(),
    };
    infobip.forward(NUMBER, &account.gateway.url, basic).unwrap();
    for seal in [Seal::Genuine, Seal::Forged, Seal::Missing] {
        infobip.post(NUMBER, "{}", seal).await.unwrap();
    }
    let hmac = Guard::Hmac {
        header: "X-Hub-Signature".into(),
        prefix: "sha256=".into(),
        secret: "test-app-secret".into(),
    };
    infobip.forward(NUMBER, &account.gateway.url, hmac).unwrap();
    infobip
        .post(NUMBER, r#"{"object":"page","entry":[]}"#, Seal::Genuine)
        .await
        .unwrap();
    let heard = account.gateway.heard(4).await;
    let basic: Vec<_> = heard[..3].iter().map(|heard| heard.header("authorization")).collect();
    assert_eq!(basic, ["Basic bWU6cEBzcw==", "Basic bWU6cEBzc3g=", ""]);
    let signature = "sha256=1a82db3abc2fa71a3fffecfedef579a8468a44850cd8a83a0c56974faff81689";
    assert_eq!(heard[3].header("x-hub-signature"), signature);
}

#[tokio::test]
async fn an_event_is_repeated_until_it_is_taken() {
    let account = Account::start().await;
    account.gateway.answers([500, 502].map(Scripted::status));
    account.peer().says("Hi").unwrap();
    account.standins.settled(Provider::Infobip, LONG).await.unwrap();
    let heard = account.gateway.so_far();
    assert_eq!((heard.len(), &heard[0].body), (3, &heard[2].body));
}
