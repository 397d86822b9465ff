//! What a token reaches: pages with their Instagram accounts, and numbers.

use super::{
    graph::{Graph, Token},
    inspect::{TokenFacts, inspect},
};
use crate::{Account, Wire, download::failed, lenient};
use model::{
    Secret,
    message::{ErrorClass, ProviderError},
};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::BTreeSet;

/// So many pages of a list are turned, of a hundred entries each.
const MOST: usize = 50;

/// A Facebook page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its id at Meta.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The token that speaks for it, and for its Instagram account.
    pub token: Secret<String>,
    /// Its professional Instagram account.
    pub instagram: Option<InstagramAccount>,
}

/// A professional Instagram account that is linked to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstagramAccount {
    /// Its id at Meta.
    pub id: String,
    /// Its name on Instagram, without `@`.
    pub username: String,
    /// What it calls itself.
    pub name: String,
}

/// A `WhatsApp` number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its id at Meta, by which it is called.
    pub id: String,
    /// The business account that it belongs to.
    pub business_account: String,
    /// As people write it.
    pub phone: String,
    /// The name that Meta has verified.
    pub name: String,
    /// How far the name is verified, such as `APPROVED`.
    pub name_status: String,
    /// How people like its messages: `GREEN`, `YELLOW`, `RED` or `UNKNOWN`.
    pub quality: String,
}

#[derive(Deserialize)]
#[serde(default, bound = "T: DeserializeOwned")]
struct List<T> {
    #[serde(deserialize_with = "lenient::each")]
    data: Vec<T>,
    paging: Paging,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            data: Vec::new(),
            paging: Paging::default(),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Paging {
    next: Option<String>,
    cursors: Cursors,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Cursors {
    after: Option<String>,
}

#[derive(Deserialize)]
struct PageEntry {
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    access_token: String,
    #[serde(default)]
    instagram_business_account: Option<InstagramEntry>,
}

#[derive(Deserialize)]
struct InstagramEntry {
    id: String,
    #[serde(default)]
    username: String,
    #[serde(default)]
    name: String,
}

impl From<InstagramEntry> for InstagramAccount {
    fn from(entry: InstagramEntry) -> Self {
        Self {
            id: entry.id,
            username: entry.username,
            name: entry.name,
        }
    }
}

#[derive(Deserialize)]
struct NumberEntry {
    id: String,
    #[serde(default)]
    display_phone_number: String,
    #[serde(default)]
    verified_name: String,
    #[serde(default)]
    name_status: String,
    #[serde(default)]
    quality_rating: String,
}

/// What is asked of a page.
const PAGE: &str = "id,name,access_token,instagram_business_account{id,username,name}";
/// The same where the token that asks is the page's own.
const OWN_PAGE: &str = "id,name,instagram_business_account{id,username,name}";

/// Lists the pages that a person's or system user's token reaches. Pages that it may not speak for are left out.
///
/// # Errors
///
/// [`ProviderError`].
pub async fn pages(wire: &Wire, account: &Account, token: &Secret<String>) -> Result<Vec<Page>, ProviderError> {
    let graph = Graph::new(wire, account);
    let entries: Vec<PageEntry> = all(graph, "me/accounts", PAGE, &Token::brought(token.expose())).await?;
    let pages = entries
        .into_iter()
        .filter(|page| !page.access_token.is_empty())
        .map(|page| Page {
            id: page.id,
            name: page.name,
            token: Secret::new(page.access_token),
            instagram: page.instagram_business_account.map(Into::into),
        });
    Ok(pages.collect())
}

/// The page that a token of its own speaks for.
pub(super) async fn own_page(
    wire: &Wire,
    account: &Account,
    id: &str,
    token: &Secret<String>,
) -> Result<Page, ProviderError> {
    let brought = Token::brought(token.expose());
    let page: Option<PageEntry> = Graph::new(wire, account)
        .get_private(id, &[("fields", OWN_PAGE)], &brought)
        .await?;
    let page = page.ok_or_else(|| failed(ErrorClass::Unknown, "Meta's answer about this page can't be read."))?;
    Ok(Page {
        id: page.id,
        name: page.name,
        token: token.clone(),
        instagram: page.instagram_business_account.map(Into::into),
    })
}

/// Lists the `WhatsApp` numbers of the business accounts that a token was granted.
///
/// # Errors
///
/// [`ErrorClass::Auth`] when the token is no longer good, [`ErrorClass::Permission`] when it was granted none.
pub async fn numbers(wire: &Wire, account: &Account, token: &Secret<String>) -> Result<Vec<Number>, ProviderError> {
    let facts = inspect(wire, account, token).await?;
    numbers_of(wire, account, token, &facts).await
}

/// The same for a token that was looked at.
pub(super) async fn numbers_of(
    wire: &Wire,
    account: &Account,
    token: &Secret<String>,
    facts: &TokenFacts,
) -> Result<Vec<Number>, ProviderError> {
    let graph = Graph::new(wire, account);
    let accounts: BTreeSet<&str> = facts.targets("whatsapp_business_").collect();
    if accounts.is_empty() {
        let why = "This token reaches no WhatsApp account. Assign one to the system user at Meta and make a token with \
                   whatsapp_business_management and whatsapp_business_messaging.";
        return Err(failed(ErrorClass::Permission, why));
    }
    let token = Token::brought(token.expose());
    let fields = "id,display_phone_number,verified_name,name_status,quality_rating";
    let mut numbers = Vec::new();
    for business_account in accounts {
        let path = format!("{business_account}/phone_numbers");
        let entries: Vec<NumberEntry> = all(graph, &path, fields, &token).await?;
        numbers.extend(entries.into_iter().map(|number| Number {
            id: number.id,
            business_account: business_account.to_owned(),
            phone: number.display_phone_number,
            name: number.verified_name,
            name_status: number.name_status,
            quality: number.quality_rating,
        }));
    }
    Ok(numbers)
}

/// Turns the pages of a list. The address of the next one carries a token, so only its cursor is used.
async fn all<T: DeserializeOwned>(
    graph: Graph<'_>,
    path: &str,
    fields: &str,
    token: &Token,
) -> Result<Vec<T>, ProviderError> {
    let mut found = Vec::new();
    let mut after: Option<String> = None;
    for _ in 0..MOST {
        let mut query = vec![("fields", fields), ("limit", "100")];
        if let Some(after) = &after {
            query.push(("after", after));
        }
        let list: List<T> = graph.get_private(path, &query, token).await?;
        found.extend(list.data);
        after = list.paging.next.and(list.paging.cursors.after);
        if after.is_none() {
            break;
        }
    }
    Ok(found)
}
