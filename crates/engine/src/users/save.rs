//! Saving users.

use super::guard;
use crate::{
    Context, SaveError,
    access::Actor,
    audit::{self, Object},
    password,
};
use model::{Action, FieldChange, FieldErrors, Fields, Letter, RoleRef, Section, User, UserId, UserInput, Version};
use store::users::{NewUser, UserChange};

/// Saves a new user; they must change the password at the first sign-in.
///
/// # Errors
///
/// [`SaveError::Invalid`] names each wrong field, also a role that grants more than the actor has.
pub async fn create(cx: &Context, actor: &Actor, fields: &Fields) -> Result<(User, Vec<RoleRef>), SaveError> {
    actor.may(Section::Users, Letter::Create)?;
    let input = UserInput::parse(fields, true)?;
    let missing = || FieldErrors::one("password", "Enter a first password.");
    let password_hash = password::hash(&*cx.rng, input.password.as_ref().ok_or_else(missing)?).await;
    let tx = cx.store.begin().await?;
    guard::check_roles(&tx, actor, input.roles.iter().copied()).await?;
    let user = NewUser {
        name: &input.name,
        password_hash: &password_hash,
        must_change_password: true,
        disabled: input.disabled,
        roles: &input.roles,
    };
    let id = store::users::insert(&tx, &user, cx.now(), actor.name()).await?;
    let object = Object {
        section: Section::Users,
        id: id.0,
        name: &input.name,
    };
    audit::record(cx, &tx, actor, object, Action::Created, &[]).await?;
    let saved = store::users::get(&tx, id)
        .await?
        .ok_or(SaveError::NotFound(Section::Users))?;
    let roles = store::roles::all(&tx).await?;
    tx.commit().await?;
    cx.changes.committed();
    Ok((saved, roles))
}

/// Saves the given fields over the present ones; a password that is given must be changed at the next sign-in.
///
/// A user who is disabled or gets another password is signed out everywhere.
///
/// # Errors
///
/// [`SaveError::Protected`] for the last administrator, for oneself, and for users with more rights than the actor.
pub async fn update(
    cx: &Context,
    actor: &Actor,
    id: UserId,
    seen: Version,
    fields: &Fields,
) -> Result<(User, Vec<RoleRef>), SaveError> {
    actor.may(Section::Users, Letter::Update)?;
    let typed = Some(fields.get("password")).filter(|password| !password.is_empty());
    let known = store::users::get(cx.store.read(), id)
        .await?
        .ok_or(SaveError::NotFound(Section::Users))?;
    let input = UserInput::parse(&UserInput::fields(&known).overlaid(fields), false)?;
    let hash = match &input.password {
        Some(password) => Some(password::hash(&*cx.rng, password).await),
        None => None,
    };
    let tx = cx.store.begin().await?;
    // First, as for a removal: taken after the user's row, the two could wait for each other.
    store::users::count_administrators(&tx, &[]).await?;
    let before = store::users::get(&tx, id)
        .await?
        .ok_or(SaveError::NotFound(Section::Users))?;
    if before.version != seen || before.version != known.version {
        let lines = audit::since(&tx, Section::Users, id.0, seen, before.version).await?;
        return Err(SaveError::Conflict(Box::new(audit::conflict(Section::Users, &lines))));
    }
    check(&tx, actor, &before, &input).await?;
    let change = UserChange {
        name: &input.name,
        disabled: input.disabled,
        roles: &input.roles,
    };
    if !store::users::update(&tx, id, seen, &change, cx.now(), actor.name()).await? {
        return Err(SaveError::Conflict(Box::new(audit::conflict(Section::Users, &[]))));
    }
    if let Some(hash) = &hash {
        store::users::set_password(&tx, id, hash, true, cx.now(), actor.name()).await?;
    }
    if input.disabled || hash.is_some() {
        store::sessions::remove_of_user(&tx, id, None).await?;
    }
    guard::check_last_administrator(&tx).await?;
    let after = store::users::get(&tx, id)
        .await?
        .ok_or(SaveError::NotFound(Section::Users))?;
    let object = Object {
        section: Section::Users,
        id: id.0,
        name: &after.name,
    };
    let changes = differences(&before, &after, typed.is_some());
    audit::record(cx, &tx, actor, object, Action::Changed, &changes).await?;
    let roles = store::roles::all(&tx).await?;
    tx.commit().await?;
    cx.changes.committed();
    Ok((after, roles))
}

async fn check(tx: &store::Tx, actor: &Actor, before: &User, input: &UserInput) -> Result<(), SaveError> {
    if !guard::outranks(tx, actor.grants()?, before.id).await? {
        return Err(SaveError::Protected(guard::MORE_RIGHTS.to_owned()));
    }
    if guard::is_self(actor, before.id) {
        if input.disabled {
            return Err(SaveError::Protected("You can't disable yourself.".to_owned()));
        }
        if input.password.is_some() {
            let message = "Change your own password on the page “Change password”.";
            return Err(FieldErrors::one("password", message).into());
        }
    }
    let present = before.roles.iter().map(|role| role.id).collect();
    let changed = input.roles.symmetric_difference(&present).copied();
    guard::check_roles(tx, actor, changed).await
}

fn differences(before: &User, after: &User, password: bool) -> Vec<FieldChange> {
    let roles = |user: &User| {
        user.roles
            .iter()
            .map(|role| role.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let state = |user: &User| if user.disabled { "disabled" } else { "enabled" };
    let mut changes = Vec::new();
    if before.name != after.name {
        changes.push(audit::changed("name", "Name", &before.name, &after.name));
    }
    if before.disabled != after.disabled {
        changes.push(audit::changed("disabled", "State", state(before), state(after)));
    }
    if before.roles != after.roles {
        changes.push(audit::changed("roles", "Roles", &roles(before), &roles(after)));
    }
    if password {
        changes.push(audit::replaced("password", "Password"));
    }
    changes
}
