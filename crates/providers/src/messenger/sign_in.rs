//! Meta's sign-in: an administrator lets the app see pages and Instagram accounts.

use super::{
    accounts::{app_id, app_secret, version},
    graph::{Graph, Token},
};
use crate::{Account, MetaKind, Wire, download::failed};
use model::{
    Secret,
    message::{ErrorClass, ProviderError},
};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

const PAGES: &[&str] = &[
    "pages_messaging",
    "pages_manage_metadata",
    "pages_show_list",
    "pages_read_engagement",
];
const INSTAGRAM: &[&str] = &["instagram_basic", "instagram_manage_messages"];
/// Needed only by gateways that follow comments and mentions.
const COMMENTS: &str = "instagram_manage_comments";
const WHATSAPP: &[&str] = &["whatsapp_business_management", "whatsapp_business_messaging"];

/// The address of Meta's dialog, which leads back to `redirect_uri` with a `code` and this `state`.
///
/// `state` must be a word that only the asking browser's session knows.
#[must_use]
pub fn sign_in_url(account: &Account, kind: MetaKind, redirect_uri: &str, state: &str) -> String {
    let mut scopes = Vec::new();
    match kind {
        MetaKind::Facebook => scopes.extend(PAGES),
        MetaKind::Instagram => {
            scopes.extend(PAGES);
            scopes.extend(INSTAGRAM);
            if super::accounts::settings(account).is_some_and(|one| one.instagram_comments || one.instagram_mentions) {
                scopes.push(COMMENTS);
            }
        }
        MetaKind::WhatsApp => scopes.extend(WHATSAPP),
    }
    let mut base = account.endpoints.graph.clone();
    if base.domain() == Some("graph.facebook.com") {
        // A domain is replaced by a domain, which can't fail.
        let _ = base.set_host(Some("www.facebook.com"));
    }
    let query = Serializer::new(String::new())
        .append_pair("client_id", app_id(account))
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("state", state)
        .append_pair("scope", &scopes.join(","))
        .append_pair("response_type", "code")
        .finish();
    let base = base.as_str().trim_end_matches('/');
    format!("{base}/{}/dialog/oauth?{query}", version(account))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Granted {
    access_token: Option<String>,
}

/// Exchanges the code of the dialog for a token that lives long; `redirect_uri` is the one that the dialog was opened with.
///
/// # Errors
///
/// [`ProviderError`]; a code is good once and for some minutes.
pub async fn exchange_code(
    wire: &Wire,
    account: &Account,
    redirect_uri: &str,
    code: &str,
) -> Result<Secret<String>, ProviderError> {
    let short = granted(wire, account, &[("redirect_uri", redirect_uri), ("code", code)]).await?;
    lengthen(wire, account, &short).await
}

/// Exchanges a person's token for one that lives long.
pub(super) async fn lengthen(
    wire: &Wire,
    account: &Account,
    short: &Secret<String>,
) -> Result<Secret<String>, ProviderError> {
    let query = [
        ("grant_type", "fb_exchange_token"),
        ("fb_exchange_token", short.expose()),
    ];
    granted(wire, account, &query).await
}

async fn granted(wire: &Wire, account: &Account, query: &[(&str, &str)]) -> Result<Secret<String>, ProviderError> {
    let mut pairs = vec![("client_id", app_id(account)), ("client_secret", app_secret(account))];
    pairs.extend_from_slice(query);
    let graph = Graph::new(wire, account);
    let granted: Granted = graph
        .get_private("oauth/access_token", &pairs, &Token::app(account))
        .await?;
    let token = granted.access_token.filter(|token| !token.is_empty());
    token
        .map(Secret::new)
        .ok_or_else(|| failed(ErrorClass::Unknown, "Meta gave no token. Sign in once more."))
}
