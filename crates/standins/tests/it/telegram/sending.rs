//! Messages of the bot.

use super::Bot;
use serde_json::{Value, json};
use standins::Press;

/// What is refused with status 400, and in which words.
async fn refused(bot: &Bot, method: &str, arguments: Value, description: &str) {
    let told = bot.refused(method, &arguments).await;
    assert_eq!(told, (400, format!("Bad Request: {description}")), "{arguments}");
}

#[tokio::test]
async fn a_message_comes_back_with_its_id_and_is_seen() {
    let bot = Bot::start().await;
    let peer = bot.peer(5);
    let asked = peer.says("Hi").unwrap();
    let sent = bot
        .ok(
            "sendMessage",
            &json!({ "chat_id": 5, "text": "Hello", "reply_parameters": { "message_id": asked.parse::<i64>().unwrap() } }),
        )
        .await;
    assert_eq!(sent["text"], "Hello");
    assert_eq!(sent["from"]["username"], "shop_bot");
    assert_eq!(sent["reply_to_message"]["text"], "Hi");
    assert_eq!(sent["message_id"].as_i64().unwrap(), asked.parse::<i64>().unwrap() + 1);
    let seen = &peer.replies(1).await.unwrap()[0];
    assert_eq!(
        (seen.kind, seen.text.as_str(), seen.reply_to.as_deref()),
        ("text", "Hello", Some(asked.as_str()))
    );
}

#[tokio::test]
async fn texts_have_a_length() {
    let bot = Bot::start().await;
    let _ = bot.peer(5);
    let send = |text: String| json!({ "chat_id": 5, "text": text });
    bot.ok("sendMessage", &send("a".repeat(4_096))).await;
    refused(&bot, "sendMessage", send("a".repeat(4_097)), "message is too long").await;
    refused(&bot, "sendMessage", send(" \n".into()), "message text is empty").await;
    refused(&bot, "sendMessage", json!({ "chat_id": 5 }), "message text is empty").await;
    let html = json!({ "chat_id": 5, "text": format!("<b>{}</b>", "a".repeat(4_096)), "parse_mode": "HTML" });
    bot.ok("sendMessage", &html).await;
    let wrong = json!({ "chat_id": 5, "text": "a <br>", "parse_mode": "HTML" });
    let description = "can't parse entities: Unsupported start tag \"br\" at byte offset 2";
    refused(&bot, "sendMessage", wrong, description).await;
    let wrong = json!({ "chat_id": 5, "text": "a", "parse_mode": "rtf" });
    refused(&bot, "sendMessage", wrong, "unsupported parse_mode").await;
}

#[tokio::test]
async fn a_chat_has_to_exist_and_to_want_the_message() {
    let bot = Bot::start().await;
    let send = |chat: i64| json!({ "chat_id": chat, "text": "Hi" });
    refused(&bot, "sendMessage", json!({ "text": "Hi" }), "chat_id is empty").await;
    refused(&bot, "sendMessage", send(5), "chat not found").await;
    let (peer, group) = (bot.peer(5), bot.peer(-77));
    peer.blocks().unwrap();
    let told = bot.refused("sendMessage", &send(5)).await;
    assert_eq!(told, (403, "Forbidden: bot was blocked by the user".into()));
    peer.unblocks().unwrap();
    bot.ok("sendMessage", &send(5)).await;
    peer.is_gone();
    let told = bot.refused("sendMessage", &send(5)).await;
    assert_eq!(told, (403, "Forbidden: user is deactivated".into()));
    group.blocks().unwrap();
    let told = bot.refused("sendMessage", &send(-77)).await;
    assert_eq!(told, (403, "Forbidden: bot was kicked from the group chat".into()));
    bot.standins.telegram().open_chats(true);
    bot.ok("sendMessage", &send(6)).await;
}

#[tokio::test]
async fn a_group_that_became_a_supergroup_says_where_it_went() {
    let bot = Bot::start().await;
    let supergroup = bot.peer(-1_001_234_567_890);
    bot.standins.telegram().migrate(super::TOKEN, -77, -1_001_234_567_890);
    let (status, answer) = bot.call("sendMessage", &json!({ "chat_id": -77, "text": "Hi" })).await;
    let expected = json!({
        "ok": false, "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": { "migrate_to_chat_id": -1_001_234_567_890_i64 },
    });
    assert_eq!((status, answer), (400, expected));
    bot.ok(
        "sendMessage",
        &json!({ "chat_id": -1_001_234_567_890_i64, "text": "Hi" }),
    )
    .await;
    assert_eq!(supergroup.replies(1).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_reply_needs_its_message_unless_it_may_do_without() {
    let bot = Bot::start().await;
    let _ = bot.peer(5);
    let send = |allow: bool| {
        let reply = json!({ "message_id": 1, "allow_sending_without_reply": allow });
        json!({ "chat_id": 5, "text": "Hi", "reply_parameters": reply })
    };
    refused(&bot, "sendMessage", send(false), "message to be replied not found").await;
    bot.ok("sendMessage", &send(true)).await;
}

#[tokio::test]
async fn buttons_are_checked_as_telegram_does() {
    let bot = Bot::start().await;
    let peer = bot.peer(5);
    let _ = bot.peer(-77);
    let inline =
        |button: Value| json!({ "chat_id": 5, "text": "?", "reply_markup": { "inline_keyboard": [[button]] } });
    let unallowed = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard";
    refused(&bot, "sendMessage", inline(json!({ "text": "A" })), unallowed).await;
    refused(
        &bot,
        "sendMessage",
        inline(json!({ "text": "A", "callback_data": "" })),
        unallowed,
    )
    .await;
    let data = |length: usize| inline(json!({ "text": "A", "callback_data": "я".repeat(length) }));
    bot.ok("sendMessage", &data(32)).await;
    refused(&bot, "sendMessage", data(33), "BUTTON_DATA_INVALID").await;
    let url = inline(json!({ "text": "A", "url": "nowhere" }));
    refused(
        &bot,
        "sendMessage",
        url,
        "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
    )
    .await;
    let nothing = inline(json!({ "callback_data": "a" }));
    let missing = "can't parse inline keyboard button: Can't find field \"text\"";
    refused(&bot, "sendMessage", nothing, missing).await;
    let markup = json!({ "chat_id": 5, "text": "?", "reply_markup": "x" });
    refused(
        &bot,
        "sendMessage",
        markup,
        "can't parse reply keyboard markup JSON object",
    )
    .await;
    let phone = json!({ "keyboard": [[{ "text": "Share", "request_contact": true }]] });
    let in_group = json!({ "chat_id": -77, "text": "?", "reply_markup": phone });
    refused(
        &bot,
        "sendMessage",
        in_group,
        "phone number can be requested in private chats only",
    )
    .await;
    // A markup may also come as text.
    bot.ok(
        "sendMessage",
        &json!({ "chat_id": 5, "text": "?", "reply_markup": phone.to_string() }),
    )
    .await;
    assert_eq!(peer.replies(2).await.unwrap()[1].buttons[0][0].press, Press::Phone);
}

#[tokio::test]
async fn only_buttons_under_a_message_come_back_with_it() {
    let bot = Bot::start().await;
    let _ = bot.peer(5);
    let inline = json!({ "inline_keyboard": [[{ "text": "A", "callback_data": "a" }]] });
    let sent = bot
        .ok(
            "sendMessage",
            &json!({ "chat_id": 5, "text": "?", "reply_markup": inline }),
        )
        .await;
    assert_eq!(sent["reply_markup"], inline);
    let keyboard = json!({ "keyboard": [["A"]] });
    let sent = bot
        .ok(
            "sendMessage",
            &json!({ "chat_id": 5, "text": "?", "reply_markup": keyboard }),
        )
        .await;
    assert_eq!(sent["reply_markup"], Value::Null);
}

#[tokio::test]
async fn places_and_contacts_need_what_they_consist_of() {
    let bot = Bot::start().await;
    let peer = bot.peer(5);
    bot.ok(
        "sendLocation",
        &json!({ "chat_id": 5, "latitude": 50.45, "longitude": 30.52 }),
    )
    .await;
    refused(
        &bot,
        "sendLocation",
        json!({ "chat_id": 5, "latitude": 50.45 }),
        "longitude is empty",
    )
    .await;
    let far = json!({ "chat_id": 5, "latitude": 91, "longitude": 0 });
    refused(&bot, "sendLocation", far, "wrong location specified").await;
    bot.ok(
        "sendContact",
        &json!({ "chat_id": 5, "phone_number": "+380", "first_name": "A" }),
    )
    .await;
    refused(
        &bot,
        "sendContact",
        json!({ "chat_id": 5, "first_name": "A" }),
        "phone number is empty",
    )
    .await;
    let venue = json!({ "chat_id": 5, "latitude": 1, "longitude": 2, "title": "T", "address": "Street 1" });
    assert_eq!(bot.ok("sendVenue", &venue).await["venue"]["title"], "T");
    let seen = peer.replies(3).await.unwrap();
    assert_eq!((seen[0].place, seen[1].text.as_str()), (Some((50.45, 30.52)), "A +380"));
}

#[tokio::test]
async fn typing_is_shown_and_other_words_are_refused() {
    let bot = Bot::start().await;
    let _ = bot.peer(5);
    bot.ok("sendChatAction", &json!({ "chat_id": 5, "action": "typing" }))
        .await;
    let wrong = json!({ "chat_id": 5, "action": "yawn" });
    refused(&bot, "sendChatAction", wrong, "wrong parameter action in request").await;
}

#[tokio::test]
async fn a_message_is_edited_once_and_deleted_once() {
    let bot = Bot::start().await;
    let peer = bot.peer(5);
    let inline = json!({ "inline_keyboard": [[{ "text": "A", "callback_data": "a" }]] });
    let sent = bot
        .ok(
            "sendMessage",
            &json!({ "chat_id": 5, "text": "?", "reply_markup": inline }),
        )
        .await;
    let id = sent["message_id"].clone();
    let plain = json!({ "chat_id": 5, "message_id": id });
    let edited = bot.ok("editMessageReplyMarkup", &plain).await;
    assert_eq!(
        (&edited["reply_markup"], edited["text"].as_str()),
        (&Value::Null, Some("?"))
    );
    assert!(peer.presses("A").is_err());
    let same = "message is not modified: specified new message content and reply markup are exactly the same as a \
        current content and reply markup of the message";
    refused(&bot, "editMessageReplyMarkup", plain.clone(), same).await;
    bot.ok(
        "editMessageText",
        &json!({ "chat_id": 5, "message_id": id, "text": "!" }),
    )
    .await;
    assert_eq!(peer.seen()[0].text, "!");
    refused(
        &bot,
        "editMessageText",
        json!({ "chat_id": 5, "message_id": 1, "text": "!" }),
        "message to edit not found",
    )
    .await;
    bot.ok("deleteMessage", &plain).await;
    refused(&bot, "deleteMessage", plain, "message to delete not found").await;
    assert!(peer.seen().is_empty());
}
