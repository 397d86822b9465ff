//! Seeing roles.

use crate::{
    Context, GetError, ListError,
    access::{Actor, Denied},
};
use model::{Fields, Letter, ListQuery, Page, Role, RoleColumn, RoleId, RoleInput, RoleRow, Section};

/// Gives one page of the registry of roles.
///
/// # Errors
///
/// [`ListError::Invalid`] names each parameter that can't be served.
pub async fn list(cx: &Context, actor: &Actor, query: &ListQuery) -> Result<Page<RoleRow>, ListError> {
    actor.may(Section::Roles, Letter::Read)?;
    let request = query.parse::<RoleColumn>()?;
    Ok(store::roles::page(cx.store.read(), &request).await?)
}

/// Gives a whole role.
///
/// # Errors
///
/// [`GetError::NotFound`] when there is none.
pub async fn get(cx: &Context, actor: &Actor, id: RoleId) -> Result<Role, GetError> {
    actor.may(Section::Roles, Letter::Read)?;
    store::roles::get(cx.store.read(), id)
        .await?
        .ok_or(GetError::NotFound(Section::Roles))
}

/// Gives the form of a role that is not saved yet: it grants nothing.
///
/// # Errors
///
/// When the actor may not create roles.
pub fn propose(actor: &Actor) -> Result<Fields, Denied> {
    actor.may(Section::Roles, Letter::Create)?;
    let mut fields = Fields::default();
    fields.set("name", "");
    fields.set("description", "");
    for section in Section::ALL {
        for letter in Letter::ALL {
            fields.set(RoleInput::grant_key(section, letter), "false");
        }
    }
    Ok(fields)
}
