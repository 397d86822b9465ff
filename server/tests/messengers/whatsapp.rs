//! `WhatsApp` numbers through Meta's Cloud API, by their own contract.

use crate::{
    contract::contract,
    meta,
    stage::{Account, Messenger, Stage},
    support::{ECHO, Product, wait_for},
};
use axum::body::Bytes;
use model::{DeliveryResult, Gateway, Provider, Way, message::ErrorClass};
use serde_json::json;
use standins::{Answer, Direction, Entry, Peer, Seal, Standins, graph::Object};

pub struct WhatsApp;

/// A business account, its number (the id and the digits), and the token of the system user who sees it.
const fn names(account: Account) -> [&'static str; 4] {
    match account {
        Account::Mine => ["900100", "106540352242922", "15550783881", "EAASYSTEM"],
        Account::Others => ["900200", "206540352242922", "15550783882", "EAATHEIRSYSTEM"],
    }
}

impl Messenger for WhatsApp {
    const KIND: Provider = Provider::Messenger;
    const AT: standins::Provider = standins::Provider::Graph;
    const PROOF: &[&str] = &["x-hub-signature-256"];
    const PROVES_BODY: bool = true;
    const SENDS: &str = "messages";
    /// Meta does not say how long; the pause is half a second at least.
    const PAUSE_MS: i64 = 500;
    const CONNECTS: &[&str] = meta::CONNECTS;
    const DISCONNECTS: &[&str] = meta::DISCONNECTS;
    const PROBES: &[&str] = meta::PROBES;
    const GONE: ErrorClass = ErrorClass::WindowClosed;
    const SHOWN: &[&str] = &["text: Welcome", "document: Our prices", "text: How can we help?"];
    const CALLS: &str = include_str!("golden/whatsapp.json");
    const FILES: &str = "/lookaside/";
    /// A number's file is asked for by its id, and every answer has a new address.
    const RENEWS_FILES: bool = true;
    const UNKNOWN: &str = r#"{"object":"whatsapp_business_account","entry":[{"id":"900100","changes":[{"field":"messages",
        "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",
        "phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Olha"},"wa_id":"380671112299"}],
        "messages":[{"from":"380671112299","id":"wamid.Unknown","timestamp":"1790856000","type":"hologram",
        "hologram":{"beam":3}}]}}]}]}"#;

    fn register(standins: &Standins, account: Account) {
        meta::register(standins, account);
        let ((app, _), [business, number, digits, token]) = (meta::app(account), names(account));
        standins.graph().number(business, number, digits, "Shop");
        standins.graph().system_token(app, token);
    }

    fn revoke(standins: &Standins) {
        let [.., token] = names(Account::Mine);
        standins.graph().revoke(token, 467);
    }

    fn fields(_: &Standins, account: Account) -> Vec<(&'static str, String)> {
        let [.., token] = names(account);
        let mut fields = meta::fields(account);
        fields.push(("secret.whatsapp_token", token.to_owned()));
        fields
    }

    async fn attach(product: &Product, gateway: &Gateway, account: Account) {
        let [business, number, ..] = names(account);
        meta::attach(product, gateway, "whatsapp", number, business, None).await;
    }

    fn peer(standins: &Standins, account: Account, digits: u32) -> Peer {
        let [_, number, ..] = names(account);
        standins.graph().peer(number, &format!("38067{digits:07}"))
    }

    async fn post(standins: &Standins, body: Bytes, seal: Seal) -> Answer {
        meta::post(standins, Object::WhatsApp, body, seal).await
    }

    /// Meta takes the message and reports later that the time for an answer was over.
    fn writes_and_is_gone(standins: &Standins) {
        let [_, number, ..] = names(Account::Mine);
        let peer = Self::peer(standins, Account::Mine, 1);
        peer.set_window(false);
        let message = json!({ "from": peer.id(), "id": "wamid.Late", "timestamp": "1790856000", "type": "text",
            "text": { "body": "Hi" } });
        standins
            .graph()
            .change(number, peer.id(), "messages", &[message])
            .unwrap();
    }

    fn lead_elsewhere(standins: &Standins) -> bool {
        meta::lead_elsewhere(standins, Object::WhatsApp)
    }

    fn name(entry: &Entry) -> Option<String> {
        meta::name(entry)
    }

    /// What only shows that a message was read says nothing.
    fn is_sent(entry: &Entry) -> bool {
        entry.direction == Direction::Asked && entry.asks(Self::SENDS) && entry.json()["type"].is_string()
    }
}

contract!(WhatsApp);

/// Shows that it types, and answers once something more was said.
const THOUGHTFUL: &str = r#"[
    { "sendAction": { "action": "typing" } },
    { "recvMessage": { "set": "more", "timeout": 300 } },
    { "sendText": "You said: ${more}" }
]"#;

store::databases! {
    async fn how_a_message_fares_shows_in_the_log(store: &TestStore) {
        let stage = Stage::<WhatsApp>::new(store, ECHO).await;
        stage.standins.graph().receipts(true);
        stage.genuine(Account::Mine, "Hi").await;
        let read = stage.entry(Way::Out, DeliveryResult::Read).await;
        assert_eq!(read.row.summary, "You said: Hi");
        stage.product.stop().await;
    }

    async fn outside_of_the_window_the_administrator_is_told_why(store: &TestStore) {
        let stage = Stage::<WhatsApp>::new(store, ECHO).await;
        WhatsApp::writes_and_is_gone(&stage.standins);
        let entry = stage.entry(Way::Out, DeliveryResult::Failed).await;
        let error = entry.error.unwrap();
        assert_eq!((error.class, error.code.as_deref()), (ErrorClass::WindowClosed, Some("131047")));
        assert!(error.message.starts_with("More than 24 hours have passed"), "{}", error.message);
        // The person writes again, and is answered.
        let peer = stage.peer(1);
        peer.says("Still there?").unwrap();
        peer.sees(|line| line.text == "You said: Still there?").await.unwrap();
        stage.product.stop().await;
    }

    async fn typing_is_shown_under_the_message_that_came(store: &TestStore) {
        let stage = Stage::<WhatsApp>::new(store, THOUGHTFUL).await;
        let peer = stage.peer(1);
        let id = peer.says("Hi").unwrap();
        let shown = wait_for(|| async {
            let journal = stage.standins.journal(WhatsApp::AT);
            journal.into_iter().find(|entry| entry.asks("messages") && entry.json()["status"] == "read")
        });
        let shown = shown.await;
        let expected = json!({ "messaging_product": "whatsapp", "status": "read", "message_id": id,
            "typing_indicator": { "type": "text" } });
        assert_eq!((shown.status, shown.json()), (Some(200), expected));
        peer.says("a word").unwrap();
        peer.sees(|line| line.text == "You said: a word").await.unwrap();
        stage.product.stop().await;
    }
}
