//! Conversations as the administrator sees them.

use super::{STORED, Stored, stored};
use crate::{Connection, Error, row, sql::Sql};
use model::{ConversationId, ConversationRow, Ended, FlowId, FlowRef, GatewayId, Timestamp};
use sea_orm::QueryResult;

/// Conversations under way are counted up to here.
const MOST: u64 = 1_000;
const ROW: &str = "t.id AS row_id, t.peer_name, t.lane AS row_lane, t.started_at, t.updated_at, t.ended_at, t.cause, \
    t.why, t.heard AS row_heard, t.said AS row_said, f.id AS flow_id, f.name AS flow_name, f.kind AS flow_kind";

/// Conversations of a gateway, the newest first, from just below the id `before` if one is given.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn page(
    conn: &impl Connection,
    gateway: GatewayId,
    only_running: bool,
    before: Option<ConversationId>,
    limit: u64,
) -> Result<Vec<ConversationRow>, Error> {
    let mut sql = Sql::new(format!(
        "SELECT {ROW} FROM conversations AS t LEFT JOIN flows AS f ON f.id = t.flow_id WHERE t.gateway_id = "
    ));
    sql.bind(gateway.0);
    if only_running {
        sql.push(" AND t.ended_at IS NULL");
    }
    if let Some(before) = before {
        sql.push(" AND t.id < ").bind(before.0);
    }
    sql.push(format!(" ORDER BY t.id DESC LIMIT {limit}"));
    sql.all(conn).await?.iter().map(line).collect()
}

/// How many conversations of a gateway are under way, up to 1,000.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn running(conn: &impl Connection, gateway: GatewayId) -> Result<u64, Error> {
    let mut sql =
        Sql::new("SELECT COUNT(*) AS n FROM (SELECT 1 FROM conversations WHERE ended_at IS NULL AND gateway_id = ");
    sql.bind(gateway.0).push(format!(" LIMIT {MOST}) AS counted"));
    let result = sql.one(conn).await?;
    result.map_or(Ok(0), |result| row::count(&result, "n"))
}

/// One conversation of a gateway: its line, and what is stored of it.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn get(
    conn: &impl Connection,
    gateway: GatewayId,
    id: ConversationId,
) -> Result<Option<(ConversationRow, Stored)>, Error> {
    let stored_columns: Vec<String> = STORED.split(", ").map(|column| format!("t.{column}")).collect();
    let columns = stored_columns.join(", ");
    let mut sql = Sql::new(format!(
        "SELECT {ROW}, {columns} FROM conversations AS t LEFT JOIN flows AS f ON f.id = t.flow_id WHERE t.id = "
    ));
    sql.bind(id.0).push(" AND t.gateway_id = ").bind(gateway.0);
    let Some(result) = sql.one(conn).await? else {
        return Ok(None);
    };
    Ok(Some((line(&result)?, stored(&result)?)))
}

fn line(result: &QueryResult) -> Result<ConversationRow, Error> {
    let count = |column| Ok::<_, Error>(u32::try_from(row::get::<i64>(result, column)?).unwrap_or_default());
    let flow = match row::get::<Option<i64>>(result, "flow_id")? {
        None => None,
        Some(id) => Some(FlowRef {
            id: FlowId(id),
            name: row::get(result, "flow_name")?,
            kind: row::parse("kind of flow schema", &row::get::<String>(result, "flow_kind")?)?,
        }),
    };
    let ended = match row::get::<Option<i64>>(result, "ended_at")? {
        None => None,
        Some(at) => Some(Ended {
            at: Timestamp(at),
            cause: row::get::<Option<String>>(result, "cause")?.unwrap_or_default(),
            sentence: row::get::<Option<String>>(result, "why")?.unwrap_or_default(),
        }),
    };
    Ok(ConversationRow {
        id: ConversationId(row::get(result, "row_id")?),
        peer: row::get(result, "peer_name")?,
        thread: row::get(result, "row_lane")?,
        flow,
        started_at: Timestamp(row::get(result, "started_at")?),
        updated_at: Timestamp(row::get(result, "updated_at")?),
        ended,
        heard: count("row_heard")?,
        said: count("row_said")?,
    })
}

/// Forgets up to `limit` of the oldest conversations that ended before `until`; says how many.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn purge(conn: &impl Connection, until: Timestamp, limit: u64) -> Result<u64, Error> {
    let mut sql = Sql::new(format!(
        "DELETE FROM conversations WHERE id IN (SELECT id FROM conversations WHERE ended_at IS NOT NULL ORDER BY id LIMIT {limit}) \
         AND ended_at < "
    ));
    sql.bind(until.0);
    Ok(sql.run(conn).await?.rows_affected())
}

/// Ends up to `limit` conversations that nobody will take on, because their gateway was removed; says how many.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn abandon(conn: &impl Connection, now: Timestamp, limit: u64) -> Result<u64, Error> {
    let mut sql = Sql::new("UPDATE conversations SET due_at = NULL, call = NULL, choices = NULL, updated_at = ");
    sql.bind(now.0).push(", ended_at = ").bind(now.0).push(format!(
        ", cause = 'gateway_removed', why = 'The gateway was removed.' WHERE id IN (SELECT t.id FROM conversations AS t \
         WHERE t.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM gateways AS g WHERE g.id = t.gateway_id) LIMIT {limit})"
    ));
    Ok(sql.run(conn).await?.rows_affected())
}
