//! What users may do: their roles and what those grant.

use crate::{Connection, Error, entity::user_role, row, sql::Sql};
use model::{Grants, RoleId, RoleRef, Section, UserId};
use sea_orm::{ActiveValue::Set, DbBackend, EntityTrait};
use std::collections::BTreeSet;

/// How many users who are not disabled have the built-in role Administrator, not counting `without`.
///
/// Within a transaction the answer holds until its end: nobody else can count meanwhile.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn count_administrators(conn: &impl Connection, without: &[UserId]) -> Result<u64, Error> {
    if conn.get_database_backend() == DbBackend::Postgres {
        // In a statement of its own: the count has to see what whoever held the lock before has committed.
        Sql::new("SELECT id FROM roles WHERE built_in AND name_folded = 'administrator' FOR NO KEY UPDATE")
            .one(conn)
            .await?;
    }
    let sql = "SELECT u.id FROM users AS u JOIN user_roles AS x ON x.user_id = u.id \
        JOIN roles AS r ON r.id = x.role_id \
        WHERE r.built_in AND r.name_folded = 'administrator' AND NOT u.disabled";
    let mut count = 0;
    for result in Sql::new(sql).all(conn).await? {
        let id = UserId(row::get(&result, "id")?);
        count += u64::from(!without.contains(&id));
    }
    Ok(count)
}

/// Everything that a user's roles grant together.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn grants_of(conn: &impl Connection, id: UserId) -> Result<Grants, Error> {
    let mut sql = Sql::new(
        "SELECT g.section, g.letters FROM user_roles AS u JOIN grants AS g ON g.role_id = u.role_id WHERE u.user_id = ",
    );
    sql.bind(id.0);
    let mut grants = Grants::default();
    for result in sql.all(conn).await? {
        let section: Section = row::parse("section", &row::get::<String>(&result, "section")?)?;
        grants.add_letters(section, &row::get::<String>(&result, "letters")?);
    }
    Ok(grants)
}

/// A user's roles, by name.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn roles_of(conn: &impl Connection, id: UserId) -> Result<Vec<RoleRef>, Error> {
    let mut sql =
        Sql::new("SELECT r.id, r.name FROM user_roles AS u JOIN roles AS r ON r.id = u.role_id WHERE u.user_id = ");
    sql.bind(id.0).push(" ORDER BY r.name_folded");
    let mut roles = Vec::new();
    for result in sql.all(conn).await? {
        roles.push(RoleRef {
            id: RoleId(row::get(&result, "id")?),
            name: row::get(&result, "name")?,
        });
    }
    Ok(roles)
}

/// Gives roles to a user who has none of them.
pub(super) async fn give_roles(conn: &impl Connection, id: UserId, roles: &BTreeSet<RoleId>) -> Result<(), Error> {
    if roles.is_empty() {
        return Ok(());
    }
    let rows = roles.iter().map(|role| user_role::ActiveModel {
        user_id: Set(id.0),
        role_id: Set(role.0),
    });
    match user_role::Entity::insert_many(rows)
        .exec_without_returning(conn)
        .await
        .map_err(Error::from)
    {
        Err(Error::InUse) => Err(Error::Missing),
        result => result.map(|_| ()),
    }
}
