//! What is still to be done.

use crate::{
    Connection, Error, row,
    rows::{self, Col, Rows},
    sql::Sql,
};
use model::{ConversationId, DeliveryId, DeliveryResult, GatewayId, Timestamp, Way};
use sea_orm::QueryResult;

/// A delivery that is still to be done.
#[derive(Clone, Debug)]
pub struct Open {
    /// Which.
    pub id: DeliveryId,
    /// Through which gateway.
    pub gateway: GatewayId,
    /// Which way.
    pub way: Way,
    /// By which the messenger knows repetitions.
    pub key: String,
    /// Its lane.
    pub lane: String,
    /// The event or the message, as JSON.
    pub body: String,
    /// How far it is.
    pub result: DeliveryResult,
    /// How often it was tried.
    pub attempts: u32,
    /// When it came to be.
    pub at: Timestamp,
    /// When it is to be tried.
    pub due_at: Timestamp,
    /// When it is tried no more.
    pub expires_at: Timestamp,
    /// The conversation that it belongs to.
    pub conversation: Option<ConversationId>,
}

const COLUMNS: &str =
    "t.id, gateway_id, way, key, lane, body, result, attempts, at, due_at, expires_at, conversation_id";

/// The ids of what is still to be done for gateways of these shards, in order, behind the id `after`.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn open(
    conn: &impl Connection,
    shards: &[i64],
    after: DeliveryId,
    limit: u64,
) -> Result<Vec<DeliveryId>, Error> {
    let mut sql = Sql::new("SELECT id FROM deliveries WHERE result IN ('received', 'queued', 'sending') AND shard IN ");
    sql.bind_list(shards.iter().copied())
        .push(" AND id > ")
        .bind(after.0)
        .push(format!(" ORDER BY id LIMIT {limit}"));
    let found = sql.all(conn).await?;
    found
        .iter()
        .map(|result| row::get(result, "id").map(DeliveryId))
        .collect()
}

/// Those of these deliveries that are still to be done, in order.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn among(conn: &impl Connection, ids: &[DeliveryId]) -> Result<Vec<Open>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Rows::of(ids, |rows, id| rows.add(&[&id.0]));
    let end = "t.id = r.id WHERE t.result IN ('received', 'queued', 'sending') ORDER BY t.id";
    let found = rows::read(conn, "deliveries", COLUMNS, &[Col::Number("id")], rows, end).await?;
    found.iter().map(read).collect()
}

/// Those of these messages of a gateway that are still to be sent.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn by_keys(conn: &impl Connection, gateway: GatewayId, keys: &[String]) -> Result<Vec<Open>, Error> {
    let mut sql = Sql::new(format!(
        "SELECT {COLUMNS} FROM deliveries AS t WHERE result IN ('queued', 'sending') AND gateway_id = "
    ));
    sql.bind(gateway.0)
        .push(" AND key IN ")
        .bind_list(keys.iter().map(String::as_str))
        .push(" ORDER BY id");
    sql.all(conn).await?.iter().map(read).collect()
}

fn read(result: &QueryResult) -> Result<Open, Error> {
    let way: String = row::get(result, "way")?;
    let attempts: i64 = row::get(result, "attempts")?;
    Ok(Open {
        id: DeliveryId(row::get(result, "id")?),
        gateway: GatewayId(row::get(result, "gateway_id")?),
        way: if way == Way::In.code() { Way::In } else { Way::Out },
        key: row::get(result, "key")?,
        lane: row::get(result, "lane")?,
        body: row::get(result, "body")?,
        result: row::parse("result of a delivery", &row::get::<String>(result, "result")?)?,
        attempts: u32::try_from(attempts).unwrap_or_default(),
        at: Timestamp(row::get(result, "at")?),
        due_at: Timestamp(row::get(result, "due_at")?),
        expires_at: Timestamp(row::get(result, "expires_at")?),
        conversation: row::get::<Option<i64>>(result, "conversation_id")?.map(ConversationId),
    })
}

/// Ends up to `limit` deliveries that nobody will take on, because their gateway was removed; says how many.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn abandon(conn: &impl Connection, now: Timestamp, limit: u64) -> Result<u64, Error> {
    let mut sql =
        Sql::new("UPDATE deliveries SET result = CASE way WHEN 'in' THEN 'refused' ELSE 'failed' END, done_at = ");
    sql.bind(now.0).push(format!(
        " WHERE id IN (SELECT t.id FROM deliveries AS t WHERE t.result IN ('received', 'queued', 'sending') \
         AND NOT EXISTS (SELECT 1 FROM gateways AS g WHERE g.id = t.gateway_id) LIMIT {limit})"
    ));
    Ok(sql.run(conn).await?.rows_affected())
}
