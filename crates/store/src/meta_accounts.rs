//! The pages, Instagram accounts and numbers of Messenger gateways.

use crate::{
    Connection, Error, row,
    sql::{CHUNK, Sql},
};
use model::{GatewayId, Timestamp};
use sea_orm::QueryResult;

/// A page, an account or a number; its token is a secret of the gateway under [`MetaAccount::secret`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetaAccount {
    /// `facebook`, `instagram` or `whatsapp`.
    pub kind: String,
    /// Its id at Meta.
    pub id: String,
    /// The id of what it belongs to; empty if nothing.
    pub parent: String,
    /// Its name.
    pub name: String,
    /// What else is shown of it, as JSON.
    pub details: String,
    /// Whether its messages shall come to us.
    pub subscribed: bool,
}

impl MetaAccount {
    /// The field of the secret that holds its token.
    #[must_use]
    pub fn secret(&self) -> String {
        format!("meta.{}.{}", self.kind, self.id)
    }
}

/// An account with what was observed of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The account.
    pub account: MetaAccount,
    /// Whether Meta was asked to tell of it, and not yet to stop.
    pub announced: bool,
    /// Since when Meta no longer names it, or no longer takes its token.
    pub gone_at: Option<Timestamp>,
    /// When it was removed; until it is taken off at Meta, its row and its token stay.
    pub removed_at: Option<Timestamp>,
}

/// The accounts of a gateway, by kind and name, without those that were removed.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn list(conn: &impl Connection, gateway: GatewayId) -> Result<Vec<MetaAccount>, Error> {
    let known = known(conn, gateway).await?.into_iter();
    Ok(known
        .filter(|known| known.removed_at.is_none())
        .map(|known| known.account)
        .collect())
}

/// Every account of a gateway with what was observed of it, by kind and name; also those that were removed and are not
/// yet taken off.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn known(conn: &impl Connection, gateway: GatewayId) -> Result<Vec<Known>, Error> {
    let mut sql = Sql::new(
        "SELECT kind, id, parent, name, details, subscribed, announced, gone_at, removed_at FROM meta_accounts \
         WHERE gateway_id = ",
    );
    sql.bind(gateway.0).push(" ORDER BY kind, name, id");
    sql.all(conn).await?.iter().map(read_known).collect()
}

fn read_known(result: &QueryResult) -> Result<Known, Error> {
    Ok(Known {
        account: read(result)?,
        announced: row::get(result, "announced")?,
        gone_at: row::get::<Option<i64>>(result, "gone_at")?.map(Timestamp),
        removed_at: row::get::<Option<i64>>(result, "removed_at")?.map(Timestamp),
    })
}

/// PostgreSQL has no place for the character 0.
fn clean(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

fn read(result: &QueryResult) -> Result<MetaAccount, Error> {
    Ok(MetaAccount {
        kind: row::get(result, "kind")?,
        id: row::get(result, "id")?,
        parent: row::get(result, "parent")?,
        name: row::get(result, "name")?,
        details: row::get(result, "details")?,
        subscribed: row::get(result, "subscribed")?,
    })
}

/// Adds an account, or brings what is known of it up to date; whether it is subscribed stays as it is. It is there again, if
/// it was gone or removed.
///
/// # Errors
///
/// [`Error::Missing`] when the gateway is gone, [`Error::Database`].
pub async fn put(
    conn: &impl Connection,
    gateway: GatewayId,
    account: &MetaAccount,
    now: Timestamp,
) -> Result<(), Error> {
    let mut sql = Sql::new(
        "INSERT INTO meta_accounts (gateway_id, kind, id, parent, name, details, subscribed, announced, added_at) \
         VALUES (",
    );
    sql.bind(gateway.0).push(", ").bind(account.kind.as_str());
    sql.push(", ")
        .bind(clean(&account.id))
        .push(", ")
        .bind(clean(&account.parent));
    sql.push(", ")
        .bind(clean(&account.name))
        .push(", ")
        .bind(clean(&account.details));
    sql.push(", ").bind(account.subscribed).push(", ").bind(false);
    sql.push(", ").bind(now.0).push(
        ") ON CONFLICT (gateway_id, kind, id) DO UPDATE SET parent = excluded.parent, name = excluded.name, \
         details = excluded.details, gone_at = NULL, removed_at = NULL",
    );
    match sql.run(conn).await {
        Ok(_) => Ok(()),
        Err(Error::InUse) => Err(Error::Missing),
        Err(error) => Err(error),
    }
}

/// Subscribes an account or not; says whether there is such an account.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn subscribe(
    conn: &impl Connection,
    gateway: GatewayId,
    kind: &str,
    id: &str,
    on: bool,
) -> Result<bool, Error> {
    let mut sql = Sql::new("UPDATE meta_accounts SET subscribed = ");
    sql.bind(on).push(" WHERE gateway_id = ").bind(gateway.0);
    sql.push(" AND kind = ").bind(kind).push(" AND id = ").bind(id);
    sql.push(" AND removed_at IS NULL");
    Ok(sql.run(conn).await?.rows_affected() == 1)
}

/// Notes that Meta no longer names an account, and why; since when stays if it was known.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn lose(
    conn: &impl Connection,
    gateway: GatewayId,
    account: &MetaAccount,
    now: Timestamp,
) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE meta_accounts SET gone_at = COALESCE(gone_at, ");
    sql.bind(now.0).push("), details = ").bind(clean(&account.details));
    of(&mut sql, gateway, &account.kind, &account.id);
    sql.run(conn).await?;
    Ok(())
}

/// Removes an account that Meta was asked to tell of: it is in no list any more, but stays until it is taken off. Says
/// whether there was one.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn leave(
    conn: &impl Connection,
    gateway: GatewayId,
    kind: &str,
    id: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let mut sql = Sql::new("UPDATE meta_accounts SET subscribed = ");
    sql.bind(false).push(", removed_at = ").bind(now.0);
    of(&mut sql, gateway, kind, id);
    sql.push(" AND removed_at IS NULL");
    Ok(sql.run(conn).await?.rows_affected() == 1)
}

/// Notes, before it happens, that Meta is asked to tell of every subscribed account of a gateway.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn announce(conn: &impl Connection, gateway: GatewayId) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE meta_accounts SET announced = ");
    sql.bind(true).push(" WHERE gateway_id = ").bind(gateway.0);
    sql.push(" AND subscribed = ").bind(true);
    sql.run(conn).await?;
    Ok(())
}

/// Notes that Meta no longer tells of an account.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn silence(conn: &impl Connection, gateway: GatewayId, kind: &str, id: &str) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE meta_accounts SET announced = ");
    sql.bind(false);
    of(&mut sql, gateway, kind, id);
    sql.run(conn).await?;
    Ok(())
}

/// Which of these gateways have accounts that Meta was asked to tell of.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn announced(conn: &impl Connection, gateways: &[GatewayId]) -> Result<Vec<GatewayId>, Error> {
    let mut announced = Vec::new();
    for ids in gateways.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT DISTINCT gateway_id FROM meta_accounts WHERE announced = ");
        sql.bind(true)
            .push(" AND gateway_id IN ")
            .bind_list(ids.iter().map(|id| id.0));
        for result in sql.all(conn).await? {
            announced.push(GatewayId(row::get(&result, "gateway_id")?));
        }
    }
    Ok(announced)
}

fn of(sql: &mut Sql, gateway: GatewayId, kind: &str, id: &str) {
    sql.push(" WHERE gateway_id = ").bind(gateway.0);
    sql.push(" AND kind = ").bind(kind).push(" AND id = ").bind(id);
}

/// Removes an account that was taken off, unless it was added again; says whether it did. Its secret is removed apart.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn remove_left(conn: &impl Connection, gateway: GatewayId, kind: &str, id: &str) -> Result<bool, Error> {
    let mut sql = Sql::new("DELETE FROM meta_accounts");
    of(&mut sql, gateway, kind, id);
    sql.push(" AND removed_at IS NOT NULL");
    Ok(sql.run(conn).await?.rows_affected() == 1)
}

/// Removes an account; says whether there was one. Its secret is removed apart.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn remove(conn: &impl Connection, gateway: GatewayId, kind: &str, id: &str) -> Result<bool, Error> {
    let mut sql = Sql::new("DELETE FROM meta_accounts WHERE gateway_id = ");
    sql.bind(gateway.0);
    sql.push(" AND kind = ").bind(kind).push(" AND id = ").bind(id);
    Ok(sql.run(conn).await?.rows_affected() == 1)
}
