//! Connecting, reading and writing.

use crate::{Error, KeyRing};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
    sqlx::{
        PgPool,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};
use std::{sync::Arc, time::Duration};

/// The advisory lock of whoever migrates: "schema" in ASCII.
const MIGRATE_LOCK: i64 = 0x73_63_68_65_6D_61;

/// How to reach the database.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite://PATH?mode=rwc` or `postgres://…`.
    pub url: String,
    /// The most connections at a time; on SQLite one more writes.
    pub max_connections: u32,
    /// How long a request waits for a free connection.
    pub acquire_timeout: Duration,
}

impl Options {
    /// Ten connections and five seconds of patience.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            max_connections: 10,
            acquire_timeout: Duration::from_secs(5),
        }
    }
}

/// The database of one server.
#[derive(Clone, Debug)]
pub struct Store {
    reader: Reader,
    writer: DatabaseConnection,
}

/// What the repositories need: the reader or a transaction, with the keys that belong to the database.
pub trait Connection: ConnectionTrait + Send {
    /// The keys that seal secrets and sign cursors.
    fn keys(&self) -> &KeyRing;
}

/// Reads without a transaction, over several connections.
#[derive(Clone, Debug)]
pub struct Reader {
    db: DatabaseConnection,
    keys: Arc<KeyRing>,
}

/// A writing transaction; rolled back when it is dropped without [`Tx::commit`].
#[derive(Debug)]
pub struct Tx {
    tx: DatabaseTransaction,
    keys: Arc<KeyRing>,
}

impl Store {
    /// Opens the database.
    ///
    /// On SQLite there is one connection that writes and a pool that only reads: with WAL neither waits for the
    /// other, and writers queue here instead of failing on the file's lock.
    ///
    /// # Errors
    ///
    /// [`Error::Url`] for a database that can't serve, [`Error::Database`] when it can't be reached.
    pub async fn connect(options: &Options, keys: KeyRing) -> Result<Self, Error> {
        let keys = Arc::new(keys);
        if options.url.starts_with("postgres:") || options.url.starts_with("postgresql:") {
            let mut connect = base(options, options.max_connections);
            // Rows come from memory or an SSD, and short queries gain nothing from being compiled.
            connect.map_sqlx_postgres_opts(|pg| pg.options([("random_page_cost", "1.1"), ("jit", "off")]));
            let db = Database::connect(connect).await?;
            return Ok(Self {
                reader: Reader { db: db.clone(), keys },
                writer: db,
            });
        }
        if !options.url.starts_with("sqlite:") {
            return Err(Error::Url("it begins neither with “sqlite:” nor with “postgres:”"));
        }
        if options.url.contains(":memory:") || options.url.contains("mode=memory") {
            return Err(Error::Url(
                "a database in memory would be another one for each connection; use a file",
            ));
        }
        let mut connect = base(options, 1);
        // What writes comes back to the same pages again and again.
        connect.map_sqlx_sqlite_opts(|options| sqlite(options).pragma("cache_size", "-8000"));
        // Changing a new file to WAL takes a lock that nobody waits for, so this connection comes first and alone.
        let writer = Database::connect(connect).await?;
        let mut connect = base(options, options.max_connections);
        connect.map_sqlx_sqlite_opts(|options| sqlite(options).pragma("query_only", "ON"));
        let db = Database::connect(connect).await?;
        Ok(Self {
            reader: Reader { db, keys },
            writer,
        })
    }

    /// Brings the schema up to this version; of several servers that start on one PostgreSQL the others wait.
    ///
    /// # Errors
    ///
    /// [`Error::Database`].
    pub async fn migrate(&self) -> Result<(), Error> {
        if self.writer.get_database_backend() == DbBackend::Sqlite {
            return Ok(Migrator::up(&self.writer, None).await?);
        }
        let lock = self.writer.begin().await?;
        lock.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATE_LOCK})"))
            .await?;
        Migrator::up(&self.writer, None).await?;
        Ok(lock.commit().await?)
    }

    /// Takes the whole schema back, with everything in it.
    ///
    /// # Errors
    ///
    /// [`Error::Database`].
    #[cfg(feature = "test-support")]
    pub async fn unmigrate(&self) -> Result<(), Error> {
        Ok(Migrator::down(&self.writer, None).await?)
    }

    /// Takes back every migration that came after the one of this name.
    ///
    /// # Errors
    ///
    /// [`Error::Database`].
    ///
    /// # Panics
    ///
    /// When there is no such migration.
    #[cfg(feature = "test-support")]
    pub async fn unmigrate_to(&self, name: &str) -> Result<(), Error> {
        let all = Migrator::migrations();
        let last = all.iter().position(|migration| migration.name() == name);
        let later = all.len() - 1 - last.expect("a migration of this name");
        let steps = u32::try_from(later).expect("fewer migrations than that");
        Ok(Migrator::down(&self.writer, Some(steps)).await?)
    }

    /// Reads; sees what was committed before each query.
    #[must_use]
    pub fn read(&self) -> &Reader {
        &self.reader
    }

    /// Starts a writing transaction.
    ///
    /// On SQLite it takes the write lock at once: a transaction that reads first and then finds the lock taken would
    /// fail however long it waited.
    ///
    /// # Errors
    ///
    /// [`Error::Database`].
    pub async fn begin(&self) -> Result<Tx, Error> {
        let immediate = self.writer.get_database_backend() == DbBackend::Sqlite;
        let options = TransactionOptions {
            sqlite_transaction_mode: immediate.then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = self.writer.begin_with_options(options).await?;
        Ok(Tx {
            tx,
            keys: Arc::clone(&self.reader.keys),
        })
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    ///
    /// [`Error::Database`].
    pub async fn ping(&self) -> Result<(), Error> {
        Ok(self.reader.db.ping().await?)
    }

    /// Lets running queries end and closes every connection.
    ///
    /// # Errors
    ///
    /// [`Error::Database`].
    pub async fn close(self) -> Result<(), Error> {
        self.reader.db.close().await?;
        Ok(self.writer.close().await?)
    }
}

fn base(options: &Options, max_connections: u32) -> ConnectOptions {
    let mut connect = ConnectOptions::new(&options.url);
    connect
        .max_connections(max_connections)
        .acquire_timeout(options.acquire_timeout)
        .sqlx_logging(false);
    connect
}

fn sqlite(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        // Each connection has its own, in KiB; what they lack is in the memory of the system.
        .pragma("cache_size", "-2000")
        .pragma("mmap_size", "33554432")
        // In pages: what is changed again soon is brought into the database's file once.
        .pragma("wal_autocheckpoint", "4000")
        .pragma("temp_store", "MEMORY")
}

impl Tx {
    /// Makes everything that was written durable.
    ///
    /// # Errors
    ///
    /// [`Error::Database`]; nothing was written then.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.tx.commit().await?)
    }
}

impl Reader {
    /// The connections, where the database is PostgreSQL.
    pub(crate) fn postgres(&self) -> Option<&PgPool> {
        (self.db.get_database_backend() == DbBackend::Postgres).then(|| self.db.get_postgres_connection_pool())
    }
}

impl Connection for Reader {
    fn keys(&self) -> &KeyRing {
        &self.keys
    }
}

impl Connection for Tx {
    fn keys(&self) -> &KeyRing {
        &self.keys
    }
}

macro_rules! delegate {
    ($type:ty, $field:ident) => {
        #[async_trait::async_trait]
        impl ConnectionTrait for $type {
            fn get_database_backend(&self) -> DbBackend {
                self.$field.get_database_backend()
            }

            async fn execute_raw(&self, stmt: Statement) -> Result<ExecResult, DbErr> {
                self.$field.execute_raw(stmt).await
            }

            async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
                self.$field.execute_unprepared(sql).await
            }

            async fn query_one_raw(&self, stmt: Statement) -> Result<Option<QueryResult>, DbErr> {
                self.$field.query_one_raw(stmt).await
            }

            async fn query_all_raw(&self, stmt: Statement) -> Result<Vec<QueryResult>, DbErr> {
                self.$field.query_all_raw(stmt).await
            }
        }
    };
}

delegate!(Reader, db);
delegate!(Tx, tx);
