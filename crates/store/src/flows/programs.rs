//! The programs that flow schemas have had: one row for each save that changed a program, the newest being the present one.

use crate::{
    Connection, Error, conversations,
    entity::flow_program,
    row,
    sql::{CHUNK, Sql},
};
use model::{FlowId, ProgramVersion, SavedProgram, Timestamp, Version};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeSet;

/// How many programs of a flow schema are kept; when there are more, the oldest ones go that no conversation runs.
pub const KEPT: u64 = 200;

/// Keeps the program that a flow schema has now, unless its newest one is the same. A conversation that is under way keeps
/// those that it began with, however old.
///
/// To be called in the transaction that has just saved the flow schema.
pub(super) async fn keep(conn: &impl Connection, flow: FlowId) -> Result<(), Error> {
    let mut sql = Sql::new(
        "INSERT INTO flow_programs (flow_id, version, program, saved_at, saved_by) \
         SELECT t.id, t.version, t.program, t.updated_at, t.updated_by FROM flows AS t WHERE t.id = ",
    );
    sql.bind(flow.0).push(
        " AND NOT EXISTS (SELECT 1 FROM flow_programs AS p WHERE p.flow_id = t.id AND p.program = t.program \
         AND p.version = (SELECT MAX(n.version) FROM flow_programs AS n WHERE n.flow_id = t.id))",
    );
    if sql.run(conn).await?.rows_affected() == 0 {
        return Ok(());
    }
    let mut sql = Sql::new("SELECT version FROM flow_programs WHERE flow_id = ");
    sql.bind(flow.0)
        .push(" AND version <= (SELECT p.version FROM flow_programs AS p WHERE p.flow_id = ");
    sql.bind(flow.0)
        .push(format!(" ORDER BY p.version DESC LIMIT 1 OFFSET {KEPT})"));
    let mut old = BTreeSet::new();
    for result in sql.all(conn).await? {
        old.insert(row::get::<i64>(&result, "version")?);
    }
    if old.is_empty() {
        return Ok(());
    }
    for version in conversations::versions_in_use(conn, flow).await? {
        old.remove(&version.0);
    }
    let old: Vec<i64> = old.into_iter().collect();
    for versions in old.chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM flow_programs WHERE flow_id = ");
        sql.bind(flow.0)
            .push(" AND version IN ")
            .bind_list(versions.iter().copied());
        sql.run(conn).await?;
    }
    Ok(())
}

/// The programs of a flow schema, newest first, from just below the version `older` if one is given.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn programs(
    conn: &impl Connection,
    flow: FlowId,
    older: Option<Version>,
    limit: u64,
) -> Result<Vec<ProgramVersion>, Error> {
    let mut sql = Sql::new(
        "SELECT version, saved_at, saved_by, CAST(LENGTH(program) AS BIGINT) AS chars FROM flow_programs WHERE flow_id = ",
    );
    sql.bind(flow.0);
    if let Some(older) = older {
        sql.push(" AND version < ").bind(older.0);
    }
    sql.push(format!(" ORDER BY version DESC LIMIT {limit}"));
    let results = sql.all(conn).await?;
    let versions = results.iter().map(|result| {
        Ok(ProgramVersion {
            version: Version(row::get(result, "version")?),
            saved_at: Timestamp(row::get(result, "saved_at")?),
            saved_by: row::get::<Option<String>>(result, "saved_by")?.unwrap_or_default(),
            chars: row::count(result, "chars")?,
        })
    });
    versions.collect()
}

/// The program that came with a version of a flow schema.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn program(conn: &impl Connection, flow: FlowId, version: Version) -> Result<Option<SavedProgram>, Error> {
    let found = flow_program::Entity::find_by_id((flow.0, version.0)).one(conn).await?;
    Ok(found.map(read))
}

/// The newest program of a flow schema; with a version the newest one before it.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn newest_program(
    conn: &impl Connection,
    flow: FlowId,
    before: Option<Version>,
) -> Result<Option<SavedProgram>, Error> {
    let mut find = flow_program::Entity::find().filter(flow_program::Column::FlowId.eq(flow.0));
    if let Some(before) = before {
        find = find.filter(flow_program::Column::Version.lt(before.0));
    }
    let newest = find.order_by_desc(flow_program::Column::Version);
    Ok(newest.one(conn).await?.map(read))
}

fn read(row: flow_program::Model) -> SavedProgram {
    SavedProgram {
        version: Version(row.version),
        saved_at: Timestamp(row.saved_at),
        saved_by: row.saved_by.unwrap_or_default(),
        program: row.program,
    }
}

/// The newest versions of the programs of these flow schemas.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn newest_versions(conn: &impl Connection, ids: &[FlowId]) -> Result<Vec<(FlowId, Version)>, Error> {
    let mut versions = Vec::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT flow_id, MAX(version) AS version FROM flow_programs WHERE flow_id IN ");
        sql.bind_list(ids.iter().map(|id| id.0)).push(" GROUP BY flow_id");
        for result in sql.all(conn).await? {
            versions.push((
                FlowId(row::get(&result, "flow_id")?),
                Version(row::get(&result, "version")?),
            ));
        }
    }
    Ok(versions)
}
