//! Chat gateways.

use crate::{
    Connection, Error,
    entity::gateway,
    flows, fold, health,
    paging::{self, Listed, SortColumn},
    row, secrets,
    secrets::Owner,
    sql::{CHUNK, Sql},
};
use model::{
    FlowId, FlowRef, Gateway, GatewayColumn, GatewayId, GatewayInput, GatewayRow, Page, PageRequest, Settings, Stamps,
    Timestamp, Version,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbBackend, EntityTrait, QueryFilter, QueryResult, QuerySelect};

impl Listed for GatewayColumn {
    type Row = GatewayRow;
    const TABLE: &'static str = "gateways";
    const SELECT: &'static str = "t.id, t.name, t.uri, t.provider, t.enabled, t.version, \
        f.id AS flow_id, f.name AS flow_name, f.kind AS flow_kind, \
        h.state AS health_state, h.since AS health_since, h.checked_at AS health_checked_at, h.code AS health_code, \
        h.sentence AS health_sentence, h.remedy AS health_remedy, h.identity AS health_identity, h.to_do AS health_to_do";
    const JOINS: &'static str =
        "LEFT JOIN flows AS f ON f.id = t.flow_id LEFT JOIN gateway_health AS h ON h.gateway_id = t.id";

    fn sort_column(self) -> SortColumn {
        match self {
            Self::Name => SortColumn::NAME,
            Self::Uri => SortColumn::text("uri"),
            Self::Flow => SortColumn::text("flow_sort"),
            Self::Provider => SortColumn::text("provider"),
            Self::State => SortColumn::flag("enabled"),
        }
    }

    fn row(result: &QueryResult) -> Result<GatewayRow, Error> {
        let flow = match row::get::<Option<i64>>(result, "flow_id")? {
            None => None,
            Some(id) => Some(FlowRef {
                id: FlowId(id),
                name: row::get(result, "flow_name")?,
                kind: row::parse("kind of flow schema", &row::get::<String>(result, "flow_kind")?)?,
            }),
        };
        let uri: String = row::get(result, "uri")?;
        Ok(GatewayRow {
            id: GatewayId(row::get(result, "id")?),
            name: row::get(result, "name")?,
            uri: uri.try_into().map_err(|error| Error::unreadable("URI", error))?,
            flow,
            provider: row::parse("provider", &row::get::<String>(result, "provider")?)?,
            enabled: row::get(result, "enabled")?,
            health: health::read(result)?,
            version: Version(row::get(result, "version")?),
        })
    }
}

/// One page of the registry.
///
/// # Errors
///
/// [`Error::BadCursor`], [`Error::Database`].
pub async fn page(conn: &impl Connection, request: &PageRequest<GatewayColumn>) -> Result<Page<GatewayRow>, Error> {
    paging::page(conn, request).await
}

/// The registry's rows of these gateways, in no particular order; those that are gone are left out.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn rows(conn: &impl Connection, ids: &[GatewayId]) -> Result<Vec<GatewayRow>, Error> {
    paging::rows::<GatewayColumn>(conn, &raw(ids)).await
}

/// The names of these gateways, in no particular order; those that are gone are left out.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn names(conn: &impl Connection, ids: &[GatewayId]) -> Result<Vec<(GatewayId, String)>, Error> {
    let mut names = Vec::with_capacity(ids.len());
    for ids in raw(ids).chunks(CHUNK) {
        let found: Vec<(i64, String)> = gateway::Entity::find()
            .select_only()
            .columns([gateway::Column::Id, gateway::Column::Name])
            .filter(gateway::Column::Id.is_in(ids.iter().copied()))
            .into_tuple()
            .all(conn)
            .await?;
        names.extend(found.into_iter().map(|(id, name)| (GatewayId(id), name)));
    }
    Ok(names)
}

/// A whole gateway; of its secrets only that they are set.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn get(conn: &impl Connection, id: GatewayId) -> Result<Option<Gateway>, Error> {
    let Some(row) = gateway::Entity::find_by_id(id.0).one(conn).await? else {
        return Ok(None);
    };
    let flow = match row.flow_id {
        None => None,
        Some(flow) => flows::reference(conn, FlowId(flow)).await?,
    };
    Ok(Some(Gateway {
        id,
        uri: row.uri.try_into().map_err(|error| Error::unreadable("URI", error))?,
        flow,
        enabled: row.enabled,
        health: health::get(conn, id)
            .await?
            .map(|watched| watched.health)
            .unwrap_or_default(),
        settings: Settings::from_json(&row.settings).map_err(|error| Error::unreadable("gateway's settings", error))?,
        templates: row::json("gateway's templates", &row.templates)?,
        secrets: secrets::states(conn, Owner::Gateways, id.0).await?,
        version: Version(row.version),
        stamps: Stamps {
            declared_by: row.declared_by,
            ..row::stamps(row.created_at, row.created_by, row.updated_at, row.updated_by)
        },
        name: row.name,
    }))
}

/// The gateway that is reached under a URI.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn by_uri(conn: &impl Connection, uri: &str) -> Result<Option<GatewayId>, Error> {
    let mut sql = Sql::new("SELECT id FROM gateways WHERE uri = ");
    sql.bind(uri);
    let found = sql.one(conn).await?;
    found.map(|result| row::get(&result, "id").map(GatewayId)).transpose()
}

/// The gateways of a name, however it is written in capitals; several may have the same.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn by_name(conn: &impl Connection, name: &str) -> Result<Vec<GatewayId>, Error> {
    let mut sql = Sql::new("SELECT id FROM gateways WHERE name_folded = ");
    sql.bind(fold(name)).push(" ORDER BY id");
    read_ids(&sql.all(conn).await?)
}

/// Every gateway, by name.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn ids(conn: &impl Connection) -> Result<Vec<GatewayId>, Error> {
    let sql = Sql::new("SELECT id FROM gateways ORDER BY name_folded, id");
    read_ids(&sql.all(conn).await?)
}

fn read_ids(results: &[QueryResult]) -> Result<Vec<GatewayId>, Error> {
    let id = |result| row::get(result, "id").map(GatewayId);
    results.iter().map(id).collect()
}

/// Notes which file keeps a gateway; that is no new version of it.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn declare(conn: &impl Connection, id: GatewayId, file: &str) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE gateways SET declared_by = ");
    sql.bind(file).push(" WHERE id = ").bind(id.0);
    sql.run(conn).await.map(drop)
}

/// Creates a disabled gateway; its secrets are put apart, with [`secrets::put`].
///
/// # Errors
///
/// [`Error::Conflict`] when the URI is taken, [`Error::Missing`] when the flow schema is gone.
pub async fn insert(conn: &impl Connection, input: &GatewayInput, at: Timestamp, by: &str) -> Result<GatewayId, Error> {
    let row = gateway::ActiveModel {
        uri: Set(input.uri.as_str().to_owned()),
        provider: Set(input.settings.provider().code().to_owned()),
        enabled: Set(false),
        version: Set(Version::FIRST.0),
        created_at: Set(at.0),
        created_by: Set(Some(by.to_owned())),
        ..edited(conn, input, at, by).await?
    };
    let inserted = gateway::Entity::insert(row).exec(conn).await?;
    Ok(GatewayId(inserted.last_insert_id))
}

/// Saves a gateway that is still at `seen`; its URI and provider stay. Says whether it was.
///
/// # Errors
///
/// [`Error::Missing`] when the flow schema is gone.
pub async fn update(
    conn: &impl Connection,
    id: GatewayId,
    seen: Version,
    input: &GatewayInput,
    at: Timestamp,
    by: &str,
) -> Result<bool, Error> {
    let row = gateway::ActiveModel {
        version: Set(seen.next().0),
        ..edited(conn, input, at, by).await?
    };
    save(conn, id, seen, row).await
}

/// Enables or disables a gateway that is still at `seen`. Says whether it was.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn set_enabled(
    conn: &impl Connection,
    id: GatewayId,
    seen: Version,
    on: bool,
    at: Timestamp,
    by: &str,
) -> Result<bool, Error> {
    let row = gateway::ActiveModel {
        enabled: Set(on),
        version: Set(seen.next().0),
        updated_at: Set(at.0),
        updated_by: Set(Some(by.to_owned())),
        ..Default::default()
    };
    save(conn, id, seen, row).await
}

/// Removes gateways with their secrets; says how many there were.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn remove(conn: &impl Connection, ids: &[GatewayId]) -> Result<u64, Error> {
    let ids = raw(ids);
    secrets::remove_all(conn, Owner::Gateways, &ids).await?;
    let mut removed = 0;
    for ids in ids.chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM gateways WHERE id IN ");
        sql.bind_list(ids.iter().copied());
        removed += sql.run(conn).await?.rows_affected();
    }
    Ok(removed)
}

async fn save(conn: &impl Connection, id: GatewayId, seen: Version, row: gateway::ActiveModel) -> Result<bool, Error> {
    let result = gateway::Entity::update_many()
        .set(row)
        .filter(gateway::Column::Id.eq(id.0))
        .filter(gateway::Column::Version.eq(seen.0))
        .exec(conn)
        .await?;
    Ok(result.rows_affected == 1)
}

/// The columns that a form changes.
async fn edited(
    conn: &impl Connection,
    input: &GatewayInput,
    at: Timestamp,
    by: &str,
) -> Result<gateway::ActiveModel, Error> {
    let flow_sort = match input.flow {
        None => String::new(),
        Some(flow) => flow_sort(conn, flow).await?,
    };
    Ok(gateway::ActiveModel {
        name: Set(input.name.clone()),
        name_folded: Set(fold(&input.name)),
        flow_id: Set(input.flow.map(|flow| flow.0)),
        flow_sort: Set(flow_sort),
        settings: Set(input.settings.to_json()),
        templates: Set(row::to_json(&input.templates)),
        updated_at: Set(at.0),
        updated_by: Set(Some(by.to_owned())),
        ..Default::default()
    })
}

/// The folded name of a flow schema, which can't be renamed meanwhile.
async fn flow_sort(conn: &impl Connection, flow: FlowId) -> Result<String, Error> {
    let mut sql = Sql::new("SELECT name_folded FROM flows WHERE id = ");
    sql.bind(flow.0);
    if conn.get_database_backend() == DbBackend::Postgres {
        sql.push(" FOR SHARE");
    }
    let result = sql.one(conn).await?.ok_or(Error::Missing)?;
    row::get(&result, "name_folded")
}

fn raw(ids: &[GatewayId]) -> Vec<i64> {
    ids.iter().map(|id| id.0).collect()
}
