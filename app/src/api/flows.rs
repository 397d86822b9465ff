//! Flow schemas.

use super::Posted;
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{
    Against, Fields, FlowId, FlowKind, FlowRef, FlowRow, ListQuery, Page, ProgramDifference, ProgramVersion, Removal,
    SavedProgram, Stamps, Version,
};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use super::ssr::{actor, answer, context, posted};

/// A flow schema's card: a saved one, or one that is not saved yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowCard {
    /// Its id; `None` until the first save.
    pub id: Option<FlowId>,
    /// How it is edited.
    pub kind: FlowKind,
    /// The form's fields: name, description, program, tags.
    pub fields: Fields,
    /// The version that a save must name.
    pub version: Version,
    /// When and by whom it was created and changed.
    pub stamps: Option<Stamps>,
    /// A form that was posted without JavaScript and refused.
    pub posted: Option<Posted>,
}

/// One page of the registry.
#[server(prefix = "/api", endpoint = "flows/list", input = Json)]
pub async fn list_flows(query: ListQuery) -> Result<Page<FlowRow>, AppError> {
    answer(engine::flows::list(&context(), &actor(), &query).await)
}

/// Flow schemas whose names match, for a choice; at most 20, by name.
#[server(prefix = "/api", endpoint = "flows/choices", input = Json)]
pub async fn flow_choices(q: String) -> Result<Vec<FlowRef>, AppError> {
    answer(engine::flows::choices(&context(), &actor(), &q).await)
}

/// The card of a flow schema that is not saved yet; it begins with a starter, or with nothing if there is none of this
/// name.
#[server(prefix = "/api", endpoint = "flows/new", input = Json)]
pub async fn new_flow(kind: FlowKind, #[server(default)] starter: Option<String>) -> Result<FlowCard, AppError> {
    let starter = starter
        .and_then(|code| flow::Starter::from_code(&code))
        .unwrap_or(flow::Starter::Empty);
    let fields = answer(engine::flows::propose(&actor(), starter.program().trim_end()))?;
    Ok(FlowCard {
        id: None,
        kind,
        fields,
        version: Version::default(),
        stamps: None,
        posted: posted(),
    })
}

/// The card of a saved flow schema.
#[server(prefix = "/api", endpoint = "flows/get", input = Json)]
pub async fn get_flow(id: FlowId) -> Result<FlowCard, AppError> {
    answer(engine::flows::get(&context(), &actor(), id).await).map(card)
}

/// Saves a new flow schema.
#[server(prefix = "/api", endpoint = "flows/create", input = Json)]
pub async fn create_flow(kind: FlowKind, fields: Fields) -> Result<FlowCard, AppError> {
    answer(engine::flows::create(&context(), &actor(), kind, &fields).await).map(card)
}

/// Saves changes; fields that are missing stay as they are.
#[server(prefix = "/api", endpoint = "flows/update", input = Json)]
pub async fn update_flow(id: FlowId, version: Version, fields: Fields) -> Result<FlowCard, AppError> {
    answer(engine::flows::update(&context(), &actor(), id, version, &fields).await).map(card)
}

/// Removes flow schemas; one that a gateway uses stays, and the result names the gateways.
#[server(prefix = "/api", endpoint = "flows/remove", input = Json)]
pub async fn remove_flows(ids: Vec<i64>) -> Result<Vec<Removal>, AppError> {
    answer(engine::flows::remove(&context(), &actor(), &ids).await)
}

/// The programs that a flow schema has had, the newest first, at most 50, beginning behind the version `older`.
#[server(prefix = "/api", endpoint = "flows/programs", input = Json)]
pub async fn flow_programs(id: FlowId, older: Option<Version>) -> Result<Vec<ProgramVersion>, AppError> {
    answer(engine::flows::programs(&context(), &actor(), id, older).await)
}

/// The program that came with a version of a flow schema.
#[server(prefix = "/api", endpoint = "flows/program", input = Json)]
pub async fn flow_program(id: FlowId, version: Version) -> Result<SavedProgram, AppError> {
    answer(engine::flows::program(&context(), &actor(), id, version).await)
}

/// What a version has changed in the program, or what was changed since; the older program comes first.
#[server(prefix = "/api", endpoint = "flows/difference", input = Json)]
pub async fn flow_difference(id: FlowId, version: Version, against: Against) -> Result<ProgramDifference, AppError> {
    answer(engine::flows::difference(&context(), &actor(), id, version, against).await)
}

#[cfg(feature = "ssr")]
fn card(flow: model::Flow) -> FlowCard {
    FlowCard {
        id: Some(flow.id),
        kind: flow.kind,
        fields: model::FlowInput::fields(&flow),
        version: flow.version,
        stamps: Some(flow.stamps),
        posted: posted(),
    }
}
