//! Infobip, by its own contract.

use crate::{
    contract::contract,
    stage::{Account, Messenger},
};
use axum::body::Bytes;
use model::{Provider, message::ErrorClass};
use serde_json::json;
use standins::{Answer, Direction, Entry, Peer, Seal, Standins, infobip::Guard};

pub struct Infobip;

const fn key(account: Account) -> &'static str {
    match account {
        Account::Mine => "8f4c0b3bd0f9d0a2-my-api-key",
        Account::Others => "8f4c0b3bd0f9d0a2-their-api-key",
    }
}

const fn number(account: Account) -> &'static str {
    match account {
        Account::Mine => "441134960000",
        Account::Others => "441134960009",
    }
}

const fn password(account: Account) -> &'static str {
    match account {
        Account::Mine => "my-callback-password",
        Account::Others => "their-callback-password",
    }
}

impl Messenger for Infobip {
    const KIND: Provider = Provider::Infobip;
    const AT: standins::Provider = standins::Provider::Infobip;
    const PROOF: &[&str] = &["authorization"];
    const PROVES_BODY: bool = false;
    const SENDS: &str = "text";
    const CONNECTS: &[&str] = &["quality"];
    const DISCONNECTS: &[&str] = &[];
    const PROBES: &[&str] = &["quality"];
    const GONE: ErrorClass = ErrorClass::WindowClosed;
    const SHOWN: &[&str] = &["text: Welcome", "document: Our prices", "text: How can we help?"];
    const CALLS: &str = include_str!("golden/infobip.json");
    const FILES: &str = "/media/";
    const UNKNOWN: &str = r#"{"results":[{"from":"380671112299","to":"441134960000","integrationType":"WHATSAPP",
        "receivedAt":"2026-10-01T12:00:00.000+0000","messageId":"ABEGUnknown","message":{"type":"HOLOGRAM","beam":3}}],
        "messageCount":1,"pendingMessageCount":0}"#;

    fn is_said(entry: &Entry) -> bool {
        entry.direction == Direction::Asked && entry.path.contains("/message/")
    }

    fn register(standins: &Standins, account: Account) {
        standins.infobip().number(key(account), number(account));
    }

    fn revoke(standins: &Standins) {
        standins.infobip().revoke(key(Account::Mine));
    }

    fn fields(_: &Standins, account: Account) -> Vec<(&'static str, String)> {
        vec![
            ("secret.api_key", key(account).to_owned()),
            ("settings.url", "https://xyz.api.infobip.com".to_owned()),
            ("secret.callback", password(account).to_owned()),
        ]
    }

    fn announce(standins: &Standins, account: Account, url: &str) {
        let guard = Guard::Basic {
            user: "gateway".to_owned(),
            password: password(account).to_owned(),
        };
        standins.infobip().forward(number(account), url, guard).unwrap();
    }

    fn peer(standins: &Standins, account: Account, digits: u32) -> Peer {
        standins.infobip().peer(number(account), &format!("38067{digits:07}"))
    }

    async fn post(standins: &Standins, body: Bytes, seal: Seal) -> Answer {
        standins
            .infobip()
            .post(number(Account::Mine), body, seal)
            .await
            .unwrap()
    }

    /// Infobip takes the message and reports later that the time for an answer was over.
    fn writes_and_is_gone(standins: &Standins) {
        let (infobip, mine) = (standins.infobip(), number(Account::Mine));
        let peer = Self::peer(standins, Account::Mine, 1);
        peer.set_window(false);
        let message = json!({ "type": "TEXT", "text": "Hi" });
        let result = infobip.result(mine, peer.id(), &message).unwrap();
        infobip.batch(mine, &[result]).unwrap();
    }

    fn is_sent(entry: &Entry) -> bool {
        entry.path.contains("/message/") && entry.asks(Self::SENDS)
    }
}

contract!(Infobip);
