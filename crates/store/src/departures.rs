//! Gateways that were removed, but not yet taken off at their messengers.
//!
//! What that takes is sealed as one piece and goes with the row, at the latest after a day.

use crate::{Connection, Error, SealError, deliveries::shard, key_ring::Sealed, row, sql::Sql};
use model::{GatewayId, Provider, Secret, Timestamp};

/// A gateway on its way out.
#[derive(Clone, Debug)]
pub struct Departure {
    /// Which it was.
    pub gateway: GatewayId,
    /// Its messenger.
    pub provider: Provider,
    /// What it takes to take it off, as JSON.
    pub luggage: Secret<String>,
    /// When it was removed.
    pub removed_at: Timestamp,
    /// How often it was tried.
    pub failures: u32,
}

fn place(gateway: GatewayId) -> String {
    format!("departures/{}/luggage", gateway.0)
}

/// Seals what it takes to take a gateway off that is being removed.
///
/// # Errors
///
/// [`Error::Sealed`], [`Error::Database`].
pub async fn put(
    conn: &impl Connection,
    gateway: GatewayId,
    provider: Provider,
    luggage: &Secret<String>,
    nonce: [u8; crate::secrets::NONCE_BYTES],
    now: Timestamp,
) -> Result<(), Error> {
    let sealed = conn.keys().seal(&place(gateway), luggage.expose().as_bytes(), nonce)?;
    let mut sql = Sql::new(
        "INSERT INTO departures (gateway_id, shard, provider, key_id, nonce, sealed, removed_at, next_at, failures) VALUES (",
    );
    sql.bind(gateway.0)
        .push(", ")
        .bind(shard(gateway))
        .push(", ")
        .bind(provider.code());
    sql.push(", ")
        .bind(sealed.key_id)
        .push(", ")
        .bind(sealed.nonce)
        .push(", ")
        .bind(sealed.bytes);
    sql.push(", ").bind(now.0).push(", ").bind(now.0).push(", 0)");
    sql.run(conn).await?;
    Ok(())
}

/// Those of these shards that are to be tried by now.
///
/// # Errors
///
/// [`Error::Sealed`], [`Error::Unreadable`], [`Error::Database`].
pub async fn due(conn: &impl Connection, shards: &[i64], now: Timestamp, limit: u64) -> Result<Vec<Departure>, Error> {
    let mut sql = Sql::new(
        "SELECT gateway_id, provider, key_id, nonce, sealed, removed_at, failures FROM departures WHERE next_at <= ",
    );
    sql.bind(now.0)
        .push(" AND shard IN ")
        .bind_list(shards.iter().copied())
        .push(format!(" ORDER BY next_at LIMIT {limit}"));
    let results = sql.all(conn).await?;
    let departures = results.iter().map(|result| {
        let gateway = GatewayId(row::get(result, "gateway_id")?);
        let sealed = Sealed {
            key_id: row::get(result, "key_id")?,
            nonce: row::get(result, "nonce")?,
            bytes: row::get(result, "sealed")?,
        };
        let luggage = conn.keys().open(&place(gateway), &sealed)?;
        let failures: i64 = row::get(result, "failures")?;
        Ok(Departure {
            gateway,
            provider: row::parse("provider", &row::get::<String>(result, "provider")?)?,
            luggage: Secret::new(String::from_utf8(luggage).map_err(|_| SealError::Damaged)?),
            removed_at: Timestamp(row::get(result, "removed_at")?),
            failures: u32::try_from(failures).unwrap_or_default(),
        })
    });
    departures.collect()
}

/// Has a departure tried again later.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn again(conn: &impl Connection, gateway: GatewayId, at: Timestamp) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE departures SET failures = failures + 1, next_at = ");
    sql.bind(at.0).push(" WHERE gateway_id = ").bind(gateway.0);
    sql.run(conn).await?;
    Ok(())
}

/// Forgets a departure, with everything that was sealed for it.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn done(conn: &impl Connection, gateway: GatewayId) -> Result<(), Error> {
    let mut sql = Sql::new("DELETE FROM departures WHERE gateway_id = ");
    sql.bind(gateway.0);
    sql.run(conn).await?;
    Ok(())
}
