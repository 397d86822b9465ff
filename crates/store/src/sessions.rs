//! Who is signed in.
//!
//! A session is found by the SHA-256 of its token: whoever reads the database can't sign in with what they find.

use crate::{
    Connection, Error,
    entity::{session, user},
    row,
    sql::Sql,
};
use model::{Timestamp, UserId};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};

/// The SHA-256 of a session's token.
pub type TokenHash = [u8; 32];

/// A session to begin.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// The hash of its token.
    pub id_hash: TokenHash,
    /// Who signs in.
    pub user: UserId,
    /// When.
    pub at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// From which address.
    pub address: &'a str,
    /// With which browser, as it names itself.
    pub user_agent: &'a str,
}

/// A session with its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who is signed in.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Whether they are kept out.
    pub disabled: bool,
    /// Whether they must choose a new password first.
    pub must_change_password: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, as far as [`touch`] was told.
    pub last_seen_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

/// Begins a session.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn insert(conn: &impl Connection, new: &NewSession<'_>) -> Result<(), Error> {
    let row = session::ActiveModel {
        id_hash: Set(new.id_hash.to_vec()),
        user_id: Set(new.user.0),
        created_at: Set(new.at.0),
        last_seen_at: Set(new.at.0),
        expires_at: Set(new.expires_at.0),
        address: Set(new.address.replace('\0', "")),
        user_agent: Set(new.user_agent.replace('\0', "")),
    };
    session::Entity::insert(row).exec_without_returning(conn).await?;
    saw(conn, new.user, new.at).await
}

/// The session of a token, expired or not.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn find(conn: &impl Connection, hash: &TokenHash) -> Result<Option<Session>, Error> {
    let mut sql = Sql::new(
        "SELECT u.id, u.name, u.disabled, u.must_change_password, s.created_at, s.last_seen_at, s.expires_at \
         FROM sessions AS s JOIN users AS u ON u.id = s.user_id WHERE s.id_hash = ",
    );
    sql.bind(hash.to_vec());
    let Some(result) = sql.one(conn).await? else {
        return Ok(None);
    };
    Ok(Some(Session {
        user: UserId(row::get(&result, "id")?),
        name: row::get(&result, "name")?,
        disabled: row::get(&result, "disabled")?,
        must_change_password: row::get(&result, "must_change_password")?,
        created_at: Timestamp(row::get(&result, "created_at")?),
        last_seen_at: Timestamp(row::get(&result, "last_seen_at")?),
        expires_at: Timestamp(row::get(&result, "expires_at")?),
    }))
}

/// Notes that a session was used; worth a write only now and then.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn touch(conn: &impl Connection, hash: &TokenHash, user: UserId, at: Timestamp) -> Result<(), Error> {
    session::Entity::update_many()
        .col_expr(session::Column::LastSeenAt, Expr::value(at.0))
        .filter(session::Column::IdHash.eq(hash.to_vec()))
        .exec(conn)
        .await?;
    saw(conn, user, at).await
}

async fn saw(conn: &impl Connection, user: UserId, at: Timestamp) -> Result<(), Error> {
    user::Entity::update_many()
        .col_expr(user::Column::LastSeenAt, Expr::value(at.0))
        .filter(user::Column::Id.eq(user.0))
        .exec(conn)
        .await?;
    Ok(())
}

/// Ends a session; says whether it was there.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn remove(conn: &impl Connection, hash: &TokenHash) -> Result<bool, Error> {
    Ok(session::Entity::delete_by_id(hash.to_vec())
        .exec(conn)
        .await?
        .rows_affected
        == 1)
}

/// Ends every session of a user, `except` one; says how many there were.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn remove_of_user(conn: &impl Connection, user: UserId, except: Option<&TokenHash>) -> Result<u64, Error> {
    let mut delete = session::Entity::delete_many().filter(session::Column::UserId.eq(user.0));
    if let Some(hash) = except {
        delete = delete.filter(session::Column::IdHash.ne(hash.to_vec()));
    }
    Ok(delete.exec(conn).await?.rows_affected)
}

/// Removes sessions that ended before `now` or were not used since `idle_since`; says how many.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn remove_expired(conn: &impl Connection, now: Timestamp, idle_since: Timestamp) -> Result<u64, Error> {
    let expired = Condition::any()
        .add(session::Column::ExpiresAt.lte(now.0))
        .add(session::Column::LastSeenAt.lt(idle_since.0));
    Ok(session::Entity::delete_many()
        .filter(expired)
        .exec(conn)
        .await?
        .rows_affected)
}
