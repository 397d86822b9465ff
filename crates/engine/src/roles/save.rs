//! Saving roles.

use crate::{
    Context, SaveError,
    access::Actor,
    audit::{self, Object},
};
use model::{Action, FieldChange, FieldErrors, Fields, Grants, Letter, Role, RoleId, RoleInput, Section, Version};

/// Saves a new role.
///
/// # Errors
///
/// [`SaveError::Invalid`] names each wrong field, also a right that the actor doesn't have.
pub async fn create(cx: &Context, actor: &Actor, fields: &Fields) -> Result<Role, SaveError> {
    actor.may(Section::Roles, Letter::Create)?;
    let input = RoleInput::parse(fields)?;
    check_grants(actor.grants()?, Grants::default(), input.grants)?;
    let tx = cx.store.begin().await?;
    let id = store::roles::insert(&tx, &input, cx.now(), actor.name()).await?;
    let object = Object {
        section: Section::Roles,
        id: id.0,
        name: &input.name,
    };
    audit::record(cx, &tx, actor, object, Action::Created, &[]).await?;
    let saved = store::roles::get(&tx, id).await?;
    tx.commit().await?;
    cx.changes.committed();
    saved.ok_or(SaveError::NotFound(Section::Roles))
}

/// Saves the given fields over the present ones; whoever has the role has its new rights at the next request.
///
/// # Errors
///
/// [`SaveError::Protected`] for a built-in role; [`SaveError::Conflict`] when somebody else has saved since.
pub async fn update(
    cx: &Context,
    actor: &Actor,
    id: RoleId,
    seen: Version,
    fields: &Fields,
) -> Result<Role, SaveError> {
    actor.may(Section::Roles, Letter::Update)?;
    let tx = cx.store.begin().await?;
    let before = store::roles::get(&tx, id)
        .await?
        .ok_or(SaveError::NotFound(Section::Roles))?;
    if before.built_in {
        let message = "A built-in role can't be changed. Create a role of your own.";
        return Err(SaveError::Protected(message.to_owned()));
    }
    if before.version != seen {
        let lines = audit::since(&tx, Section::Roles, id.0, seen, before.version).await?;
        return Err(SaveError::Conflict(Box::new(audit::conflict(Section::Roles, &lines))));
    }
    let input = RoleInput::parse(&RoleInput::fields(&before).overlaid(fields))?;
    check_grants(actor.grants()?, before.grants, input.grants)?;
    if !store::roles::update(&tx, id, seen, &input, cx.now(), actor.name()).await? {
        return Err(SaveError::Conflict(Box::new(audit::conflict(Section::Roles, &[]))));
    }
    let after = store::roles::get(&tx, id)
        .await?
        .ok_or(SaveError::NotFound(Section::Roles))?;
    let object = Object {
        section: Section::Roles,
        id: id.0,
        name: &after.name,
    };
    audit::record(cx, &tx, actor, object, Action::Changed, &differences(&before, &after)).await?;
    tx.commit().await?;
    cx.changes.committed();
    Ok(after)
}

/// Refuses to give or take a right that the actor doesn't have.
fn check_grants(own: Grants, before: Grants, after: Grants) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    for section in Section::ALL {
        for letter in Letter::ALL {
            let changed = before.allows(section, letter) != after.allows(section, letter);
            if changed && !own.allows(section, letter) {
                let message = "You can't give or take a right that you don't have yourself.";
                errors.add(RoleInput::grant_key(section, letter), message);
            }
        }
    }
    errors.into_result(())
}

fn differences(before: &Role, after: &Role) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    if before.name != after.name {
        changes.push(audit::changed("name", "Name", &before.name, &after.name));
    }
    if before.description != after.description {
        changes.push(audit::changed(
            "description",
            "Description",
            &before.description,
            &after.description,
        ));
    }
    for section in Section::ALL {
        let letters = |role: &Role| {
            let granted = Letter::ALL
                .into_iter()
                .filter(|letter| role.grants.allows(section, *letter));
            granted.map(Letter::label).collect::<Vec<_>>().join(", ")
        };
        if letters(before) != letters(after) {
            let field = format!("grant.{}", section.code());
            changes.push(audit::changed(
                &field,
                section.label(),
                &letters(before),
                &letters(after),
            ));
        }
    }
    changes
}
