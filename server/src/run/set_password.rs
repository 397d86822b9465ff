//! Gives a user a new password, from the machine itself.

use crate::{
    config::Config,
    open::{OpenError, open},
    password::{self, PasswordError},
};
use engine::{setup, users};
use std::{io, path::PathBuf};

/// Why the password was not set.
#[derive(Debug, thiserror::Error)]
pub enum SetPasswordError {
    /// The data folder cannot be made.
    #[error("the data folder {} cannot be made", path.display())]
    DataDir {
        /// The folder.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The keys or the database are of no use.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is no password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The password was refused, or there is no such user.
    #[error(transparent)]
    Reset(#[from] users::ResetPasswordError),
}

/// Sets the password of a user and ends their sessions; works while the server runs.
///
/// A generated password goes to standard output, and must be changed at the next sign-in.
///
/// # Errors
///
/// A [`SetPasswordError`]; nothing has been changed then.
pub async fn set_password(config: Config, name: &str, generate: bool) -> Result<(), SetPasswordError> {
    config.prepare_data_dir().map_err(|source| SetPasswordError::DataDir {
        path: config.data_dir.clone(),
        source,
    })?;
    let cx = open(&config).await?;
    let password = if generate {
        setup::random_password(&cx)
    } else {
        password::read(name)?
    };
    users::reset_password(&cx, name, &password, generate).await?;
    if generate {
        println!("{}", password.expose());
    } else {
        println!("The password of {name} is set, and their sessions have ended.");
    }
    Ok(())
}
