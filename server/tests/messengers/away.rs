//! A database that can't be written for a while.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use store::{
    Options, Store,
    testing::{TestStore, keys},
};

/// The database is away until it is given back.
pub enum Away {
    /// Another process writes, and does not come to an end.
    Locked(store::Tx, Store),
    /// Every connection is cut and none is let in.
    ClosedTo(DatabaseConnection, String),
}

impl Away {
    pub async fn take(store: &TestStore) -> Self {
        if !store.is_postgres() {
            let another = Store::connect(&Options::new(store.url()), keys()).await.unwrap();
            return Self::Locked(another.begin().await.unwrap(), another);
        }
        let server = std::env::var("TEST_POSTGRES_URL").unwrap();
        let admin = Database::connect(server).await.unwrap();
        let path = store.url().rsplit('/').next().unwrap();
        let name = path.split('?').next().unwrap().to_owned();
        let close = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        let cut = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        admin.execute_unprepared(&close).await.unwrap();
        admin.execute_unprepared(&cut).await.unwrap();
        Self::ClosedTo(admin, name)
    }

    pub async fn give_back(self) {
        match self {
            Self::Locked(lock, _another) => drop(lock),
            Self::ClosedTo(admin, name) => {
                let open = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true");
                admin.execute_unprepared(&open).await.unwrap();
                admin.close().await.unwrap();
            }
        }
    }
}
