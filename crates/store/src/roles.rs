//! Roles: named sets of grants.

use crate::{
    Connection, Error,
    entity::{grant, role},
    fold,
    folding::fold_start,
    paging::{self, Listed, SortColumn},
    row,
    sql::{CHUNK, Sql},
};
use model::{
    Grants, Page, PageRequest, Role, RoleColumn, RoleId, RoleInput, RoleRef, RoleRow, Section, Timestamp, Version,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryResult};

impl Listed for RoleColumn {
    type Row = RoleRow;
    const TABLE: &'static str = "roles";
    const SELECT: &'static str = "t.id, t.name, t.description, t.built_in, t.version, \
        (SELECT COUNT(*) FROM user_roles AS u WHERE u.role_id = t.id) AS users";
    const JOINS: &'static str = "";

    fn sort_column(self) -> SortColumn {
        match self {
            Self::Name => SortColumn::NAME,
            Self::Description => SortColumn::text("description_folded"),
        }
    }

    fn row(result: &QueryResult) -> Result<RoleRow, Error> {
        Ok(RoleRow {
            id: RoleId(row::get(result, "id")?),
            name: row::get(result, "name")?,
            description: row::get(result, "description")?,
            built_in: row::get(result, "built_in")?,
            users: row::count(result, "users")?,
            version: Version(row::get(result, "version")?),
        })
    }
}

/// One page of the registry.
///
/// # Errors
///
/// [`Error::BadCursor`], [`Error::Database`].
pub async fn page(conn: &impl Connection, request: &PageRequest<RoleColumn>) -> Result<Page<RoleRow>, Error> {
    paging::page(
        conn,
        &PageRequest {
            flow: None,
            ..request.clone()
        },
    )
    .await
}

/// The registry's rows of these roles, in no particular order; those that are gone are left out.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn rows(conn: &impl Connection, ids: &[RoleId]) -> Result<Vec<RoleRow>, Error> {
    paging::rows::<RoleColumn>(conn, &raw(ids)).await
}

/// Every role by id and name, in the order of names.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn all(conn: &impl Connection) -> Result<Vec<RoleRef>, Error> {
    let results = Sql::new("SELECT id, name FROM roles ORDER BY name_folded")
        .all(conn)
        .await?;
    let roles = results.iter().map(|result| {
        Ok(RoleRef {
            id: RoleId(row::get(result, "id")?),
            name: row::get(result, "name")?,
        })
    });
    roles.collect()
}

/// The built-in role that may do everything.
///
/// # Errors
///
/// [`Error::Missing`] when the schema is not up to date.
pub async fn administrator(conn: &impl Connection) -> Result<RoleId, Error> {
    let sql = Sql::new("SELECT id FROM roles WHERE built_in AND name_folded = 'administrator'");
    let result = sql.one(conn).await?.ok_or(Error::Missing)?;
    Ok(RoleId(row::get(&result, "id")?))
}

/// How many users have these roles; roles that nobody has are left out.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn user_count(conn: &impl Connection, ids: &[RoleId]) -> Result<Vec<(RoleId, u64)>, Error> {
    let mut counts = Vec::new();
    for ids in raw(ids).chunks(CHUNK) {
        let mut sql = Sql::new("SELECT role_id, COUNT(*) AS n FROM user_roles WHERE role_id IN ");
        sql.bind_list(ids.iter().copied())
            .push(" GROUP BY role_id ORDER BY role_id");
        for result in sql.all(conn).await? {
            counts.push((RoleId(row::get(&result, "role_id")?), row::count(&result, "n")?));
        }
    }
    Ok(counts)
}

/// A whole role.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn get(conn: &impl Connection, id: RoleId) -> Result<Option<Role>, Error> {
    let Some(row) = role::Entity::find_by_id(id.0).one(conn).await? else {
        return Ok(None);
    };
    let mut grants = Grants::default();
    for granted in grant::Entity::find()
        .filter(grant::Column::RoleId.eq(id.0))
        .all(conn)
        .await?
    {
        grants.add_letters(row::parse::<Section>("section", &granted.section)?, &granted.letters);
    }
    Ok(Some(Role {
        id,
        name: row.name,
        description: row.description,
        built_in: row.built_in,
        grants,
        version: Version(row.version),
        stamps: row::stamps(row.created_at, row.created_by, row.updated_at, row.updated_by),
    }))
}

/// Creates a role.
///
/// # Errors
///
/// [`Error::Conflict`] when the name is taken.
pub async fn insert(conn: &impl Connection, input: &RoleInput, at: Timestamp, by: &str) -> Result<RoleId, Error> {
    let row = role::ActiveModel {
        built_in: Set(false),
        version: Set(Version::FIRST.0),
        created_at: Set(at.0),
        created_by: Set(Some(by.to_owned())),
        ..edited(input, at, by)
    };
    let id = RoleId(role::Entity::insert(row).exec(conn).await?.last_insert_id);
    grant_all(conn, id, input.grants).await?;
    Ok(id)
}

/// Saves a role that is still at `seen` and not built in; says whether it was.
///
/// # Errors
///
/// [`Error::Conflict`] when the name is taken.
pub async fn update(
    conn: &impl Connection,
    id: RoleId,
    seen: Version,
    input: &RoleInput,
    at: Timestamp,
    by: &str,
) -> Result<bool, Error> {
    let row = role::ActiveModel {
        version: Set(seen.next().0),
        ..edited(input, at, by)
    };
    let result = role::Entity::update_many()
        .set(row)
        .filter(role::Column::Id.eq(id.0))
        .filter(role::Column::Version.eq(seen.0))
        .filter(role::Column::BuiltIn.eq(false))
        .exec(conn)
        .await?;
    if result.rows_affected == 0 {
        return Ok(false);
    }
    grant::Entity::delete_many()
        .filter(grant::Column::RoleId.eq(id.0))
        .exec(conn)
        .await?;
    grant_all(conn, id, input.grants).await?;
    Ok(true)
}

/// Keeps these roles as they are, and anybody from beginning to use them, until the transaction ends.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn hold(conn: &impl Connection, ids: &[RoleId]) -> Result<(), Error> {
    crate::sql::hold(conn, "roles", &raw(ids)).await
}

/// Removes roles that are not built in; says how many there were.
///
/// # Errors
///
/// [`Error::InUse`] when a user has one of them; none is removed then.
pub async fn remove(conn: &impl Connection, ids: &[RoleId]) -> Result<u64, Error> {
    let mut removed = 0;
    for ids in raw(ids).chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM roles WHERE NOT built_in AND id IN ");
        sql.bind_list(ids.iter().copied());
        removed += sql.run(conn).await?.rows_affected();
    }
    Ok(removed)
}

async fn grant_all(conn: &impl Connection, id: RoleId, grants: Grants) -> Result<(), Error> {
    let granted = Section::ALL
        .into_iter()
        .map(|section| (section, grants.letters(section)));
    let rows: Vec<grant::ActiveModel> = granted
        .filter(|(_, letters)| !letters.is_empty())
        .map(|(section, letters)| grant::ActiveModel {
            role_id: Set(id.0),
            section: Set(section.code().to_owned()),
            letters: Set(letters),
        })
        .collect();
    if !rows.is_empty() {
        grant::Entity::insert_many(rows).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// The columns that a form changes.
fn edited(input: &RoleInput, at: Timestamp, by: &str) -> role::ActiveModel {
    role::ActiveModel {
        name: Set(input.name.clone()),
        name_folded: Set(fold(&input.name)),
        description: Set(input.description.clone()),
        description_folded: Set(fold_start(&input.description)),
        updated_at: Set(at.0),
        updated_by: Set(Some(by.to_owned())),
        ..Default::default()
    }
}

fn raw(ids: &[RoleId]) -> Vec<i64> {
    ids.iter().map(|id| id.0).collect()
}
