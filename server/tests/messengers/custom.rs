//! Custom gateways, by their own contract.

use crate::{
    attacks,
    contract::contract,
    stage::{Account, Messenger},
};
use axum::body::Bytes;
use model::{Provider, message::ErrorClass};
use standins::{Answer, Direction, Entry, Fault, Peer, Seal, Standins, customer::Scheme};

pub struct Custom;

const fn name(account: Account) -> &'static str {
    match account {
        Account::Mine => "shop",
        Account::Others => "bank",
    }
}

const fn secret(account: Account) -> &'static str {
    match account {
        Account::Mine => "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
        Account::Others => "whsec_D2FVsBQIhrscChlQIMV+b5sSYspob7oE",
    }
}

fn kind(entry: &Entry) -> String {
    entry.json()["type"].as_str().unwrap_or_default().to_owned()
}

fn refuses(status: u16) -> Fault {
    Fault::Error {
        status,
        code: None,
        subcode: None,
        message: None,
    }
}

impl Messenger for Custom {
    const KIND: Provider = Provider::Custom;
    const AT: standins::Provider = standins::Provider::Customer;
    const PROOF: &[&str] = &["webhook-signature"];
    const PROVES_BODY: bool = true;
    const ALSO_PROVED: &[&str] = &["webhook-id", "webhook-timestamp"];
    const SENDS: &str = name(Account::Mine);
    const CONNECTS: &[&str] = &["gateway.ping"];
    const DISCONNECTS: &[&str] = &["gateway.disabled"];
    const PROBES: &[&str] = &["gateway.ping"];
    const GONE: ErrorClass = ErrorClass::Invalid;
    /// Standard Webhooks: every 2xx is a success.
    const STATUS_SAYS_ALL: bool = true;
    const BROKEN: u16 = 400;
    const SHOWN: &[&str] = &["text: Welcome", "document: Our prices", "text: How can we help?"];
    const CALLS: &str = include_str!("golden/custom.json");
    const FILES: &str = "/files/";
    const UNKNOWN: &str = r#"{"type":"customer.sneezed","timestamp":"2026-10-01T12:00:00Z","data":{"chat_id":"c-1"}}"#;

    fn register(standins: &Standins, account: Account) {
        let customer = standins.customer();
        customer.endpoint(name(account), Scheme::Standard, &[secret(account)]);
    }

    fn revoke(standins: &Standins) {
        standins.fault(Self::AT, Self::SENDS, refuses(401), 1_000);
    }

    fn fields(standins: &Standins, account: Account) -> Vec<(&'static str, String)> {
        vec![
            ("secret.secret", secret(account).to_owned()),
            ("settings.webhook", standins.customer_url(name(account))),
        ]
    }

    fn announce(standins: &Standins, account: Account, url: &str) {
        standins.customer().gateway(name(account), url).unwrap();
    }

    fn peer(standins: &Standins, account: Account, number: u32) -> Peer {
        standins.customer().peer(name(account), &format!("c-{number}"))
    }

    async fn post(standins: &Standins, body: Bytes, seal: Seal) -> Answer {
        standins.customer().post(name(Account::Mine), body, seal).await.unwrap()
    }

    fn writes_and_is_gone(standins: &Standins) {
        standins.fault(Self::AT, Self::SENDS, refuses(404), 1);
        Self::peer(standins, Account::Mine, 1).says("Hi").unwrap();
    }

    fn name(entry: &Entry) -> Option<String> {
        Some(kind(entry)).filter(|kind| kind.starts_with("gateway."))
    }

    fn is_sent(entry: &Entry) -> bool {
        entry.direction == Direction::Asked && kind(entry) == "message.created"
    }
}

contract!(Custom);

store::databases! {
    async fn what_is_too_old_is_turned_away(store: &TestStore) {
        attacks::what_is_too_old_is_turned_away::<Custom>(store).await;
    }
}
