//! A user changes their own password.

use super::{Caller, NewlySignedIn, begin, throttle};
use crate::{
    Context,
    access::{Actor, Denied},
    audit::{self, Object},
    password,
};
use model::{Action, FieldErrors, Secret, Section, Viewer, check_password};

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordError {
    /// Nobody is signed in.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The present password is wrong or the new one can't be used; a sentence for each field.
    #[error("The password was not changed.")]
    Invalid(FieldErrors),
    /// Too many attempts; the seconds to wait.
    #[error("Too many attempts. Try again in {0} s.")]
    Throttled(u64),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Changes the password of the user who asks; their other sessions end, this one goes on under a new token.
///
/// # Errors
///
/// [`ChangePasswordError::Invalid`] names `current` or `new`.
pub async fn change_password(
    cx: &Context,
    actor: &Actor,
    caller: &Caller,
    current: &str,
    new: &str,
) -> Result<NewlySignedIn, ChangePasswordError> {
    let user = actor.user().ok_or(Denied::SignedOut)?;
    let mut errors = FieldErrors::default();
    errors.take("new", check_password(new, &user.name));
    if current == new {
        errors.add("new", "Choose a password that differs from the present one.");
    }
    errors.into_result(()).map_err(ChangePasswordError::Invalid)?;

    let attempt = throttle::attempt(cx, &user.name, &caller.address)
        .await?
        .map_err(ChangePasswordError::Throttled)?;
    let known = store::users::credentials_of(cx.store.read(), user.id).await?;
    if !password::matches(known.as_ref().map(|known| &known.password_hash), current).await {
        let wrong = FieldErrors::one("current", "This is not your present password.");
        return Err(ChangePasswordError::Invalid(wrong));
    }
    let hash = password::hash(&*cx.rng, &Secret::new(new.to_owned())).await;
    let tx = cx.store.begin().await?;
    // Hashing took its time: a session that was ended meanwhile, or another password, has the last word.
    let held = store::users::hold(&tx, user.id).await?;
    let same = held.is_some_and(|held| {
        let hash = known.as_ref().map(|known| &known.password_hash);
        !held.disabled && Some(&held.password_hash) == hash
    });
    if !same || store::sessions::find(&tx, &user.session.0).await?.is_none() {
        return Err(Denied::SignedOut.into());
    }
    attempt.succeeded(&tx).await?;
    store::users::set_password(&tx, user.id, &hash, false, cx.now(), &user.name).await?;
    store::sessions::remove_of_user(&tx, user.id, None).await?;
    let token = begin(cx, &tx, user.id, caller).await?;
    let object = Object {
        section: Section::Users,
        id: user.id.0,
        name: &user.name,
    };
    audit::record(cx, &tx, actor, object, Action::PasswordSet, &[]).await?;
    tx.commit().await?;
    cx.changes.committed();
    let viewer = Viewer {
        id: user.id,
        name: user.name.clone(),
        grants: user.grants,
        must_change_password: false,
        callback_base: cx.callback_base(),
    };
    Ok(NewlySignedIn { token, viewer })
}
