//! The first start on an empty database.

use crate::{
    Context,
    access::Actor,
    audit::{self, Object},
    password,
};
use model::{Action, FieldErrors, Secret, Section, check_password, parse_name};
use std::collections::BTreeSet;
use store::users::NewUser;

/// Why the first administrator could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The configured name or password can't be used.
    #[error("the first administrator can't be made: {}", .0.iter().map(|(key, message)| format!("{key}: {message}")).collect::<Vec<_>>().join(" "))]
    Invalid(FieldErrors),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Makes the first administrator if there is no user yet; they must change the password at the first sign-in.
///
/// Gives the random password that was made, when none was configured; it is stored nowhere else.
///
/// # Errors
///
/// [`SetupError::Invalid`] when the configured name or password breaks the rules.
pub async fn first_administrator(
    cx: &Context,
    name: &str,
    configured: Option<&Secret<String>>,
) -> Result<Option<Secret<String>>, SetupError> {
    if store::users::any(cx.store.read()).await? {
        return Ok(None);
    }
    let mut errors = FieldErrors::default();
    let name = errors.take("first_user", parse_name(name));
    if let Some(password) = configured {
        errors.take("first_password", check_password(password.expose(), &name));
    }
    errors.into_result(()).map_err(SetupError::Invalid)?;
    let password = configured.cloned().unwrap_or_else(|| random_password(cx));
    let password_hash = password::hash(&*cx.rng, &password).await;
    let tx = cx.store.begin().await?;
    if store::users::any(&tx).await? {
        return Ok(None);
    }
    let roles = BTreeSet::from([store::roles::administrator(&tx).await?]);
    let user = NewUser {
        name: &name,
        password_hash: &password_hash,
        must_change_password: true,
        disabled: false,
        roles: &roles,
    };
    let id = match store::users::insert(&tx, &user, cx.now(), Actor::System.name()).await {
        // Another server on the same database was faster.
        Err(store::Error::Conflict(store::Unique::UserName)) => return Ok(None),
        inserted => inserted?,
    };
    let object = Object {
        section: Section::Users,
        id: id.0,
        name: &name,
    };
    audit::record(cx, &tx, &Actor::System, object, Action::Created, &[]).await?;
    tx.commit().await?;
    Ok(configured.is_none().then_some(password))
}

/// A password of 20 letters that are not taken for each other: 20 × log2(31) = 99 bits.
#[must_use]
pub fn random_password(cx: &Context) -> Secret<String> {
    const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let bytes: [u8; 20] = cx.rng.bytes();
    let letters = bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]));
    Secret::new(letters.collect())
}
