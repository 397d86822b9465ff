//! The rules that protect users and rights.

use crate::{SaveError, access::Actor};
use model::{FieldErrors, Grants, RoleId, UserId, UserInput};
use store::Tx;

/// The sentence for the last administrator.
pub(super) const LAST: &str =
    "This is the last administrator who can sign in. Give somebody else the role Administrator first.";
/// The sentence for a user with more rights than the one who asks.
pub(super) const MORE_RIGHTS: &str = "This user has rights that you don't have. Ask an administrator.";

/// Refuses to give or take a role that grants more than the actor has, or that doesn't exist.
pub(super) async fn check_roles(
    tx: &Tx,
    actor: &Actor,
    changed: impl IntoIterator<Item = RoleId>,
) -> Result<(), SaveError> {
    let own = actor.grants()?;
    let mut errors = FieldErrors::default();
    for id in changed {
        match store::roles::get(tx, id).await? {
            None => errors.add(UserInput::role_key(id), "This role was removed. Reload the page."),
            Some(role) if !own.covers(role.grants) => errors.add(
                UserInput::role_key(id),
                format!("“{}” grants rights that you don't have yourself.", role.name),
            ),
            Some(_) => {}
        }
    }
    Ok(errors.into_result(())?)
}

/// Whether these grants hold every right that the user has.
pub(super) async fn outranks(tx: &Tx, own: Grants, user: UserId) -> Result<bool, store::Error> {
    Ok(own.covers(store::users::grants_of(tx, user).await?))
}

/// Refuses what would leave nobody who can do everything.
pub(super) async fn check_last_administrator(tx: &Tx) -> Result<(), SaveError> {
    match store::users::count_administrators(tx, &[]).await? {
        0 => Err(SaveError::Protected(LAST.to_owned())),
        _ => Ok(()),
    }
}

/// Whether the user asks about themselves.
pub(super) fn is_self(actor: &Actor, user: UserId) -> bool {
    actor.user().is_some_and(|own| own.id == user)
}
