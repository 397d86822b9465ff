//! Seeing users.

use crate::{Context, GetError, ListError, access::Actor};
use model::{Fields, Letter, ListQuery, Page, RoleRef, Section, User, UserColumn, UserId, UserRow};

/// Gives one page of the registry of users.
///
/// # Errors
///
/// [`ListError::Invalid`] names each parameter that can't be served.
pub async fn list(cx: &Context, actor: &Actor, query: &ListQuery) -> Result<Page<UserRow>, ListError> {
    actor.may(Section::Users, Letter::Read)?;
    let request = query.parse::<UserColumn>()?;
    Ok(store::users::page(cx.store.read(), &request).await?)
}

/// Gives a whole user, and every role there is to choose from.
///
/// # Errors
///
/// [`GetError::NotFound`] when there is none.
pub async fn get(cx: &Context, actor: &Actor, id: UserId) -> Result<(User, Vec<RoleRef>), GetError> {
    actor.may(Section::Users, Letter::Read)?;
    let user = store::users::get(cx.store.read(), id)
        .await?
        .ok_or(GetError::NotFound(Section::Users))?;
    Ok((user, store::roles::all(cx.store.read()).await?))
}

/// Gives the form of a user who is not saved yet, and every role there is to choose from.
///
/// # Errors
///
/// When the actor may not create users.
pub async fn propose(cx: &Context, actor: &Actor) -> Result<(Fields, Vec<RoleRef>), GetError> {
    actor.may(Section::Users, Letter::Create)?;
    let mut fields = Fields::default();
    for (key, text) in [("name", ""), ("password", ""), ("disabled", "false")] {
        fields.set(key, text);
    }
    Ok((fields, store::roles::all(cx.store.read()).await?))
}
