//! Files that peers sent: what is known of each. Their bytes are in the data folder, under the same id.
//!
//! Whoever has a signed address of a file may read it until the address ends to work.

use crate::{
    Connection, Error, row,
    sql::{CHUNK, Sql},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use model::{DeliveryId, GatewayId, Timestamp};
use sea_orm::QueryResult;
use std::{collections::HashSet, fmt, str::FromStr};

/// Identifies a file: 128 random bits, written as 32 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MediaId(pub [u8; 16]);

impl fmt::Display for MediaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

/// What was written is no id of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the id of a file has 32 digits of 0–9 and a–f")]
pub struct NoMediaId;

impl FromStr for MediaId {
    type Err = NoMediaId;

    /// Reads the one way in which an id is written, so that it may stand in a path.
    fn from_str(text: &str) -> Result<Self, NoMediaId> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 32 || !text.bytes().all(is_digit) {
            return Err(NoMediaId);
        }
        let number = u128::from_str_radix(text, 16).map_err(|_| NoMediaId)?;
        Ok(Self(number.to_be_bytes()))
    }
}

/// What is known of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// Which.
    pub id: MediaId,
    /// Through which gateway it came.
    pub gateway: GatewayId,
    /// With which event, and as which of its pieces, counted from 0.
    pub came_with: (DeliveryId, u32),
    /// Its name, which may stand in a path on every system.
    pub name: String,
    /// Its media type by its content.
    pub mime: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256 in lower-case hexadecimal.
    pub sha256: String,
    /// When it came.
    pub created_at: Timestamp,
    /// When it is forgotten.
    pub expires_at: Timestamp,
}

const COLUMNS: &str = "id, gateway_id, delivery_id, part, name, mime, size, sha256, created_at, expires_at";

/// Stores what is known of a file; says no when its piece of the event has one already.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn insert(conn: &impl Connection, media: &Media) -> Result<bool, Error> {
    let (delivery, part) = media.came_with;
    let mut sql = Sql::new(format!("INSERT INTO media ({COLUMNS}) VALUES ("));
    sql.bind(media.id.to_string()).push(", ").bind(media.gateway.0);
    sql.push(", ").bind(delivery.0).push(", ").bind(i64::from(part));
    sql.push(", ").bind(media.name.as_str());
    sql.push(", ").bind(media.mime.as_str());
    sql.push(", ").bind(i64::try_from(media.size).unwrap_or(i64::MAX));
    sql.push(", ").bind(media.sha256.as_str());
    sql.push(", ")
        .bind(media.created_at.0)
        .push(", ")
        .bind(media.expires_at.0);
    sql.push(") ON CONFLICT (delivery_id, part) DO NOTHING");
    Ok(sql.run(conn).await?.rows_affected() == 1)
}

/// A file.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn get(conn: &impl Connection, id: MediaId) -> Result<Option<Media>, Error> {
    let mut sql = Sql::new(format!("SELECT {COLUMNS} FROM media WHERE id = "));
    sql.bind(id.to_string());
    sql.one(conn).await?.as_ref().map(read).transpose()
}

/// The files that came with an event, in the order of its pieces.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn of_delivery(conn: &impl Connection, delivery: DeliveryId) -> Result<Vec<Media>, Error> {
    let mut sql = Sql::new(format!("SELECT {COLUMNS} FROM media WHERE delivery_id = "));
    sql.bind(delivery.0).push(" ORDER BY part");
    sql.all(conn).await?.iter().map(read).collect()
}

fn read(result: &QueryResult) -> Result<Media, Error> {
    let part: i64 = row::get(result, "part")?;
    Ok(Media {
        id: row::parse("id of a file", &row::get::<String>(result, "id")?)?,
        gateway: GatewayId(row::get(result, "gateway_id")?),
        came_with: (
            DeliveryId(row::get(result, "delivery_id")?),
            u32::try_from(part).unwrap_or_default(),
        ),
        name: row::get(result, "name")?,
        mime: row::get(result, "mime")?,
        size: row::count(result, "size")?,
        sha256: row::get(result, "sha256")?,
        created_at: Timestamp(row::get(result, "created_at")?),
        expires_at: Timestamp(row::get(result, "expires_at")?),
    })
}

/// Forgets a file.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn remove(conn: &impl Connection, id: MediaId) -> Result<(), Error> {
    let mut sql = Sql::new("DELETE FROM media WHERE id = ");
    sql.bind(id.to_string());
    sql.run(conn).await?;
    Ok(())
}

/// Forgets up to `limit` files whose time has come; gives them, so that their bytes can be removed.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn purge(conn: &impl Connection, now: Timestamp, limit: u64) -> Result<Vec<MediaId>, Error> {
    let mut sql = Sql::new("DELETE FROM media WHERE id IN (SELECT id FROM media WHERE expires_at <= ");
    sql.bind(now.0).push(format!(" LIMIT {limit}) RETURNING id"));
    sql.all(conn).await?.iter().map(read_id).collect()
}

/// Those of these files that are known.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn known(conn: &impl Connection, ids: &[MediaId]) -> Result<HashSet<MediaId>, Error> {
    let mut known = HashSet::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT id FROM media WHERE id IN ");
        sql.bind_list(ids.iter().map(MediaId::to_string));
        for result in sql.all(conn).await? {
            known.insert(read_id(&result)?);
        }
    }
    Ok(known)
}

fn read_id(result: &QueryResult) -> Result<MediaId, Error> {
    row::parse("id of a file", &row::get::<String>(result, "id")?)
}

/// The signature of the address of a file that works until `until`: 43 characters that are safe in URLs.
pub fn sign(conn: &impl Connection, id: MediaId, until: Timestamp) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(conn.keys().sign_address(&signed(id, until)))
}

/// Whether this is the signature of that address; whether it still works is another question.
pub fn verify(conn: &impl Connection, id: MediaId, until: Timestamp, signature: &str) -> bool {
    let tag = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
    conn.keys().verify_address(&signed(id, until), &tag)
}

fn signed(id: MediaId, until: Timestamp) -> [u8; 24] {
    let mut bytes = [0; 24];
    bytes[..16].copy_from_slice(&id.0);
    bytes[16..].copy_from_slice(&until.0.to_be_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_written_in_one_way_only() {
        let id = MediaId([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255]);
        let text = id.to_string();
        assert_eq!(text, "000102030405060708090a0b0c0d0eff");
        assert_eq!(text.parse(), Ok(id));
        for other in [
            "",
            "0",
            "000102030405060708090A0B0C0D0EFF",
            "+00102030405060708090a0b0c0d0eff",
            "../../../../../../../etc/passwd0",
            "000102030405060708090a0b0c0d0eff0",
        ] {
            assert_eq!(other.parse::<MediaId>(), Err(NoMediaId), "{other}");
        }
    }
}
