//! Bad days: the product's processes are killed, its database is cut off, its messenger fails, and nothing is lost.
//!
//! Peers write numbered messages through a stand-in for Telegram while things go wrong at random. Afterwards the history of
//! every chat is checked against what the product recorded: nothing that was acknowledged is lost, nothing is answered twice,
//! nothing out of order; what is missing in a chat is recorded as ambiguous. `FAULT_SEED` repeats a run's dice (not its
//! timing), `FAULT_SECONDS` says how long things go wrong.
#![expect(clippy::unwrap_used, reason = "a test ends where its assumption is wrong")]

mod chance;
mod history;
mod processes;
mod proxy;

use chance::Chance;
use engine::access::Actor;
use history::Verdict;
use model::{Fields, FlowKind, Provider};
use processes::Processes;
use standins::{Fault, Options, Peer, Provider as Messenger, Standins};
use std::{collections::BTreeMap, time::Duration};
use store::testing::TestStore;
use tokio::time::{Instant, sleep};

const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";
const CHATS: i64 = 12;
/// Longer than the longest pause between two attempts, five minutes: after a long run some messages are in it.
const PATIENCE: Duration = Duration::from_mins(7);
/// Each conversation hears two messages, so that one that was forgotten or done twice shows in the next answer.
const PROGRAM: &str = r#"[
    {"sendText": "You said: ${start_message}"},
    {"recvMessage": {"set": "second", "timeout": 3600}},
    {"sendText": "You said: ${second}"}
]"#;

#[tokio::test]
async fn nothing_acknowledged_is_lost_or_doubled_on_sqlite() {
    bad_day(&store::testing::sqlite().await, 1).await;
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_or_doubled_with_two_servers_on_postgres() {
    bad_day(&store::testing::postgres().await, 2).await;
}

async fn bad_day(store: &TestStore, servers: usize) {
    let mut chance = Chance::from_environment();
    let seconds = std::env::var("FAULT_SECONDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(15);
    let standins = Standins::start_with(Options {
        kept_per_chat: 100_000,
        clock: 20.0,
        ..Options::default()
    })
    .await;
    standins.telegram().bot(TOKEN, "shop_bot");
    provide(store).await;
    let mut processes = Processes::start(store, &standins, servers).await;
    processes.connected(&standins, TOKEN).await;

    let peers: Vec<Peer> = (1..=CHATS).map(|id| standins.telegram().peer(TOKEN, id)).collect();
    let mut said: BTreeMap<i64, u32> = BTreeMap::new();
    let mut events: BTreeMap<&'static str, u32> = BTreeMap::new();
    let until = Instant::now() + Duration::from_secs(seconds);
    while Instant::now() < until {
        for (id, peer) in (1..).zip(&peers) {
            if chance.one_in(3) {
                let number = said.entry(id).or_default();
                *number += 1;
                peer.says(&number.to_string()).unwrap();
            }
        }
        let event = chance.pick(&["kill", "limit", "fail", "close", "lose", "cut", "calm", "calm", "again"]);
        *events.entry(event).or_default() += 1;
        match event {
            "kill" => processes.kill_one(&mut chance).await,
            "limit" => standins.fault(
                Messenger::Telegram,
                "sendMessage",
                Fault::RateLimited { retry_after: 1 },
                3,
            ),
            "fail" => standins.fault(Messenger::Telegram, "sendMessage", server_error(), 5),
            "close" => standins.fault(Messenger::Telegram, "sendMessage", Fault::Close, 2),
            "lose" => standins.fault(Messenger::Telegram, "sendMessage", Fault::LoseAnswer, 1),
            "cut" => processes.cut_database(store, chance.between(200, 1_500)).await,
            "again" => repeat(&standins).await,
            _ => {}
        }
        sleep(Duration::from_millis(chance.between(20, 250))).await;
    }
    standins.clear_faults();
    processes.all_alive().await;
    standins
        .settled(Messenger::Telegram, Duration::from_mins(1))
        .await
        .unwrap();
    history::settled(store, PATIENCE).await;

    let verdict = Verdict::of(store, &peers, &said).await;
    println!(
        "seed {}, {seconds} s, {servers} server(s), {events:?}: {verdict}",
        chance.seed()
    );
    assert!(said.values().sum::<u32>() > 50, "the peers hardly wrote: {said:?}");
    assert_eq!(
        (verdict.lost, verdict.doubled, verdict.disordered),
        (0, 0, 0),
        "seed {}",
        chance.seed()
    );
    processes.stop().await;
}

fn server_error() -> Fault {
    Fault::Error {
        status: 500,
        code: None,
        subcode: None,
        message: Some("Internal Server Error".to_owned()),
    }
}

/// Delivers an update once more that was delivered before.
async fn repeat(standins: &Standins) {
    let journal = standins.journal(Messenger::Telegram);
    let delivered = journal.iter().rev().find(|entry| {
        entry.direction == standins::Direction::Called
            && entry.status == Some(200)
            && entry.json()["message"]["text"].is_string()
    });
    if let Some(entry) = delivered {
        // Whether it is answered does not matter: it may find nobody there.
        drop(
            standins
                .telegram()
                .post(TOKEN, entry.body.clone(), standins::Seal::Genuine)
                .await,
        );
    }
}

/// A gateway with its flow schema in the database, enabled before any server starts.
async fn provide(store: &TestStore) {
    let cx = processes::context(store);
    let mut fields = Fields::default();
    fields.set("name", "Two by two");
    fields.set("program", PROGRAM);
    let flow = engine::flows::create(&cx, &Actor::System, FlowKind::Code, &fields)
        .await
        .unwrap();
    let mut fields = Fields::default();
    fields.set("name", "Shop");
    fields.set("flow", flow.id.to_string());
    fields.set("secret.token", TOKEN);
    let gateway = engine::gateways::create(&cx, &Actor::System, Provider::TelegramBot, &fields)
        .await
        .unwrap();
    engine::gateways::set_enabled(&cx, &Actor::System, gateway.id, gateway.version, true)
        .await
        .unwrap();
}
