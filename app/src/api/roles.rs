//! Roles.

use super::Posted;
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Fields, ListQuery, Page, Removal, RoleId, RoleRow, Stamps, Version};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use super::ssr::{actor, answer, context, posted};

/// A role's card: a saved one, or one that is not saved yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleCard {
    /// Its id; `None` until the first save.
    pub id: Option<RoleId>,
    /// The form's fields: name, description, and a switch for each section and letter.
    pub fields: Fields,
    /// Whether the product made it; then the card is read-only.
    pub built_in: bool,
    /// The version that a save must name.
    pub version: Version,
    /// When and by whom it was created and changed.
    pub stamps: Option<Stamps>,
    /// A form that was posted without JavaScript and refused.
    pub posted: Option<Posted>,
}

/// One page of the registry.
#[server(prefix = "/api", endpoint = "roles/list", input = Json)]
pub async fn list_roles(query: ListQuery) -> Result<Page<RoleRow>, AppError> {
    answer(engine::roles::list(&context(), &actor(), &query).await)
}

/// The card of a role that is not saved yet.
#[server(prefix = "/api", endpoint = "roles/new", input = Json)]
pub async fn new_role() -> Result<RoleCard, AppError> {
    let fields = answer(engine::roles::propose(&actor()))?;
    Ok(RoleCard {
        id: None,
        fields,
        built_in: false,
        version: Version::default(),
        stamps: None,
        posted: posted(),
    })
}

/// The card of a saved role.
#[server(prefix = "/api", endpoint = "roles/get", input = Json)]
pub async fn get_role(id: RoleId) -> Result<RoleCard, AppError> {
    answer(engine::roles::get(&context(), &actor(), id).await).map(card)
}

/// Saves a new role.
#[server(prefix = "/api", endpoint = "roles/create", input = Json)]
pub async fn create_role(fields: Fields) -> Result<RoleCard, AppError> {
    answer(engine::roles::create(&context(), &actor(), &fields).await).map(card)
}

/// Saves changes; fields that are missing stay as they are.
#[server(prefix = "/api", endpoint = "roles/update", input = Json)]
pub async fn update_role(id: RoleId, version: Version, fields: Fields) -> Result<RoleCard, AppError> {
    answer(engine::roles::update(&context(), &actor(), id, version, &fields).await).map(card)
}

/// Removes roles; a built-in one, and one that a user has, stays.
#[server(prefix = "/api", endpoint = "roles/remove", input = Json)]
pub async fn remove_roles(ids: Vec<i64>) -> Result<Vec<Removal>, AppError> {
    answer(engine::roles::remove(&context(), &actor(), &ids).await)
}

#[cfg(feature = "ssr")]
fn card(role: model::Role) -> RoleCard {
    RoleCard {
        id: Some(role.id),
        fields: model::RoleInput::fields(&role),
        built_in: role.built_in,
        version: role.version,
        stamps: Some(role.stamps),
        posted: posted(),
    }
}
