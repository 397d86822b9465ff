//! Signing in with name and password.

use super::{Caller, NewlySignedIn, begin, throttle};
use crate::{
    Context,
    access::{Actor, SignedIn},
    audit::{self, Object},
    password,
};
use model::{Action, Section, Viewer};

/// Why somebody was not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The name, the password or both are wrong, or the user is disabled: nobody learns which.
    #[error("The name or the password is wrong.")]
    Refused,
    /// Too many attempts; the seconds to wait.
    #[error("Too many attempts. Try again in {0} s.")]
    Throttled(u64),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Signs in: every sign-in is a new session with a new token.
///
/// # Errors
///
/// [`SignInError::Refused`] says the same for every reason, and takes as long.
pub async fn sign_in(cx: &Context, caller: &Caller, name: &str, password: &str) -> Result<NewlySignedIn, SignInError> {
    let attempt = throttle::attempt(cx, name, &caller.address)
        .await?
        .map_err(SignInError::Throttled)?;
    let user = store::users::by_name(cx.store.read(), name).await?;
    let hash = user.as_ref().map(|user| &user.password_hash);
    let known = password::matches(hash, password).await;
    let Some(user) = user.filter(|user| known && !user.disabled) else {
        return Err(SignInError::Refused);
    };
    let tx = cx.store.begin().await?;
    // Checking took its time: whoever was disabled, or given another password, meanwhile stays out.
    let held = store::users::hold(&tx, user.id).await?;
    let same = |held: &store::users::Credentials| !held.disabled && held.password_hash == user.password_hash;
    let Some(user) = held.filter(same) else {
        return Err(SignInError::Refused);
    };
    let grants = store::users::grants_of(&tx, user.id).await?;
    attempt.succeeded(&tx).await?;
    let token = begin(cx, &tx, user.id, caller).await?;
    let actor = Actor::User(SignedIn {
        id: user.id,
        name: user.name.clone(),
        grants,
        must_change_password: user.must_change_password,
        session: token.key(),
    });
    let object = Object {
        section: Section::Users,
        id: user.id.0,
        name: &user.name,
    };
    audit::record(cx, &tx, &actor, object, Action::SignedIn, &[]).await?;
    tx.commit().await?;
    cx.changes.committed();
    let viewer = Viewer {
        id: user.id,
        name: user.name,
        grants,
        must_change_password: user.must_change_password,
        callback_base: cx.callback_base(),
    };
    Ok(NewlySignedIn { token, viewer })
}
