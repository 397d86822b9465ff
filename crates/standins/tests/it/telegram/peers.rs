//! What peers do.

use super::{Bot, TOKEN};
use crate::support::Gateway;
use serde_json::{Value, json};
use standins::{Act, Profile, Upload};
use std::time::Duration;

async fn connected() -> (Bot, Gateway) {
    let (bot, gateway) = (Bot::fast().await, Gateway::start().await);
    let kinds = json!([
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "message_reaction",
        "guest_star"
    ]);
    bot.ok("setWebhook", &json!({ "url": gateway.url, "allowed_updates": kinds }))
        .await;
    (bot, gateway)
}

/// The update that an act becomes.
async fn told(bot: &Bot, gateway: &Gateway, act: Act) -> Value {
    let before = gateway.so_far().len();
    bot.peer(5).does(&act).unwrap();
    gateway.heard(before + 1).await[before].json()
}

#[tokio::test]
async fn every_kind_of_message_has_telegrams_shape() {
    let (bot, gateway) = connected().await;
    let file = |name: &str, mime: &str| Upload::new(name, mime, &b"x"[..]);
    for (act, field) in [
        (Act::Image(file("a.jpg", "image/jpeg")), "photo"),
        (Act::Video(file("a.mp4", "video/mp4")), "video"),
        (Act::Audio(file("a.mp3", "audio/mpeg")), "audio"),
        (Act::Voice(file("a.ogg", "audio/ogg")), "voice"),
        (Act::Document(file("a.pdf", "application/pdf")), "document"),
        (Act::Sticker(file("a.webp", "image/webp")), "sticker"),
        (Act::Unsupported, "dice"),
    ] {
        let message = told(&bot, &gateway, act).await["message"].clone();
        assert!(!message[field].is_null(), "{field}: {message}");
        assert_eq!(message["from"]["language_code"], "uk");
    }
}

#[tokio::test]
async fn places_contacts_and_links_carry_what_was_shared() {
    let (bot, gateway) = connected().await;
    let place = Act::Location {
        latitude: 50.45,
        longitude: 30.52,
        title: Some("Office".into()),
        address: None,
    };
    let message = told(&bot, &gateway, place).await["message"].clone();
    assert_eq!(message["venue"]["title"], "Office");
    assert_eq!(message["location"], json!({ "latitude": 50.45, "longitude": 30.52 }));
    let own = Act::Contact {
        name: "Olha".into(),
        phone: "380671112233".into(),
        own: true,
    };
    assert_eq!(told(&bot, &gateway, own).await["message"]["contact"]["user_id"], 5);
    let start = Act::Start {
        payload: Some("ad-7".into()),
    };
    assert_eq!(told(&bot, &gateway, start).await["message"]["text"], "/start ad-7");
}

#[tokio::test]
async fn edits_reactions_and_what_nobody_knows() {
    let (bot, gateway) = connected().await;
    let id = bot.peer(5).says("Helo").unwrap();
    gateway.heard(1).await;
    let edit = Act::Edit {
        id: id.clone(),
        text: "Hello".into(),
    };
    let edited = told(&bot, &gateway, edit).await["edited_message"].clone();
    assert_eq!(
        (edited["text"].as_str(), edited["message_id"].to_string()),
        (Some("Hello"), id.clone())
    );
    assert!(edited["edit_date"].is_i64());
    let react = Act::React {
        id, emoji: "👍".into()
    };
    assert_eq!(
        told(&bot, &gateway, react).await["message_reaction"]["new_reaction"][0]["emoji"],
        "👍"
    );
    assert!(told(&bot, &gateway, Act::Unknown).await["guest_star"].is_object());
    assert!(bot.peer(5).does(&Act::Close).is_err());
}

#[tokio::test]
async fn blocking_is_told_as_a_change_of_membership() {
    let (bot, gateway) = connected().await;
    let update = told(&bot, &gateway, Act::Unsubscribe).await;
    assert_eq!(update["my_chat_member"]["new_chat_member"]["status"], "kicked");
    let update = told(&bot, &gateway, Act::Subscribe).await;
    assert_eq!(update["my_chat_member"]["new_chat_member"]["status"], "member");
}

#[tokio::test]
async fn a_pressed_button_turns_until_it_is_answered() {
    let (bot, gateway) = connected().await;
    let peer = bot.peer(5);
    let inline = json!({ "inline_keyboard": [[{ "text": "Yes", "callback_data": "y" }]] });
    let sent = bot
        .ok(
            "sendMessage",
            &json!({ "chat_id": 5, "text": "?", "reply_markup": inline }),
        )
        .await;
    peer.presses("Yes").unwrap();
    let query = gateway.heard(1).await[0].json()["callback_query"].clone();
    assert_eq!(
        (query["data"].as_str(), &query["message"]["message_id"]),
        (Some("y"), &sent["message_id"])
    );
    let id = query["id"].as_str().unwrap();
    assert_eq!(bot.standins.telegram().callback(TOKEN, id), Some((true, String::new())));
    bot.ok(
        "answerCallbackQuery",
        &json!({ "callback_query_id": id, "text": "Thanks" }),
    )
    .await;
    assert_eq!(
        bot.standins.telegram().callback(TOKEN, id),
        Some((false, "Thanks".into()))
    );
    let told = bot
        .refused("answerCallbackQuery", &json!({ "callback_query_id": id }))
        .await;
    let late = "Bad Request: query is too old and response timeout expired or query ID is invalid";
    assert_eq!(told, (400, late.into()));
}

#[tokio::test]
async fn a_keyboard_writes_and_shares_for_the_peer() {
    let (bot, gateway) = connected().await;
    let peer = bot.peer(5);
    let keyboard = json!({ "keyboard": [["Menu", { "text": "Phone", "request_contact": true }]] });
    bot.ok(
        "sendMessage",
        &json!({ "chat_id": 5, "text": "?", "reply_markup": keyboard }),
    )
    .await;
    peer.presses("Menu").unwrap();
    peer.presses("Phone").unwrap();
    let heard = gateway.heard(2).await;
    assert_eq!(heard[0].json()["message"]["text"], "Menu");
    assert_eq!(heard[1].json()["message"]["contact"]["phone_number"], "380671112233");
    let remove = json!({ "chat_id": 5, "text": "bye", "reply_markup": { "remove_keyboard": true } });
    bot.ok("sendMessage", &remove).await;
    assert!(peer.presses("Menu").is_err());
}

#[tokio::test]
async fn a_peer_has_a_name_and_a_group_has_none_of_its_own() {
    let (bot, gateway) = connected().await;
    let profile = Profile {
        first_name: "Ivan".into(),
        language: "en".into(),
        ..Profile::default()
    };
    bot.peer(-77).called(profile).says("Hi").unwrap();
    let message = gateway.heard(1).await[0].json()["message"].clone();
    assert_eq!(
        (message["from"]["first_name"].as_str(), message["from"]["id"].as_i64()),
        (Some("Ivan"), Some(77))
    );
    assert_eq!(
        (message["chat"]["type"].as_str(), message["chat"]["id"].as_i64()),
        (Some("group"), Some(-77))
    );
}

#[tokio::test]
async fn a_peer_that_waits_in_vain_says_what_it_saw() {
    let bot = Bot::start().await;
    let peer = bot.peer(5).patient_for(Duration::from_millis(10));
    peer.says("Hi").unwrap();
    let missed = peer.replies(1).await.unwrap_err().to_string();
    assert!(missed.contains("peer: text \"Hi\""), "{missed}");
}
