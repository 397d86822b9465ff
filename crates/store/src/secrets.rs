//! Secrets, sealed under the key ring of the store.
//!
//! The place of a secret (table, row, field) is sealed with it: bytes copied to another row don't open.

use crate::{
    Connection, Error, SealError,
    entity::secret,
    key_ring::Sealed,
    row,
    sql::{CHUNK, Sql},
};
use model::{Secret, SecretState, Timestamp};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};
use std::collections::BTreeMap;

/// What a secret belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A chat gateway.
    Gateways,
}

impl Owner {
    const fn table(self) -> &'static str {
        match self {
            Self::Gateways => "gateways",
        }
    }

    fn place(self, id: i64, field: &str) -> String {
        format!("{}/{id}/{field}", self.table())
    }
}

/// The end of the field under which the secret before the present one is kept for a while.
pub const FORMER: &str = ".former";

/// Bytes of randomness that sealing one secret takes.
pub const NONCE_BYTES: usize = 24;

/// A secret on its way into the database, with fresh randomness for its seal.
#[derive(Clone, Debug)]
pub struct NewSecret<'a> {
    /// The field's key.
    pub field: &'a str,
    /// The secret itself.
    pub value: &'a Secret<String>,
    /// Random bytes, never used before.
    pub nonce: [u8; NONCE_BYTES],
}

/// Seals a secret and puts it in the place of the one before.
///
/// # Errors
///
/// [`Error::Sealed`], [`Error::Database`].
pub async fn put(
    conn: &impl Connection,
    owner: Owner,
    id: i64,
    new: &NewSecret<'_>,
    at: Timestamp,
    by: &str,
) -> Result<(), Error> {
    let place = owner.place(id, new.field);
    let sealed = conn.keys().seal(&place, new.value.expose().as_bytes(), new.nonce)?;
    let row = secret::ActiveModel {
        owner: Set(owner.table().to_owned()),
        owner_id: Set(id),
        field: Set(new.field.to_owned()),
        key_id: Set(sealed.key_id),
        nonce: Set(sealed.nonce),
        sealed: Set(sealed.bytes),
        set_at: Set(at.0),
        set_by: Set(by.to_owned()),
    };
    let replace = OnConflict::columns([secret::Column::Owner, secret::Column::OwnerId, secret::Column::Field])
        .update_columns([
            secret::Column::KeyId,
            secret::Column::Nonce,
            secret::Column::Sealed,
            secret::Column::SetAt,
            secret::Column::SetBy,
        ])
        .to_owned();
    secret::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// Which secrets were set by people, by field; those that the product keeps for itself are not told.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn states(conn: &impl Connection, owner: Owner, id: i64) -> Result<Vec<SecretState>, Error> {
    let rows: Vec<(String, i64, String)> = secret::Entity::find()
        .select_only()
        .columns([secret::Column::Field, secret::Column::SetAt, secret::Column::SetBy])
        .filter(secret::Column::Owner.eq(owner.table()))
        .filter(secret::Column::OwnerId.eq(id))
        .filter(secret::Column::Field.starts_with("secret."))
        .filter(secret::Column::Field.not_like(format!("%{FORMER}")))
        .order_by_asc(secret::Column::Field)
        .into_tuple()
        .all(conn)
        .await?;
    let states = rows.into_iter().map(|(field, set_at, set_by)| SecretState {
        field,
        set_at: Timestamp(set_at),
        set_by,
    });
    Ok(states.collect())
}

/// Opens a secret, if it is set.
///
/// # Errors
///
/// [`Error::Sealed`] when its key is not in the ring or it was damaged.
pub async fn open(conn: &impl Connection, owner: Owner, id: i64, field: &str) -> Result<Option<Secret<String>>, Error> {
    let key = (owner.table().to_owned(), id, field.to_owned());
    let Some(row) = secret::Entity::find_by_id(key).one(conn).await? else {
        return Ok(None);
    };
    let sealed = Sealed {
        key_id: row.key_id,
        nonce: row.nonce,
        bytes: row.sealed,
    };
    let bytes = conn.keys().open(&owner.place(id, field), &sealed)?;
    let text = String::from_utf8(bytes).map_err(|_| SealError::Damaged)?;
    Ok(Some(Secret::new(text)))
}

/// A secret that was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The secret.
    pub value: Secret<String>,
    /// When it was set.
    pub set_at: Timestamp,
}

/// Opens every secret of a row, by field.
///
/// # Errors
///
/// [`Error::Sealed`] when a key is not in the ring or one was damaged.
pub async fn open_all(conn: &impl Connection, owner: Owner, id: i64) -> Result<BTreeMap<String, Opened>, Error> {
    let rows = secret::Entity::find()
        .filter(secret::Column::Owner.eq(owner.table()))
        .filter(secret::Column::OwnerId.eq(id))
        .all(conn)
        .await?;
    let mut secrets = BTreeMap::new();
    for row in rows {
        let sealed = Sealed {
            key_id: row.key_id,
            nonce: row.nonce,
            bytes: row.sealed,
        };
        let bytes = conn.keys().open(&owner.place(id, &row.field), &sealed)?;
        let text = String::from_utf8(bytes).map_err(|_| SealError::Damaged)?;
        let opened = Opened {
            value: Secret::new(text),
            set_at: Timestamp(row.set_at),
        };
        secrets.insert(row.field, opened);
    }
    Ok(secrets)
}

/// Removes one secret; says whether it was set.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn remove(conn: &impl Connection, owner: Owner, id: i64, field: &str) -> Result<bool, Error> {
    let key = (owner.table().to_owned(), id, field.to_owned());
    let result = secret::Entity::delete_by_id(key).exec(conn).await?;
    Ok(result.rows_affected > 0)
}

/// Removes all secrets of these rows.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn remove_all(conn: &impl Connection, owner: Owner, ids: &[i64]) -> Result<(), Error> {
    for ids in ids.chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM secrets WHERE owner = ");
        sql.bind(owner.table())
            .push(" AND owner_id IN ")
            .bind_list(ids.iter().copied());
        sql.run(conn).await?;
    }
    Ok(())
}

/// Checks that every key that sealed a secret is in the ring, and is the same key still.
///
/// # Errors
///
/// [`SealError::MissingKeys`] names those that are not there, [`SealError::WrongKey`] one that is another.
pub async fn check_key_ring(conn: &impl Connection) -> Result<(), Error> {
    let used = Sql::new("SELECT DISTINCT key_id FROM secrets ORDER BY key_id")
        .all(conn)
        .await?;
    let mut missing = Vec::new();
    for result in &used {
        let id: String = row::get(result, "key_id")?;
        if !conn.keys().has(&id) {
            missing.push(id);
        }
    }
    if !missing.is_empty() {
        return Err(SealError::MissingKeys(missing).into());
    }
    for result in &used {
        check_key(conn, &row::get::<String>(result, "key_id")?).await?;
    }
    Ok(())
}

/// Opens one secret of a key; an id alone would be the same for any key that took its place.
async fn check_key(conn: &impl Connection, id: &str) -> Result<(), Error> {
    let sealed = secret::Entity::find()
        .filter(secret::Column::KeyId.eq(id))
        .one(conn)
        .await?;
    let Some(row) = sealed else { return Ok(()) };
    let place = format!("{}/{}/{}", row.owner, row.owner_id, row.field);
    let sealed = Sealed {
        key_id: row.key_id,
        nonce: row.nonce,
        bytes: row.sealed,
    };
    let opened = conn.keys().open(&place, &sealed);
    opened.map(drop).map_err(|_| SealError::WrongKey(id.to_owned()).into())
}
