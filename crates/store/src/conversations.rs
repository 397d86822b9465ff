//! Conversations: runs of flow schemas with peers.

mod list;

pub use list::{abandon, get, page, purge, running};

use crate::{
    Connection, Error,
    deliveries::shard,
    row,
    rows::{self, Col, Rows, clean},
    sql::Sql,
};
use model::{ConversationId, FlowId, GatewayId, Timestamp, Version};
use sea_orm::QueryResult;
use std::collections::{BTreeSet, HashMap};

/// A conversation that goes on, as it is stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its id.
    pub id: ConversationId,
    /// Its gateway.
    pub gateway: GatewayId,
    /// Its lane: the peer's thread.
    pub lane: String,
    /// The thread, as JSON.
    pub thread: String,
    /// The peer, as JSON.
    pub peer: String,
    /// The programs that it runs, by flow schema and version, its own first; as JSON.
    pub programs: String,
    /// Where it stands: a state of the interpreter, as JSON.
    pub state: String,
    /// When its wait is over.
    pub due_at: Option<Timestamp>,
    /// The call over HTTP that it waits for, as JSON.
    pub call: Option<String>,
    /// The buttons that were told as a numbered list last, as JSON.
    pub choices: Option<String>,
    /// How many steps it has taken.
    pub steps: u32,
    /// How many messages it has heard.
    pub heard: u32,
    /// How many it has said.
    pub said: u32,
}

/// A conversation that begins.
#[derive(Clone, Debug)]
pub struct NewConversation {
    /// Its gateway.
    pub gateway: GatewayId,
    /// Its lane.
    pub lane: String,
    /// The thread, as JSON.
    pub thread: String,
    /// The peer, as JSON.
    pub peer: String,
    /// The peer's name.
    pub peer_name: String,
    /// Its flow schema.
    pub flow: FlowId,
    /// The programs that it runs.
    pub programs: String,
    /// When it begins.
    pub at: Timestamp,
    /// Where it stands after its first step.
    pub progress: Progress,
}

/// Where a conversation stands after a step.
#[derive(Clone, Debug)]
pub struct Progress {
    /// A state of the interpreter, as JSON.
    pub state: String,
    /// When its wait is over.
    pub due_at: Option<Timestamp>,
    /// The call over HTTP that it waits for.
    pub call: Option<String>,
    /// The buttons that were told as a numbered list last.
    pub choices: Option<String>,
    /// How many steps it has taken, this one included.
    pub steps: u32,
    /// How many messages it has heard.
    pub heard: u32,
    /// How many it has said.
    pub said: u32,
    /// When this was.
    pub at: Timestamp,
    /// Why it ended: one word, and a sentence.
    pub ended: Option<(String, String)>,
}

impl Progress {
    fn ended_at(&self) -> Option<i64> {
        self.ended.as_ref().map(|_| self.at.0)
    }

    fn cause(&self) -> Option<&str> {
        self.ended.as_ref().map(|(cause, _)| cause.as_str())
    }

    fn why(&self) -> Option<&str> {
        self.ended.as_ref().map(|(_, why)| why.as_str())
    }
}

const NEW: &[Col] = &[
    Col::Number("gateway_id"),
    Col::Number("shard"),
    Col::Text("lane"),
    Col::Text("thread"),
    Col::Text("peer"),
    Col::Text("peer_name"),
    Col::Number("flow_id"),
    Col::Text("programs"),
    Col::Text("state"),
    Col::Number("due_at"),
    Col::Text("call"),
    Col::Text("choices"),
    Col::Number("steps"),
    Col::Number("heard"),
    Col::Number("said"),
    Col::Number("started_at"),
    Col::Number("updated_at"),
    Col::Number("ended_at"),
    Col::Text("cause"),
    Col::Text("why"),
];

/// Stores conversations that begin; gives their ids, in the same order.
///
/// # Errors
///
/// [`Error::Database`], also when a conversation of one of their lanes goes on already.
pub async fn insert(conn: &impl Connection, new: &[&NewConversation]) -> Result<Vec<ConversationId>, Error> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Rows::of(new, |rows, new| {
        let progress = &new.progress;
        rows.add(&[
            &new.gateway.0,
            &shard(new.gateway),
            &new.lane,
            &new.thread,
            &new.peer,
            &new.peer_name,
            &new.flow.0,
            &new.programs,
            &progress.state,
            &progress.due_at.map(|at| at.0),
            &progress.call,
            &progress.choices,
            &progress.steps,
            &progress.heard,
            &progress.said,
            &new.at.0,
            &progress.at.0,
            &progress.ended_at(),
            &progress.cause(),
            &progress.why(),
        ]);
    });
    let end = "RETURNING id, gateway_id, lane";
    let inserted = rows::insert(conn, "conversations", NEW, rows, end).await?;
    // Of one lane several may begin, if all but the last have ended with their first step.
    let mut ids: HashMap<(i64, String), BTreeSet<i64>> = HashMap::with_capacity(inserted.len());
    for result in &inserted {
        let place = (row::get(result, "gateway_id")?, row::get(result, "lane")?);
        ids.entry(place).or_default().insert(row::get(result, "id")?);
    }
    new.iter()
        .map(|new| {
            let lane = clean(&new.lane).into_owned();
            let next = ids.get_mut(&(new.gateway.0, lane)).and_then(BTreeSet::pop_first);
            next.map(ConversationId).ok_or(Error::Missing)
        })
        .collect()
}

const PROGRESS: &[Col] = &[
    Col::Number("id"),
    Col::Text("state"),
    Col::Number("due_at"),
    Col::Text("call"),
    Col::Text("choices"),
    Col::Number("steps"),
    Col::Number("heard"),
    Col::Number("said"),
    Col::Number("updated_at"),
    Col::Number("ended_at"),
    Col::Text("cause"),
    Col::Text("why"),
];

/// Stores where conversations stand; gives those that were one step before it. The others have gone on already.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn update(
    conn: &impl Connection,
    progress: &[(ConversationId, &Progress)],
) -> Result<Vec<ConversationId>, Error> {
    if progress.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Rows::of(progress, |rows, (id, progress)| {
        rows.add(&[
            &id.0,
            &progress.state,
            &progress.due_at.map(|at| at.0),
            &progress.call,
            &progress.choices,
            &progress.steps,
            &progress.heard,
            &progress.said,
            &progress.at.0,
            &progress.ended_at(),
            &progress.cause(),
            &progress.why(),
        ]);
    });
    let set = "state = r.state, due_at = r.due_at, call = r.call, choices = r.choices, steps = r.steps, heard = r.heard, \
        said = r.said, updated_at = r.updated_at, ended_at = r.ended_at, cause = r.cause, why = r.why";
    let condition = "t.id = r.id AND t.steps + 1 = r.steps AND t.ended_at IS NULL";
    let updated = rows::update(conn, "conversations", PROGRESS, rows, set, condition).await?;
    Ok(updated.into_iter().map(ConversationId).collect())
}

const STORED: &str = "id, gateway_id, lane, thread, peer, programs, state, due_at, call, choices, steps, heard, said";

/// The conversation of a lane that goes on.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn of_lane(conn: &impl Connection, gateway: GatewayId, lane: &str) -> Result<Option<Stored>, Error> {
    let mut sql = Sql::new(format!(
        "SELECT {STORED} FROM conversations WHERE ended_at IS NULL AND gateway_id = "
    ));
    sql.bind(gateway.0)
        .push(" AND lane = ")
        .bind(lane.replace('\0', "\u{fffd}"));
    sql.one(conn).await?.as_ref().map(stored).transpose()
}

/// The lanes of these shards whose conversation has something to do by `until`: a wait is over, or a call over HTTP was
/// under way. At most `limit`, those first that are due first.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn due(
    conn: &impl Connection,
    shards: &[i64],
    until: Timestamp,
    limit: u64,
) -> Result<Vec<(GatewayId, String, Timestamp)>, Error> {
    let mut sql =
        Sql::new("SELECT gateway_id, lane, due_at FROM conversations WHERE due_at IS NOT NULL AND due_at <= ");
    sql.bind(until.0)
        .push(" AND shard IN ")
        .bind_list(shards.iter().copied())
        .push(format!(" ORDER BY due_at LIMIT {limit}"));
    let results = sql.all(conn).await?;
    let lanes = results.iter().map(|result| {
        let due = Timestamp(row::get(result, "due_at")?);
        Ok((
            GatewayId(row::get(result, "gateway_id")?),
            row::get(result, "lane")?,
            due,
        ))
    });
    lanes.collect()
}

/// The lanes of these shards whose conversation waits for a call over HTTP.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn calling(conn: &impl Connection, shards: &[i64]) -> Result<Vec<(GatewayId, String)>, Error> {
    let mut sql = Sql::new("SELECT gateway_id, lane FROM conversations WHERE call IS NOT NULL AND shard IN ");
    sql.bind_list(shards.iter().copied());
    let results = sql.all(conn).await?;
    let lanes = results
        .iter()
        .map(|result| Ok((GatewayId(row::get(result, "gateway_id")?), row::get(result, "lane")?)));
    lanes.collect()
}

/// The versions of a flow schema's program that conversations under way have begun with.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub(crate) async fn versions_in_use(conn: &impl Connection, flow: FlowId) -> Result<Vec<Version>, Error> {
    // Most conversations name the same few programs.
    let mut sql = Sql::new("SELECT DISTINCT programs FROM conversations WHERE ended_at IS NULL AND programs LIKE ");
    sql.bind(format!("%[{flow},%"));
    let mut versions = Vec::new();
    for result in sql.all(conn).await? {
        let programs: String = row::get(&result, "programs")?;
        let named: Vec<(i64, i64)> = row::json("list of programs", &programs)?;
        versions.extend(
            named
                .into_iter()
                .filter(|(id, _)| *id == flow.0)
                .map(|(_, version)| Version(version)),
        );
    }
    Ok(versions)
}

fn stored(result: &QueryResult) -> Result<Stored, Error> {
    let count = |column| Ok::<_, Error>(u32::try_from(row::get::<i64>(result, column)?).unwrap_or_default());
    Ok(Stored {
        id: ConversationId(row::get(result, "id")?),
        gateway: GatewayId(row::get(result, "gateway_id")?),
        lane: row::get(result, "lane")?,
        thread: row::get(result, "thread")?,
        peer: row::get(result, "peer")?,
        programs: row::get(result, "programs")?,
        state: row::get(result, "state")?,
        due_at: row::get::<Option<i64>>(result, "due_at")?.map(Timestamp),
        call: row::get(result, "call")?,
        choices: row::get(result, "choices")?,
        steps: count("steps")?,
        heard: count("heard")?,
        said: count("said")?,
    })
}
