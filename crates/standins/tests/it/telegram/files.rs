//! Files in both directions.

use super::{Bot, TOKEN};
use crate::support::{Gateway, call, get};
use serde_json::json;
use standins::{Act, Upload};

fn form(bot: &Bot, method: &str, field: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    let mut body = format!(
        "--b\r\ncontent-disposition: form-data; name=\"chat_id\"\r\n\r\n5\r\n--b\r\ncontent-disposition: form-data; \
         name=\"caption\"\r\n\r\nlook\r\n--b\r\ncontent-disposition: form-data; name=\"{field}\"; \
         filename=\"a.pdf\"\r\ncontent-type: application/pdf\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--b--\r\n");
    (bot.url(method), body)
}

const MULTIPART: [(&str, &str); 1] = [("content-type", "multipart/form-data; boundary=b")];

#[tokio::test]
async fn an_uploaded_file_is_seen_and_can_be_sent_again_by_its_id() {
    let bot = Bot::start().await;
    let peer = bot.peer(5);
    let (url, body) = form(&bot, "sendDocument", "document", b"%PDF");
    let answer = crate::support::read(&call("POST", &url, &MULTIPART, body).await.unwrap());
    assert_eq!(answer.0, 200, "{}", answer.1);
    let document = &answer.1["result"]["document"];
    assert_eq!(
        (document["file_name"].as_str(), document["file_size"].as_i64()),
        (Some("a.pdf"), Some(4))
    );
    let seen = peer.replies(1).await.unwrap().remove(0);
    assert_eq!((seen.kind, seen.text.as_str()), ("document", "look"));
    assert_eq!(
        &call("GET", &seen.file.unwrap().url, &[], "").await.unwrap().body[..],
        b"%PDF"
    );
    let again = json!({ "chat_id": 5, "document": document["file_id"] });
    assert_eq!(
        bot.ok("sendDocument", &again).await["document"]["file_id"],
        document["file_id"]
    );
    let told = bot
        .refused("sendPhoto", &json!({ "chat_id": 5, "photo": document["file_id"] }))
        .await;
    assert_eq!(told, (400, "Bad Request: type of file mismatch".into()));
}

#[tokio::test]
async fn what_is_too_large_or_no_file_is_refused() {
    let bot = Bot::start().await;
    let _ = bot.peer(5);
    let (url, body) = form(&bot, "sendDocument", "document", &vec![0; 50 * 1024 * 1024 + 1]);
    assert_eq!(call("POST", &url, &MULTIPART, body).await.unwrap().status, 413);
    let (url, body) = form(&bot, "sendPhoto", "photo", &vec![0; 10 * 1024 * 1024 + 1]);
    assert_eq!(call("POST", &url, &MULTIPART, body).await.unwrap().status, 400);
    let told = bot.refused("sendPhoto", &json!({ "chat_id": 5 })).await;
    assert_eq!(told, (400, "Bad Request: there is no photo in the request".into()));
    let told = bot
        .refused("sendPhoto", &json!({ "chat_id": 5, "photo": "AgAC" }))
        .await;
    assert_eq!(told.0, 400);
    let long = json!({ "chat_id": 5, "photo": "https://a.example/a.jpg", "caption": "a".repeat(1_025) });
    let told = bot.refused("sendPhoto", &long).await;
    assert_eq!(told, (400, "Bad Request: message caption is too long".into()));
}

#[tokio::test]
async fn a_file_by_its_address_is_fetched_if_it_was_said_so() {
    let bot = Bot::start().await;
    let (peer, gateway) = (bot.peer(5), Gateway::start().await);
    let send = json!({ "chat_id": 5, "photo": format!("{}/a.jpg", gateway.url) });
    bot.ok("sendPhoto", &send).await;
    let seen = peer.replies(1).await.unwrap().remove(0);
    assert_eq!(
        (seen.kind, seen.file.unwrap().url),
        ("image", format!("{}/a.jpg", gateway.url))
    );
    bot.standins.telegram().fetch_files(true);
    gateway.answers([crate::support::Scripted::status(404)]);
    let told = bot.refused("sendPhoto", &send).await;
    assert_eq!(told, (400, "Bad Request: failed to get HTTP URL content".into()));
    gateway.answers([crate::support::Scripted::json(&json!("jpeg"))]);
    bot.ok("sendPhoto", &send).await;
}

#[tokio::test]
async fn a_peers_file_is_found_downloaded_and_expires() {
    let bot = Bot::start().await;
    let (peer, gateway) = (bot.peer(5), Gateway::start().await);
    bot.ok("setWebhook", &json!({ "url": gateway.url })).await;
    peer.does(&Act::Image(
        Upload::new("cat.jpg", "image/jpeg", &b"meow"[..]).captioned("my cat"),
    ))
    .unwrap();
    let message = gateway.heard(1).await[0].json()["message"].clone();
    assert_eq!(
        (message["caption"].as_str(), message["photo"].as_array().unwrap().len()),
        (Some("my cat"), 2)
    );
    let id = message["photo"][1]["file_id"].clone();
    let file = bot.ok("getFile", &json!({ "file_id": id })).await;
    let path = file["file_path"].as_str().unwrap();
    assert_eq!(path, format!("photos/{}.jpg", id.as_str().unwrap()));
    let url = format!("{}/file/bot{TOKEN}/{path}", bot.standins.telegram_url());
    let answer = call("GET", &url, &[], "").await.unwrap();
    assert_eq!((answer.status, &answer.body[..]), (200, &b"meow"[..]));
    assert_eq!(get(&url.replace(TOKEN, "42:AA")).await.0, 401);
    bot.standins.expire_files();
    assert_eq!(get(&url).await.0, 404);
    bot.ok("getFile", &json!({ "file_id": id })).await;
    assert_eq!(call("GET", &url, &[], "").await.unwrap().status, 200);
}

#[tokio::test]
async fn the_cloud_gives_out_twenty_megabytes_at_most() {
    let bot = Bot::start().await;
    let (peer, gateway) = (bot.peer(5), Gateway::start().await);
    bot.ok("setWebhook", &json!({ "url": gateway.url })).await;
    let large = Upload::new("film.mp4", "video/mp4", &b"x"[..]).of_size(20 * 1024 * 1024 + 1);
    peer.does(&Act::Video(large)).unwrap();
    let id = gateway.heard(1).await[0].json()["message"]["video"]["file_id"].clone();
    let told = bot.refused("getFile", &json!({ "file_id": id })).await;
    assert_eq!(told, (400, "Bad Request: file is too big".into()));
    let told = bot.refused("getFile", &json!({ "file_id": "BQAC" })).await;
    assert_eq!(
        told,
        (
            400,
            "Bad Request: wrong file_id or the file is temporarily unavailable".into()
        )
    );
}
