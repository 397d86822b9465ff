//! Flow schemas, and the programs they have had.

mod programs;
mod used_by;

pub use programs::{KEPT, newest_program, newest_versions, program, programs};
pub use used_by::{UsedBy, used_by};

use crate::{
    Connection, Error,
    entity::{flow, gateway},
    fold,
    paging::{self, Filter, Listed, SortColumn},
    row,
    sql::{CHUNK, Sql},
};
use model::{
    Flow, FlowColumn, FlowId, FlowInput, FlowKind, FlowRef, FlowRow, NamePattern, Page, PageRequest, Stamps, Timestamp,
    Version,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryResult, QuerySelect, sea_query::Expr};

impl Listed for FlowColumn {
    type Row = FlowRow;
    const TABLE: &'static str = "flows";
    const SELECT: &'static str = "t.id, t.name, t.kind, t.tags, t.updated_at, t.version, \
        (SELECT COUNT(*) FROM gateways AS g WHERE g.flow_id = t.id) AS used_by";
    const JOINS: &'static str = "";

    fn sort_column(self) -> SortColumn {
        match self {
            Self::Name => SortColumn::NAME,
            Self::Kind => SortColumn::text("kind"),
            Self::Changed => SortColumn::number("updated_at"),
        }
    }

    fn row(result: &QueryResult) -> Result<FlowRow, Error> {
        Ok(FlowRow {
            id: FlowId(row::get(result, "id")?),
            name: row::get(result, "name")?,
            kind: row::parse("kind of flow schema", &row::get::<String>(result, "kind")?)?,
            tags: row::json("flow schema's tags", &row::get::<String>(result, "tags")?)?,
            used_by: row::count(result, "used_by")?,
            updated_at: Timestamp(row::get(result, "updated_at")?),
            version: Version(row::get(result, "version")?),
        })
    }
}

/// One page of the registry.
///
/// # Errors
///
/// [`Error::BadCursor`], [`Error::Database`].
pub async fn page(conn: &impl Connection, request: &PageRequest<FlowColumn>) -> Result<Page<FlowRow>, Error> {
    paging::page(
        conn,
        &PageRequest {
            flow: None,
            ..request.clone()
        },
    )
    .await
}

/// The registry's rows of these flow schemas, in no particular order; those that are gone are left out.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn rows(conn: &impl Connection, ids: &[FlowId]) -> Result<Vec<FlowRow>, Error> {
    paging::rows::<FlowColumn>(conn, &raw(ids)).await
}

/// The names of these flow schemas, in no particular order; those that are gone are left out.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn names(conn: &impl Connection, ids: &[FlowId]) -> Result<Vec<(FlowId, String)>, Error> {
    let mut names = Vec::with_capacity(ids.len());
    for ids in raw(ids).chunks(CHUNK) {
        let found: Vec<(i64, String)> = flow::Entity::find()
            .select_only()
            .columns([flow::Column::Id, flow::Column::Name])
            .filter(flow::Column::Id.is_in(ids.iter().copied()))
            .into_tuple()
            .all(conn)
            .await?;
        names.extend(found.into_iter().map(|(id, name)| (FlowId(id), name)));
    }
    Ok(names)
}

/// A flow schema by id and name.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn reference(conn: &impl Connection, id: FlowId) -> Result<Option<FlowRef>, Error> {
    let mut sql = Sql::new("SELECT id, name, kind FROM flows WHERE id = ");
    sql.bind(id.0);
    sql.one(conn).await?.as_ref().map(read_reference).transpose()
}

/// Flow schemas to choose from, by name.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn choices(conn: &impl Connection, pattern: &NamePattern, limit: u16) -> Result<Vec<FlowRef>, Error> {
    let mut sql = Sql::new("SELECT t.id, t.name, t.kind FROM flows AS t WHERE 1 = 1");
    Filter::new(pattern, None).write_all(&mut sql);
    sql.push(format!(" ORDER BY t.name_folded LIMIT {limit}"));
    sql.all(conn).await?.iter().map(read_reference).collect()
}

fn read_reference(result: &QueryResult) -> Result<FlowRef, Error> {
    Ok(FlowRef {
        id: FlowId(row::get(result, "id")?),
        name: row::get(result, "name")?,
        kind: row::parse("kind of flow schema", &row::get::<String>(result, "kind")?)?,
    })
}

/// A whole flow schema.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn get(conn: &impl Connection, id: FlowId) -> Result<Option<Flow>, Error> {
    let Some(row) = flow::Entity::find_by_id(id.0).one(conn).await? else {
        return Ok(None);
    };
    Ok(Some(Flow {
        id,
        name: row.name,
        description: row.description,
        kind: row::parse("kind of flow schema", &row.kind)?,
        program: row.program,
        tags: row::json("flow schema's tags", &row.tags)?,
        version: Version(row.version),
        stamps: Stamps {
            declared_by: row.declared_by,
            ..row::stamps(row.created_at, row.created_by, row.updated_at, row.updated_by)
        },
    }))
}

/// The flow schema of a name, however it is written in capitals.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn by_name(conn: &impl Connection, name: &str) -> Result<Option<FlowId>, Error> {
    let mut sql = Sql::new("SELECT id FROM flows WHERE name_folded = ");
    sql.bind(fold(name));
    let found = sql.one(conn).await?;
    found.map(|result| row::get(&result, "id").map(FlowId)).transpose()
}

/// Every flow schema, by name.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn ids(conn: &impl Connection) -> Result<Vec<FlowId>, Error> {
    let results = Sql::new("SELECT id FROM flows ORDER BY name_folded, id")
        .all(conn)
        .await?;
    let id = |result| row::get(result, "id").map(FlowId);
    results.iter().map(id).collect()
}

/// Notes which file keeps a flow schema; that is no new version of it.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn declare(conn: &impl Connection, id: FlowId, file: &str) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE flows SET declared_by = ");
    sql.bind(file).push(" WHERE id = ").bind(id.0);
    sql.run(conn).await.map(drop)
}

/// Creates a flow schema; its program is the first of its history.
///
/// # Errors
///
/// [`Error::Conflict`] when the name is taken.
pub async fn insert(
    conn: &impl Connection,
    kind: FlowKind,
    input: &FlowInput,
    at: Timestamp,
    by: &str,
) -> Result<FlowId, Error> {
    let row = flow::ActiveModel {
        kind: Set(kind.code().to_owned()),
        layout: Set(None),
        note: Set(String::new()),
        version: Set(Version::FIRST.0),
        created_at: Set(at.0),
        created_by: Set(Some(by.to_owned())),
        ..edited(input, at, by)
    };
    let inserted = flow::Entity::insert(row).exec(conn).await?;
    let id = FlowId(inserted.last_insert_id);
    programs::keep(conn, id).await?;
    Ok(id)
}

/// Saves a flow schema that is still at `seen`; says whether it was. Its gateways are sorted by the new name at once, and a
/// new program is added to its history, of which the newest [`KEPT`] are kept.
///
/// # Errors
///
/// [`Error::Conflict`] when the name is taken.
pub async fn update(
    conn: &impl Connection,
    id: FlowId,
    seen: Version,
    input: &FlowInput,
    at: Timestamp,
    by: &str,
) -> Result<bool, Error> {
    let row = flow::ActiveModel {
        version: Set(seen.next().0),
        ..edited(input, at, by)
    };
    let result = flow::Entity::update_many()
        .set(row)
        .filter(flow::Column::Id.eq(id.0))
        .filter(flow::Column::Version.eq(seen.0))
        .exec(conn)
        .await?;
    if result.rows_affected == 0 {
        return Ok(false);
    }
    programs::keep(conn, id).await?;
    let sort = fold(&input.name);
    gateway::Entity::update_many()
        .col_expr(gateway::Column::FlowSort, Expr::value(sort.clone()))
        .filter(gateway::Column::FlowId.eq(id.0))
        .filter(gateway::Column::FlowSort.ne(sort))
        .exec(conn)
        .await?;
    Ok(true)
}

/// Keeps these flow schemas as they are, and anybody from beginning to use them, until the transaction ends.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn hold(conn: &impl Connection, ids: &[FlowId]) -> Result<(), Error> {
    crate::sql::hold(conn, "flows", &raw(ids)).await
}

/// Removes flow schemas; says how many there were.
///
/// # Errors
///
/// [`Error::InUse`] when a gateway uses one of them; none is removed then.
pub async fn remove(conn: &impl Connection, ids: &[FlowId]) -> Result<u64, Error> {
    let mut removed = 0;
    for ids in raw(ids).chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM flows WHERE id IN ");
        sql.bind_list(ids.iter().copied());
        removed += sql.run(conn).await?.rows_affected();
    }
    Ok(removed)
}

/// The columns that a form changes.
fn edited(input: &FlowInput, at: Timestamp, by: &str) -> flow::ActiveModel {
    flow::ActiveModel {
        name: Set(input.name.clone()),
        name_folded: Set(fold(&input.name)),
        description: Set(input.description.clone()),
        program: Set(input.program.clone()),
        tags: Set(row::to_json(&input.tags)),
        tags_folded: Set(fold(&input.tags.join("\n"))),
        updated_at: Set(at.0),
        updated_by: Set(Some(by.to_owned())),
        ..Default::default()
    }
}

fn raw(ids: &[FlowId]) -> Vec<i64> {
    ids.iter().map(|id| id.0).collect()
}
