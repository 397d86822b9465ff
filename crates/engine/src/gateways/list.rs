//! One page of the registry.

use crate::{Context, ListError, access::Actor};
use model::{GatewayColumn, GatewayRow, Letter, ListQuery, Page, Section};

/// Gives one page of the registry of gateways.
///
/// # Errors
///
/// [`ListError::Invalid`] names each parameter that can't be served.
pub async fn list(cx: &Context, actor: &Actor, query: &ListQuery) -> Result<Page<GatewayRow>, ListError> {
    actor.may(Section::ChatGateways, Letter::Read)?;
    let request = query.parse::<GatewayColumn>()?;
    Ok(store::gateways::page(cx.store.read(), &request).await?)
}
