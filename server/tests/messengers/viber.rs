//! Viber, by its own contract.

use crate::{
    contract::contract,
    stage::{Account, Messenger},
};
use axum::body::Bytes;
use model::{Provider, message::ErrorClass};
use standins::{Answer, Fault, Peer, Seal, Standins};

pub struct Viber;

const fn token(account: Account) -> &'static str {
    match account {
        Account::Mine => "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9",
        Account::Others => "545da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9",
    }
}

impl Messenger for Viber {
    const KIND: Provider = Provider::Viber;
    const AT: standins::Provider = standins::Provider::Viber;
    const PROOF: &[&str] = &["x-viber-content-signature"];
    const PROVES_BODY: bool = true;
    const SENDS: &str = "send_message";
    /// Viber does not say how long; the pause is half a second at least.
    const PAUSE_MS: i64 = 500;
    const CONNECTS: &[&str] = &["get_account_info", "set_webhook"];
    const DISCONNECTS: &[&str] = &["get_account_info", "set_webhook"];
    const PROBES: &[&str] = &["get_account_info"];
    const GONE: ErrorClass = ErrorClass::Blocked;
    const SHOWN: &[&str] = &[
        "text: Welcome",
        "link: https://files.example.com/prices.pdf",
        "text: Our prices",
        "text: How can we help?",
    ];
    const CALLS: &str = include_str!("golden/viber.json");
    const FILES: &str = "/media/";
    const UNKNOWN: &str = r#"{"event":"wallpaper_changed","timestamp":1790000002000,"message_token":5753750845017966009,
        "user_id":"01234567890A+/="}"#;

    fn register(standins: &Standins, account: Account) {
        standins.viber().account(token(account), "Shop");
    }

    fn revoke(standins: &Standins) {
        standins.viber().revoke(token(Account::Mine));
    }

    fn fields(_: &Standins, account: Account) -> Vec<(&'static str, String)> {
        vec![("secret.token", token(account).to_owned())]
    }

    fn peer(standins: &Standins, account: Account, number: u32) -> Peer {
        standins.viber().peer(token(account), &format!("{number}+/=A"))
    }

    async fn post(standins: &Standins, body: Bytes, seal: Seal) -> Answer {
        standins.viber().post(token(Account::Mine), body, seal).await.unwrap()
    }

    fn writes_and_is_gone(standins: &Standins) {
        let error = Fault::Error {
            status: 200,
            code: Some(6),
            subcode: None,
            message: None,
        };
        standins.fault(Self::AT, Self::SENDS, error, 1);
        Self::peer(standins, Account::Mine, 1).says("Hi").unwrap();
    }

    fn lead_elsewhere(standins: &Standins) -> bool {
        let url = "https://elsewhere.example/viber";
        standins.viber().set_webhook(token(Account::Mine), url).unwrap();
        true
    }
}

contract!(Viber);
