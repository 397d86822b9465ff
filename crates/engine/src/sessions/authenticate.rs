//! Whose request this is.

use super::{SessionKey, Token};
use crate::{
    Context,
    access::{Actor, SignedIn},
};
use std::time::Duration;
use store::sessions::Session;

/// How exactly the time of the last request is kept; more would write on every request.
const SEEN: Duration = Duration::from_mins(1);

/// Finds the user of a session's token; nobody, when it has ended, was idle too long, or the user is disabled.
///
/// This counts as a use of the session.
///
/// # Errors
///
/// When the database failed.
pub async fn authenticate(cx: &Context, token: &Token) -> Result<Actor, store::Error> {
    let key = token.key();
    let Some(session) = living(cx, key).await? else {
        return Ok(Actor::Anonymous);
    };
    let now = cx.now();
    if now.since(session.last_seen_at) >= SEEN {
        // A page can be read while the database can't be written: the time is noted with a later request.
        if let Err(error) = touch(cx, &session, key).await {
            tracing::warn!(error = %error, "the use of a session could not be noted");
        }
    }
    signed_in(cx, session, key).await
}

async fn touch(cx: &Context, session: &Session, key: SessionKey) -> Result<(), store::Error> {
    let tx = cx.store.begin().await?;
    store::sessions::touch(&tx, &key.0, session.user, cx.now()).await?;
    tx.commit().await
}

/// Finds the user of a session without using it, so that a page that only stands open doesn't keep it alive.
///
/// # Errors
///
/// When the database failed.
pub async fn watch(cx: &Context, key: SessionKey) -> Result<Actor, store::Error> {
    match living(cx, key).await? {
        Some(session) => signed_in(cx, session, key).await,
        None => Ok(Actor::Anonymous),
    }
}

async fn living(cx: &Context, key: SessionKey) -> Result<Option<Session>, store::Error> {
    let session = store::sessions::find(cx.store.read(), &key.0).await?;
    let now = cx.now();
    Ok(session.filter(|session| {
        let idle = now.since(session.last_seen_at);
        !session.disabled && now < session.expires_at && idle < cx.policy.session_idle
    }))
}

async fn signed_in(cx: &Context, session: Session, key: SessionKey) -> Result<Actor, store::Error> {
    Ok(Actor::User(SignedIn {
        id: session.user,
        grants: store::users::grants_of(cx.store.read(), session.user).await?,
        name: session.name,
        must_change_password: session.must_change_password,
        session: key,
    }))
}

/// Forgets sessions that have ended and failed attempts of long ago.
///
/// # Errors
///
/// When the database failed.
pub async fn remove_expired(cx: &Context) -> Result<(), store::Error> {
    let now = cx.now();
    let before = |age: Duration| model::Timestamp(now.0 - i64::try_from(age.as_millis()).unwrap_or(i64::MAX));
    let tx = cx.store.begin().await?;
    store::sessions::remove_expired(&tx, now, before(cx.policy.session_idle)).await?;
    store::sign_in_failures::remove_old(&tx, before(Duration::from_hours(24))).await?;
    tx.commit().await
}
