//! Facebook pages through Meta, by their own contract.

use crate::{
    contract::contract,
    stage::{Account, Messenger, Stage},
    support::{ECHO, Product},
};
use axum::body::Bytes;
use model::{DeliveryResult, Gateway, Provider, Secret, Way, message::ErrorClass};
use standins::{Answer, Direction, Entry, Fault, Peer, Seal, Standins, graph::Object};
use store::{
    meta_accounts::MetaAccount,
    secrets::{NewSecret, Owner},
};

pub struct Meta;

const APP: &str = "1234567890";
const PAGE: &str = "100200300";
const PAGE_TOKEN: &str = "EAATESTTOKEN";

/// An app, its secret, its page, and the page's token.
const fn names(account: Account) -> [&'static str; 4] {
    match account {
        Account::Mine => [APP, "test-app-secret", PAGE, PAGE_TOKEN],
        Account::Others => ["2234567890", "their-app-secret", "200200300", "EAATHEIRTOKEN"],
    }
}

impl Messenger for Meta {
    const KIND: Provider = Provider::Messenger;
    const AT: standins::Provider = standins::Provider::Graph;
    const PROOF: &[&str] = &["x-hub-signature-256"];
    const PROVES_BODY: bool = true;
    const SENDS: &str = "messages";
    /// Meta does not say how long; the pause is half a second at least.
    const PAUSE_MS: i64 = 500;
    const CONNECTS: &[&str] = &[
        "GET 1234567890",
        "GET subscriptions",
        "POST subscriptions",
        "POST subscribed_apps",
    ];
    const DISCONNECTS: &[&str] = &["GET subscriptions", "DELETE subscribed_apps"];
    const GONE: ErrorClass = ErrorClass::WindowClosed;
    const SHOWN: &[&str] = &[
        "text: Welcome",
        "document: ",
        "text: Our prices",
        "template: How can we help?",
    ];
    const CALLS: &str = include_str!("golden/messenger.json");
    const FILES: &str = "/cdn/";
    const UNKNOWN: &str = r#"{"object":"page","entry":[{"id":"100200300","time":1790856000123,"messaging":[
        {"sender":{"id":"600001"},"recipient":{"id":"100200300"},"timestamp":1790856000000,"wallpaper":{"id":"w"}}]}]}"#;

    fn register(standins: &Standins, account: Account) {
        let [app, secret, page, token] = names(account);
        standins.graph().app(app, secret);
        standins.graph().page(app, page, "Shop", token);
    }

    fn revoke(standins: &Standins) {
        standins.graph().revoke(PAGE_TOKEN, 467);
    }

    fn fields(_: &Standins, account: Account) -> Vec<(&'static str, String)> {
        let [app, secret, ..] = names(account);
        vec![
            ("settings.client_id", app.to_owned()),
            ("secret.client_secret", secret.to_owned()),
        ]
    }

    async fn attach(product: &Product, gateway: &Gateway, account: Account) {
        let [_, _, page, token] = names(account);
        let meta = MetaAccount {
            kind: "facebook".to_owned(),
            id: page.to_owned(),
            parent: String::new(),
            name: "Shop".to_owned(),
            details: "{}".to_owned(),
            subscribed: true,
        };
        let (cx, token) = (&product.cx, Secret::new(token.to_owned()));
        let secret = NewSecret {
            field: &meta.secret(),
            value: &token,
            nonce: [7; 24],
        };
        let tx = cx.store.begin().await.unwrap();
        store::meta_accounts::put(&tx, gateway.id, &meta, cx.now())
            .await
            .unwrap();
        store::secrets::put(&tx, Owner::Gateways, gateway.id.0, &secret, cx.now(), "")
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    fn peer(standins: &Standins, account: Account, number: u32) -> Peer {
        let [_, _, page, _] = names(account);
        standins.graph().peer(page, &format!("60000000{number}"))
    }

    async fn post(standins: &Standins, body: Bytes, seal: Seal) -> Answer {
        let graph = standins.graph();
        graph.post(APP, Object::Page, body, seal).await.unwrap()
    }

    fn writes_and_is_gone(standins: &Standins) {
        let error = Fault::Error {
            status: 400,
            code: Some(10),
            subcode: Some(2_018_278),
            message: None,
        };
        standins.fault(Self::AT, Self::SENDS, error, 1);
        Self::peer(standins, Account::Mine, 1).says("Hi").unwrap();
    }

    fn lead_elsewhere(standins: &Standins) -> bool {
        let url = "https://elsewhere.example/meta";
        standins.graph().subscribe(APP, Object::Page, url);
        true
    }

    fn name(entry: &Entry) -> Option<String> {
        let is_about_peers = entry.asks(Self::SENDS) || entry.call().starts_with("60000000");
        (!is_about_peers).then(|| format!("{} {}", entry.method, entry.call()))
    }

    fn is_sent(entry: &Entry) -> bool {
        entry.direction == Direction::Asked && entry.asks(Self::SENDS)
    }
}

contract!(Meta);

store::databases! {
    async fn a_thread_that_was_read_shows_in_the_log_though_no_message_was_named(store: &TestStore) {
        let stage = Stage::<Meta>::new(store, ECHO).await;
        stage.standins.graph().receipts(true);
        stage.genuine(Account::Mine, "Hi").await;
        let read = stage.entry(Way::Out, DeliveryResult::Read).await;
        assert_eq!(read.row.summary, "You said: Hi");
        stage.product.stop().await;
    }
}
