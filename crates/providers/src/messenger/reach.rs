//! What a token that somebody brought reaches, of one kind.

use super::{
    graph::{Graph, Token},
    inspect::{TokenFacts, inspect},
    listing::{self, Page},
    sign_in::lengthen,
};
use crate::{Account, MetaAccount, Wire};
use model::{MetaDetails, MetaKind, Secret, message::ProviderError};
use serde::Deserialize;

/// A person's token that ends sooner is exchanged for one that lives long; pages' tokens that come of such a one don't end.
const SOON_SECS: i64 = 7 * 24 * 60 * 60;

/// What a token reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Whoever granted it, by the id at Meta; empty if Meta does not say.
    pub granted_by: String,
    /// The page whose own token it is: it reaches nothing else.
    pub only_page: Option<String>,
    /// The accounts.
    pub accounts: Vec<Found>,
}

/// A page, an Instagram account or a number as Meta tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its id at Meta.
    pub id: String,
    /// The id of what it belongs to: the page of an Instagram account, the business account of a number; empty for a page.
    pub parent: String,
    /// Its name.
    pub name: String,
    /// The token that speaks for it.
    pub token: Secret<String>,
    /// What else is shown of it.
    pub details: MetaDetails,
}

/// Asks Meta what of one kind a token reaches.
///
/// # Errors
///
/// [`ProviderError`] in a sentence about the token.
pub async fn reached(
    wire: &Wire,
    account: &Account,
    kind: MetaKind,
    token: &Secret<String>,
) -> Result<Reached, ProviderError> {
    let facts = inspect(wire, account, token).await?;
    let accounts = match kind {
        MetaKind::Facebook => {
            let pages = pages(wire, account, token, &facts).await?;
            pages.into_iter().map(of_page).collect()
        }
        MetaKind::Instagram => {
            let pages = pages(wire, account, token, &facts).await?;
            pages.into_iter().filter_map(of_instagram).collect()
        }
        MetaKind::WhatsApp => {
            let numbers = listing::numbers_of(wire, account, token, &facts).await?;
            numbers.into_iter().map(|number| of_number(number, token)).collect()
        }
    };
    Ok(Reached {
        granted_by: facts.owner().to_owned(),
        only_page: facts.page().map(str::to_owned),
        accounts,
    })
}

async fn pages(
    wire: &Wire,
    account: &Account,
    token: &Secret<String>,
    facts: &TokenFacts,
) -> Result<Vec<Page>, ProviderError> {
    if let Some(page) = facts.page() {
        return Ok(vec![listing::own_page(wire, account, page, token).await?]);
    }
    if facts.ends_within(SOON_SECS, wire.now().0 / 1_000) {
        let long = lengthen(wire, account, token).await?;
        return listing::pages(wire, account, &long).await;
    }
    listing::pages(wire, account, token).await
}

fn of_page(page: Page) -> Found {
    Found {
        id: page.id,
        parent: String::new(),
        name: page.name,
        token: page.token,
        details: MetaDetails::default(),
    }
}

fn of_instagram(page: Page) -> Option<Found> {
    let instagram = page.instagram?;
    Some(Found {
        id: instagram.id,
        parent: page.id,
        name: instagram.name,
        token: page.token,
        details: MetaDetails {
            username: instagram.username,
            page: page.name,
            ..MetaDetails::default()
        },
    })
}

fn of_number(number: listing::Number, token: &Secret<String>) -> Found {
    Found {
        id: number.id,
        parent: number.business_account,
        name: number.name,
        token: token.clone(),
        details: MetaDetails {
            phone: number.phone,
            name_status: number.name_status,
            quality: number.quality,
            ..MetaDetails::default()
        },
    }
}

/// What an account is called now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Names {
    /// What it calls itself.
    pub name: String,
    /// Its name on Instagram, without `@`.
    pub username: String,
}

/// Asks Meta about a page or an Instagram account with its own token.
///
/// # Errors
///
/// [`ProviderError`] in a sentence that names the account.
pub async fn look(wire: &Wire, account: &Account, meta: &MetaAccount) -> Result<Names, ProviderError> {
    let fields = match meta.kind {
        MetaKind::Facebook => "id,name",
        MetaKind::Instagram => "id,name,username",
        MetaKind::WhatsApp => "id,verified_name",
    };
    Graph::new(wire, account)
        .get(&meta.id, &[("fields", fields)], &Token::of(account, meta))
        .await
}
