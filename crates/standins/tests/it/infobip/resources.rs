//! What is created through the API.

use super::{Account, KEY, NUMBER};
use crate::support::{Gateway, get};
use serde_json::{Value, json};

const CONFIGURATIONS: &str = "/resource-management/1/inbound-message-configurations";

#[tokio::test]
async fn forwarding_is_created_changed_found_and_removed() {
    let account = Account::start().await;
    let created = Gateway::start().await;
    let forward = |url: &str| json!({ "channel": "WHATSAPP", "number": NUMBER, "forwarding": { "type": "HTTP_FORWARD", "url": url } });
    let (status, first) = account
        .call("POST", CONFIGURATIONS, &forward("https://old.example/x"))
        .await;
    assert_eq!(status, 200);
    let (_, second) = account.call("POST", CONFIGURATIONS, &forward(&created.url)).await;
    assert_eq!(first["configurationKey"], second["configurationKey"]);
    let find = format!("{CONFIGURATIONS}?channel=WHATSAPP&number={NUMBER}");
    assert_eq!(account.call("GET", &find, &Value::Null).await, (200, json!([second])));
    account.peer().says("Hi").unwrap();
    assert_eq!(created.heard(1).await.len(), 1);
    let one = format!("{CONFIGURATIONS}/{}", second["configurationKey"].as_str().unwrap());
    assert_eq!(account.call("DELETE", &one, &Value::Null).await.0, 204);
    assert_eq!(account.call("DELETE", &one, &Value::Null).await.0, 404);
    account.peer().says("Hi").unwrap();
    assert_eq!(account.gateway.heard(1).await.len(), 1);
}

#[tokio::test]
async fn mistakes_are_told_in_the_newer_shape() {
    let account = Account::start().await;
    let violation = async |body: Value| {
        let (status, answer) = account.call("POST", CONFIGURATIONS, &body).await;
        (
            status,
            answer["violations"][0]["property"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        )
    };
    assert_eq!(violation(json!({})).await, (400, "channel".into()));
    assert_eq!(
        violation(json!({ "channel": "WHATSAPP" })).await,
        (400, "number".into())
    );
    let unknown = json!({ "channel": "WHATSAPP", "number": "1" });
    assert_eq!(violation(unknown).await, (404, "number".into()));
    let nowhere = json!({ "channel": "WHATSAPP", "number": NUMBER, "forwarding": { "type": "HTTP_FORWARD" } });
    assert_eq!(violation(nowhere).await, (400, "forwarding.url".into()));
    assert_eq!(account.call("GET", CONFIGURATIONS, &Value::Null).await.0, 400);
    let (status, answer) = get(&format!(
        "{}{CONFIGURATIONS}?channel=WHATSAPP",
        account.standins.infobip_url()
    ))
    .await;
    assert_eq!((status, answer["errorCode"].as_str()), (401, Some("E401")));
}

#[tokio::test]
async fn subscriptions_are_recorded() {
    let account = Account::start().await;
    let path = "/subscriptions/1/subscription/WHATSAPP";
    let (status, made) = account
        .call("POST", path, &json!({ "events": ["INBOUND_MESSAGE"], "profile": {} }))
        .await;
    assert_eq!(status, 201);
    assert_eq!(account.call("GET", path, &Value::Null).await.1, json!([made]));
    let one = format!("{path}/{}", made["subscriptionId"].as_str().unwrap());
    assert_eq!(account.call("DELETE", &one, &Value::Null).await.0, 204);
    let profile = json!({ "profileId": "p", "webhook": { "notifyUrl": "https://a.example" } });
    assert_eq!(
        account.call("POST", "/subscriptions/1/profiles", &profile).await,
        (201, profile)
    );
    assert_eq!(
        account.call("POST", "/subscriptions/1/profiles", &json!({})).await.0,
        400
    );
    let security = json!({ "authId": "s", "type": "BASIC" });
    assert_eq!(
        account.call("POST", "/subscriptions/1/security", &security).await.0,
        201
    );
}

#[tokio::test]
async fn quality_is_told_of_the_keys_own_numbers() {
    let account = Account::start().await;
    account.standins.infobip().number(KEY, "441134960001");
    account.standins.infobip().number("other", "441134960002");
    let senders = async |query: &str| {
        let path = format!("/whatsapp/1/senders/quality{query}");
        let (_, answer) = account.call("GET", &path, &Value::Null).await;
        let list = answer["results"].as_array().unwrap().clone();
        list.iter()
            .map(|one| one["sender"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(senders("").await, [NUMBER, "441134960001"]);
    assert_eq!(senders(&format!("?senders={NUMBER}")).await, [NUMBER]);
}

#[tokio::test]
async fn a_new_template_waits_for_approval() {
    let account = Account::start().await;
    let path = format!("/whatsapp/2/senders/{NUMBER}/templates");
    let template = json!({ "name": "hello", "language": "en", "category": "UTILITY",
        "structure": { "body": { "text": "Hi" }, "type": "TEXT" } });
    let (status, made) = account.call("POST", &path, &template).await;
    assert_eq!((status, made["status"].as_str()), (201, Some("PENDING")));
    let mut wrong = template;
    wrong["name"] = json!("Hello!");
    assert_eq!(account.call("POST", &path, &wrong).await.0, 400);
    assert_eq!(
        account
            .call("GET", "/whatsapp/2/senders/1/templates", &Value::Null)
            .await
            .0,
        403
    );
}
