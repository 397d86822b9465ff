//! Looks for what a token reaches at Meta.

use super::{MetaError, keep::keep, line};
use crate::{Context, access::Actor};
use model::{GatewayId, Letter, MetaFound, MetaKind, Secret, Section};
use providers::messenger;

/// Asks Meta which accounts of one kind a token reaches, and keeps them with the tokens that speak for them; `None` stands
/// for the system user's token that is saved, which only numbers have.
///
/// Subscriptions stay as they are. What the same person had connected and Meta no longer names is gone.
///
/// # Errors
///
/// [`MetaError::Meta`] in a sentence about the token; nothing has changed then.
pub async fn find(
    cx: &Context,
    actor: &Actor,
    gateway: GatewayId,
    kind: MetaKind,
    token: Option<&Secret<String>>,
) -> Result<MetaFound, MetaError> {
    actor.may(Section::ChatGateways, Letter::Update)?;
    let line = line(cx, gateway).await?;
    let saved = line.account.secrets.get("secret.whatsapp_token");
    let saved = saved.filter(|_| kind == MetaKind::WhatsApp);
    let brought = token.map(|token| Secret::new(token.expose().trim().to_owned()));
    let token = brought.as_ref().or(saved).filter(|token| !token.expose().is_empty());
    let token = token.ok_or(MetaError::NoToken)?;
    let wire = cx.wire(&line.account);
    let reached = messenger::reached(&wire, &line.account, kind, token).await?;
    keep(cx, actor, gateway, kind, reached, brought.is_some()).await
}
