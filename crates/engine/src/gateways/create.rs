//! Creates a gateway.

use super::{check_flow, put_secrets};
use crate::{
    Context, SaveError,
    access::Actor,
    audit::{self, Object},
    pipeline,
};
use model::{Action, Fields, Gateway, GatewayInput, Letter, Provider, Section, Uri};
use store::Tx;

/// Saves a new gateway; it is disabled, so that nothing is contacted before the administrator wants it.
///
/// A form without a URI gets a random one. Row, secrets and audit line are one transaction.
///
/// # Errors
///
/// [`SaveError::Invalid`] names each wrong field, also a URI that is taken and a flow schema that is gone.
pub async fn create(cx: &Context, actor: &Actor, provider: Provider, fields: &Fields) -> Result<Gateway, SaveError> {
    actor.may(Section::ChatGateways, Letter::Create)?;
    let tx = cx.store.begin().await?;
    let saved = insert(cx, &tx, actor, provider, fields).await?;
    tx.commit().await?;
    cx.changes.committed();
    Ok(saved)
}

/// The same within a transaction, for somebody who may.
pub(crate) async fn insert(
    cx: &Context,
    tx: &Tx,
    actor: &Actor,
    provider: Provider,
    fields: &Fields,
) -> Result<Gateway, SaveError> {
    let mut all = Fields::defaults(provider).overlaid(fields);
    if all.get("uri").trim().is_empty() && !fields.has("uri") {
        all.set("uri", Uri::from_random(cx.rng.bytes()).as_str());
    }
    let input = GatewayInput::parse(provider, &all, [])?;
    check_flow(tx, actor, None, input.flow).await??;
    let id = store::gateways::insert(tx, &input, cx.now(), actor.name()).await?;
    put_secrets(cx, tx, id.0, &input.secrets, actor.name()).await?;
    pipeline::put_door_secret(cx, tx, id).await?;
    let object = Object {
        section: Section::ChatGateways,
        id: id.0,
        name: &input.name,
    };
    audit::record(cx, tx, actor, object, Action::Created, &[]).await?;
    let saved = store::gateways::get(tx, id).await?;
    saved.ok_or(SaveError::NotFound(Section::ChatGateways))
}
