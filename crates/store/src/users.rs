//! The people who sign in.

mod access;

pub use access::{count_administrators, grants_of, roles_of};

use crate::{
    Connection, Error,
    entity::{user, user_role},
    fold,
    paging::{self, Listed, SortColumn},
    row,
    sql::{CHUNK, Sql},
};
use access::give_roles;
use model::{Page, PageRequest, RoleId, Secret, Timestamp, User, UserColumn, UserId, UserRow, Version};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryResult};
use std::collections::{BTreeSet, HashMap};

/// What a sign-in is checked against.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The user.
    pub id: UserId,
    /// Their name as they write it.
    pub name: String,
    /// The hash of their password.
    pub password_hash: Secret<String>,
    /// Whether they are kept out.
    pub disabled: bool,
    /// Whether they must choose a new password first.
    pub must_change_password: bool,
}

/// A user to create.
#[derive(Clone, Debug)]
pub struct NewUser<'a> {
    /// The name to sign in with.
    pub name: &'a str,
    /// The hash of the first password.
    pub password_hash: &'a Secret<String>,
    /// Whether they must choose a new password first.
    pub must_change_password: bool,
    /// Whether they are kept out.
    pub disabled: bool,
    /// Their roles.
    pub roles: &'a BTreeSet<RoleId>,
}

impl Listed for UserColumn {
    type Row = UserRow;
    const TABLE: &'static str = "users";
    const SELECT: &'static str = "t.id, t.name, t.disabled, t.last_seen_at, t.version";
    const JOINS: &'static str = "";

    fn sort_column(self) -> SortColumn {
        match self {
            Self::Name => SortColumn::NAME,
            Self::State => SortColumn::flag("disabled"),
        }
    }

    /// Their roles are many; [`with_roles`] adds them for a whole page.
    fn row(result: &QueryResult) -> Result<UserRow, Error> {
        Ok(UserRow {
            id: UserId(row::get(result, "id")?),
            name: row::get(result, "name")?,
            roles: Vec::new(),
            disabled: row::get(result, "disabled")?,
            last_seen_at: row::get::<Option<i64>>(result, "last_seen_at")?.map(Timestamp),
            version: Version(row::get(result, "version")?),
        })
    }
}

/// One page of the registry.
///
/// # Errors
///
/// [`Error::BadCursor`], [`Error::Database`].
pub async fn page(conn: &impl Connection, request: &PageRequest<UserColumn>) -> Result<Page<UserRow>, Error> {
    let mut page = paging::page(
        conn,
        &PageRequest {
            flow: None,
            ..request.clone()
        },
    )
    .await?;
    with_roles(conn, &mut page.rows).await?;
    Ok(page)
}

/// The registry's rows of these users, in no particular order; those that are gone are left out.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn rows(conn: &impl Connection, ids: &[UserId]) -> Result<Vec<UserRow>, Error> {
    let mut rows = paging::rows::<UserColumn>(conn, &raw(ids)).await?;
    with_roles(conn, &mut rows).await?;
    Ok(rows)
}

async fn with_roles(conn: &impl Connection, rows: &mut [UserRow]) -> Result<(), Error> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
    let mut names: HashMap<i64, Vec<String>> = HashMap::new();
    for ids in ids.chunks(CHUNK) {
        let mut sql = Sql::new(
            "SELECT u.user_id, r.name FROM user_roles AS u JOIN roles AS r ON r.id = u.role_id WHERE u.user_id IN ",
        );
        sql.bind_list(ids.iter().copied()).push(" ORDER BY r.name_folded");
        for result in sql.all(conn).await? {
            names
                .entry(row::get(&result, "user_id")?)
                .or_default()
                .push(row::get(&result, "name")?);
        }
    }
    for row in rows {
        row.roles = names.remove(&row.id.0).unwrap_or_default();
    }
    Ok(())
}

/// A whole user.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn get(conn: &impl Connection, id: UserId) -> Result<Option<User>, Error> {
    let Some(row) = user::Entity::find_by_id(id.0).one(conn).await? else {
        return Ok(None);
    };
    Ok(Some(User {
        id,
        name: row.name,
        roles: roles_of(conn, id).await?,
        disabled: row.disabled,
        must_change_password: row.must_change_password,
        version: Version(row.version),
        stamps: row::stamps(row.created_at, row.created_by, row.updated_at, row.updated_by),
    }))
}

/// What a sign-in under this name is checked against; letter case doesn't matter.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn by_name(conn: &impl Connection, name: &str) -> Result<Option<Credentials>, Error> {
    let name = fold(name.trim()).replace('\0', "\u{1}");
    let row = user::Entity::find()
        .filter(user::Column::NameFolded.eq(name))
        .one(conn)
        .await?;
    Ok(row.map(credentials))
}

/// What a user's present password is checked against.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn credentials_of(conn: &impl Connection, id: UserId) -> Result<Option<Credentials>, Error> {
    Ok(user::Entity::find_by_id(id.0).one(conn).await?.map(credentials))
}

/// Like [`credentials_of`], and nobody else changes the user until the transaction ends.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn hold(conn: &impl Connection, id: UserId) -> Result<Option<Credentials>, Error> {
    crate::sql::hold(conn, "users", &[id.0]).await?;
    credentials_of(conn, id).await
}

fn credentials(row: user::Model) -> Credentials {
    Credentials {
        id: UserId(row.id),
        name: row.name,
        password_hash: Secret::new(row.password_hash),
        disabled: row.disabled,
        must_change_password: row.must_change_password,
    }
}

/// Whether there is any user.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn any(conn: &impl Connection) -> Result<bool, Error> {
    Ok(Sql::new("SELECT id FROM users LIMIT 1").one(conn).await?.is_some())
}

/// The names of these users, in no particular order; those that are gone are left out.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn names(conn: &impl Connection, ids: &[UserId]) -> Result<Vec<(UserId, String)>, Error> {
    let rows = paging::rows::<UserColumn>(conn, &raw(ids)).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Creates a user.
///
/// # Errors
///
/// [`Error::Conflict`] when the name is taken, [`Error::Missing`] when a role doesn't exist.
pub async fn insert(conn: &impl Connection, new: &NewUser<'_>, at: Timestamp, by: &str) -> Result<UserId, Error> {
    let row = user::ActiveModel {
        name: Set(new.name.to_owned()),
        name_folded: Set(fold(new.name)),
        password_hash: Set(new.password_hash.expose().clone()),
        must_change_password: Set(new.must_change_password),
        disabled: Set(new.disabled),
        last_seen_at: Set(None),
        version: Set(Version::FIRST.0),
        created_at: Set(at.0),
        created_by: Set(Some(by.to_owned())),
        updated_at: Set(at.0),
        updated_by: Set(Some(by.to_owned())),
        ..Default::default()
    };
    let id = UserId(user::Entity::insert(row).exec(conn).await?.last_insert_id);
    give_roles(conn, id, new.roles).await?;
    Ok(id)
}

/// What a form changes of a user.
#[derive(Clone, Copy, Debug)]
pub struct UserChange<'a> {
    /// The name to sign in with.
    pub name: &'a str,
    /// Whether they are kept out.
    pub disabled: bool,
    /// Their roles.
    pub roles: &'a BTreeSet<RoleId>,
}

/// Saves a user who is still at `seen`; says whether they were. The password stays.
///
/// # Errors
///
/// [`Error::Conflict`] when the name is taken, [`Error::Missing`] when a role doesn't exist.
pub async fn update(
    conn: &impl Connection,
    id: UserId,
    seen: Version,
    change: &UserChange<'_>,
    at: Timestamp,
    by: &str,
) -> Result<bool, Error> {
    let row = user::ActiveModel {
        name: Set(change.name.to_owned()),
        name_folded: Set(fold(change.name)),
        disabled: Set(change.disabled),
        version: Set(seen.next().0),
        updated_at: Set(at.0),
        updated_by: Set(Some(by.to_owned())),
        ..Default::default()
    };
    let result = user::Entity::update_many()
        .set(row)
        .filter(user::Column::Id.eq(id.0))
        .filter(user::Column::Version.eq(seen.0))
        .exec(conn)
        .await?;
    if result.rows_affected == 0 {
        return Ok(false);
    }
    user_role::Entity::delete_many()
        .filter(user_role::Column::UserId.eq(id.0))
        .exec(conn)
        .await?;
    give_roles(conn, id, change.roles).await?;
    Ok(true)
}

/// Sets a password; the version stays, for no form shows it. Says whether the user was there.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn set_password(
    conn: &impl Connection,
    id: UserId,
    password_hash: &Secret<String>,
    must_change_password: bool,
    at: Timestamp,
    by: &str,
) -> Result<bool, Error> {
    let row = user::ActiveModel {
        password_hash: Set(password_hash.expose().clone()),
        must_change_password: Set(must_change_password),
        updated_at: Set(at.0),
        updated_by: Set(Some(by.to_owned())),
        ..Default::default()
    };
    let result = user::Entity::update_many()
        .set(row)
        .filter(user::Column::Id.eq(id.0))
        .exec(conn)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Removes users with their sessions; says how many there were.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn remove(conn: &impl Connection, ids: &[UserId]) -> Result<u64, Error> {
    let mut removed = 0;
    for ids in raw(ids).chunks(CHUNK) {
        let mut sql = Sql::new("DELETE FROM users WHERE id IN ");
        sql.bind_list(ids.iter().copied());
        removed += sql.run(conn).await?.rows_affected();
    }
    Ok(removed)
}

fn raw(ids: &[UserId]) -> Vec<i64> {
    ids.iter().map(|id| id.0).collect()
}
