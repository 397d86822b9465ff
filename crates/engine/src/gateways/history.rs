//! What was done to a gateway.

use crate::{Context, GetError, access::Actor};
use model::{AuditLine, GatewayId, Letter, Section};

/// Lines on one page of the history.
const LINES: u64 = 50;

/// Gives what was done to a gateway, the newest first, beginning behind the line `before`.
///
/// # Errors
///
/// When the actor may not see gateways.
pub async fn history(
    cx: &Context,
    actor: &Actor,
    id: GatewayId,
    before: Option<i64>,
) -> Result<Vec<AuditLine>, GetError> {
    actor.may(Section::ChatGateways, Letter::Read)?;
    Ok(store::audit::of_object(cx.store.read(), Section::ChatGateways, id.0, before, LINES).await?)
}
