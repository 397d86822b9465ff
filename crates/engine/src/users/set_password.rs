//! The operator sets a user's password at the command line, for the locked-out.

use crate::{
    Context,
    access::Actor,
    audit::{self, Object},
    password,
    sessions::account_key,
};
use model::{Action, Secret, Section, check_password};

/// Why a password was not set.
#[derive(Debug, thiserror::Error)]
pub enum ResetPasswordError {
    /// There is no such user.
    #[error("there is no user “{0}”")]
    NotFound(String),
    /// The password can't be used.
    #[error("{0}")]
    Invalid(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Sets the password of a user, forgets their failed attempts and ends their sessions.
///
/// Only for the operator: it asks for no permission. With `must_change` they choose another one at the next sign-in.
///
/// # Errors
///
/// [`ResetPasswordError::Invalid`] with the rule that the password breaks.
pub async fn reset_password(
    cx: &Context,
    name: &str,
    new: &Secret<String>,
    must_change: bool,
) -> Result<(), ResetPasswordError> {
    let not_found = || ResetPasswordError::NotFound(name.to_owned());
    let known = store::users::by_name(cx.store.read(), name)
        .await?
        .ok_or_else(not_found)?;
    check_password(new.expose(), &known.name).map_err(ResetPasswordError::Invalid)?;
    let hash = password::hash(&*cx.rng, new).await;
    let tx = cx.store.begin().await?;
    store::users::set_password(&tx, known.id, &hash, must_change, cx.now(), Actor::System.name()).await?;
    store::sessions::remove_of_user(&tx, known.id, None).await?;
    store::sign_in_failures::clear(&tx, &account_key(&known.name)).await?;
    let object = Object {
        section: Section::Users,
        id: known.id.0,
        name: &known.name,
    };
    audit::record(cx, &tx, &Actor::System, object, Action::PasswordSet, &[]).await?;
    tx.commit().await?;
    Ok(())
}
