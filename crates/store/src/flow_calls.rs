//! Which flow schema calls which with its node `schema`, as far as it is known before it runs.

use crate::{
    Connection, Error, row,
    sql::{CHUNK, Sql},
};
use model::FlowId;
use std::collections::BTreeMap;

/// A flow schema that others can reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Its name.
    pub name: String,
    /// The flow schemas that it calls itself.
    pub calls: Vec<FlowId>,
}

/// Says what a flow schema calls from now on.
///
/// # Errors
///
/// [`Error::Missing`] when one of these is gone; nothing else is written then.
pub async fn set(conn: &impl Connection, flow: FlowId, calls: &[FlowId]) -> Result<(), Error> {
    let mut sql = Sql::new("DELETE FROM flow_calls WHERE flow_id = ");
    sql.bind(flow.0);
    sql.run(conn).await?;
    for calls in calls.chunks(CHUNK) {
        let mut sql = Sql::new("INSERT INTO flow_calls (flow_id, called_id) VALUES ");
        for (index, called) in calls.iter().enumerate() {
            sql.push(if index > 0 { ", (" } else { "(" });
            sql.bind(flow.0).push(", ");
            sql.bind(called.0).push(")");
        }
        sql.run(conn).await.map_err(|error| match error {
            Error::InUse => Error::Missing,
            error => error,
        })?;
    }
    Ok(())
}

/// The flow schemas that can be reached from these, themselves included; those that are gone are left out.
///
/// With more than `most` it gives up: then there are more than that in the answer, and not all.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn reached(conn: &impl Connection, from: &[FlowId], most: usize) -> Result<BTreeMap<FlowId, Reached>, Error> {
    let mut found: BTreeMap<FlowId, Reached> = BTreeMap::new();
    let mut next: Vec<FlowId> = from.to_vec();
    while !next.is_empty() && found.len() <= most {
        let mut further = Vec::new();
        for ids in next.chunks(CHUNK) {
            let raw = || ids.iter().map(|id| id.0);
            let mut sql = Sql::new("SELECT id, name FROM flows WHERE id IN ");
            sql.bind_list(raw());
            for result in sql.all(conn).await? {
                let id = FlowId(row::get(&result, "id")?);
                let name = row::get(&result, "name")?;
                found.insert(
                    id,
                    Reached {
                        name,
                        calls: Vec::new(),
                    },
                );
            }
            let mut sql = Sql::new("SELECT flow_id, called_id FROM flow_calls WHERE flow_id IN ");
            sql.bind_list(raw()).push(" ORDER BY flow_id, called_id");
            for result in sql.all(conn).await? {
                let called = FlowId(row::get(&result, "called_id")?);
                if let Some(flow) = found.get_mut(&FlowId(row::get(&result, "flow_id")?)) {
                    flow.calls.push(called);
                    further.push(called);
                }
            }
        }
        further.sort_unstable();
        further.dedup();
        further.retain(|id| !found.contains_key(id));
        next = further;
    }
    Ok(found)
}

/// Who calls these flow schemas: what is called, and who calls it.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn callers(conn: &impl Connection, ids: &[FlowId]) -> Result<Vec<(FlowId, FlowId)>, Error> {
    let mut calls = Vec::new();
    for ids in ids.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT called_id, flow_id FROM flow_calls WHERE called_id IN ");
        sql.bind_list(ids.iter().map(|id| id.0));
        sql.push(" ORDER BY called_id, flow_id");
        for result in sql.all(conn).await? {
            calls.push((
                FlowId(row::get(&result, "called_id")?),
                FlowId(row::get(&result, "flow_id")?),
            ));
        }
    }
    Ok(calls)
}

/// Forgets what these flow schemas call, before they are removed together.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn clear(conn: &impl Connection, ids: &[FlowId]) -> Result<(), Error> {
    for ids in ids.chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM flow_calls WHERE flow_id IN ");
        sql.bind_list(ids.iter().map(|id| id.0));
        sql.run(conn).await?;
    }
    Ok(())
}

/// The programs of these flow schemas; those that are gone are left out.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn programs(conn: &impl Connection, ids: &[FlowId]) -> Result<Vec<(FlowId, String)>, Error> {
    let mut programs = Vec::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        let mut sql = Sql::new("SELECT id, program FROM flows WHERE id IN ");
        sql.bind_list(ids.iter().map(|id| id.0));
        for result in sql.all(conn).await? {
            programs.push((FlowId(row::get(&result, "id")?), row::get(&result, "program")?));
        }
    }
    Ok(programs)
}

/// The ids of the first flow schemas, in their order.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn first(conn: &impl Connection, most: usize) -> Result<Vec<FlowId>, Error> {
    let sql = Sql::new(format!("SELECT id FROM flows ORDER BY id LIMIT {most}"));
    let found = sql.all(conn).await?;
    found.iter().map(|result| Ok(FlowId(row::get(result, "id")?))).collect()
}
