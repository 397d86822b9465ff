//! Tokens, paths, arguments.

use super::{Bot, TOKEN};
use crate::support::{call, get, post};
use serde_json::json;
use standins::{Options, Standins};

#[tokio::test]
async fn a_bot_knows_itself_by_get_and_by_post_in_any_case() {
    let bot = Bot::start().await;
    let me = bot.ok("getMe", &json!({})).await;
    assert_eq!(
        (me["id"].as_i64(), me["username"].as_str()),
        (Some(110_201_543), Some("shop_bot"))
    );
    assert_eq!(get(&bot.url("GETME")).await.1["result"], me);
    assert_eq!(get(&bot.url("test/getMe")).await.1["result"], me);
}

#[tokio::test]
async fn a_token_is_unknown_revoked_or_no_token_at_all() {
    let bot = Bot::start().await;
    let base = bot.standins.telegram_url();
    let told = async |path: &str| {
        let (status, answer) = get(&format!("{base}{path}")).await;
        (status, answer["description"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(told("/bot42:AA/getMe").await, (401, "Unauthorized".into()));
    let invalid = (401, "Unauthorized: invalid token specified".into());
    assert_eq!(told("/botAA/getMe").await, invalid);
    assert_eq!(told("/bot042:AA/getMe").await, invalid);
    assert_eq!(told("/getMe").await, (404, "Not Found".into()));
    bot.standins.telegram().revoke(TOKEN);
    assert_eq!(bot.refused("getMe", &json!({})).await, (401, "Unauthorized".into()));
    bot.standins.telegram().bot(TOKEN, "shop_bot");
    bot.ok("getMe", &json!({})).await;
}

#[tokio::test]
async fn an_unknown_token_is_welcome_if_it_was_said_so() {
    let standins = Standins::start_with(Options {
        welcoming: true,
        ..Options::default()
    })
    .await;
    let url = format!("{}/bot42:AA/getMe", standins.telegram_url());
    assert_eq!(get(&url).await.1["result"]["id"], 42);
    assert_eq!(get(&url.replace("42:AA", "AA")).await.0, 401);
}

#[tokio::test]
async fn a_method_that_does_not_exist_is_not_found() {
    let bot = Bot::start().await;
    for method in ["makeCoffee", "sendCoffee"] {
        let told = bot.refused(method, &json!({})).await;
        assert_eq!(told, (404, "Not Found: method not found".into()));
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused() {
    let bot = Bot::start().await;
    let json = [("content-type", "application/json")];
    let answer = call("POST", &bot.url("sendMessage"), &json, "{").await.unwrap();
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn arguments_may_come_as_a_form() {
    let bot = Bot::start().await;
    let peer = bot.peer(5);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let markup = "%7B%22keyboard%22%3A%5B%5B%22A%22%5D%5D%7D";
    let body = format!("chat_id=5&text=a+b&reply_markup={markup}");
    assert_eq!(
        call("POST", &bot.url("sendMessage"), &form, body).await.unwrap().status,
        200
    );
    let seen = &peer.replies(1).await.unwrap()[0];
    assert_eq!((seen.text.as_str(), seen.titles()), ("a b", vec!["A"]));
}

#[tokio::test]
async fn profile_photos_and_chats_are_of_known_peers() {
    let bot = Bot::start().await;
    let _ = bot.peer(5);
    let none = json!({ "total_count": 0, "photos": [] });
    assert_eq!(bot.ok("getUserProfilePhotos", &json!({ "user_id": 5 })).await, none);
    assert_eq!(
        bot.refused("getUserProfilePhotos", &json!({ "user_id": 6 })).await.0,
        400
    );
    assert_eq!(bot.ok("getChat", &json!({ "chat_id": 5 })).await["type"], "private");
    let told = post(&bot.url("getChat"), &json!({ "chat_id": 6 })).await.1;
    assert_eq!(told["description"], "Bad Request: chat not found");
}
