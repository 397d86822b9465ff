//! Telegram Bot, by its own contract.

use crate::{
    contract::contract,
    stage::{Account, Messenger, Stage},
    support::{ECHO, Product},
};
use axum::body::Bytes;
use model::{DeliveryId, DeliveryResult, HealthState, Provider, Remedy, Way, message::ErrorClass};
use standins::{Act, Answer, Direction, Entry, Fault, Peer, Seal, Standins, Upload};
use std::time::Duration;
use store::{
    media::{Media, MediaId},
    testing::TestStore,
};

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

const SEND_ON: &str = r#"[{"sendFile": {"url": "${start_message.file.url}"}}]"#;

/// When an address of a file of ours ends to work, as it says itself.
fn until(entry: &Entry) -> i64 {
    let url = entry.json()["document"].as_str().unwrap().to_owned();
    let (_, query) = url.split_once("?e=").unwrap();
    query.split('&').next().unwrap().parse().unwrap()
}

store::databases! {
    async fn a_file_that_waited_is_sent_with_a_fresh_address(store: &TestStore) {
        let stage = Stage::<TelegramBot>::new(store, SEND_ON).await;
        let wait = Fault::RateLimited { retry_after: 1 };
        stage.standins.fault(TelegramBot::AT, "sendDocument", wait, 1);
        let peer = stage.peer(1);
        let upload = Upload::new("prices.pdf", "application/pdf", &b"%PDF-1.4 a price list"[..]);
        peer.does(&Act::Document(upload)).unwrap();
        peer.sees(|line| !line.mine).await.unwrap();
        let mut calls = stage.standins.journal(TelegramBot::AT);
        calls.retain(|entry| entry.call() == "sendDocument");
        assert_eq!(calls.len(), 2);
        assert!(until(&calls[1]) >= until(&calls[0]) + TelegramBot::PAUSE_MS);
        stage.product.stop().await;
    }

    async fn a_file_that_is_no_longer_kept_fails_in_words(store: &TestStore) {
        let program = r#"[{"recvMessage": {"set": "again"}}, {"sendFile": {"url": "${start_message.file.url}"}}]"#;
        let stage = Stage::<TelegramBot>::new(store, program).await;
        let peer = stage.peer(1);
        let upload = Upload::new("prices.pdf", "application/pdf", &b"%PDF-1.4 a price list"[..]);
        peer.does(&Act::Document(upload)).unwrap();
        stage.entry(Way::In, DeliveryResult::Processed).await;
        let tx = stage.product.cx.store.begin().await.unwrap();
        let gone = store::media::purge(&tx, model::Timestamp(i64::MAX), 10).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(gone.len(), 1);
        peer.says("Send it back").unwrap();
        let entry = stage.entry(Way::Out, DeliveryResult::Failed).await;
        let why = entry.error.unwrap();
        assert!(why.message.contains("not kept any more"), "{}", why.message);
        assert!(!stage.calls().iter().any(|call| call == "sendDocument"));
        stage.product.stop().await;
    }

    async fn a_file_is_brought_to_telegram_where_telegram_can_not_fetch_it(store: &TestStore) {
        let standins = Standins::start().await;
        standins.telegram().bot(TOKEN, "shop_bot");
        let product = Product::start_hidden(store, &standins).await;
        let flow = product.flow("Send on", SEND_ON).await;
        let gateway = product.connected(Provider::TelegramBot, flow, &[("secret.token", TOKEN)]).await;
        let peer = standins.telegram().peer(TOKEN, 1);
        // Neither a GIF nor a PDF nor a ZIP: from an address Telegram would not take it.
        let words = &b"prices: 1, 2, 3"[..];
        peer.does(&Act::Document(Upload::new("prices.txt", "text/plain", words))).unwrap();
        let told = peer.sees(|line| !line.mine).await.unwrap();
        let file = told.file.unwrap();
        assert_eq!((file.name.as_str(), file.size), ("prices.txt", Some(15)));
        assert_eq!(product.get(&file.url).await.body, words);
        let sent = |log: &model::DeliveryPage| log.rows.iter().any(|row| row.result == DeliveryResult::Sent);
        product.logged(gateway.id, sent).await;
        product.stop().await;
    }

    async fn a_file_that_was_kept_before_a_crash_is_not_fetched_again(store: &TestStore) {
        let stage = Stage::<TelegramBot>::new(store, r#"[{"sendText": "${start_message.file.name}"}]"#).await;
        let cx = &stage.product.cx;
        // As if the server had ended before the flow saw the first event.
        let media = Media {
            id: MediaId([1; 16]),
            gateway: stage.gateway.id,
            came_with: (DeliveryId(1), 0),
            name: "kept.pdf".to_owned(),
            mime: "application/pdf".to_owned(),
            size: 5,
            sha256: String::new(),
            created_at: cx.now(),
            expires_at: cx.now().after(Duration::from_hours(1)),
        };
        let tx = cx.store.begin().await.unwrap();
        assert!(store::media::insert(&tx, &media).await.unwrap());
        tx.commit().await.unwrap();
        let folder = cx.policy.media.folder.join("01");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join(media.id.to_string()), b"%PDF-").unwrap();
        let peer = stage.peer(1);
        peer.does(&Act::Document(Upload::new("prices.pdf", "application/pdf", &b"%PDF-1.4"[..]))).unwrap();
        assert_eq!(peer.sees(|line| !line.mine).await.unwrap().text, "kept.pdf");
        assert!(!stage.calls().iter().any(|call| call == "getFile"));
        assert_eq!(stage.product.kept_files(), 1);
        stage.product.stop().await;
    }
}
