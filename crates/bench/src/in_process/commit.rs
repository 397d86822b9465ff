//! One durable change: what the disk makes of it, and what the engine adds.

use crate::{
    failure::Fallible,
    latencies::Latencies,
    place::{Place, engine_over},
    scale::Scale,
};
use engine::access::Actor;
use model::{GatewayColumn, GatewayRow, ListQuery, Provider};
use sea_orm::sqlx::{
    ConnectOptions, Connection, SqliteConnection, query,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::time::Instant;

/// A change of one row with a line of the audit, made durable.
#[derive(Debug)]
pub struct Commits {
    /// Through sqlx alone: one UPDATE, one INSERT, one COMMIT.
    pub bare: Latencies,
    /// Through `engine::gateways::set_enabled`.
    pub engine: Latencies,
}

/// Measures both, in turns.
pub async fn measure(place: &Place, scale: Scale) -> Fallible<Commits> {
    let cx = engine_over(place.store().await?);
    let mut bare = SqliteConnectOptions::new()
        .filename(place.database())
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .disable_statement_logging()
        .connect()
        .await?;
    let mut row = switchable(&cx).await?;
    let mut commits = Commits {
        bare: Latencies::default(),
        engine: Latencies::default(),
    };
    for round in 0..=scale.rounds {
        let end = Instant::now() + scale.slice * 4;
        while Instant::now() < end {
            let started = Instant::now();
            write(&mut bare, row.id.0).await?;
            let written = Instant::now();
            let (id, version) = (row.id, model::Version(row.version.0 + 1));
            row = engine::gateways::set_enabled(&cx, &Actor::System, id, version, !row.enabled).await?;
            if round > 0 {
                commits.bare.add(written - started);
                commits.engine.add(written.elapsed());
            }
        }
    }
    bare.close().await?;
    cx.store.close().await?;
    Ok(commits)
}

async fn write(connection: &mut SqliteConnection, id: i64) -> Fallible<()> {
    query("BEGIN IMMEDIATE").execute(&mut *connection).await?;
    query("UPDATE gateways SET version = version + 1, updated_at = updated_at + 1 WHERE id = $1")
        .bind(id)
        .execute(&mut *connection)
        .await?;
    query(
        "INSERT INTO audit (at, actor, section, object_id, object_name, action, changes) \
         VALUES (0, 'bench', 'chat_gateways', $1, 'bench', 'changed', '[]')",
    )
    .bind(id)
    .execute(&mut *connection)
    .await?;
    query("COMMIT").execute(&mut *connection).await?;
    Ok(())
}

/// A gateway that is complete, so that it can be enabled.
async fn switchable(cx: &engine::Context) -> Fallible<GatewayRow> {
    let query = ListQuery {
        size: "100".to_owned(),
        ..ListQuery::default()
    };
    let request = query.parse::<GatewayColumn>().map_err(|errors| format!("{errors:?}"))?;
    let page = store::gateways::page(cx.store.read(), &request).await?;
    let complete = |row: &GatewayRow| row.flow.is_some() && row.provider == Provider::Custom;
    Ok(page
        .rows
        .into_iter()
        .find(complete)
        .ok_or("no gateway can be enabled")?)
}
