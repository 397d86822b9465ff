//! News between the servers on one PostgreSQL: something was stored for gateways that another server looks after.
//!
//! It is told with the commit, and it is news only: whoever does not hear it finds what was stored when it looks.

use crate::{Connection, Error, Reader, sql::Sql};
use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{
        self,
        postgres::{PgListener, PgPoolOptions},
    },
};

/// The channel on which it is told.
const CHANNEL: &str = "arrivals";

/// Tells everybody who listens that something was stored for these shards, as soon as the transaction is committed.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn tell(conn: &impl Connection, shards: impl IntoIterator<Item = i64>) -> Result<(), Error> {
    let shards: Vec<String> = shards.into_iter().map(|shard| shard.to_string()).collect();
    if shards.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("SELECT pg_notify(");
    sql.bind(CHANNEL).push(", ").bind(shards.join(" ")).push(")");
    sql.one(conn).await?;
    Ok(())
}

/// Hears what is told, over a connection of its own.
#[derive(Debug)]
pub struct Listener(PgListener);

impl Listener {
    /// Listens from now on; nothing where the database belongs to one server.
    ///
    /// # Errors
    ///
    /// [`Error::Database`].
    pub async fn connect(reader: &Reader) -> Result<Option<Self>, Error> {
        let Some(pool) = reader.postgres() else {
            return Ok(None);
        };
        // Not one of the pool: it would be missing there for as long as the server runs.
        let own = PgPoolOptions::new()
            .max_connections(1)
            .max_lifetime(None)
            .idle_timeout(None)
            .connect_lazy_with(pool.connect_options().as_ref().clone());
        let mut listener = PgListener::connect_with(&own).await.map_err(failed)?;
        listener.listen(CHANNEL).await.map_err(failed)?;
        Ok(Some(Self(listener)))
    }

    /// The shards for which something was stored; nothing when the connection was lost meanwhile and stands again: then
    /// it may be for any.
    ///
    /// # Errors
    ///
    /// [`Error::Database`] when the connection is lost for good.
    pub async fn next(&mut self) -> Result<Option<Vec<i64>>, Error> {
        let told = self.0.try_recv().await.map_err(failed)?;
        Ok(told.map(|told| {
            let shards = told.payload().split(' ');
            shards.filter_map(|shard| shard.parse().ok()).collect()
        }))
    }
}

fn failed(error: sqlx::Error) -> Error {
    Error::Database(DbErr::Conn(RuntimeErr::SqlxError(error.into())))
}
