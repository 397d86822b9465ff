//! One gateway.

use crate::{Context, GetError, access::Actor};
use model::{Gateway, GatewayId, Letter, Section};

/// Gives a whole gateway; of its secrets only that they are set.
///
/// # Errors
///
/// [`GetError::NotFound`] when there is none.
pub async fn get(cx: &Context, actor: &Actor, id: GatewayId) -> Result<Gateway, GetError> {
    actor.may(Section::ChatGateways, Letter::Read)?;
    let found = store::gateways::get(cx.store.read(), id).await?;
    found.ok_or(GetError::NotFound(Section::ChatGateways))
}
