//! Announcing, taking off and looking, over HTTP.

use super::{APP_SECRET, PAGE_TOKEN, account, settings_of};
use crate::{
    Account, ConnectError, Connected, Messenger, MetaKind, Probe, Provider, Registration,
    listener::{Asked, Listener, Told},
    messenger,
    testing::{self, DOOR},
};
use model::message::{ErrorClass, ProviderError};
use serde_json::{Value, json};

/// Answers as Meta does when all is as it should be; `change` may answer differently.
async fn meta(
    callback: &'static str,
    change: impl Fn(&Asked) -> Option<Told> + Clone + Send + Sync + 'static,
) -> Listener {
    Listener::answering(move |call: &Asked| {
        if let Some(answer) = change(call) {
            return answer;
        }
        let one = |object: &str| json!({ "object": object, "callback_url": callback, "active": true, "fields": [] });
        let body = match call.line().as_str() {
            "GET /v25.0/4242" => json!({ "name": "Shop app", "id": "4242" }),
            "GET /v25.0/4242/subscriptions" if callback.is_empty() => json!({ "data": [] }),
            "GET /v25.0/4242/subscriptions" => {
                json!({ "data": [one("page"), one("instagram"), one("whatsapp_business_account")] })
            }
            "GET /v25.0/123/subscribed_apps" => json!({ "data": [{ "id": "4242", "name": "Shop app" }] }),
            "GET /v25.0/waba-1/subscribed_apps" => {
                json!({ "data": [{ "whatsapp_business_api_data": { "id": "4242", "name": "Shop app" } }] })
            }
            _ => json!({ "success": true }),
        };
        Told::json(200, &body)
    })
    .await
}

const OURS: &str = "https://chat.example.org/chat/shop";

async fn connected(account: &Account, take_over: bool) -> Result<Connected, ConnectError> {
    Messenger.connect(&testing::wire(account), account, take_over).await
}

async fn probed(listener: &Listener) -> Result<Probe, ProviderError> {
    let account = account(listener.url.as_str());
    Messenger.probe(&testing::wire(&account), &account).await
}

#[tokio::test]
async fn the_apps_address_is_announced_for_each_kind_and_then_each_account() {
    let listener = meta("", |_| None).await;
    let mut account = account(listener.url.as_str());
    settings_of(&mut account).instagram_comments = true;
    let connected = connected(&account, false).await.unwrap();
    assert_eq!(
        (connected.identity.as_str(), connected.to_do.as_str()),
        ("Shop app", "")
    );
    assert_eq!(
        listener.lines(),
        [
            "GET /v25.0/4242",
            "GET /v25.0/4242/subscriptions",
            "POST /v25.0/4242/subscriptions",
            "POST /v25.0/4242/subscriptions",
            "POST /v25.0/4242/subscriptions",
            "POST /v25.0/123/subscribed_apps",
            "POST /v25.0/waba-1/subscribed_apps",
        ]
    );
    let seen = listener.asked();
    assert_eq!(seen[0].header("authorization"), format!("Bearer 4242|{APP_SECRET}"));
    let expected = json!({
        "object": "page",
        "callback_url": OURS,
        "verify_token": DOOR,
        "fields": "messages,messaging_postbacks,message_deliveries,message_reads,messaging_referrals,message_reactions",
        "include_values": true,
    });
    assert_eq!(seen[2].body, expected);
    assert_eq!(
        seen[3].body["fields"],
        "messages,messaging_postbacks,messaging_seen,message_reactions,messaging_referral,comments"
    );
    assert_eq!(seen[4].body["fields"], "messages");
    assert_eq!(seen[5].header("authorization"), format!("Bearer {PAGE_TOKEN}"));
    assert_eq!(seen[6].header("authorization"), "Bearer EAASYSTEM");
}

#[tokio::test]
async fn events_that_go_elsewhere_are_taken_over_only_if_that_is_wanted() {
    let listener = meta("https://other.example/hook?token=t", |_| None).await;
    let account = account(listener.url.as_str());
    let failed = connected(&account, false).await.unwrap_err();
    let url = "https://other.example/hook".to_owned();
    assert_eq!(failed, ConnectError::Elsewhere { url });
    assert!(listener.lines().iter().all(|line| line.starts_with("GET")));
    connected(&account, true).await.unwrap();
    assert!(listener.lines().contains(&"POST /v25.0/4242/subscriptions".to_owned()));
}

#[tokio::test]
async fn an_account_that_is_not_subscribed_is_taken_off_unless_another_needs_it() {
    let listener = meta(OURS, |_| None).await;
    let mut account = account(listener.url.as_str());
    account.meta[0].subscribed = false;
    account.meta[2].subscribed = false;
    connected(&account, false).await.unwrap();
    let leaving = [account.meta[0].clone(), account.meta[2].clone()];
    messenger::take_off(&testing::wire(&account), &account, &leaving)
        .await
        .unwrap();
    let lines = listener.lines();
    // The Instagram account hangs on the page.
    assert!(lines.contains(&"POST /v25.0/123/subscribed_apps".to_owned()));
    assert!(!lines.contains(&"DELETE /v25.0/123/subscribed_apps".to_owned()));
    assert!(lines.contains(&"DELETE /v25.0/waba-1/subscribed_apps".to_owned()));
    let objects: Vec<_> = listener
        .asked()
        .iter()
        .map(|call| call.body["object"].clone())
        .collect();
    assert!(objects.contains(&json!("instagram")) && !objects.contains(&json!("page")));
}

#[tokio::test]
async fn without_an_account_the_credentials_are_checked_and_something_is_left_to_do() {
    let listener = meta(OURS, |_| None).await;
    let mut account = account(listener.url.as_str());
    account.meta.clear();
    let connected = connected(&account, false).await.unwrap();
    assert!(connected.to_do.starts_with("Add a page"), "{}", connected.to_do);
    assert_eq!(listener.lines(), ["GET /v25.0/4242"]);
}

fn refusing(line: &'static str, code: i64) -> impl Fn(&Asked) -> Option<Told> + Clone + Send + Sync + 'static {
    move |call| {
        let body = json!({ "error": { "message": "No", "code": code } });
        (call.line() == line).then(|| Told::json(400, &body))
    }
}

#[tokio::test]
async fn wrong_credentials_of_the_app_are_told_as_such() {
    let listener = meta(OURS, refusing("GET /v25.0/4242", 190)).await;
    let account = account(listener.url.as_str());
    let Err(ConnectError::Provider(error)) = connected(&account, false).await else {
        panic!("refused")
    };
    assert_eq!(error.class, ErrorClass::Auth);
    assert!(error.message.contains("App ID and App Secret"), "{error}");
}

#[tokio::test]
async fn one_page_with_a_dead_token_does_not_silence_the_others() {
    let listener = meta(OURS, refusing("POST /v25.0/123/subscribed_apps", 190)).await;
    let account = account(listener.url.as_str());
    let Err(ConnectError::Provider(error)) = connected(&account, false).await else {
        panic!("refused")
    };
    assert!(error.message.contains("the Facebook page “Shop”"), "{error}");
    assert!(
        listener
            .lines()
            .contains(&"POST /v25.0/waba-1/subscribed_apps".to_owned())
    );
}

#[tokio::test]
async fn an_address_that_meta_can_not_verify_is_the_servers_matter() {
    let listener = meta(OURS, refusing("POST /v25.0/4242/subscriptions", 2_200)).await;
    let account = account(listener.url.as_str());
    let Err(ConnectError::PublicUrl(why)) = connected(&account, false).await else {
        panic!("refused")
    };
    assert!(why.contains(OURS) && why.contains("certificate"), "{why}");
}

#[tokio::test]
async fn a_server_that_nobody_finds_is_not_announced() {
    let listener = meta(OURS, |_| None).await;
    let mut hidden = account(listener.url.as_str());
    hidden.is_public = false;
    assert!(matches!(
        connected(&hidden, false).await,
        Err(ConnectError::PublicUrl(_))
    ));
    let mut plain = account("https://graph.facebook.com");
    plain.callback_url = "http://chat.example.org/chat/shop".to_owned();
    assert!(matches!(
        connected(&plain, false).await,
        Err(ConnectError::PublicUrl(_))
    ));
    assert!(listener.asked().is_empty());
}

#[tokio::test]
async fn a_gateway_is_taken_off_at_each_account_once() {
    let listener = meta(OURS, |_| None).await;
    let mut account = account(listener.url.as_str());
    let mut silent = account.meta[0].clone();
    silent.id = "124".to_owned();
    silent.subscribed = false;
    account.meta.push(silent);
    Messenger.disconnect(&testing::wire(&account), &account).await.unwrap();
    assert_eq!(
        listener.lines(),
        [
            "GET /v25.0/4242/subscriptions",
            "DELETE /v25.0/123/subscribed_apps",
            "DELETE /v25.0/waba-1/subscribed_apps"
        ]
    );
}

#[tokio::test]
async fn an_account_whose_events_go_elsewhere_is_somebody_elses() {
    let instagram_is_lost = |call: &Asked| {
        let lost = json!({ "object": "instagram", "callback_url": "https://other.example", "active": true });
        (call.line() == "GET /v25.0/4242/subscriptions").then(|| Told::json(200, &json!({ "data": [lost] })))
    };
    let listener = meta(OURS, instagram_is_lost).await;
    let account = account(listener.url.as_str());
    Messenger.disconnect(&testing::wire(&account), &account).await.unwrap();
    // The Instagram account hangs on the page, so the page stays as well.
    assert_eq!(listener.lines()[1..], ["DELETE /v25.0/waba-1/subscribed_apps"]);
}

#[tokio::test]
async fn what_meta_no_longer_knows_is_off_and_other_failures_are_told() {
    let gone = |call: &Asked| {
        let body = json!({ "error": { "message": "No", "code": 100, "error_subcode": 33 } });
        call.path.contains("/123/").then(|| Told::json(400, &body))
    };
    let listener = meta(OURS, gone).await;
    let ours = account(listener.url.as_str());
    Messenger.disconnect(&testing::wire(&ours), &ours).await.unwrap();
    let listener = meta(OURS, |_| Some(Told::json(502, &Value::Null))).await;
    let ours = account(listener.url.as_str());
    let error = Messenger.disconnect(&testing::wire(&ours), &ours).await.unwrap_err();
    // Taking off twice is the same as once, so it may be tried again.
    assert_eq!(error.class, ErrorClass::Transient);
}

#[tokio::test]
async fn a_look_changes_nothing_and_tells_where_events_go() {
    let listener = meta(OURS, |_| None).await;
    let probe = probed(&listener).await.unwrap();
    assert_eq!(
        (probe.identity.as_str(), probe.registration),
        ("Shop app", Registration::Here)
    );
    assert!(listener.lines().iter().all(|line| line.starts_with("GET")));

    let probe = probed(&meta("", |_| None).await).await.unwrap();
    assert_eq!(probe.registration, Registration::Missing);

    let probe = probed(&meta("https://other.example/hook?x", |_| None).await)
        .await
        .unwrap();
    let url = "https://other.example/hook".to_owned();
    assert_eq!(probe.registration, Registration::Elsewhere { url });

    let off = |call: &Asked| {
        call.path
            .contains("/waba-1/")
            .then(|| Told::json(200, &json!({ "data": [] })))
    };
    let probe = probed(&meta(OURS, off).await).await.unwrap();
    assert_eq!(probe.registration, Registration::Missing);
}

#[tokio::test]
async fn where_nothing_is_subscribed_nothing_is_missing() {
    let listener = meta("", |_| None).await;
    let mut account = account(listener.url.as_str());
    for meta in &mut account.meta {
        meta.subscribed = false;
    }
    let probe = Messenger.probe(&testing::wire(&account), &account).await.unwrap();
    assert_eq!(probe.registration, Registration::Here);
}

#[tokio::test]
async fn a_number_without_its_business_account_is_told() {
    let listener = meta(OURS, |_| None).await;
    let mut account = account(listener.url.as_str());
    account.meta.retain(|meta| meta.kind == MetaKind::WhatsApp);
    account.meta[0].parent.clear();
    let Err(ConnectError::Provider(error)) = connected(&account, false).await else {
        panic!("refused")
    };
    assert!(error.message.contains("add it again"), "{error}");
}
