//! Facebook pages through Meta, by their own contract.

use crate::{
    contract::contract,
    meta,
    stage::{Account, Messenger, Stage},
    support::{ECHO, Product},
};
use axum::body::Bytes;
use model::{DeliveryResult, Gateway, Provider, Way, message::ErrorClass};
use standins::{Answer, Direction, Entry, Fault, Peer, Seal, Standins, graph::Object};

pub struct Facebook;

/// A page, and the page's token.
const fn page(account: Account) -> (&'static str, &'static str) {
    match account {
        Account::Mine => ("100200300", "EAATESTTOKEN"),
        Account::Others => ("200200300", "EAATHEIRTOKEN"),
    }
}

impl Messenger for Facebook {
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
        meta::register(standins, account);
        let ((app, _), (page, token)) = (meta::app(account), page(account));
        standins.graph().page(app, page, "Shop", token);
    }

    fn revoke(standins: &Standins) {
        let (_, token) = page(Account::Mine);
        standins.graph().revoke(token, 467);
    }

    fn fields(_: &Standins, account: Account) -> Vec<(&'static str, String)> {
        meta::fields(account)
    }

    async fn attach(product: &Product, gateway: &Gateway, account: Account) {
        let (page, token) = page(account);
        meta::attach(product, gateway, "facebook", page, "", Some(token)).await;
    }

    fn peer(standins: &Standins, account: Account, number: u32) -> Peer {
        let (page, _) = page(account);
        standins.graph().peer(page, &format!("60000000{number}"))
    }

    async fn post(standins: &Standins, body: Bytes, seal: Seal) -> Answer {
        meta::post(standins, Object::Page, body, seal).await
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
        meta::lead_elsewhere(standins, Object::Page)
    }

    fn name(entry: &Entry) -> Option<String> {
        meta::name(entry)
    }

    fn is_sent(entry: &Entry) -> bool {
        entry.direction == Direction::Asked && entry.asks(Self::SENDS)
    }
}

contract!(Facebook);

store::databases! {
    async fn a_thread_that_was_read_shows_in_the_log_though_no_message_was_named(store: &TestStore) {
        let stage = Stage::<Facebook>::new(store, ECHO).await;
        stage.standins.graph().receipts(true);
        stage.genuine(Account::Mine, "Hi").await;
        let read = stage.entry(Way::Out, DeliveryResult::Read).await;
        assert_eq!(read.row.summary, "You said: Hi");
        stage.product.stop().await;
    }
}
