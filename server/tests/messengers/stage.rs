//! A gateway with its messenger, and what a test has to know of one to hold it to what all have in common.

use crate::{
    knock::Knock,
    support::{Product, wait_for},
};
use axum::body::Bytes;
use engine::access::Actor;
use model::{Delivery, DeliveryResult, DeliveryRow, FlowId, Gateway, HealthState, Provider, Way, message::ErrorClass};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use standins::{Answer, Direction, Entry, Options, Peer, Seal, Standins};
use std::{marker::PhantomData, sync::Arc};
use store::testing::TestStore;

/// Messengers wait twenty times shorter than they do, before they try again.
const CLOCK: f64 = 20.0;

/// An account at a messenger: `MINE` is the one that tests are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    Mine,
    Others,
}

/// What one messenger has of its own.
pub trait Messenger {
    /// Its kind of gateway.
    const KIND: Provider;
    /// Where it stands.
    const AT: standins::Provider;
    /// The headers by which it is known.
    const PROOF: &[&str];
    /// Whether they prove the body, too.
    const PROVES_BODY: bool;
    /// The headers that the proof is about, too.
    const ALSO_PROVED: &[&str] = &[];
    /// The last piece of the path of the call that sends words.
    const SENDS: &str;
    /// How long it is waited when a messenger wants a second, in milliseconds.
    const PAUSE_MS: i64 = 1_000;
    /// What the messenger is told when a gateway is enabled.
    const CONNECTS: &[&str];
    /// What the messenger is told when a gateway is disabled.
    const DISCONNECTS: &[&str];
    /// What the messenger is asked when a gateway that is connected is looked at.
    const PROBES: &[&str];
    /// Why a message to the peer of [`Self::writes_and_is_gone`] fails.
    const GONE: ErrorClass;
    /// Whether status 200 alone says that a message was taken, whatever is answered with it.
    const STATUS_SAYS_ALL: bool = false;
    /// The answer to a body that is genuine and breaks off.
    const BROKEN: u16 = 200;
    /// An event of a kind that was made up.
    const UNKNOWN: &str;

    /// What a peer sees of a text, a file and buttons.
    const SHOWN: &[&str];
    /// How the messenger is told of them: the last piece of each call's path, and its body, with “…” for what is new each time.
    const CALLS: &str;
    /// What the path of a peer's file contains.
    const FILES: &str;
    /// Whether the address of a file that is out of date is asked for anew.
    const RENEWS_FILES: bool = false;

    /// Makes an account known.
    fn register(standins: &Standins, account: Account);

    /// Makes an account's credentials no good any more.
    fn revoke(standins: &Standins);

    /// What is typed in the form, with names.
    fn fields(standins: &Standins, account: Account) -> Vec<(&'static str, String)>;

    /// What is added to a saved gateway on its card.
    async fn attach(product: &Product, gateway: &Gateway, account: Account) {
        let _ = (product, gateway, account);
    }

    /// What is done at the messenger by hand: the gateway's address is written down there.
    fn announce(standins: &Standins, account: Account, url: &str) {
        let _ = (standins, account, url);
    }

    /// Somebody who can write to an account.
    fn peer(standins: &Standins, account: Account, number: u32) -> Peer;

    /// Sends any body to the gateway.
    async fn post(standins: &Standins, body: Bytes, seal: Seal) -> Answer;

    /// Lets a peer write, and not be there for the answer.
    fn writes_and_is_gone(standins: &Standins);

    /// Has the events go to somebody else; says no where nobody can tell.
    fn lead_elsewhere(standins: &Standins) -> bool {
        let _ = standins;
        false
    }

    /// What a call about the gateway itself is called; nothing for other calls.
    fn name(entry: &Entry) -> Option<String> {
        Some(entry.call().to_owned())
    }

    /// Whether a call says anything to a peer, be it words or a file.
    fn is_said(entry: &Entry) -> bool {
        Self::is_sent(entry)
    }

    /// Whether a call is one that says some words to a peer.
    fn is_sent(entry: &Entry) -> bool {
        entry.asks(Self::SENDS)
    }
}

/// A gateway with its messenger.
pub struct Stage<M> {
    pub standins: Standins,
    pub product: Product,
    pub gateway: Gateway,
    flow: FlowId,
    messenger: PhantomData<M>,
}

impl<M: Messenger> Stage<M> {
    /// A gateway that is connected and answers with this program.
    pub async fn new(store: &TestStore, program: &str) -> Self {
        let stage = Self::disabled(store, program).await;
        stage.enable().await;
        stage
    }

    /// A gateway that is connected and looked at every second.
    pub async fn watched(store: &TestStore, program: &str) -> Self {
        let standins = Self::standins().await;
        let product = Product::start(store, &standins).await;
        let stage = Self::with(standins, product, program).await;
        stage.enable().await;
        stage
    }

    /// A gateway that was never enabled.
    pub async fn disabled(store: &TestStore, program: &str) -> Self {
        let standins = Self::standins().await;
        let product = Product::start_calm(store, &standins).await;
        Self::with(standins, product, program).await
    }

    async fn standins() -> Standins {
        let options = Options {
            clock: CLOCK,
            ..Options::default()
        };
        let standins = Standins::start_with(options).await;
        M::register(&standins, Account::Mine);
        standins
    }

    async fn with(standins: Standins, product: Product, program: &str) -> Self {
        let flow = product.flow("Contract", program).await;
        let gateway = gateway::<M>(&standins, &product, flow, Account::Mine).await;
        Self {
            standins,
            product,
            gateway,
            flow,
            messenger: PhantomData,
        }
    }

    /// Enables the gateway and waits until it is connected.
    pub async fn enable(&self) {
        self.product.switch(self.gateway.id, true).await;
        self.product.health(self.gateway.id, HealthState::Connected).await;
        M::announce(&self.standins, Account::Mine, &url(&self.product, &self.gateway));
    }

    /// Another gateway of the same kind, connected, with an account and secrets of its own.
    pub async fn another(&self) -> Gateway {
        M::register(&self.standins, Account::Others);
        let gateway = gateway::<M>(&self.standins, &self.product, self.flow, Account::Others).await;
        self.product.switch(gateway.id, true).await;
        self.product.health(gateway.id, HealthState::Connected).await;
        M::announce(&self.standins, Account::Others, &url(&self.product, &gateway));
        gateway
    }

    pub fn peer(&self, number: u32) -> Peer {
        M::peer(&self.standins, Account::Mine, number)
    }

    /// Lets a peer write, waits until it has its answer, and gives the request that told of it.
    pub async fn genuine(&self, account: Account, words: &str) -> Knock {
        let peer = M::peer(&self.standins, account, 4_711);
        peer.says(words).unwrap();
        let answer = format!("You said: {words}");
        peer.sees(|line| line.text == answer).await.unwrap();
        let told = |entry: &Entry| {
            entry.direction == Direction::Called && String::from_utf8_lossy(&entry.body).contains(words)
        };
        let journal = self.standins.journal(M::AT);
        let entry = journal.iter().rev().find(|entry| told(entry)).unwrap();
        Knock::again(entry)
    }

    /// The calls that said something to a peer.
    pub fn sent(&self) -> Vec<Arc<Entry>> {
        let mut journal = self.standins.journal(M::AT);
        journal.retain(|entry| M::is_sent(entry));
        journal
    }

    /// What was said to peers: the last piece of each call's path, and its body.
    pub fn said(&self) -> Vec<(String, Value)> {
        let journal = self.standins.journal(M::AT);
        let said = journal.iter().filter(|entry| M::is_said(entry));
        said.map(|entry| (entry.call().to_owned(), entry.json())).collect()
    }

    /// The names of all calls about the gateway itself.
    pub fn calls(&self) -> Vec<String> {
        let journal = self.standins.journal(M::AT);
        let calls = journal.iter().filter(|entry| entry.direction == Direction::Asked);
        calls.filter_map(|entry| M::name(entry)).collect()
    }

    /// So many entries of every gateway's log there are.
    pub async fn stored(&self) -> i64 {
        let connection = self.product.cx.store.read();
        let count = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM deliveries";
        let query = Statement::from_string(connection.get_database_backend(), count);
        let row = connection.query_one_raw(query).await.unwrap().unwrap();
        row.try_get("", "n").unwrap()
    }

    /// Removes every entry of every gateway's log.
    pub async fn forget_deliveries(&self) {
        let tx = self.product.cx.store.begin().await.unwrap();
        tx.execute_unprepared("DELETE FROM deliveries").await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The newest entries of the log of one way.
    pub async fn rows(&self, way: Way) -> Vec<DeliveryRow> {
        let mut rows = self.product.log(self.gateway.id).await.rows;
        rows.retain(|row| row.way == way);
        rows
    }

    /// Waits for an entry of this result, and gives all of it.
    pub async fn entry(&self, way: Way, result: DeliveryResult) -> Delivery {
        let fits = |row: &&DeliveryRow| row.way == way && row.result == result;
        let log = self
            .product
            .logged(self.gateway.id, |log| log.rows.iter().any(|row| fits(&row)));
        let id = log.await.rows.iter().find(fits).unwrap().id;
        let cx = &self.product.cx;
        engine::deliveries::get(cx, &Actor::System, self.gateway.id, id)
            .await
            .unwrap()
    }

    /// Waits until everything that came in was dealt with, and everything that was said has come to its end.
    pub async fn quiet(&self) {
        let open = [
            DeliveryResult::Received,
            DeliveryResult::Queued,
            DeliveryResult::Sending,
        ];
        let is_done = |row: &DeliveryRow| !open.contains(&row.result);
        self.product
            .logged(self.gateway.id, |log| log.rows.iter().all(is_done))
            .await;
    }

    /// Waits until so many calls said something.
    pub async fn has_sent(&self, count: usize) -> Vec<Arc<Entry>> {
        wait_for(|| async { Some(self.sent()).filter(|sent| sent.len() >= count) }).await
    }
}

async fn gateway<M: Messenger>(standins: &Standins, product: &Product, flow: FlowId, account: Account) -> Gateway {
    let mut fields = M::fields(standins, account);
    fields.push(("name", format!("{account:?}")));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let gateway = product.gateway(M::KIND, flow, &fields).await;
    M::attach(product, &gateway, account).await;
    gateway
}

fn url(product: &Product, gateway: &Gateway) -> String {
    format!("{}/chat{}", product.url(), gateway.uri)
}
