//! The pages, Instagram accounts and numbers of Messenger gateways.

use crate::{Connection, Error, row, sql::Sql};
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

/// The accounts of a gateway, by kind and name.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn list(conn: &impl Connection, gateway: GatewayId) -> Result<Vec<MetaAccount>, Error> {
    let mut sql = Sql::new("SELECT kind, id, parent, name, details, subscribed FROM meta_accounts WHERE gateway_id = ");
    sql.bind(gateway.0).push(" ORDER BY kind, name, id");
    sql.all(conn).await?.iter().map(read).collect()
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

/// Adds an account, or brings what is known of it up to date; whether it is subscribed stays as it is.
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
        "INSERT INTO meta_accounts (gateway_id, kind, id, parent, name, details, subscribed, added_at) VALUES (",
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
    sql.push(", ").bind(account.subscribed).push(", ").bind(now.0).push(
        ") ON CONFLICT (gateway_id, kind, id) DO UPDATE SET parent = excluded.parent, name = excluded.name, \
         details = excluded.details",
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
