//! The log as the administrator sees it.

use crate::{Connection, Error, row, sql::Sql};
use model::{
    ConversationId, Delivery, DeliveryId, DeliveryResult, DeliveryRow, GatewayId, Timestamp, Way,
    message::{InboundEvent, Outbound},
};
use sea_orm::QueryResult;

/// Trouble is counted up to here.
const MOST_TROUBLE: u64 = 1_000;
/// For the operator's meters up to here.
const MOST_COUNTED: u64 = 100_000;
const OPEN: &str = "result IN ('received', 'queued', 'sending')";
const TROUBLE: &str = "result IN ('dead', 'failed', 'ambiguous', 'expired')";
const ROW: &str = "id, way, at, kind, summary, peer, result, attempts, due_at";

/// Which entries of the log are wanted.
#[derive(Clone, Debug, Default)]
pub struct LogFilter {
    /// Of one way only.
    pub way: Option<Way>,
    /// With one result only.
    pub result: Option<DeliveryResult>,
    /// Only what somebody has to look at.
    pub trouble: bool,
    /// Of one peer's thread only.
    pub lane: Option<String>,
    /// Only what came before this entry.
    pub before: Option<DeliveryId>,
}

/// Entries of a gateway's log, the newest first.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn page(
    conn: &impl Connection,
    gateway: GatewayId,
    filter: &LogFilter,
    limit: u64,
) -> Result<Vec<DeliveryRow>, Error> {
    let mut sql = Sql::new(format!("SELECT {ROW} FROM deliveries WHERE gateway_id = "));
    sql.bind(gateway.0);
    if let Some(way) = filter.way {
        sql.push(" AND way = ").bind(way.code());
    }
    if let Some(result) = filter.result {
        sql.push(" AND result = ").bind(result.code());
    }
    if filter.trouble {
        sql.push(format!(" AND {TROUBLE}"));
    }
    if let Some(lane) = &filter.lane {
        sql.push(" AND lane = ").bind(lane.as_str());
    }
    if let Some(before) = filter.before {
        sql.push(" AND id < ").bind(before.0);
    }
    sql.push(format!(" ORDER BY id DESC LIMIT {limit}"));
    sql.all(conn).await?.iter().map(line).collect()
}

/// How many entries somebody has to look at, up to 1,000.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn trouble(conn: &impl Connection, gateway: GatewayId) -> Result<u64, Error> {
    let mut sql = Sql::new("SELECT COUNT(*) AS n FROM (SELECT 1 FROM deliveries WHERE gateway_id = ");
    sql.bind(gateway.0)
        .push(format!(" AND {TROUBLE} LIMIT {MOST_TROUBLE}) AS counted"));
    let result = sql.one(conn).await?;
    result.map_or(Ok(0), |result| row::count(&result, "n"))
}

/// How many open and troubled entries there are of all gateways, by result; up to 100,000 of either.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn kinds_of_trouble(conn: &impl Connection) -> Result<Vec<(DeliveryResult, u64)>, Error> {
    // Two lists of which each is an index of its own.
    let count = |condition: &str| {
        format!(
            "SELECT result, COUNT(*) AS n FROM (SELECT result FROM deliveries WHERE {condition} LIMIT {MOST_COUNTED}) \
             AS counted GROUP BY result"
        )
    };
    let sql = Sql::new(format!("{} UNION ALL {}", count(OPEN), count(TROUBLE)));
    let results = sql.all(conn).await?;
    let counts = results.iter().map(|result| {
        let code: String = row::get(result, "result")?;
        Ok((row::parse("result of a delivery", &code)?, row::count(result, "n")?))
    });
    counts.collect()
}

/// One entry of a gateway's log.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn get(conn: &impl Connection, gateway: GatewayId, id: DeliveryId) -> Result<Option<Delivery>, Error> {
    let mut sql = Sql::new(format!(
        "SELECT {ROW}, done_at, key, lane, external_id, conversation_id, body, notes, error, exchange \
         FROM deliveries WHERE id = "
    ));
    sql.bind(id.0).push(" AND gateway_id = ").bind(gateway.0);
    let Some(result) = sql.one(conn).await? else {
        return Ok(None);
    };
    let row = line(&result)?;
    let body: String = row::get(&result, "body")?;
    // What is no event, such as a user's wish, or what another version has written, is shown by its line alone.
    let (event, message) = match row.way {
        Way::In => (serde_json::from_str::<InboundEvent>(&body).ok(), None),
        Way::Out => (None, serde_json::from_str::<Outbound>(&body).ok()),
    };
    let notes: Option<String> = row::get(&result, "notes")?;
    let error: Option<String> = row::get(&result, "error")?;
    Ok(Some(Delivery {
        done_at: row::get::<Option<i64>>(&result, "done_at")?.map(Timestamp),
        key: row::get(&result, "key")?,
        thread: row::get(&result, "lane")?,
        external_id: row::get(&result, "external_id")?,
        conversation: row::get::<Option<i64>>(&result, "conversation_id")?.map(ConversationId),
        event,
        message,
        notes: notes.map_or(Ok(Vec::new()), |notes| row::json("notes on a delivery", &notes))?,
        error: error
            .map(|error| row::json("error of a delivery", &error))
            .transpose()?,
        exchange: row::get(&result, "exchange")?,
        row,
    }))
}

fn line(result: &QueryResult) -> Result<DeliveryRow, Error> {
    let way: String = row::get(result, "way")?;
    let state: DeliveryResult = row::parse("result of a delivery", &row::get::<String>(result, "result")?)?;
    let attempts: i64 = row::get(result, "attempts")?;
    let waits = state == DeliveryResult::Queued;
    Ok(DeliveryRow {
        id: DeliveryId(row::get(result, "id")?),
        way: if way == Way::In.code() { Way::In } else { Way::Out },
        at: Timestamp(row::get(result, "at")?),
        kind: row::get(result, "kind")?,
        summary: row::get(result, "summary")?,
        peer: row::get(result, "peer")?,
        result: state,
        attempts: u32::try_from(attempts).unwrap_or_default(),
        next_try_at: waits.then_some(Timestamp(row::get(result, "due_at")?)),
    })
}

/// Puts entries of a gateway back to where they began: what came in is processed, what goes out is sent again until
/// `expires_at`. Only those whose result allows it; gives their ids in order.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn reopen(
    conn: &impl Connection,
    gateway: GatewayId,
    ids: &[DeliveryId],
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<Vec<DeliveryId>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "UPDATE deliveries SET result = CASE way WHEN 'in' THEN 'received' ELSE 'queued' END, attempts = 0, \
         done_at = NULL, error = NULL, due_at = ",
    );
    sql.bind(now.0)
        .push(", expires_at = ")
        .bind(expires_at.0)
        .push(" WHERE gateway_id = ")
        .bind(gateway.0)
        .push(" AND ((way = 'in' AND result IN ('dead', 'refused')) OR (way = 'out' AND result IN ('failed', 'ambiguous', 'expired'))) AND id IN ")
        .bind_list(ids.iter().map(|id| id.0))
        .push(" RETURNING id");
    let results = sql.all(conn).await?;
    let mut ids: Vec<DeliveryId> = results
        .iter()
        .map(|result| row::get(result, "id").map(DeliveryId))
        .collect::<Result<_, _>>()?;
    ids.sort_unstable();
    Ok(ids)
}

/// Forgets up to `limit` of the oldest entries that were stored before `until` and are done; says how many.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn purge(conn: &impl Connection, until: Timestamp, limit: u64) -> Result<u64, Error> {
    // What is still to be done is passed over, so that it does not stand before everything behind it.
    let mut sql = Sql::new(format!(
        "DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries WHERE NOT ({OPEN}) ORDER BY id LIMIT {limit}) AND at < "
    ));
    sql.bind(until.0);
    Ok(sql.run(conn).await?.rows_affected())
}

/// Forgets the requests and exchanges of those of the next `limit` entries behind the id `after` that were stored before
/// `until`; gives the id of the last of these, or nothing when there is none.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn clear_expired_exchanges(
    conn: &impl Connection,
    after: DeliveryId,
    until: Timestamp,
    limit: u64,
) -> Result<Option<DeliveryId>, Error> {
    // The limit comes first: no more rows are looked at, however many are too young.
    let mut sql = Sql::new("SELECT MAX(id) AS last FROM (SELECT id, at FROM deliveries WHERE id > ");
    sql.bind(after.0)
        .push(format!(" ORDER BY id LIMIT {limit}) AS next WHERE at < "))
        .bind(until.0);
    let Some(result) = sql.one(conn).await? else {
        return Ok(None);
    };
    let Some(last) = row::get::<Option<i64>>(&result, "last")? else {
        return Ok(None);
    };
    let mut sql = Sql::new("UPDATE deliveries SET exchange = NULL WHERE exchange IS NOT NULL AND id > ");
    sql.bind(after.0)
        .push(" AND id <= ")
        .bind(last)
        .push(" AND at < ")
        .bind(until.0);
    sql.run(conn).await?;
    Ok(Some(DeliveryId(last)))
}
