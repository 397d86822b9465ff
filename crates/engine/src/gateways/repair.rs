//! What a button can do about a gateway's health.

use crate::{Context, GetError, access::Actor};
use model::{GatewayId, Letter, Section};

/// Has a gateway announced anew; with `take_over` also when its messenger sends its events to somebody else.
///
/// It happens in the background; the gateway's health tells how it went.
///
/// # Errors
///
/// [`GetError::NotFound`] when there is no such gateway.
pub async fn register_again(cx: &Context, actor: &Actor, id: GatewayId, take_over: bool) -> Result<(), GetError> {
    actor.may(Section::ChatGateways, Letter::Update)?;
    let tx = cx.store.begin().await?;
    let gateway = store::gateways::get(&tx, id)
        .await?
        .ok_or(GetError::NotFound(Section::ChatGateways))?;
    if gateway.enabled {
        if take_over {
            store::health::wake(&tx, id, true, cx.now()).await?;
        } else {
            store::health::switched(&tx, id, true, cx.now()).await?;
        }
    }
    tx.commit().await?;
    tracing::info!(
        gateway.id = id.0,
        user.name = actor.name(),
        take_over,
        "a gateway is announced again"
    );
    cx.reconciler.wake();
    Ok(())
}
