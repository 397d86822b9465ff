//! The pages, Instagram accounts and numbers of a Messenger gateway.
//!
//! Which there are is asked when somebody wants to know. Whether their messages shall come is a wish; the reconciler makes
//! Meta agree with it afterwards.

mod changed;
mod deauthorise;
mod error;
mod find;
mod keep;
mod list;
mod refresh;
mod remove;
mod sign_in;
mod subscribe;

pub(crate) use changed::{change, record, subscribed};
pub(crate) use deauthorise::deauthorise;
pub use error::MetaError;
pub use find::find;
pub use list::list;
pub use refresh::refresh;
pub use remove::remove;
pub use sign_in::{Finished, Returned, SignInError, begin_sign_in, finish_sign_in, redirect_uri};
pub use subscribe::subscribe;

use crate::{Context, pipeline::Line};
use model::{GatewayId, MetaDetails, MetaRow, Provider, Section, Settings};
use std::sync::Arc;
use store::meta_accounts::Known;

/// A Messenger gateway with what it takes to ask Meta.
async fn line(cx: &Context, gateway: GatewayId) -> Result<Arc<Line>, MetaError> {
    let line = cx.pipeline.inner().accounts.get(cx, gateway).await?;
    let line = line.filter(|line| line.kind() == Provider::Messenger);
    let line = line.ok_or(MetaError::NotFound(Section::ChatGateways))?;
    let has_app = matches!(&line.account.settings, Settings::Messenger(app) if !app.client_id.is_empty());
    if has_app && !line.account.secret("secret.client_secret").is_empty() {
        Ok(line)
    } else {
        Err(MetaError::NoApp)
    }
}

/// What is shown of an account; nothing of one that was removed.
fn row(known: Known) -> Option<MetaRow> {
    let account = known.account;
    if known.removed_at.is_some() {
        return None;
    }
    Some(MetaRow {
        kind: account.kind.parse().ok()?,
        details: details(&account),
        id: account.id,
        name: account.name,
        subscribed: account.subscribed,
        gone_at: known.gone_at,
    })
}

/// What else is known of an account; nothing where it can't be read.
fn details(account: &store::meta_accounts::MetaAccount) -> MetaDetails {
    serde_json::from_str(&account.details).unwrap_or_default()
}

fn to_json(details: &MetaDetails) -> String {
    serde_json::to_string(details).unwrap_or_else(|_| "{}".to_owned())
}
