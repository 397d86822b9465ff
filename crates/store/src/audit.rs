//! The record of who did what; lines are only ever added.

use crate::{
    Connection, Error,
    entity::audit,
    row::{self, Unknown},
    sql::{CHUNK, Sql},
};
use model::{Action, AuditLine, Change, FieldChange, Section, Timestamp, UserId};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// The advisory lock of whoever adds lines: "audit" in ASCII.
const APPEND_LOCK: i64 = 0x61_75_64_69_74;

/// A line to add.
#[derive(Clone, Debug)]
pub struct NewAudit<'a> {
    /// When.
    pub at: Timestamp,
    /// Who; nobody for what the server does by itself.
    pub actor_id: Option<UserId>,
    /// Who, by name.
    pub actor: &'a str,
    /// In which section.
    pub section: Section,
    /// The object's id.
    pub object_id: i64,
    /// The object's name at that time.
    pub object_name: &'a str,
    /// What was done.
    pub action: Action,
    /// Which fields were changed; of a secret only its name.
    pub changes: &'a [FieldChange],
    /// The request that asked for it.
    pub request_id: Option<&'a str>,
}

/// A change with the number of its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The line's number.
    pub id: i64,
    /// The change.
    pub change: Change,
}

/// Adds a line; to be called in the transaction of what it tells about, as its last step.
///
/// Lines become visible in the order of their numbers, so that [`since`] misses none: SQLite has one writer anyway, on
/// PostgreSQL a lock is held from here to the commit.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn append(conn: &impl Connection, new: &NewAudit<'_>) -> Result<i64, Error> {
    lock(conn).await?;
    Ok(audit::Entity::insert(line(new)).exec(conn).await?.last_insert_id)
}

/// Adds many lines, as [`append`] adds one, with a question for hundreds of them.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn append_all(conn: &impl Connection, new: &[NewAudit<'_>]) -> Result<(), Error> {
    if new.is_empty() {
        return Ok(());
    }
    lock(conn).await?;
    for new in new.chunks(CHUNK) {
        audit::Entity::insert_many(new.iter().map(line))
            .exec_without_returning(conn)
            .await?;
    }
    Ok(())
}

async fn lock(conn: &impl Connection) -> Result<(), Error> {
    if conn.get_database_backend() == DbBackend::Postgres {
        let mut lock = Sql::new("SELECT pg_advisory_xact_lock(");
        lock.bind(APPEND_LOCK).push(")");
        lock.run(conn).await?;
    }
    Ok(())
}

fn line(new: &NewAudit<'_>) -> audit::ActiveModel {
    audit::ActiveModel {
        at: Set(new.at.0),
        actor_id: Set(new.actor_id.map(|id| id.0)),
        actor: Set(new.actor.to_owned()),
        section: Set(new.section.code().to_owned()),
        object_id: Set(new.object_id),
        object_name: Set(new.object_name.to_owned()),
        action: Set(new.action.code().to_owned()),
        changes: Set(row::to_json(&new.changes)),
        request_id: Set(new.request_id.map(str::to_owned)),
        ..Default::default()
    }
}

/// The lines of one object, newest first, from just below the line `before` if one is given.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn of_object(
    conn: &impl Connection,
    section: Section,
    object_id: i64,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<AuditLine>, Error> {
    let mut find = audit::Entity::find()
        .filter(audit::Column::Section.eq(section.code()))
        .filter(audit::Column::ObjectId.eq(object_id));
    if let Some(before) = before {
        find = find.filter(audit::Column::Id.lt(before));
    }
    read(find.order_by_desc(audit::Column::Id).limit(limit).all(conn).await?)
}

fn read(rows: Vec<audit::Model>) -> Result<Vec<AuditLine>, Error> {
    let lines = rows.into_iter().map(|row| {
        Ok(AuditLine {
            id: row.id,
            at: Timestamp(row.at),
            action: action(&row.action)?,
            changes: row::json("audit line's changes", &row.changes)?,
            actor: row.actor,
        })
    });
    lines.collect()
}

/// The lines of one object that each made a version of it, newest first: not those of a sign-in or a password.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn versions_of(
    conn: &impl Connection,
    section: Section,
    object_id: i64,
    limit: u64,
) -> Result<Vec<AuditLine>, Error> {
    let versions = [Action::Created, Action::Changed, Action::Enabled, Action::Disabled];
    let find = audit::Entity::find()
        .filter(audit::Column::Section.eq(section.code()))
        .filter(audit::Column::ObjectId.eq(object_id))
        .filter(audit::Column::Action.is_in(versions.map(Action::code)));
    read(find.order_by_desc(audit::Column::Id).limit(limit).all(conn).await?)
}

/// The changes behind the line `id`, oldest first.
///
/// # Errors
///
/// [`Error::Unreadable`], [`Error::Database`].
pub async fn since(conn: &impl Connection, id: i64, limit: u64) -> Result<Vec<Recorded>, Error> {
    let mut sql = Sql::new("SELECT id, section, object_id, action FROM audit WHERE id > ");
    sql.bind(id).push(format!(" ORDER BY id LIMIT {limit}"));
    let results = sql.all(conn).await?;
    let changes = results.iter().map(|result| {
        let change = Change {
            section: row::parse("section", &row::get::<String>(result, "section")?)?,
            id: row::get(result, "object_id")?,
            action: action(&row::get::<String>(result, "action")?)?,
        };
        Ok(Recorded {
            id: row::get(result, "id")?,
            change,
        })
    });
    changes.collect()
}

/// The number of the newest line; 0 when there is none.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn last_id(conn: &impl Connection) -> Result<i64, Error> {
    let result = Sql::new("SELECT id FROM audit ORDER BY id DESC LIMIT 1")
        .one(conn)
        .await?;
    result.map_or(Ok(0), |result| row::get(&result, "id"))
}

fn action(code: &str) -> Result<Action, Error> {
    Action::from_code(code).ok_or_else(|| Error::unreadable("kind of audit line", Unknown(code.to_owned())))
}
