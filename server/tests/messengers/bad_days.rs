//! Bad days of one gateway: what goes wrong on the way in, at the messenger, in the database, and with the clock.
//!
//! What all messengers have in common is in the contract; what happens when processes are killed is in `tests/faults`.

use crate::{
    away::Away,
    messenger::Facebook,
    stage::{Account, Messenger, Stage},
    support::{ECHO, Product, wait_for},
    telegram_bot::TelegramBot,
    viber::Viber,
};
use engine::access::Actor;
use model::{DeliveryResult, GatewayId, HealthState, Provider, Way};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use standins::{Direction, Entry, Fault, Standins, graph::Object};
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// Longer than any pause that a gateway or a messenger makes here.
const PATIENCE: Duration = Duration::from_mins(1);
const TOKEN: &str = "330201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

/// A number that a query gives.
async fn number(product: &Product, query: &str) -> i64 {
    let connection = product.cx.store.read();
    let query = Statement::from_string(connection.get_database_backend(), query);
    let row = connection.query_one_raw(query).await.unwrap().unwrap();
    row.try_get("", "n").unwrap()
}

/// Whether a call was made, and answered.
fn is_done(standins: &Standins, call: &str) -> Option<Arc<Entry>> {
    let journal = standins.journal(TelegramBot::AT);
    journal.into_iter().find(|entry| entry.asks(call))
}

async fn remove(product: &Product, id: GatewayId) {
    engine::gateways::remove(&product.cx, &Actor::System, &[id.0])
        .await
        .unwrap();
}

store::databases! {
    async fn a_client_that_does_not_come_to_an_end_is_let_go_and_nobody_waits_for_it(store: &TestStore) {
        let stage = Stage::<TelegramBot>::new(store, ECHO).await;
        let genuine = stage.genuine(Account::Mine, "Before").await;
        let address = stage.product.url().replace("http://", "");
        let path = genuine.url.replace(&stage.product.url(), "");
        let mut slow = TcpStream::connect(&address).await.unwrap();
        let head = format!("POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-length: 100\r\n\r\n{{\"update_id\"");
        slow.write_all(head.as_bytes()).await.unwrap();
        stage.genuine(Account::Mine, "Meanwhile").await;
        let mut answer = vec![0; 64];
        let read = timeout(PATIENCE, slow.read(&mut answer)).await.unwrap().unwrap();
        let answer = String::from_utf8_lossy(&answer[..read]);
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        stage.quiet().await;
        assert_eq!(stage.rows(Way::In).await.len(), 2);
        stage.product.stop().await;
    }

    async fn a_thousand_events_at_once_are_answered_in_order_and_kept_once(store: &TestStore) {
        let stage = Stage::<Facebook>::new(store, ECHO).await;
        let peers: Vec<_> = (0..50).map(|number| stage.peer(number)).collect();
        let event = |peer: &standins::Peer, number: u32| {
            json!({ "sender": { "id": peer.id() }, "recipient": { "id": "100200300" }, "timestamp": 1_790_856_000_000_i64,
                "message": { "mid": format!("m_{}_{number}", peer.id()), "text": number.to_string() } })
        };
        let events = (0..20).flat_map(|number| peers.iter().map(move |peer| event(peer, number)));
        let events: Vec<Value> = events.collect();
        assert_eq!(events.len(), 1_000);
        let entry = json!({ "id": "100200300", "time": 1_790_856_000_123_i64, "messaging": events });
        let app = crate::meta::app(Account::Mine).0;
        stage.standins.graph().batch(app, Object::Page, std::slice::from_ref(&entry)).unwrap();
        let wanted: Vec<String> = (0..20).map(|number| format!("You said: {number}")).collect();
        for peer in peers {
            let replies = peer.patient_for(PATIENCE).replies(20).await.unwrap();
            let texts: Vec<String> = replies.into_iter().map(|reply| reply.text).collect();
            assert_eq!(texts, wanted);
        }
        let kept = "SELECT CAST(SUM(LENGTH(exchange)) AS BIGINT) AS n FROM deliveries WHERE way = 'in'";
        let kept = number(&stage.product, kept).await;
        assert!(kept < 2 * (64 << 10), "{kept} bytes of one request");
        stage.product.stop().await;
    }

    async fn events_whose_numbers_differ_beyond_what_a_double_holds_are_two(store: &TestStore) {
        let stage = Stage::<Viber>::new(store, ECHO).await;
        let peer = stage.peer(1);
        peer.says("First").unwrap();
        peer.replies(1).await.unwrap();
        for (token, words) in [(9_007_199_254_740_992_u64, "even"), (9_007_199_254_740_993, "odd")] {
            let event = json!({ "event": "message", "message_token": token, "sender": { "id": peer.id(), "name": "Olha" },
                "message": { "type": "text", "text": words } });
            let account = Viber::fields(&stage.standins, Account::Mine)[0].1.clone();
            stage.standins.viber().event(&account, peer.id(), event).unwrap();
            let answer = format!("You said: {words}");
            peer.sees(|line| line.text == answer).await.unwrap();
        }
        stage.product.stop().await;
    }

    async fn a_messenger_that_never_answers_holds_nobody_else_up(store: &TestStore) {
        let stage = Stage::<TelegramBot>::new(store, ECHO).await;
        stage.standins.fault(TelegramBot::AT, "sendMessage", Fault::Hang, 1);
        stage.peer(1).says("Are you there?").unwrap();
        stage.entry(Way::Out, DeliveryResult::Sending).await;
        let other = stage.peer(2);
        other.says("Hi").unwrap();
        other.sees(|line| line.text == "You said: Hi").await.unwrap();
        // Whether it took the message nobody knows, so it is not sent again.
        let entry = stage.entry(Way::Out, DeliveryResult::Ambiguous).await;
        assert_eq!((entry.row.attempts, entry.error.unwrap().message.is_empty()), (1, false));
        stage.product.stop().await;
    }

    async fn messages_that_are_being_sent_when_the_database_goes_are_sent_once(store: &TestStore) {
        let stage = Stage::<TelegramBot>::new(store, ECHO).await;
        stage.genuine(Account::Mine, "Before").await;
        stage.quiet().await;
        stage.standins.fault(TelegramBot::AT, "sendMessage", Fault::Delay { ms: 2_000 }, 5);
        let peers: Vec<_> = (1..=5).map(|number| stage.peer(number)).collect();
        for peer in &peers {
            peer.says("Hi").unwrap();
        }
        let sending = |log: &model::DeliveryPage| log.rows.iter().filter(|row| row.result == DeliveryResult::Sending).count() == 5;
        stage.product.logged(stage.gateway.id, sending).await;
        let away = Away::take(store).await;
        for peer in &peers {
            peer.sees(|line| line.text == "You said: Hi").await.unwrap();
        }
        // For fifteen seconds nothing that comes is acknowledged.
        stage.peer(6).says("Meanwhile").unwrap();
        let is_refused = |entry: &Entry| entry.direction == Direction::Called && entry.status != Some(200);
        let first = stage.standins.wait_for(TelegramBot::AT, is_refused, PATIENCE).await.unwrap();
        let late = |entry: &Entry| is_refused(entry) && entry.at_ms > first.at_ms + 15_000;
        stage.standins.wait_for(TelegramBot::AT, late, PATIENCE).await.unwrap();
        away.give_back().await;
        stage.peer(6).patient_for(PATIENCE).sees(|line| line.text == "You said: Meanwhile").await.unwrap();
        stage.quiet().await;
        let left = stage.rows(Way::Out).await;
        assert_eq!(left.len(), 7);
        assert!(left.iter().all(|row| row.result == DeliveryResult::Sent), "{left:#?}");
        assert_eq!(stage.sent().len(), 7);
        stage.product.stop().await;
    }

    async fn a_clock_that_jumps_holds_nothing_up_and_hides_nothing(store: &TestStore) {
        let stage = Stage::<TelegramBot>::new(store, ECHO).await;
        let peer = stage.peer(1);
        let (day, hours) = (24 * 3_600_000, 2 * 3_600_000);
        for (jump, words, result) in [
            (-day, "before it was set back", DeliveryResult::Sent),
            (hours, "before it was set on", DeliveryResult::Expired),
        ] {
            let tried = stage.sent().len();
            stage.standins.fault(TelegramBot::AT, "sendMessage", Fault::RateLimited { retry_after: 3 }, 1);
            peer.says(words).unwrap();
            stage.has_sent(tried + 1).await;
            stage.entry(Way::Out, DeliveryResult::Queued).await;
            stage.product.clock.jump(jump);
            // It waits three seconds and no day; what is too old by the clock is said to be so.
            assert_eq!(stage.entry(Way::Out, result).await.row.summary, format!("You said: {words}"));
            let next = format!("not {words}");
            peer.says(&next).unwrap();
            peer.sees(|line| line.text == format!("You said: {next}")).await.unwrap();
            stage.quiet().await;
        }
        stage.product.stop().await;
    }

    async fn what_has_come_to_its_end_meanwhile_is_not_sent_again(store: &TestStore) {
        let stage = Stage::<TelegramBot>::new(store, ECHO).await;
        let peer = stage.peer(1);
        stage.standins.fault(TelegramBot::AT, "sendMessage", Fault::RateLimited { retry_after: 3 }, 1);
        peer.says("First").unwrap();
        stage.entry(Way::Out, DeliveryResult::Queued).await;
        // What a server remembers of a message may be older than what became of it.
        let tx = stage.product.cx.store.begin().await.unwrap();
        let end = "UPDATE deliveries SET result = 'sent' WHERE result = 'queued'";
        assert_eq!(tx.execute_unprepared(end).await.unwrap().rows_affected(), 1);
        tx.commit().await.unwrap();
        peer.says("Second").unwrap();
        peer.sees(|line| line.text == "You said: Second").await.unwrap();
        stage.quiet().await;
        let said: Vec<Value> = stage.sent().iter().map(|entry| entry.json()["text"].clone()).collect();
        assert_eq!(said, ["You said: First", "You said: Second"], "the first was refused, and that was its only time");
        stage.product.stop().await;
    }

    async fn a_gateway_that_is_removed_takes_its_queue_with_it(store: &TestStore) {
        let stage = Stage::<TelegramBot>::new(store, ECHO).await;
        let another = stage.another().await;
        stage.standins.fault(TelegramBot::AT, "sendMessage", Fault::RateLimited { retry_after: 5 }, 1);
        for number in 1..=20 {
            stage.peer(number).says("Hi").unwrap();
        }
        let has = |log: &model::DeliveryPage, result| log.rows.iter().any(|row| row.result == result);
        let waits = |log: &model::DeliveryPage| {
            log.rows.iter().filter(|row| row.way == Way::Out).count() == 20
                && has(log, DeliveryResult::Queued)
                && !has(log, DeliveryResult::Sending)
        };
        stage.product.logged(stage.gateway.id, waits).await;
        let sent = stage.sent().len();
        remove(&stage.product, stage.gateway.id).await;
        wait_for(|| async { is_done(&stage.standins, "deleteWebhook") }).await;
        wait_for(|| async { (stage.product.cx.pipeline.in_memory() == 0).then_some(()) }).await;
        // Nobody looks for it again and again.
        let open = "SELECT COUNT(*) AS n FROM deliveries WHERE result IN ('received', 'queued', 'sending')";
        assert_eq!(number(&stage.product, open).await, 0);
        // The other one goes on, and nothing more is said through the first.
        stage.genuine(Account::Others, "Still here").await;
        assert_eq!(stage.sent().len(), sent + 1);
        stage.product.health(another.id, HealthState::Connected).await;
        stage.product.stop().await;
    }

    async fn a_flow_that_fails_ends_its_conversation_and_the_next_message_begins_one(store: &TestStore) {
        let program = r#"[
            { "js": { "data": "if (${start_message} === 'break') { throw new Error('broken'); } return 1;", "setVar": "x" } },
            { "sendText": "You said: ${start_message}" },
            { "while": { "condition": "${start_message} === 'forever'", "maxSteps": 1000000, "do": [{ "set": { "x": "1" } }] } }
        ]"#;
        let stage = Stage::<TelegramBot>::new(store, program).await;
        let peer = stage.peer(1);
        for words in ["break", "forever", "and now"] {
            peer.says(words).unwrap();
            let answer = format!("You said: {words}");
            if words != "break" {
                peer.sees(|line| line.text == answer).await.unwrap();
            }
        }
        stage.quiet().await;
        let came = stage.rows(Way::In).await;
        assert!(came.iter().all(|row| row.result == DeliveryResult::Processed), "{came:#?}");
        stage.product.health(stage.gateway.id, HealthState::Connected).await;
        stage.product.stop().await;
    }

    async fn a_gateway_that_is_disabled_or_removed_while_it_connects_is_taken_off(store: &TestStore) {
        let standins = Standins::start().await;
        let product = Product::start_calm(store, &standins).await;
        let flow = product.flow("Echo", ECHO).await;
        for is_removed in [false, true] {
            let token = TOKEN.replacen('3', if is_removed { "4" } else { "5" }, 1);
            standins.telegram().bot(&token, "shop_bot");
            let gateway = product.gateway(Provider::TelegramBot, flow, &[("secret.token", &token)]).await;
            standins.clear_journal();
            standins.fault(TelegramBot::AT, "setWebhook", Fault::Delay { ms: 1_500 }, 1);
            product.switch(gateway.id, true).await;
            wait_for(|| async { is_done(&standins, "getWebhookInfo") }).await;
            if is_removed {
                remove(&product, gateway.id).await;
            } else {
                product.switch(gateway.id, false).await;
            }
            wait_for(|| async { is_done(&standins, "setWebhook") }).await;
            wait_for(|| async { is_done(&standins, "deleteWebhook") }).await;
            assert_eq!(standins.telegram().webhook(&token).unwrap().url, "");
        }
        product.stop().await;
    }

    async fn removed_gateways_whose_messenger_does_not_answer_keep_no_other_waiting(store: &TestStore) {
        let standins = Standins::start().await;
        let product = Product::start_calm(store, &standins).await;
        let flow = product.flow("Echo", ECHO).await;
        for number in 1..=3 {
            let token = format!("{number}{TOKEN}");
            standins.telegram().bot(&token, "shop_bot");
            let gateway = product.connected(Provider::TelegramBot, flow, &[("secret.token", &token)]).await;
            standins.fault(TelegramBot::AT, &format!("/bot{token}/"), Fault::Hang, 1);
            remove(&product, gateway.id).await;
        }
        // Each of them takes fifteen seconds, and this one less than the twenty that it is waited for.
        standins.telegram().bot(TOKEN, "shop_bot");
        product.connected(Provider::TelegramBot, flow, &[("secret.token", TOKEN)]).await;
        product.stop().await;
    }
}

/// Only the file of SQLite can be bounded from here.
#[tokio::test]
async fn on_a_full_disk_messengers_are_asked_to_come_again_and_nothing_is_lost() {
    let store = store::testing::sqlite().await;
    let stage = Stage::<TelegramBot>::new(&store, ECHO).await;
    stage.genuine(Account::Mine, "Before").await;
    stage.quiet().await;
    let bound = async |most: &str| {
        let tx = stage.product.cx.store.begin().await.unwrap();
        let pragma = Statement::from_string(tx.get_database_backend(), format!("PRAGMA max_page_count = {most}"));
        tx.query_all_raw(pragma).await.unwrap();
        tx.commit().await.unwrap();
    };
    // It can't be less than there is.
    bound("1").await;
    let words: Vec<String> = (0..40)
        .map(|number| format!("{number} {}", "x".repeat(3_000)))
        .collect();
    let peer = stage.peer(1).patient_for(PATIENCE);
    for said in &words {
        peer.says(said).unwrap();
    }
    let refused = |entry: &Entry| entry.status == Some(503);
    stage
        .standins
        .wait_for(TelegramBot::AT, refused, PATIENCE)
        .await
        .unwrap();
    bound("1073741823").await;
    let replies = peer.replies(words.len()).await.unwrap();
    let texts: Vec<String> = replies.into_iter().map(|reply| reply.text).collect();
    let wanted: Vec<String> = words.iter().map(|said| format!("You said: {said}")).collect();
    assert_eq!(texts, wanted);
    stage.product.stop().await;
}
