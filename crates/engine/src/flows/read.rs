//! Seeing flow schemas.

use crate::{
    Context, GetError, ListError,
    access::{Actor, Denied},
};
use model::{Fields, Flow, FlowColumn, FlowId, FlowRef, FlowRow, Letter, ListQuery, Page, Section};

/// How many flow schemas a choice offers at a time.
const CHOICES: u16 = 20;

/// Gives one page of the registry of flow schemas.
///
/// # Errors
///
/// [`ListError::Invalid`] names each parameter that can't be served.
pub async fn list(cx: &Context, actor: &Actor, query: &ListQuery) -> Result<Page<FlowRow>, ListError> {
    actor.may(Section::Flows, Letter::Read)?;
    let request = query.parse::<FlowColumn>()?;
    Ok(store::flows::page(cx.store.read(), &request).await?)
}

/// Gives the flow schemas whose names begin with the text or match it (`*`), by name; at most 20.
///
/// # Errors
///
/// When the actor may not see flow schemas, or the text is longer than a search may be.
pub async fn choices(cx: &Context, actor: &Actor, q: &str) -> Result<Vec<FlowRef>, ListError> {
    actor.may(Section::Flows, Letter::Read)?;
    let query = ListQuery {
        q: q.to_owned(),
        ..ListQuery::default()
    };
    let request = query.parse::<FlowColumn>()?;
    Ok(store::flows::choices(cx.store.read(), &request.pattern, CHOICES).await?)
}

/// Gives a whole flow schema.
///
/// # Errors
///
/// [`GetError::NotFound`] when there is none.
pub async fn get(cx: &Context, actor: &Actor, id: FlowId) -> Result<Flow, GetError> {
    actor.may(Section::Flows, Letter::Read)?;
    store::flows::get(cx.store.read(), id)
        .await?
        .ok_or(GetError::NotFound(Section::Flows))
}

/// Gives the form of a flow schema that is not saved yet, with a program to begin with.
///
/// # Errors
///
/// When the actor may not create flow schemas.
pub fn propose(actor: &Actor, program: &str) -> Result<Fields, Denied> {
    actor.may(Section::Flows, Letter::Create)?;
    let mut fields = Fields::default();
    for (key, text) in [("name", ""), ("description", ""), ("tags", ""), ("program", program)] {
        fields.set(key, text);
    }
    Ok(fields)
}
