//! Chat gateways: what can be done with them.

mod create;
mod get;
mod history;
mod list;
pub mod meta;
mod propose;
mod remove;
mod repair;
mod set_enabled;
mod test;
mod update;

pub use create::create;
pub(crate) use create::insert;
pub use get::get;
pub use history::history;
pub use list::list;
pub use propose::propose;
pub use remove::remove;
pub use repair::register_again;
pub(crate) use set_enabled::switch;
pub use set_enabled::{SetEnabledError, set_enabled};
pub use test::{Tested, test};
pub(crate) use update::change;
pub use update::update;

use crate::{Context, access::Actor, audit};
use model::{
    FieldChange, FieldErrors, Fields, FlowId, Letter, Provider, Secret, Section,
    form::{Control, Tab},
    settings,
};
use std::collections::BTreeMap;
use store::{
    Tx,
    secrets::{NewSecret, Owner},
};

/// Refuses to choose a flow schema that doesn't exist (any more), or that the actor may not see.
async fn check_flow(
    tx: &Tx,
    actor: &Actor,
    present: Option<FlowId>,
    chosen: Option<FlowId>,
) -> Result<Result<(), FieldErrors>, store::Error> {
    let Some(flow) = chosen.filter(|flow| Some(*flow) != present) else {
        return Ok(Ok(()));
    };
    if actor.may(Section::Flows, Letter::Read).is_err() {
        let message = "You have no access to flow schemas, so you can't choose one. Ask an administrator.";
        return Ok(Err(FieldErrors::one("flow", message)));
    }
    let found = store::flows::reference(tx, flow).await?;
    Ok(found
        .map(|_| ())
        .ok_or_else(|| FieldErrors::one("flow", "This flow schema was removed. Choose another one.")))
}

/// Seals the secrets that were typed.
async fn put_secrets(
    cx: &Context,
    tx: &Tx,
    id: i64,
    secrets: &BTreeMap<String, Secret<String>>,
    by: &str,
) -> Result<(), store::Error> {
    for (field, value) in secrets {
        let secret = NewSecret {
            field,
            value,
            nonce: cx.rng.bytes(),
        };
        store::secrets::put(tx, Owner::Gateways, id, &secret, cx.now(), by).await?;
    }
    Ok(())
}

/// Which fields differ, with their labels; secrets that were typed count as replaced.
pub(crate) fn differences(
    provider: Provider,
    before: &Fields,
    after: &Fields,
    typed: impl Fn(&str) -> bool,
    flows: (&str, &str),
) -> Vec<FieldChange> {
    let fields = settings::tabs(provider).iter().flat_map(Tab::fields);
    let mut changes = Vec::new();
    for field in fields {
        if matches!(field.control, Control::Secret { .. }) {
            if typed(field.key) {
                changes.push(audit::replaced(field.key, field.label));
            }
        } else if before.get(field.key) != after.get(field.key) {
            let (from, to) = match field.control {
                Control::Flow => flows,
                _ => (before.get(field.key), after.get(field.key)),
            };
            changes.push(audit::changed(field.key, field.label, from, to));
        }
    }
    changes
}
