//! Writes the record of who did what, within the transaction that did it.

use crate::{Conflict, Context, access::Actor};
use model::{Action, AuditLine, FieldChange, FieldErrors, Section, Version};
use store::{Connection, Tx, audit::NewAudit};

/// The object that a line is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Object<'a> {
    /// Its section.
    pub section: Section,
    /// Its id.
    pub id: i64,
    /// Its name after the change.
    pub name: &'a str,
}

/// Appends one line.
pub(crate) async fn record(
    cx: &Context,
    tx: &Tx,
    actor: &Actor,
    object: Object<'_>,
    action: Action,
    changes: &[FieldChange],
) -> Result<(), store::Error> {
    store::audit::append(tx, &line(cx, actor, object, action, changes))
        .await
        .map(|_| ())
}

/// Appends a line for each object that was removed: its id and its last name.
pub(crate) async fn removed<'a>(
    cx: &Context,
    tx: &Tx,
    actor: &Actor,
    section: Section,
    objects: impl Iterator<Item = (i64, &'a str)>,
) -> Result<(), store::Error> {
    let object = |(id, name)| Object { section, id, name };
    let lines: Vec<_> = objects
        .map(|it| line(cx, actor, object(it), Action::Removed, &[]))
        .collect();
    store::audit::append_all(tx, &lines).await
}

fn line<'a>(
    cx: &'a Context,
    actor: &'a Actor,
    object: Object<'a>,
    action: Action,
    changes: &'a [FieldChange],
) -> NewAudit<'a> {
    NewAudit {
        at: cx.now(),
        actor_id: actor.user().map(|user| user.id),
        actor: actor.name(),
        section: object.section,
        object_id: object.id,
        object_name: object.name,
        action,
        changes,
        request_id: cx.request_id.as_ref().map(|id| id.0.as_str()),
    }
}

/// One field that was changed from one text to another.
pub(crate) fn changed(field: &str, label: &str, from: &str, to: &str) -> FieldChange {
    FieldChange {
        field: field.to_owned(),
        label: label.to_owned(),
        from: Some(from.to_owned()),
        to: Some(to.to_owned()),
    }
}

/// One secret that was replaced.
pub(crate) fn replaced(field: &str, label: &str) -> FieldChange {
    FieldChange {
        field: field.to_owned(),
        label: label.to_owned(),
        from: None,
        to: None,
    }
}

/// The most versions that are looked back.
const LOOK_BACK: u64 = 50;

/// What was done to an object since `seen`: one line for each version, the newest first, at most [`LOOK_BACK`].
pub(crate) async fn since(
    conn: &impl Connection,
    section: Section,
    id: i64,
    seen: Version,
    now: Version,
) -> Result<Vec<AuditLine>, store::Error> {
    let saves = u64::try_from(now.0.saturating_sub(seen.0)).unwrap_or(0);
    store::audit::versions_of(conn, section, id, saves.min(LOOK_BACK)).await
}

/// Says what others changed in these lines.
pub(crate) fn conflict(section: Section, lines: &[AuditLine]) -> Conflict {
    let mut fields = FieldErrors::default();
    for line in lines {
        for change in &line.changes {
            let message = match &change.to {
                Some(to) if to.is_empty() => format!("{} has emptied this.", line.actor),
                Some(to) => format!("{} has changed this to “{to}”.", line.actor),
                None => format!("{} has replaced this.", line.actor),
            };
            fields.add(&change.field, message);
        }
    }
    let last = lines.first();
    Conflict {
        section,
        by: last.map_or_else(|| "Somebody".to_owned(), |line| line.actor.clone()),
        at: last.map(|line| line.at).unwrap_or_default(),
        fields,
    }
}
