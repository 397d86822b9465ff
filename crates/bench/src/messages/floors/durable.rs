//! One insert for each request; requests that come during a commit share the next.

use crate::failure::Fallible;
use axum::{Router, extract::State, http::StatusCode, routing::post};
use hyper::body::Bytes;
use sea_orm::sqlx::{
    ConnectOptions, Connection, SqliteConnection, query,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use serde::Deserialize;
use std::path::Path;
use tokio::sync::{mpsc, oneshot};

/// So many requests share a commit at most, as in the server.
const MOST: usize = 512;

#[derive(Deserialize)]
struct Update {
    update_id: i64,
}

struct Row {
    id: i64,
    body: Bytes,
    stored: oneshot::Sender<()>,
}

/// Makes the table and starts to write.
pub async fn router(database: &Path) -> Fallible<Router> {
    let mut connection = SqliteConnectOptions::new()
        .filename(database)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging()
        .connect()
        .await?;
    query("CREATE TABLE updates (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")
        .execute(&mut connection)
        .await?;
    let (rows, waiting) = mpsc::channel(4_096);
    tokio::spawn(async move {
        if let Err(error) = write(connection, waiting).await {
            eprintln!("the floor's database has failed: {error}");
        }
    });
    Ok(Router::new().route("/chat/{*path}", post(store)).with_state(rows))
}

async fn store(State(rows): State<mpsc::Sender<Row>>, body: Bytes) -> StatusCode {
    let Ok(Update { update_id }) = serde_json::from_slice(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    let (stored, told) = oneshot::channel();
    let row = Row {
        id: update_id,
        body,
        stored,
    };
    if rows.send(row).await.is_ok() && told.await.is_ok() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    }
}

async fn write(mut connection: SqliteConnection, mut waiting: mpsc::Receiver<Row>) -> Fallible<()> {
    let mut rows = Vec::with_capacity(MOST);
    while waiting.recv_many(&mut rows, MOST).await > 0 {
        let mut commit = connection.begin_with("BEGIN IMMEDIATE").await?;
        for row in &rows {
            query("INSERT INTO updates (id, body) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(row.id)
                .bind(&row.body[..])
                .execute(&mut *commit)
                .await?;
        }
        commit.commit().await?;
        for row in rows.drain(..) {
            // Who does not listen any more has gone away meanwhile.
            let _ = row.stored.send(());
        }
    }
    Ok(())
}
