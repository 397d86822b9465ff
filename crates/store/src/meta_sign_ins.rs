//! Sign-ins with Meta that are under way.
//!
//! One is found by the SHA-256 of its `state`, is good once, and ends with the session it began in.

use crate::{Connection, Error, row, sessions::TokenHash, sql::Sql};
use model::{GatewayId, Timestamp};

/// A sign-in that was begun.
#[derive(Clone, PartialEq, Eq)]
pub struct SignIn {
    /// The session it was begun in.
    pub session: TokenHash,
    /// For which gateway.
    pub gateway: GatewayId,
    /// `facebook`, `instagram` or `whatsapp`.
    pub kind: String,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// Begins one, and forgets those that are too old.
///
/// # Errors
///
/// [`Error::Missing`] when the session or the gateway is gone, [`Error::Database`].
pub async fn begin(conn: &impl Connection, state: TokenHash, new: &SignIn, now: Timestamp) -> Result<(), Error> {
    let mut old = Sql::new("DELETE FROM meta_sign_ins WHERE expires_at <= ");
    old.bind(now.0);
    old.run(conn).await?;
    let mut sql = Sql::new("INSERT INTO meta_sign_ins (state_hash, session, gateway_id, kind, expires_at) VALUES (");
    sql.bind(state.to_vec()).push(", ").bind(new.session.to_vec());
    sql.push(", ").bind(new.gateway.0).push(", ").bind(new.kind.as_str());
    sql.push(", ").bind(new.expires_at.0).push(")");
    match sql.run(conn).await {
        Ok(_) => Ok(()),
        Err(Error::InUse) => Err(Error::Missing),
        Err(error) => Err(error),
    }
}

/// One that was begun and not ended.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn get(conn: &impl Connection, state: TokenHash) -> Result<Option<SignIn>, Error> {
    let mut sql = Sql::new("SELECT session, gateway_id, kind, expires_at FROM meta_sign_ins WHERE state_hash = ");
    sql.bind(state.to_vec());
    let Some(result) = sql.one(conn).await? else {
        return Ok(None);
    };
    let session: Vec<u8> = row::get(&result, "session")?;
    Ok(Some(SignIn {
        session: session.try_into().unwrap_or_default(),
        gateway: GatewayId(row::get(&result, "gateway_id")?),
        kind: row::get(&result, "kind")?,
        expires_at: Timestamp(row::get(&result, "expires_at")?),
    }))
}

/// Ends one; says whether it was not ended before.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn end(conn: &impl Connection, state: TokenHash) -> Result<bool, Error> {
    let mut sql = Sql::new("DELETE FROM meta_sign_ins WHERE state_hash = ");
    sql.bind(state.to_vec());
    Ok(sql.run(conn).await?.rows_affected() == 1)
}
