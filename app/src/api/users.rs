//! Users.

use super::Posted;
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Fields, ListQuery, Page, Removal, RoleRef, Stamps, UserId, UserRow, Version};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use super::ssr::{actor, answer, context, posted};

/// A user's card: a saved one, or one that is not saved yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserCard {
    /// Their id; `None` until the first save.
    pub id: Option<UserId>,
    /// The form's fields: name, disabled, password, and a switch for each role.
    pub fields: Fields,
    /// Every role there is, by name.
    pub roles: Vec<RoleRef>,
    /// The version that a save must name.
    pub version: Version,
    /// When and by whom it was created and changed.
    pub stamps: Option<Stamps>,
    /// A form that was posted without JavaScript and refused.
    pub posted: Option<Posted>,
}

/// One page of the registry.
#[server(prefix = "/api", endpoint = "users/list", input = Json)]
pub async fn list_users(query: ListQuery) -> Result<Page<UserRow>, AppError> {
    answer(engine::users::list(&context(), &actor(), &query).await)
}

/// The card of a user who is not saved yet.
#[server(prefix = "/api", endpoint = "users/new", input = Json)]
pub async fn new_user() -> Result<UserCard, AppError> {
    let (fields, roles) = answer(engine::users::propose(&context(), &actor()).await)?;
    Ok(UserCard {
        id: None,
        fields,
        roles,
        version: Version::default(),
        stamps: None,
        posted: posted(),
    })
}

/// The card of a saved user.
#[server(prefix = "/api", endpoint = "users/get", input = Json)]
pub async fn get_user(id: UserId) -> Result<UserCard, AppError> {
    answer(engine::users::get(&context(), &actor(), id).await).map(card)
}

/// Saves a new user; they must change the password at the first sign-in.
#[server(prefix = "/api", endpoint = "users/create", input = Json)]
pub async fn create_user(fields: Fields) -> Result<UserCard, AppError> {
    answer(engine::users::create(&context(), &actor(), &fields).await).map(card)
}

/// Saves changes; fields that are missing stay as they are, an empty password keeps the present one.
#[server(prefix = "/api", endpoint = "users/update", input = Json)]
pub async fn update_user(id: UserId, version: Version, fields: Fields) -> Result<UserCard, AppError> {
    answer(engine::users::update(&context(), &actor(), id, version, &fields).await).map(card)
}

/// Removes users; the last administrator and the user who asks stay.
#[server(prefix = "/api", endpoint = "users/remove", input = Json)]
pub async fn remove_users(ids: Vec<i64>) -> Result<Vec<Removal>, AppError> {
    answer(engine::users::remove(&context(), &actor(), &ids).await)
}

#[cfg(feature = "ssr")]
fn card((user, roles): (model::User, Vec<RoleRef>)) -> UserCard {
    UserCard {
        id: Some(user.id),
        fields: model::UserInput::fields(&user),
        roles,
        version: user.version,
        stamps: Some(user.stamps),
        posted: posted(),
    }
}
