//! The accounts of a gateway.

use super::row;
use crate::{Context, GetError, access::Actor};
use model::{GatewayId, Letter, MetaRow, Section};

/// Lists the accounts of a gateway by kind and name, as they were last seen; Meta is not asked.
///
/// # Errors
///
/// When the actor may not see gateways, or the database failed.
pub async fn list(cx: &Context, actor: &Actor, gateway: GatewayId) -> Result<Vec<MetaRow>, GetError> {
    actor.may(Section::ChatGateways, Letter::Read)?;
    let known = store::meta_accounts::known(cx.store.read(), gateway).await?;
    Ok(known.into_iter().filter_map(row).collect())
}
