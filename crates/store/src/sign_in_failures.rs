//! Failed sign-ins, counted by account and by address to slow guessing down.

use crate::{Connection, Error, entity::sign_in_failure, row, sql::Sql};
use model::Timestamp;
use sea_orm::{ColumnTrait, DbBackend, EntityTrait, QueryFilter};

/// How often and when last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    /// How many in a row.
    pub count: u64,
    /// When the last one was.
    pub last_at: Timestamp,
}

/// The failures under a key such as `account:…` or `address:…`.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn get(conn: &impl Connection, key: &str) -> Result<Option<Failures>, Error> {
    let row = sign_in_failure::Entity::find_by_id(clean(key)).one(conn).await?;
    Ok(row.map(|row| Failures {
        count: u64::try_from(row.failures).unwrap_or(0),
        last_at: Timestamp(row.last_at),
    }))
}

/// Like [`get`], and nobody else reads or counts under the key until the transaction ends.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn hold(conn: &impl Connection, key: &str, at: Timestamp) -> Result<Option<Failures>, Error> {
    if conn.get_database_backend() == DbBackend::Postgres {
        let mut sql = Sql::new("INSERT INTO sign_in_failures (key, failures, last_at) VALUES (");
        sql.bind(clean(key)).push(", 0, ").bind(at.0);
        sql.push(") ON CONFLICT (key) DO UPDATE SET failures = sign_in_failures.failures");
        sql.run(conn).await?;
    }
    Ok(get(conn, key).await?.filter(|failures| failures.count > 0))
}

/// Takes back the failure that was counted at `at`; the one before was at `earlier`.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn take_back(conn: &impl Connection, key: &str, at: Timestamp, earlier: Timestamp) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE sign_in_failures SET failures = failures - 1, last_at = CASE WHEN last_at = ");
    sql.bind(at.0).push(" THEN ").bind(earlier.0);
    sql.push(" ELSE last_at END WHERE failures > 0 AND key = ")
        .bind(clean(key));
    sql.run(conn).await.map(|_| ())
}

/// Counts one more failure and says how many that makes; counting begins anew when the last was before `since`.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn record(conn: &impl Connection, key: &str, at: Timestamp, since: Timestamp) -> Result<u64, Error> {
    let mut sql = Sql::new("INSERT INTO sign_in_failures (key, failures, last_at) VALUES (");
    sql.bind(clean(key)).push(", 1, ").bind(at.0);
    sql.push(") ON CONFLICT (key) DO UPDATE SET failures = CASE WHEN sign_in_failures.last_at < ")
        .bind(since.0);
    sql.push(" THEN 1 ELSE sign_in_failures.failures + 1 END, last_at = excluded.last_at RETURNING failures");
    sql.one(conn)
        .await?
        .map_or(Ok(0), |result| row::count(&result, "failures"))
}

/// Forgets the failures under a key.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn clear(conn: &impl Connection, key: &str) -> Result<(), Error> {
    sign_in_failure::Entity::delete_by_id(clean(key)).exec(conn).await?;
    Ok(())
}

/// Forgets what last failed before `before`; says how many keys.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn remove_old(conn: &impl Connection, before: Timestamp) -> Result<u64, Error> {
    let old = sign_in_failure::Column::LastAt.lt(before.0);
    Ok(sign_in_failure::Entity::delete_many()
        .filter(old)
        .exec(conn)
        .await?
        .rows_affected)
}

/// Whoever signs in types the key's end, and PostgreSQL takes no NUL.
fn clean(key: &str) -> String {
    key.replace('\0', "\u{1}")
}
