//! What was last observed of gateways, and when somebody is to look again.

use crate::{
    Connection, Error,
    deliveries::shard,
    row,
    sql::{CHUNK, Sql},
};
use model::{GatewayId, Health, HealthState, Provider, Remedy, Timestamp};
use sea_orm::QueryResult;

/// Reads a gateway's health out of columns called `health_…`; one without a row was never enabled.
pub(crate) fn read(result: &QueryResult) -> Result<Health, Error> {
    let Some(state) = row::get::<Option<String>>(result, "health_state")? else {
        return Ok(Health::disabled());
    };
    let remedy: String = row::get(result, "health_remedy")?;
    Ok(Health {
        state: row::parse("state of health", &state)?,
        since: Timestamp(row::get(result, "health_since")?),
        checked_at: row::get::<Option<i64>>(result, "health_checked_at")?.map(Timestamp),
        code: row::get(result, "health_code")?,
        sentence: row::get(result, "health_sentence")?,
        remedy: Remedy::of(&remedy),
        identity: row::get(result, "health_identity")?,
        to_do: row::get(result, "health_to_do")?,
    })
}

/// A gateway that somebody has to look after.
#[derive(Clone, Debug)]
pub struct Watched {
    /// Which.
    pub gateway: GatewayId,
    /// What was last observed.
    pub health: Health,
    /// How often in a row it went wrong.
    pub failures: u32,
    /// Whether a registration elsewhere may be taken over.
    pub take_over: bool,
    /// What is registered for it at the messenger, as [`Observed::registered`] was.
    pub registered: Option<String>,
    /// Where to go on asking the messenger, when it is asked for events.
    pub polled: Option<String>,
    /// When somebody was to look, as it was then.
    pub next_at: Option<Timestamp>,
}

/// What was observed of a gateway.
#[derive(Clone, Debug)]
pub struct Observed {
    /// Its health.
    pub health: Health,
    /// How often in a row it went wrong.
    pub failures: u32,
    /// Whether a registration elsewhere may still be taken over.
    pub take_over: bool,
    /// What is registered for it now: a fingerprint of everything that a registration depends on; nothing for nothing.
    pub registered: Option<String>,
    /// When somebody is to look again; nothing for never.
    pub next_at: Option<Timestamp>,
}

/// The health of a gateway, and its bookkeeping; nothing for one that was never enabled.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn get(conn: &impl Connection, gateway: GatewayId) -> Result<Option<Watched>, Error> {
    let mut sql = Sql::new(format!("{WATCHED} WHERE h.gateway_id = "));
    sql.bind(gateway.0);
    sql.one(conn).await?.as_ref().map(watched).transpose()
}

/// The gateways of these shards that are to be looked at by now, and up to `limit`.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn due(conn: &impl Connection, shards: &[i64], now: Timestamp, limit: u64) -> Result<Vec<Watched>, Error> {
    let mut sql = Sql::new(format!("{WATCHED} WHERE h.next_at IS NOT NULL AND h.next_at <= "));
    sql.bind(now.0)
        .push(" AND h.shard IN ")
        .bind_list(shards.iter().copied())
        .push(format!(" ORDER BY h.next_at LIMIT {limit}"));
    sql.all(conn).await?.iter().map(watched).collect()
}

const WATCHED: &str = "SELECT h.gateway_id, h.next_at, h.failures, h.take_over, h.registered, h.polled, h.state AS health_state, \
    h.since AS health_since, h.checked_at AS health_checked_at, h.code AS health_code, h.sentence AS health_sentence, \
    h.remedy AS health_remedy, h.identity AS health_identity, h.to_do AS health_to_do FROM gateway_health AS h";

fn watched(result: &QueryResult) -> Result<Watched, Error> {
    let failures: i64 = row::get(result, "failures")?;
    Ok(Watched {
        gateway: GatewayId(row::get(result, "gateway_id")?),
        health: read(result)?,
        failures: u32::try_from(failures).unwrap_or_default(),
        take_over: row::get(result, "take_over")?,
        registered: row::get(result, "registered")?,
        polled: row::get(result, "polled")?,
        next_at: row::get::<Option<i64>>(result, "next_at")?.map(Timestamp),
    })
}

/// Which of these gateways are registered at their messengers.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn registered(conn: &impl Connection, gateways: &[GatewayId]) -> Result<Vec<GatewayId>, Error> {
    let mut registered = Vec::new();
    for ids in gateways.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT gateway_id FROM gateway_health WHERE registered IS NOT NULL AND gateway_id IN ");
        sql.bind_list(ids.iter().map(|id| id.0));
        for result in sql.all(conn).await? {
            registered.push(GatewayId(row::get(&result, "gateway_id")?));
        }
    }
    Ok(registered)
}

/// Records that a gateway was enabled or disabled, so that it is looked at now.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn switched(conn: &impl Connection, gateway: GatewayId, on: bool, now: Timestamp) -> Result<(), Error> {
    let state = if on {
        HealthState::Connecting
    } else {
        HealthState::Disabled
    };
    let mut sql = Sql::new(
        "INSERT INTO gateway_health (gateway_id, shard, state, since, code, sentence, remedy, identity, to_do, next_at, \
         failures, take_over) VALUES (",
    );
    sql.bind(gateway.0)
        .push(", ")
        .bind(shard(gateway))
        .push(", ")
        .bind(state.code());
    sql.push(", ").bind(now.0).push(", '', '', '', '', '', ").bind(now.0);
    sql.push(", 0, ").bind(false).push(
        ") ON CONFLICT (gateway_id) DO UPDATE SET state = excluded.state, since = excluded.since, code = '', \
         sentence = '', remedy = '', to_do = '', next_at = excluded.next_at, failures = 0, take_over = excluded.take_over",
    );
    sql.run(conn).await?;
    Ok(())
}

/// Records that a gateway is about to be registered at its messenger. Whatever becomes of that, it has to be taken off there
/// when nobody wants it any more.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn registering(conn: &impl Connection, gateway: GatewayId) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE gateway_health SET registered = '' WHERE registered IS NULL AND gateway_id = ");
    sql.bind(gateway.0);
    sql.run(conn).await?;
    Ok(())
}

/// Has a gateway looked at now; one that was never enabled stays out of it.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn wake(conn: &impl Connection, gateway: GatewayId, take_over: bool, now: Timestamp) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE gateway_health SET failures = 0, next_at = ");
    sql.bind(now.0);
    if take_over {
        sql.push(", take_over = ").bind(true);
    }
    sql.push(" WHERE gateway_id = ").bind(gateway.0);
    sql.run(conn).await?;
    Ok(())
}

/// Has every gateway of these shards looked at within `spread` milliseconds, evenly.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn wake_all(conn: &impl Connection, shards: &[i64], now: Timestamp, spread: i64) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE gateway_health SET next_at = ");
    sql.bind(now.0)
        .push(format!(
            " + (gateway_id * 7919) % {} WHERE next_at IS NOT NULL AND next_at > ",
            spread.max(1)
        ))
        .bind(now.0)
        .push(" AND shard IN ")
        .bind_list(shards.iter().copied());
    sql.run(conn).await?;
    Ok(())
}

/// Records what was observed, unless the gateway was switched since `seen`. If somebody has asked for another look since,
/// that stays asked for.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn observe(
    conn: &impl Connection,
    gateway: GatewayId,
    seen: &Watched,
    observed: &Observed,
) -> Result<bool, Error> {
    let health = &observed.health;
    let mut sql = Sql::new("UPDATE gateway_health SET state = ");
    sql.bind(health.state.code());
    sql.push(", since = ").bind(health.since.0);
    sql.push(", checked_at = ").bind(health.checked_at.map(|at| at.0));
    sql.push(", code = ").bind(health.code.as_str());
    sql.push(", sentence = ")
        .bind(health.sentence.replace('\0', "\u{fffd}"));
    sql.push(", remedy = ").bind(health.remedy.map_or("", Remedy::code));
    sql.push(", identity = ")
        .bind(health.identity.replace('\0', "\u{fffd}"));
    sql.push(", to_do = ").bind(health.to_do.replace('\0', "\u{fffd}"));
    let is_as_seen = |sql: &mut Sql| {
        match seen.next_at {
            Some(at) => sql.push("next_at = ").bind(at.0),
            None => sql.push("next_at IS NULL"),
        };
    };
    sql.push(", next_at = CASE WHEN ");
    is_as_seen(&mut sql);
    sql.push(" THEN CAST(")
        .bind(observed.next_at.map(|at| at.0))
        .push(" AS BIGINT) ELSE next_at END");
    sql.push(", failures = ").bind(i64::from(observed.failures));
    sql.push(", take_over = CASE WHEN ");
    is_as_seen(&mut sql);
    sql.push(" THEN ").bind(observed.take_over).push(" ELSE take_over END");
    sql.push(", registered = ").bind(observed.registered.clone());
    sql.push(" WHERE gateway_id = ").bind(gateway.0);
    // Whoever switched it meanwhile has written another state or another moment.
    sql.push(" AND state = ").bind(seen.health.state.code());
    sql.push(" AND since = ").bind(seen.health.since.0);
    Ok(sql.run(conn).await?.rows_affected() == 1)
}

/// Records where to go on asking a messenger for events.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn polled(conn: &impl Connection, gateway: GatewayId, next: &str) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE gateway_health SET polled = ");
    sql.bind(next.replace('\0', "\u{fffd}"))
        .push(" WHERE gateway_id = ")
        .bind(gateway.0);
    sql.run(conn).await?;
    Ok(())
}

/// The gateways whose health is another one since a moment later than `after`, with that moment; the earliest first, up to
/// `limit`.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn changed(
    conn: &impl Connection,
    after: Timestamp,
    limit: u64,
) -> Result<Vec<(GatewayId, Timestamp)>, Error> {
    let mut sql = Sql::new("SELECT gateway_id, since FROM gateway_health WHERE since > ");
    sql.bind(after.0)
        .push(format!(" ORDER BY since, gateway_id LIMIT {limit}"));
    let results = sql.all(conn).await?;
    let changed = results.iter().map(|result| {
        Ok((
            GatewayId(row::get(result, "gateway_id")?),
            Timestamp(row::get(result, "since")?),
        ))
    });
    changed.collect()
}

/// How many gateways are in each state; those that were never enabled are not counted.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn count(conn: &impl Connection) -> Result<Vec<(Provider, HealthState, u64)>, Error> {
    let sql = Sql::new(
        "SELECT g.provider, h.state, COUNT(*) AS n FROM gateway_health AS h JOIN gateways AS g ON g.id = h.gateway_id \
         GROUP BY g.provider, h.state",
    );
    let results = sql.all(conn).await?;
    let counts = results.iter().map(|result| {
        let provider: String = row::get(result, "provider")?;
        let state: String = row::get(result, "state")?;
        Ok((
            row::parse("provider", &provider)?,
            row::parse("state of health", &state)?,
            row::count(result, "n")?,
        ))
    });
    counts.collect()
}
