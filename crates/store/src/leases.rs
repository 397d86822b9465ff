//! Which server looks after which shards of gateways.
//!
//! Time is the database's own, so that servers whose clocks differ agree. SQLite belongs to one server, which owns all.

use crate::{Connection, Error, deliveries::SHARDS, row, sql::Sql};
use sea_orm::DbBackend;

/// Milliseconds since 1970 by PostgreSQL's clock.
const NOW: &str = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

/// Every shard.
#[must_use]
pub fn all() -> Vec<i64> {
    (0..SHARDS).collect()
}

/// Whether the database is shared by several servers.
#[must_use]
pub fn are_needed(conn: &impl Connection) -> bool {
    conn.get_database_backend() == DbBackend::Postgres
}

/// What a server has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leased {
    /// Its shards.
    pub shards: Vec<i64>,
    /// Those among them that it did not have without a break since the last time: another server may have had them.
    pub taken: Vec<i64>,
    /// How many of them are more than its share: it is to let them go when it can.
    pub beyond: usize,
}

/// Says that a server lives, forgets those that don't, lets go what is in `done_with`, and keeps or takes its share of the
/// shards for `ms` milliseconds.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn renew(conn: &impl Connection, server: &str, ms: i64, done_with: &[i64]) -> Result<Leased, Error> {
    let mut sql = Sql::new("INSERT INTO servers (id, seen_at) VALUES (");
    sql.bind(server)
        .push(format!(", {NOW}) ON CONFLICT (id) DO UPDATE SET seen_at = {NOW}"));
    sql.run(conn).await?;
    let mut sql = Sql::new(format!("DELETE FROM servers WHERE seen_at < {NOW} - "));
    sql.bind(ms);
    sql.run(conn).await?;
    let servers = Sql::new("SELECT COUNT(*) AS n FROM servers").one(conn).await?;
    let servers = servers.map_or(Ok(1), |result| row::count(&result, "n"))?.max(1);
    let share = usize::try_from(u64::try_from(SHARDS).unwrap_or_default().div_ceil(servers)).unwrap_or(usize::MAX);
    if !done_with.is_empty() {
        let mut sql = Sql::new("UPDATE leases SET until = 0 WHERE owner = ");
        sql.bind(server)
            .push(" AND shard IN ")
            .bind_list(done_with.iter().copied());
        sql.run(conn).await?;
    }
    let mut sql = Sql::new(format!("UPDATE leases SET until = {NOW} + "));
    sql.bind(ms)
        .push(" WHERE owner = ")
        .bind(server)
        .push(format!(" AND until > {NOW} RETURNING shard"));
    let mut own = shards(sql, conn).await?;
    let mut taken = Vec::new();
    if own.len() < share {
        let mut sql = Sql::new("UPDATE leases SET owner = ");
        sql.bind(server).push(format!(", until = {NOW} + ")).bind(ms).push(format!(
            " WHERE shard IN (SELECT shard FROM leases WHERE until <= {NOW} ORDER BY shard LIMIT {} FOR UPDATE SKIP LOCKED) \
             RETURNING shard",
            share - own.len()
        ));
        taken = shards(sql, conn).await?;
        own.extend(&taken);
    }
    own.sort_unstable();
    Ok(Leased {
        beyond: own.len().saturating_sub(share),
        shards: own,
        taken,
    })
}

/// Lets every shard of a server go, and the server.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn leave(conn: &impl Connection, server: &str) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE leases SET until = 0 WHERE owner = ");
    sql.bind(server);
    sql.run(conn).await?;
    let mut sql = Sql::new("DELETE FROM servers WHERE id = ");
    sql.bind(server);
    sql.run(conn).await?;
    Ok(())
}

/// Which of these shards a server still has; until the transaction ends, nobody else takes them.
///
/// The server's own renewals go on meanwhile: they change no key, and this lock is about keys only. A stronger one would
/// have them wait for a moment in which nothing is written.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn hold(conn: &impl Connection, server: &str, shards_wanted: &[i64]) -> Result<Vec<i64>, Error> {
    let mut sql = Sql::new("SELECT shard FROM leases WHERE owner = ");
    sql.bind(server)
        .push(format!(" AND until > {NOW} AND shard IN "))
        .bind_list(shards_wanted.iter().copied())
        .push(" ORDER BY shard FOR KEY SHARE");
    shards(sql, conn).await
}

async fn shards(sql: Sql, conn: &impl Connection) -> Result<Vec<i64>, Error> {
    sql.all(conn)
        .await?
        .iter()
        .map(|result| row::get(result, "shard"))
        .collect()
}
