//! Databases for tests: each test has its own, which goes away with it.
//!
//! [`databases!`](crate::databases) runs a test on both. PostgreSQL is found by `TEST_POSTGRES_URL`, the URL of a server
//! on which databases may be created; without it those tests fail, for a test that is skipped proves nothing.

use crate::{KeyRing, Options, Store};
use sea_orm::{ConnectionTrait, Database};
use std::{
    ops::Deref,
    sync::atomic::{AtomicU32, Ordering},
};

/// A migrated store over a database of its own.
#[derive(Debug)]
pub struct TestStore {
    store: Store,
    url: String,
    // Dropped after the store; the folder of SQLite or the database of PostgreSQL goes with it.
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder(#[expect(dead_code, reason = "held for its drop")] tempfile::TempDir),
    Database(#[expect(dead_code, reason = "held for its drop")] PostgresDatabase),
}

#[derive(Debug)]
struct PostgresDatabase {
    server: String,
    name: String,
}

impl TestStore {
    /// The database's URL, for a second store over it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether it is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(self.place, Place::Database(_))
    }
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

/// The key ring of every test store.
#[must_use]
pub fn keys() -> KeyRing {
    KeyRing::from_bytes("test", [7; 32])
}

/// An empty SQLite database in a folder of its own.
///
/// # Panics
///
/// When it can't be made.
pub async fn sqlite() -> TestStore {
    let folder = tempfile::tempdir().expect("a folder for the test's database");
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display());
    open(url, Place::Folder(folder)).await
}

/// An empty database on the PostgreSQL server of `TEST_POSTGRES_URL`.
///
/// # Panics
///
/// When the variable is not set or the database can't be made.
pub async fn postgres() -> TestStore {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL is not set: tests on PostgreSQL need a server; scripts/with-postgres starts one");
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("chat_gateways_test_{}_{number}", std::process::id());
    let admin = Database::connect(&server)
        .await
        .expect("the PostgreSQL server of TEST_POSTGRES_URL answers");
    for sql in [
        format!("DROP DATABASE IF EXISTS {name}"),
        format!("CREATE DATABASE {name}"),
    ] {
        admin.execute_unprepared(&sql).await.expect("a database for the test");
    }
    admin.close().await.expect("the connection closes");
    let url = with_database(&server, &name);
    open(url, Place::Database(PostgresDatabase { server, name })).await
}

async fn open(url: String, place: Place) -> TestStore {
    let options = Options {
        max_connections: 4,
        ..Options::new(&url)
    };
    let store = Store::connect(&options, keys())
        .await
        .expect("the test's database opens");
    store.migrate().await.expect("the test's database is migrated");
    TestStore { store, url, place }
}

/// The server's URL with another database in its path; what follows a `?` stays.
fn with_database(server: &str, name: &str) -> String {
    let (base, query) = server
        .split_once('?')
        .map_or((server, None), |(base, query)| (base, Some(query)));
    let authority = base.find("://").map_or(0, |at| at + 3);
    let end = base[authority..].find('/').map_or(base.len(), |at| authority + at);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}/{name}{query}", &base[..end])
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        let (server, sql) = (
            self.server.clone(),
            format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name),
        );
        // The test's own runtime can't be waited for here, so another thread brings one along.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let admin = Database::connect(&server).await?;
                admin.execute_unprepared(&sql).await?;
                admin.close().await
            })?;
            Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
        });
        if !matches!(dropping.join(), Ok(Ok(()))) {
            tracing::warn!(database = self.name, "a test's database could not be dropped");
        }
    }
}

/// Runs each test once on SQLite and once on PostgreSQL, each time on an empty, migrated database.
///
/// ```text
/// store::databases! {
///     async fn a_new_store_has_no_users(store: &TestStore) {
///         assert!(!users::any(store.read()).await.unwrap());
///     }
/// }
/// ```
#[macro_export]
macro_rules! databases {
    ($(async fn $name:ident($store:ident: &TestStore) $body:block)+) => {
        $(
            mod $name {
                #[allow(unused_imports, reason = "a test may need nothing from around it")]
                use super::*;

                async fn test($store: &$crate::testing::TestStore) $body

                #[tokio::test]
                async fn on_sqlite() {
                    test(&$crate::testing::sqlite().await).await;
                }

                #[tokio::test]
                async fn on_postgres() {
                    test(&$crate::testing::postgres().await).await;
                }
            }
        )+
    };
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn another_database_takes_the_place_of_the_first() {
        let cases = [
            ("postgres://u:p@h:1", "postgres://u:p@h:1/x"),
            ("postgres://u@h/postgres", "postgres://u@h/x"),
            (
                "postgres://h/a?sslmode=disable&host=/tmp",
                "postgres://h/x?sslmode=disable&host=/tmp",
            ),
        ];
        for (server, expected) in cases {
            assert_eq!(with_database(server, "x"), expected);
        }
    }
}
