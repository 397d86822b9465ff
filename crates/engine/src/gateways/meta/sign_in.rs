//! Signing in at Meta: an administrator lets the app see pages and Instagram accounts.
//!
//! The word that leads back, `state`, is random, good once and for ten minutes, and only in the session that began; the
//! database knows its SHA-256 alone.

use super::{MetaError, keep::keep, line};
use crate::{
    Context,
    access::{Actor, Denied},
};
use model::{GatewayId, Letter, MetaFound, MetaKind, Section};
use providers::messenger;
use sha2::{Digest, Sha256};
use std::time::Duration;
use store::meta_sign_ins::{self, SignIn};

/// So long somebody may take at Meta.
const PATIENCE: Duration = Duration::from_mins(10);
/// So many characters of Meta's own words are repeated.
const LONGEST: usize = 300;

/// Why a sign-in came to nothing; nothing was stored then.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// It was not begun in this session, was used before, or took too long.
    #[error(
        "This sign-in was not begun in this browser, was used before or took too long. Close this window and begin again on the gateway's card."
    )]
    Unknown,
    /// Meta sent nobody back.
    #[error("Meta did not complete the sign-in{}. Close this window and try again.", said(.0))]
    Refused(String),
    /// What every look at Meta may fail for.
    #[error(transparent)]
    Meta(MetaError),
}

fn said(words: &str) -> String {
    let words: String = words.trim().trim_end_matches('.').chars().take(LONGEST).collect();
    if words.is_empty() {
        words
    } else {
        format!(". Meta says: “{words}”")
    }
}

impl<E: Into<MetaError>> From<E> for SignInError {
    fn from(error: E) -> Self {
        Self::Meta(error.into())
    }
}

/// What Meta sends a browser back with.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    /// The word that it was sent away with.
    pub state: String,
    /// What is exchanged for a token; empty if Meta refused.
    pub code: String,
    /// Meta's words about a refusal.
    pub refusal: String,
}

/// A sign-in that is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// For which gateway.
    pub gateway: GatewayId,
    /// Which kind of accounts.
    pub kind: MetaKind,
    /// What was found.
    pub found: MetaFound,
}

/// Where Meta sends a browser back to; the same for every gateway, so that an app needs to know one address.
#[must_use]
pub fn redirect_uri(public_url: &str) -> String {
    format!("{public_url}/meta/oauth")
}

/// Begins a sign-in, and gives the address of Meta's dialogue.
///
/// # Errors
///
/// [`MetaError::NoSignIn`] for numbers, [`MetaError::NoApp`] while the gateway has no app.
pub async fn begin_sign_in(
    cx: &Context,
    actor: &Actor,
    gateway: GatewayId,
    kind: MetaKind,
) -> Result<String, MetaError> {
    actor.may(Section::ChatGateways, Letter::Update)?;
    let user = actor.user().ok_or(Denied::SignedOut)?;
    if !kind.has_sign_in() {
        return Err(MetaError::NoSignIn(kind));
    }
    let line = line(cx, gateway).await?;
    let state = cx.rng.word();
    let new = SignIn {
        session: user.session.0,
        gateway,
        kind: kind.code().to_owned(),
        expires_at: cx.now().after(PATIENCE),
    };
    let tx = cx.store.begin().await?;
    meta_sign_ins::begin(&tx, hash(&state), &new, cx.now()).await?;
    tx.commit().await?;
    let redirect = redirect_uri(&cx.policy.public_url);
    Ok(messenger::sign_in_url(&line.account, kind, &redirect, &state))
}

/// Ends a sign-in: exchanges what Meta sent for a token, and keeps what the token reaches.
///
/// # Errors
///
/// [`SignInError::Unknown`] for a `state` that is not this session's, was used or is too old.
pub async fn finish_sign_in(cx: &Context, actor: &Actor, returned: &Returned) -> Result<Finished, SignInError> {
    let user = actor.user().ok_or(Denied::SignedOut)?;
    let state = hash(&returned.state);
    let tx = cx.store.begin().await?;
    let begun = meta_sign_ins::get(&tx, state).await?.ok_or(SignInError::Unknown)?;
    // Another session's stays good for that one.
    if !providers::signature::same_bytes(&begun.session, &user.session.0) {
        return Err(SignInError::Unknown);
    }
    let is_first = meta_sign_ins::end(&tx, state).await?;
    tx.commit().await?;
    if !is_first || begun.expires_at <= cx.now() {
        return Err(SignInError::Unknown);
    }
    actor.may(Section::ChatGateways, Letter::Update)?;
    let (gateway, kind) = (begun.gateway, begun.kind.parse().map_err(|_| SignInError::Unknown)?);
    if returned.code.is_empty() {
        return Err(SignInError::Refused(returned.refusal.clone()));
    }
    let line = line(cx, gateway).await?;
    let wire = cx.wire(&line.account);
    let redirect = redirect_uri(&cx.policy.public_url);
    let token = messenger::exchange_code(&wire, &line.account, &redirect, &returned.code).await?;
    let reached = messenger::reached(&wire, &line.account, kind, &token).await?;
    let found = keep(cx, actor, gateway, kind, reached, true).await?;
    Ok(Finished { gateway, kind, found })
}

fn hash(state: &str) -> [u8; 32] {
    Sha256::digest(state).into()
}
