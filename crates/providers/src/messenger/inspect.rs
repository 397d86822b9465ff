//! What Meta says of a token that somebody brought.

use super::{
    accounts::app_id,
    graph::{Graph, Token},
};
use crate::{Account, Wire, download::failed, lenient, reading::quoting};
use model::{
    Secret,
    message::{ErrorClass, ProviderError},
};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Debugged {
    data: TokenFacts,
}

/// A token as Meta describes it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct TokenFacts {
    is_valid: Option<bool>,
    error: Option<Complaint>,
    #[serde(deserialize_with = "lenient::text")]
    app_id: Option<String>,
    #[serde(rename = "type")]
    kind: String,
    #[serde(deserialize_with = "lenient::text")]
    user_id: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    profile_id: Option<String>,
    expires_at: Option<i64>,
    #[serde(deserialize_with = "lenient::each")]
    granular_scopes: Vec<Scope>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Complaint {
    message: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Scope {
    scope: String,
    target_ids: Vec<String>,
}

impl TokenFacts {
    /// Whoever the token belongs to, by the id that the app knows; empty if Meta does not say.
    pub(super) fn owner(&self) -> &str {
        self.user_id.as_deref().unwrap_or_default()
    }

    /// The page that the token speaks for, if it is a page's own.
    pub(super) fn page(&self) -> Option<&str> {
        let page = self.profile_id.as_deref().filter(|id| !id.is_empty());
        page.filter(|_| self.kind.eq_ignore_ascii_case("page"))
    }

    /// Whether it is a person's token that ends within these seconds from `now`.
    pub(super) fn ends_within(&self, seconds: i64, now: i64) -> bool {
        let ends = self.expires_at.filter(|at| *at > 0);
        self.kind.eq_ignore_ascii_case("user") && ends.is_some_and(|at| at < now.saturating_add(seconds))
    }

    /// What permissions whose names begin so were granted for.
    pub(super) fn targets<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a str> {
        let scopes = self.granular_scopes.iter();
        scopes
            .filter(move |scope| scope.scope.starts_with(start))
            .flat_map(|scope| scope.target_ids.iter().map(String::as_str))
    }
}

/// Has Meta describe a token, and refuses one that is no good or was made with another app.
pub(super) async fn inspect(
    wire: &Wire,
    account: &Account,
    token: &Secret<String>,
) -> Result<TokenFacts, ProviderError> {
    let query = [("input_token", token.expose().as_str())];
    let debugged: Debugged = Graph::new(wire, account)
        .get_private("debug_token", &query, &Token::app(account))
        .await?;
    let facts = debugged.data;
    if facts.is_valid == Some(false) {
        let words = facts.error.map(|error| error.message).unwrap_or_default();
        let why = quoting("Meta doesn't accept this token. Make a new one.", "Meta", &words);
        return Err(failed(
            ErrorClass::Auth,
            &wire.hide(&why.replace(token.expose(), "***")),
        ));
    }
    if facts.app_id.as_deref().is_some_and(|app| app != app_id(account)) {
        let why =
            "This token was made with another Meta app. Make one with the app whose App ID is on the tab General.";
        return Err(failed(ErrorClass::Invalid, why));
    }
    Ok(facts)
}
