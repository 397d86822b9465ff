//! Telegram Bot, by its own contract.

use crate::{
    contract::contract,
    stage::{Account, Messenger},
    support::{ECHO, Product},
};
use axum::body::Bytes;
use model::{DeliveryResult, HealthState, Provider, Remedy, Way, message::ErrorClass};
use standins::{Answer, Direction, Entry, Peer, Seal, Standins};
use store::testing::TestStore;

const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";
const OTHER: &str = "220201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

pub struct TelegramBot;

const fn token(account: Account) -> &'static str {
    match account {
        Account::Mine => TOKEN,
        Account::Others => OTHER,
    }
}

impl Messenger for TelegramBot {
    const KIND: Provider = Provider::TelegramBot;
    const AT: standins::Provider = standins::Provider::Telegram;
    const PROOF: &[&str] = &["x-telegram-bot-api-secret-token"];
    const PROVES_BODY: bool = false;
    const SENDS: &str = "sendMessage";
    const CONNECTS: &[&str] = &["getMe", "getWebhookInfo", "setWebhook"];
    const DISCONNECTS: &[&str] = &["getWebhookInfo", "deleteWebhook"];
    const PROBES: &[&str] = &["getMe", "getWebhookInfo"];
    const GONE: ErrorClass = ErrorClass::Blocked;
    const SHOWN: &[&str] = &["text: Welcome", "document: Our prices", "text: How can we help?"];
    const CALLS: &str = include_str!("golden/telegram_bot.json");
    const FILES: &str = "/file/";
    const RENEWS_FILES: bool = true;
    const UNKNOWN: &str = r#"{"update_id":1,"guest_star":{"chat":{"id":1}}}"#;

    fn is_said(entry: &Entry) -> bool {
        entry.direction == Direction::Asked && entry.call().to_lowercase().starts_with("send")
    }

    fn register(standins: &Standins, account: Account) {
        standins.telegram().bot(token(account), "shop_bot");
    }

    fn revoke(standins: &Standins) {
        standins.telegram().revoke(TOKEN);
    }

    fn fields(_: &Standins, account: Account) -> Vec<(&'static str, String)> {
        vec![("secret.token", token(account).to_owned())]
    }

    fn peer(standins: &Standins, account: Account, number: u32) -> Peer {
        standins.telegram().peer(token(account), i64::from(number))
    }

    async fn post(standins: &Standins, body: Bytes, seal: Seal) -> Answer {
        standins.telegram().post(TOKEN, body, seal).await.unwrap()
    }

    fn writes_and_is_gone(standins: &Standins) {
        let peer = Self::peer(standins, Account::Mine, 1);
        peer.blocks().unwrap();
        peer.says("Hi").unwrap();
    }

    fn lead_elsewhere(standins: &Standins) -> bool {
        let url = "https://elsewhere.example/telegram";
        standins.telegram().set_webhook(TOKEN, url, "theirs").unwrap();
        true
    }
}

contract!(TelegramBot);

async fn stage(store: &TestStore) -> (Standins, Product, model::Gateway) {
    let standins = Standins::start().await;
    standins.telegram().bot(TOKEN, "shop_bot");
    let product = Product::start(store, &standins).await;
    let flow = product.flow("Echo", ECHO).await;
    let gateway = product
        .connected(Provider::TelegramBot, flow, &[("secret.token", TOKEN)])
        .await;
    (standins, product, gateway)
}

store::databases! {
    async fn a_message_enters_and_its_reply_leaves(store: &TestStore) {
        let (standins, product, gateway) = stage(store).await;
        let peer = standins.telegram().peer(TOKEN, 5_550_001);
        peer.says("Hi").unwrap();
        let replies = peer.replies(1).await.unwrap();
        assert_eq!(replies[0].text, "You said: Hi");
        let log = product.logged(gateway.id, |log| log.rows.iter().any(|row| row.result == DeliveryResult::Sent)).await;
        let ways: Vec<Way> = log.rows.iter().map(|row| row.way).collect();
        assert_eq!(ways, [Way::Out, Way::In]);
        assert_eq!(log.rows[1].result, DeliveryResult::Processed);
        product.stop().await;
    }

    async fn every_message_is_answered_once_and_in_order(store: &TestStore) {
        let (standins, product, _gateway) = stage(store).await;
        let peers: Vec<_> = (1..=20).map(|id| standins.telegram().peer(TOKEN, id)).collect();
        for round in 0..10 {
            for peer in &peers {
                peer.says(&round.to_string()).unwrap();
            }
        }
        for peer in &peers {
            let replies = peer.replies(10).await.unwrap();
            let texts: Vec<String> = replies.into_iter().map(|reply| reply.text).collect();
            let wanted: Vec<String> = (0..10).map(|round| format!("You said: {round}")).collect();
            assert_eq!(texts, wanted);
        }
        product.stop().await;
    }

    async fn a_token_that_is_revoked_shows_and_a_new_one_repairs(store: &TestStore) {
        let (standins, product, gateway) = stage(store).await;
        standins.telegram().revoke(TOKEN);
        let health = product.health(gateway.id, HealthState::BadCredentials).await;
        assert_eq!(health.remedy, Some(Remedy::ReplaceToken));
        assert!(!health.sentence.is_empty());
        standins.telegram().bot(OTHER, "shop_bot");
        product.change(gateway.id, &[("secret.token", OTHER)]).await;
        product.health(gateway.id, HealthState::Connected).await;
        let peer = standins.telegram().peer(OTHER, 7);
        peer.says("again").unwrap();
        peer.replies(1).await.unwrap();
        product.stop().await;
    }

    async fn without_a_public_address_the_messenger_is_asked(store: &TestStore) {
        let standins = Standins::start().await;
        standins.telegram().bot(TOKEN, "shop_bot");
        let product = Product::start_hidden(store, &standins).await;
        let flow = product.flow("Echo", ECHO).await;
        product.connected(Provider::TelegramBot, flow, &[("secret.token", TOKEN)]).await;
        let peer = standins.telegram().peer(TOKEN, 5);
        peer.says("Hi").unwrap();
        assert_eq!(peer.replies(1).await.unwrap()[0].text, "You said: Hi");
        product.stop().await;
    }
}
