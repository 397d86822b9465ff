//! Instagram accounts through Meta, by their own contract.

use crate::{
    contract::contract,
    meta,
    stage::{Account, Messenger, Stage},
    support::{ECHO, Product},
};
use axum::body::Bytes;
use model::{DeliveryResult, Gateway, Provider, Way, message::ErrorClass};
use standins::{Answer, Direction, Entry, Fault, Peer, Seal, Standins, graph::Object};

pub struct Instagram;

/// An Instagram account, the page that it belongs to, and the page's token.
const fn names(account: Account) -> [&'static str; 3] {
    match account {
        Account::Mine => ["17840001", "100200300", "EAATESTTOKEN"],
        Account::Others => ["17840002", "200200300", "EAATHEIRTOKEN"],
    }
}

impl Messenger for Instagram {
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
    /// Of documents Instagram takes PDF only, and of this one the type is not told.
    const SHOWN: &[&str] = &[
        "text: Welcome",
        "text: Our prices\nprices.pdf\nhttps://files.example.com/prices.pdf",
        "template: How can we help?",
    ];
    const CALLS: &str = include_str!("golden/instagram.json");
    const FILES: &str = "/cdn/";
    const UNKNOWN: &str = r#"{"object":"instagram","entry":[{"id":"17840001","time":1790856000123,"messaging":[
        {"sender":{"id":"600001"},"recipient":{"id":"17840001"},"timestamp":1790856000000,"wallpaper":{"id":"w"}}]}]}"#;

    fn register(standins: &Standins, account: Account) {
        meta::register(standins, account);
        let ((app, _), [instagram, page, token]) = (meta::app(account), names(account));
        standins.graph().page(app, page, "Shop", token);
        standins.graph().instagram(page, instagram, "shop");
    }

    fn revoke(standins: &Standins) {
        let [.., token] = names(Account::Mine);
        standins.graph().revoke(token, 463);
    }

    fn fields(_: &Standins, account: Account) -> Vec<(&'static str, String)> {
        meta::fields(account)
    }

    async fn attach(product: &Product, gateway: &Gateway, account: Account) {
        let [instagram, page, token] = names(account);
        meta::attach(product, gateway, "instagram", instagram, page, Some(token)).await;
    }

    fn peer(standins: &Standins, account: Account, number: u32) -> Peer {
        let [instagram, ..] = names(account);
        standins.graph().peer(instagram, &format!("60000000{number}"))
    }

    async fn post(standins: &Standins, body: Bytes, seal: Seal) -> Answer {
        meta::post(standins, Object::Instagram, body, seal).await
    }

    fn writes_and_is_gone(standins: &Standins) {
        let error = Fault::Error {
            status: 400,
            code: Some(10),
            subcode: Some(2_534_022),
            message: None,
        };
        standins.fault(Self::AT, Self::SENDS, error, 1);
        Self::peer(standins, Account::Mine, 1).says("Hi").unwrap();
    }

    fn lead_elsewhere(standins: &Standins) -> bool {
        meta::lead_elsewhere(standins, Object::Instagram)
    }

    fn name(entry: &Entry) -> Option<String> {
        meta::name(entry)
    }

    fn is_sent(entry: &Entry) -> bool {
        entry.direction == Direction::Asked && entry.asks(Self::SENDS)
    }
}

contract!(Instagram);

store::databases! {
    async fn a_message_that_was_read_shows_in_the_log(store: &TestStore) {
        let stage = Stage::<Instagram>::new(store, ECHO).await;
        stage.standins.graph().receipts(true);
        stage.genuine(Account::Mine, "Hi").await;
        let read = stage.entry(Way::Out, DeliveryResult::Read).await;
        assert_eq!(read.row.summary, "You said: Hi");
        stage.product.stop().await;
    }
}
