//! The form of a gateway that is not saved yet.

use crate::{
    Context,
    access::{Actor, Denied},
};
use model::{Fields, Letter, Provider, Section, Uri};

/// Gives the defaults of a provider with a fresh URI; nothing is stored.
///
/// # Errors
///
/// When the actor may not create gateways.
pub fn propose(cx: &Context, actor: &Actor, provider: Provider) -> Result<Fields, Denied> {
    actor.may(Section::ChatGateways, Letter::Create)?;
    let mut fields = Fields::defaults(provider);
    fields.set("uri", Uri::from_random(cx.rng.bytes()).as_str());
    Ok(fields)
}
