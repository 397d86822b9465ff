//! What came in through gateways and went out: the inbox, the outbox and their log in one table.
//!
//! A row is inserted once and changes its result; what is still to be done is found by its result alone.

mod log;
mod open;

pub use log::{LogFilter, clear_expired_exchanges, get, kinds_of_trouble, page, purge, reopen, trouble};
pub use open::{Open, abandon, among, by_keys, open};

use crate::{
    Connection, Error, row,
    rows::{self, Col, Rows, clean},
};
use model::{ConversationId, DeliveryId, DeliveryResult, GatewayId, Timestamp, Way};
use std::collections::{HashMap, hash_map::Entry};

/// Gateways are shared out among servers by this number of shards.
pub const SHARDS: i64 = 64;

/// The shard of a gateway.
#[must_use]
pub const fn shard(gateway: GatewayId) -> i64 {
    gateway.0.rem_euclid(SHARDS)
}

/// A delivery that is not stored yet.
#[derive(Clone, Debug)]
pub struct NewDelivery {
    /// Through which gateway.
    pub gateway: GatewayId,
    /// Which way.
    pub way: Way,
    /// What tells repetitions; unique within the gateway.
    pub key: String,
    /// What is done in order: the peer's thread.
    pub lane: String,
    /// The peer's name.
    pub peer: String,
    /// What it is.
    pub kind: String,
    /// What it says, short.
    pub summary: String,
    /// The event or the message, as JSON.
    pub body: String,
    /// How far it is.
    pub result: DeliveryResult,
    /// When it came to be.
    pub at: Timestamp,
    /// When it is to be tried, for what goes out.
    pub due_at: Timestamp,
    /// When it is tried no more.
    pub expires_at: Timestamp,
    /// Whether the messenger is going to tell how far it got.
    pub awaits_receipt: bool,
    /// The conversation that it belongs to.
    pub conversation: Option<ConversationId>,
    /// What the messenger can't carry, as a JSON list of sentences.
    pub notes: Option<String>,
    /// The request as it came, or the exchanges with the messenger.
    pub exchange: Option<String>,
}

/// What became of a delivery.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Which.
    pub id: DeliveryId,
    /// How far it is now.
    pub result: DeliveryResult,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next; of no meaning when it isn't.
    pub due_at: Timestamp,
    /// When it came to its end, if it has.
    pub done_at: Option<Timestamp>,
    /// The conversation, if it is known only now.
    pub conversation: Option<ConversationId>,
    /// What the messenger calls it.
    pub external_id: Option<String>,
    /// Why it failed, as JSON.
    pub error: Option<String>,
    /// The exchanges with the messenger, as JSON; none leaves those that were.
    pub exchange: Option<String>,
}

/// A messenger's word on a message that it took.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Through which gateway.
    pub gateway: GatewayId,
    /// What it is about.
    pub about: About,
    /// How far it came: `Delivered`, `Read` or `Failed`.
    pub result: DeliveryResult,
    /// Why it failed, as JSON.
    pub error: Option<String>,
}

/// What a receipt is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// A message, by the messenger's id.
    Message(String),
    /// Every message of a lane that came to be until then. Of one that failed a messenger never speaks so.
    UpTo {
        /// The lane.
        lane: String,
        /// The last moment.
        until: Timestamp,
    },
}

const NEW: &[Col] = &[
    Col::Number("gateway_id"),
    Col::Number("shard"),
    Col::Text("way"),
    Col::Text("key"),
    Col::Text("lane"),
    Col::Text("peer"),
    Col::Text("kind"),
    Col::Text("summary"),
    Col::Text("body"),
    Col::Text("result"),
    Col::Number("attempts"),
    Col::Number("at"),
    Col::Number("due_at"),
    Col::Number("expires_at"),
    Col::Number("awaits_receipt"),
    Col::Number("conversation_id"),
    Col::Text("notes"),
    Col::Text("exchange"),
];

/// Stores deliveries, in their order; gives the id of each, and nothing for one that was stored before.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn insert(conn: &impl Connection, new: &[&NewDelivery]) -> Result<Vec<Option<DeliveryId>>, Error> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Rows::of(new, |rows, new| {
        rows.add(&[
            &new.gateway.0,
            &shard(new.gateway),
            &new.way.code(),
            &new.key,
            &new.lane,
            &new.peer,
            &new.kind,
            &new.summary,
            &new.body,
            &new.result.code(),
            // What is stored as being sent is in its first attempt.
            &u32::from(new.result == DeliveryResult::Sending),
            &new.at.0,
            &new.due_at.0,
            &new.expires_at.0,
            &u32::from(new.awaits_receipt),
            &new.conversation.map(|id| id.0),
            &new.notes,
            &new.exchange,
        ]);
    });
    let end = "ON CONFLICT (gateway_id, key) DO NOTHING RETURNING id, gateway_id, key";
    let inserted = rows::insert(conn, "deliveries", NEW, rows, end).await?;
    let mut ids = HashMap::with_capacity(inserted.len());
    for result in &inserted {
        let gateway: i64 = row::get(result, "gateway_id")?;
        let key: String = row::get(result, "key")?;
        ids.insert((gateway, key), DeliveryId(row::get(result, "id")?));
    }
    // Removed as it is found: the second of two equal ones in one batch is a repetition, too.
    let found = new
        .iter()
        .map(|new| ids.remove(&(new.gateway.0, clean(&new.key).into_owned())));
    Ok(found.collect())
}

/// Records that deliveries are being sent from now on; gives those. The others are not to be sent any more.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn claim(conn: &impl Connection, ids: &[DeliveryId]) -> Result<Vec<DeliveryId>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Rows::of(ids, |rows, id| rows.add(&[&id.0]));
    let set = "result = 'sending', attempts = t.attempts + 1";
    let condition = "t.id = r.id AND t.result IN ('queued', 'sending')";
    let claimed = rows::update(conn, "deliveries", &[Col::Number("id")], rows, set, condition).await?;
    Ok(claimed.into_iter().map(DeliveryId).collect())
}

const OUTCOME: &[Col] = &[
    Col::Number("id"),
    Col::Text("result"),
    Col::Number("attempts"),
    Col::Number("due_at"),
    Col::Number("done_at"),
    Col::Number("conversation_id"),
    Col::Text("external_id"),
    Col::Text("error"),
    Col::Text("exchange"),
];

/// Records what became of deliveries that were still to be done; gives those. The others have come to their end already.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn settle(conn: &impl Connection, outcomes: &[&Outcome]) -> Result<Vec<DeliveryId>, Error> {
    if outcomes.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Rows::of(outcomes, |rows, outcome| {
        rows.add(&[
            &outcome.id.0,
            &outcome.result.code(),
            &outcome.attempts,
            &outcome.due_at.0,
            &outcome.done_at.map(|at| at.0),
            &outcome.conversation.map(|id| id.0),
            &outcome.external_id,
            &outcome.error,
            &outcome.exchange,
        ]);
    });
    let set = "result = r.result, attempts = r.attempts, due_at = r.due_at, done_at = r.done_at, error = r.error, \
        conversation_id = COALESCE(r.conversation_id, t.conversation_id), \
        external_id = COALESCE(r.external_id, t.external_id), exchange = COALESCE(r.exchange, t.exchange)";
    let condition = "t.id = r.id AND t.result IN ('received', 'queued', 'sending')";
    let settled = rows::update(conn, "deliveries", OUTCOME, rows, set, condition).await?;
    Ok(settled.into_iter().map(DeliveryId).collect())
}

/// Says to which conversations events belong that have begun them.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn place(conn: &impl Connection, places: &[(DeliveryId, Option<ConversationId>)]) -> Result<(), Error> {
    if places.is_empty() {
        return Ok(());
    }
    let rows = Rows::of(places, |rows, (id, conversation)| {
        rows.add(&[&id.0, &conversation.map(|id| id.0)]);
    });
    let columns = [Col::Number("id"), Col::Number("conversation_id")];
    let set = "conversation_id = r.conversation_id";
    rows::update(conn, "deliveries", &columns, rows, set, "t.id = r.id").await?;
    Ok(())
}

const RECEIPT: &[Col] = &[
    Col::Number("gateway_id"),
    Col::Text("external_id"),
    Col::Text("result"),
    Col::Text("error"),
];
const UP_TO: &[Col] = &[
    Col::Number("gateway_id"),
    Col::Text("lane"),
    Col::Number("until"),
    Col::Text("result"),
];

/// Records receipts; a message only gets further, whatever order they come in. Says how many messages got further.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn receipts(conn: &impl Connection, receipts: &[&Receipt]) -> Result<u64, Error> {
    let (mut messages, mut delivered, mut read) = (Rows::new(), Rows::new(), Rows::new());
    for receipt in furthest(receipts) {
        let (gateway, result) = (receipt.gateway.0, receipt.result.code());
        match &receipt.about {
            About::Message(id) => {
                messages.add(&[&gateway, id, &result, &receipt.error]);
            }
            About::UpTo { lane, until } => {
                let is_read = receipt.result == DeliveryResult::Read;
                let rows = if is_read { &mut read } else { &mut delivered };
                rows.add(&[&gateway, lane, &until.0, &result]);
            }
        }
    }
    let mut done = 0;
    if !messages.is_empty() {
        let set = "result = r.result, error = r.error";
        // The first conditions are those of the indexes, word for word.
        let condition = "t.external_id IS NOT NULL AND t.awaits_receipt = 1 AND t.gateway_id = r.gateway_id \
            AND t.external_id = r.external_id AND ( \
            (r.result = 'read' AND t.result IN ('sent', 'delivered', 'ambiguous')) \
            OR (r.result = 'delivered' AND t.result IN ('sent', 'ambiguous')) \
            OR (r.result = 'failed' AND t.result IN ('sent', 'ambiguous')))";
        let changed = rows::update(conn, "deliveries", RECEIPT, messages, set, condition).await?;
        done += changed.len();
    }
    // A lane may be read up to one moment and delivered up to another: one after the other, for a row is changed only once.
    for lanes in [delivered, read].into_iter().filter(|lanes| !lanes.is_empty()) {
        let condition = "t.result IN ('sent', 'delivered') AND t.awaits_receipt = 1 \
            AND t.gateway_id = r.gateway_id AND t.lane = r.lane AND t.at <= r.until \
            AND (r.result = 'read' OR (r.result = 'delivered' AND t.result = 'sent'))";
        let changed = rows::update(conn, "deliveries", UP_TO, lanes, "result = r.result", condition).await?;
        done += changed.len();
    }
    Ok(done as u64)
}

/// One receipt for each message: of several the one that would count in the end, were they recorded one by one.
fn furthest<'r>(receipts: &[&'r Receipt]) -> Vec<&'r Receipt> {
    let mut places: HashMap<(GatewayId, &About), usize> = HashMap::with_capacity(receipts.len());
    let mut furthest: Vec<&Receipt> = Vec::with_capacity(receipts.len());
    for receipt in receipts.iter().copied() {
        match places.entry((receipt.gateway, &receipt.about)) {
            Entry::Vacant(place) => {
                place.insert(furthest.len());
                furthest.push(receipt);
            }
            Entry::Occupied(place) => {
                let before = &mut furthest[*place.get()];
                // What has failed does not arrive any more, and what was seen has not failed.
                if before.result == DeliveryResult::Delivered && receipt.result == DeliveryResult::Read {
                    *before = receipt;
                }
            }
        }
    }
    furthest
}
