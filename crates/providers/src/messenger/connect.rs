//! How the gateway is announced at Meta, taken off, and looked after.
//!
//! An app has one address for each kind of object, and each page or business account says whether it tells the app
//! anything. Both are needed for an event to come.

use super::{
    accounts::{app_id, settings},
    error::CALLBACK_NOT_VERIFIED,
    graph::{Graph, Token},
    subscription::{PAGE_FIELDS, anchor, is_subscribed, subscribe, unsubscribe},
};
use crate::{
    Account, ConnectError, Connected, MetaAccount, MetaKind, Probe, Registration, Wire, lenient, registration,
};
use model::message::{ErrorClass, ProviderError};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;

#[derive(Default, Deserialize)]
#[serde(default)]
struct App {
    name: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Subscriptions {
    #[serde(deserialize_with = "lenient::each")]
    data: Vec<Subscription>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Subscription {
    object: String,
    callback_url: String,
    active: Option<bool>,
}

/// A kind of object that an app has an address for.
const fn object(kind: MetaKind) -> &'static str {
    match kind {
        MetaKind::Facebook => "page",
        MetaKind::Instagram => "instagram",
        MetaKind::WhatsApp => "whatsapp_business_account",
    }
}

fn fields(account: &Account, kind: MetaKind) -> String {
    match kind {
        MetaKind::Facebook => PAGE_FIELDS.to_owned(),
        MetaKind::WhatsApp => "messages".to_owned(),
        MetaKind::Instagram => {
            let mut fields = vec![
                "messages",
                "messaging_postbacks",
                "messaging_seen",
                "message_reactions",
                "messaging_referral",
            ];
            if settings(account).is_some_and(|settings| settings.instagram_comments) {
                fields.push("comments");
            }
            if settings(account).is_some_and(|settings| settings.instagram_mentions) {
                fields.push("mentions");
            }
            fields.join(",")
        }
    }
}

/// The subscribed accounts, one for each subscription that they hang on.
fn wanted(account: &Account) -> Vec<&MetaAccount> {
    let mut anchors = BTreeSet::new();
    account
        .meta
        .iter()
        .filter(|meta| meta.subscribed && anchors.insert(anchor(meta)))
        .collect()
}

/// The kinds of the subscribed accounts.
fn kinds(account: &Account) -> Vec<MetaKind> {
    let all = [MetaKind::Facebook, MetaKind::Instagram, MetaKind::WhatsApp];
    let is_used = |kind: &MetaKind| account.meta.iter().any(|meta| meta.subscribed && meta.kind == *kind);
    all.into_iter().filter(is_used).collect()
}

/// Announces the app's address, and then each account.
pub(super) async fn connect(wire: &Wire, account: &Account, take_over: bool) -> Result<Connected, ConnectError> {
    check_address(account)?;
    let graph = Graph::new(wire, account);
    let token = Token::app(account);
    let app: App = graph.get(app_id(account), &[("fields", "name")], &token).await?;
    let kinds = kinds(account);
    if !kinds.is_empty() && !take_over {
        let subscriptions = subscriptions(graph, &token).await?;
        if let Some(url) = elsewhere(wire, account, &kinds, &subscriptions) {
            return Err(ConnectError::Elsewhere { url });
        }
    }
    for kind in kinds {
        let body = json!({
            "object": object(kind),
            "callback_url": account.callback_url,
            "verify_token": account.door_secret.expose(),
            "fields": fields(account, kind),
            "include_values": true,
        });
        let path = format!("{}/subscriptions", app_id(account));
        graph
            .set(&path, &body, &token)
            .await
            .map_err(|error| unreachable_address(account, error))?;
    }
    let mut first_failure = None;
    for meta in wanted(account) {
        if let Err(error) = subscribe(wire, account, meta).await {
            // One page with a dead token must not silence the others.
            first_failure.get_or_insert(error);
        }
    }
    match first_failure {
        Some(error) => Err(error.into()),
        None => Ok(Connected {
            identity: app.name.unwrap_or_default(),
            to_do: to_do(account).to_owned(),
        }),
    }
}

fn to_do(account: &Account) -> &'static str {
    if account.meta.is_empty() {
        "Add a page, an Instagram account or a WhatsApp number on the tabs of the card."
    } else if account.meta.iter().all(|meta| !meta.subscribed) {
        "Subscribe a page, an Instagram account or a WhatsApp number on the tabs of the card."
    } else {
        ""
    }
}

fn check_address(account: &Account) -> Result<(), ConnectError> {
    if !account.is_public {
        let why = "Meta can't reach this server. Ask its operator to set public_url to its public address.";
        return Err(ConnectError::PublicUrl(why.to_owned()));
    }
    // Whoever stands in for Meta may be content with less.
    let is_meta = account
        .endpoints
        .graph
        .domain()
        .is_some_and(|host| host.ends_with("facebook.com"));
    if is_meta && !account.callback_url.starts_with("https://") {
        let why = "Meta calls https addresses only. Ask the operator of this server to set public_url to one.";
        return Err(ConnectError::PublicUrl(why.to_owned()));
    }
    Ok(())
}

fn unreachable_address(account: &Account, error: ProviderError) -> ConnectError {
    if error.code.as_deref() == Some(CALLBACK_NOT_VERIFIED) {
        let why = format!(
            "Meta called {} and got no valid answer. Check that public_url is right, that it can be reached from the \
             internet and that its certificate is valid. {}",
            account.callback_url, error.message
        );
        return ConnectError::PublicUrl(why);
    }
    error.into()
}

async fn subscriptions(graph: Graph<'_>, token: &Token) -> Result<Vec<Subscription>, ProviderError> {
    let path = format!("{}/subscriptions", app_id(graph.account));
    Ok(graph.get::<Subscriptions>(&path, &[], token).await?.data)
}

/// Where else one of these kinds of events goes.
fn elsewhere(wire: &Wire, account: &Account, kinds: &[MetaKind], subscriptions: &[Subscription]) -> Option<String> {
    let is_used = |one: &&Subscription| kinds.iter().any(|kind| object(*kind) == one.object);
    let active = subscriptions
        .iter()
        .filter(is_used)
        .filter(|one| one.active != Some(false));
    active
        .map(|one| registration::registration(wire, &one.callback_url, &account.callback_url))
        .find_map(|found| match found {
            Registration::Elsewhere { url } => Some(url),
            _ => None,
        })
}

/// Takes each account off. The app's address stays; without accounts nothing comes there.
pub(super) async fn disconnect(wire: &Wire, account: &Account) -> Result<(), ProviderError> {
    // They are all taken off, so none needs the subscription of another.
    let mut alone = account.clone();
    alone.meta.clear();
    let subscribed = account.meta.iter().filter(|meta| meta.subscribed);
    let leaving: Vec<MetaAccount> = subscribed.cloned().collect();
    take_off(wire, &alone, &leaving).await
}

/// Takes some accounts off, unless a subscribed one of the gateway needs the same subscription. Accounts whose events go
/// elsewhere are somebody else's by now, and stay as they are.
///
/// # Errors
///
/// [`ProviderError`]; rather one that is worth another try.
pub async fn take_off(wire: &Wire, account: &Account, leaving: &[MetaAccount]) -> Result<(), ProviderError> {
    let graph = Graph::new(wire, account);
    // If Meta does not say where events go, they are taken to be ours.
    let subscriptions = subscriptions(graph, &Token::app(account)).await.unwrap_or_default();
    let is_lost = |meta: &MetaAccount| elsewhere(wire, account, &[meta.kind], &subscriptions).is_some();
    let mut done: BTreeSet<_> = leaving.iter().filter(|meta| is_lost(meta)).map(anchor).collect();
    let mut failure: Option<ProviderError> = None;
    for meta in leaving {
        if !done.insert(anchor(meta)) {
            continue;
        }
        match unsubscribe(wire, account, meta).await {
            // What Meta doesn't know is off.
            Err(error) if error.class != ErrorClass::NotFound => {
                let is_graver =
                    |known: &ProviderError| !known.class.is_worth_another_try() && error.class.is_worth_another_try();
                if failure.as_ref().is_none_or(is_graver) {
                    failure = Some(error);
                }
            }
            _ => {}
        }
    }
    failure.map_or(Ok(()), Err)
}

/// Looks whether the app's addresses are ours, and whether each account is on.
pub(super) async fn probe(wire: &Wire, account: &Account) -> Result<Probe, ProviderError> {
    let graph = Graph::new(wire, account);
    let token = Token::app(account);
    let app: App = graph.get(app_id(account), &[("fields", "name")], &token).await?;
    Ok(Probe {
        identity: app.name.unwrap_or_default(),
        registration: standing(graph, &token).await?,
        pending: None,
        last_error: None,
        to_do: to_do(account).to_owned(),
    })
}

/// With nothing to subscribe nothing is missing.
async fn standing(graph: Graph<'_>, token: &Token) -> Result<Registration, ProviderError> {
    let account = graph.account;
    let kinds = kinds(account);
    if kinds.is_empty() {
        return Ok(Registration::Here);
    }
    let subscriptions = subscriptions(graph, token).await?;
    if let Some(url) = elsewhere(graph.wire, account, &kinds, &subscriptions) {
        return Ok(Registration::Elsewhere { url });
    }
    let is_here = |kind: &MetaKind| {
        subscriptions
            .iter()
            .any(|one| one.object == object(*kind) && !one.callback_url.is_empty() && one.active != Some(false))
    };
    if !kinds.iter().all(is_here) {
        return Ok(Registration::Missing);
    }
    for meta in wanted(account) {
        if !is_subscribed(graph.wire, account, meta).await? {
            return Ok(Registration::Missing);
        }
    }
    Ok(Registration::Here)
}
