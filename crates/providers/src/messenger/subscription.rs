//! Whether the events of one page, Instagram account or number come to the app.
//!
//! An Instagram account is subscribed through its page and a number through its business account, so several accounts may
//! hang on one subscription; it is taken away only when none of them needs it.

use super::{
    accounts::{app_id, named},
    graph::{Graph, Token},
};
use crate::{Account, MetaAccount, MetaKind, Wire, download::failed, lenient};
use model::message::{ErrorClass, ProviderError};
use serde::Deserialize;
use serde_json::json;

/// What a page tells the app. Echoes of what we send ourselves are not asked for.
pub(super) const PAGE_FIELDS: &str = "messages,messaging_postbacks,message_deliveries,message_reads,\
                                      messaging_referrals,message_reactions";

/// What a subscription hangs on: the page, or the business account.
pub(super) fn anchor(meta: &MetaAccount) -> &str {
    match meta.kind {
        MetaKind::Facebook => &meta.id,
        MetaKind::Instagram | MetaKind::WhatsApp => &meta.parent,
    }
}

/// Lets the events of an account come to the app.
///
/// # Errors
///
/// [`ProviderError`], in a sentence that names the account.
pub async fn subscribe(wire: &Wire, account: &Account, meta: &MetaAccount) -> Result<(), ProviderError> {
    let path = path(meta)?;
    let body = match meta.kind {
        MetaKind::Facebook | MetaKind::Instagram => json!({ "subscribed_fields": PAGE_FIELDS }),
        MetaKind::WhatsApp => json!({}),
    };
    Graph::new(wire, account)
        .set(&path, &body, &Token::of(account, meta))
        .await
}

/// Ends what [`subscribe`] began, unless another account of the gateway still needs it.
///
/// # Errors
///
/// [`ProviderError`]; it is to be tried again.
pub async fn unsubscribe(wire: &Wire, account: &Account, meta: &MetaAccount) -> Result<(), ProviderError> {
    let is_needed = account.meta.iter().any(|other| {
        other.subscribed && anchor(other) == anchor(meta) && (other.kind, &other.id) != (meta.kind, &meta.id)
    });
    if is_needed {
        return Ok(());
    }
    Graph::new(wire, account)
        .delete(&path(meta)?, &Token::of(account, meta))
        .await
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Apps {
    #[serde(deserialize_with = "lenient::each")]
    data: Vec<App>,
}

/// An app as a page names it, or as a business account does.
#[derive(Default, Deserialize)]
#[serde(default)]
struct App {
    #[serde(deserialize_with = "lenient::text")]
    id: Option<String>,
    whatsapp_business_api_data: Option<Inner>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Inner {
    #[serde(deserialize_with = "lenient::text")]
    id: Option<String>,
}

/// Whether the events of an account come to the app.
pub(super) async fn is_subscribed(wire: &Wire, account: &Account, meta: &MetaAccount) -> Result<bool, ProviderError> {
    let apps: Apps = Graph::new(wire, account)
        .get(&path(meta)?, &[], &Token::of(account, meta))
        .await?;
    let ids = apps
        .data
        .into_iter()
        .map(|app| app.id.or_else(|| app.whatsapp_business_api_data?.id));
    let ours = app_id(account);
    Ok(ids.flatten().any(|id| id == ours))
}

fn path(meta: &MetaAccount) -> Result<String, ProviderError> {
    match anchor(meta) {
        "" => {
            let why = format!(
                "It isn't known what {} belongs to. Remove it from the card and add it again.",
                named(meta)
            );
            Err(failed(ErrorClass::Invalid, &why))
        }
        anchor => Ok(format!("{anchor}/subscribed_apps")),
    }
}
