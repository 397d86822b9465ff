//! Which page, Instagram account or number an event or a thread belongs to.

use crate::{Account, MetaAccount, MetaKind, download::failed};
use model::{
    Settings,
    message::{ErrorClass, ProviderError, Thread},
};

/// The version of the Graph API that this product was made for.
const VERSION: &str = "v25.0";
const WHATSAPP_TOKEN: &str = "secret.whatsapp_token";

/// What stands in a thread's `via`.
pub(super) fn via(kind: MetaKind, id: &str) -> String {
    format!("{}:{id}", kind.code())
}

/// The account that events of this id belong to, if its events shall come.
pub(super) fn served<'a>(account: &'a Account, kind: MetaKind, id: &str) -> Option<&'a MetaAccount> {
    find(account, kind, id).filter(|meta| meta.subscribed)
}

fn find<'a>(account: &'a Account, kind: MetaKind, id: &str) -> Option<&'a MetaAccount> {
    account.meta.iter().find(|meta| meta.kind == kind && meta.id == id)
}

/// What a thread goes through; without a word about it what the gateway has most likely.
pub(super) fn kind_of(account: &Account, thread: &Thread) -> MetaKind {
    let told = thread.via.as_deref().and_then(split).map(|(kind, _)| kind);
    told.or_else(|| account.meta.first().map(|meta| meta.kind))
        .unwrap_or(MetaKind::Facebook)
}

/// The account that speaks in a thread.
pub(super) fn of_thread<'a>(account: &'a Account, thread: &Thread) -> Result<&'a MetaAccount, ProviderError> {
    let found = match thread.via.as_deref().and_then(split) {
        Some((kind, id)) => find(account, kind, id),
        None => None,
    };
    found.ok_or_else(|| {
        let why = "The page, Instagram account or number of this conversation is no longer on the gateway's card. Add it \
                   again to answer.";
        failed(ErrorClass::Permission, why)
    })
}

fn split(via: &str) -> Option<(MetaKind, &str)> {
    let (word, id) = via.split_once(':')?;
    let kinds = [MetaKind::Facebook, MetaKind::Instagram, MetaKind::WhatsApp];
    let kind = kinds.into_iter().find(|kind| kind.code() == word)?;
    Some((kind, id))
}

/// The token that speaks for an account: its own, or the one of the system user for a number.
pub(super) fn token<'a>(account: &'a Account, meta: &'a MetaAccount) -> &'a str {
    match (meta.kind, meta.token.expose().as_str()) {
        (MetaKind::WhatsApp, "") => account.secret(WHATSAPP_TOKEN),
        (_, token) => token,
    }
}

/// An account in a sentence.
pub(super) fn named(meta: &MetaAccount) -> String {
    let what = match meta.kind {
        MetaKind::Facebook => "Facebook page",
        MetaKind::Instagram => "Instagram account",
        MetaKind::WhatsApp => "WhatsApp number",
    };
    let name = if meta.name.is_empty() { &meta.id } else { &meta.name };
    format!("the {what} “{name}”")
}

/// The app's number; empty in a gateway of another kind.
pub(super) fn app_id(account: &Account) -> &str {
    settings(account).map_or("", |settings| &settings.client_id)
}

/// The app's secret.
pub(super) fn app_secret(account: &Account) -> &str {
    account.secret("secret.client_secret")
}

/// The version of the Graph API.
pub(super) fn version(account: &Account) -> &str {
    match settings(account) {
        Some(settings) if !settings.version.is_empty() => &settings.version,
        _ => VERSION,
    }
}

/// The settings; none in a gateway of another kind.
pub(super) fn settings(account: &Account) -> Option<&model::settings::Messenger> {
    match &account.settings {
        Settings::Messenger(settings) => Some(settings),
        _ => None,
    }
}
