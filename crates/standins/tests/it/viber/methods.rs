//! Tokens, webhooks, and what can be asked.

use super::{Account, TOKEN, USER};
use crate::support::{Gateway, Scripted, post};
use serde_json::json;
use standins::{Fault, Provider};

#[tokio::test]
async fn the_token_is_in_the_header_or_in_the_body() {
    let account = Account::start().await;
    let url = format!("{}/pa/get_account_info", account.standins.viber_url());
    let (_, info) = post(&url, &json!({ "auth_token": TOKEN })).await;
    assert_eq!(
        (info["status"].as_i64(), info["name"].as_str()),
        (Some(0), Some("Shop"))
    );
    for body in [json!({}), json!({ "auth_token": "x" })] {
        let (status, answer) = post(&url, &body).await;
        assert_eq!((status, answer["status"].as_i64()), (200, Some(2)));
    }
    account.standins.viber().revoke(TOKEN);
    assert_eq!(account.status("get_account_info", &json!({})).await, 2);
}

#[tokio::test]
async fn setting_a_webhook_calls_it_signed_before_it_is_answered() {
    let account = Account::start().await;
    let set = json!({ "url": account.gateway.url, "event_types": ["delivered", "seen"] });
    let answer = account.call("set_webhook", &set).await;
    assert_eq!(
        (answer["status"].as_i64(), &answer["event_types"]),
        (Some(0), &json!(["delivered", "seen"]))
    );
    let knock = account.gateway.so_far().remove(0);
    assert_eq!(knock.json()["event"], "webhook");
    assert!(knock.json()["message_token"].as_u64().unwrap() > 1 << 53);
    assert_eq!(knock.header("x-viber-content-signature").len(), 64);
    let info = account.call("get_account_info", &json!({})).await;
    assert_eq!(
        (info["webhook"].as_str(), &info["event_types"]),
        (Some(account.gateway.url.as_str()), &set["event_types"])
    );
    assert_eq!(account.status("set_webhook", &json!({ "url": "" })).await, 0);
    assert_eq!(account.call("get_account_info", &json!({})).await.get("webhook"), None);
}

#[tokio::test]
async fn a_webhook_that_does_not_answer_200_is_not_set() {
    let account = Account::start().await;
    let other = Gateway::start().await;
    assert_eq!(
        account
            .status("set_webhook", &json!({ "url": account.gateway.url }))
            .await,
        0
    );
    for status in [204, 302, 404, 503] {
        other.answers([Scripted::status(status)]);
        assert_eq!(
            account.status("set_webhook", &json!({ "url": other.url })).await,
            1,
            "{status}"
        );
    }
    assert_eq!(
        account
            .status("set_webhook", &json!({ "url": "http://127.0.0.1:1/" }))
            .await,
        1
    );
    assert_eq!(account.status("set_webhook", &json!({ "url": "nowhere" })).await, 1);
    assert_eq!(account.status("set_webhook", &json!({})).await, 4);
    assert_eq!(
        account
            .status("set_webhook", &json!({ "url": other.url, "event_types": ["x"] }))
            .await,
        3
    );
    account.standins.viber().strict_urls(true);
    assert_eq!(account.status("set_webhook", &json!({ "url": other.url })).await, 1);
    assert_eq!(account.standins.viber().webhook(TOKEN).unwrap(), account.gateway.url);
}

#[tokio::test]
async fn a_user_is_described_twice_in_twelve_hours() {
    let account = Account::connected().await;
    let _ = account.peer();
    let details = account.call("get_user_details", &json!({ "id": USER })).await;
    assert_eq!(
        (details["user"]["id"].as_str(), details["user"]["name"].as_str()),
        (Some(USER), Some("Olha Koval"))
    );
    assert_eq!(account.status("get_user_details", &json!({ "id": USER })).await, 0);
    assert_eq!(account.status("get_user_details", &json!({ "id": USER })).await, 12);
    assert_eq!(account.status("get_user_details", &json!({ "id": "x" })).await, 5);
    let online = account.call("get_online", &json!({ "ids": [USER, "x"] })).await;
    assert_eq!(
        (
            &online["users"][0]["online_status"],
            &online["users"][1]["online_status"]
        ),
        (&json!(0), &json!(4))
    );
    assert_eq!(account.status("get_online", &json!({ "ids": vec!["x"; 101] })).await, 3);
}

#[tokio::test]
async fn faults_are_said_as_viber_says_them() {
    let account = Account::start().await;
    let fault = Fault::Error {
        status: 200,
        code: Some(7),
        subcode: None,
        message: None,
    };
    account.standins.fault(Provider::Viber, "get_account_info", fault, 1);
    account
        .standins
        .fault(Provider::Viber, "*", Fault::RateLimited { retry_after: 5 }, 1);
    let blocked = account.call("get_account_info", &json!({})).await;
    assert_eq!(
        blocked,
        json!({ "status": 7, "status_message": "publicAccountBlocked" })
    );
    assert_eq!(account.status("get_account_info", &json!({})).await, 12);
    assert_eq!(account.status("get_account_info", &json!({})).await, 0);
}
