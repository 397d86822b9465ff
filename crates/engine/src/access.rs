//! Who asks, and whether they may.

use crate::sessions::SessionKey;
use model::{Grants, Letter, Section, UserId};

/// Who asks for an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody who is known.
    Anonymous,
    /// A user who is signed in.
    User(SignedIn),
    /// The product itself, or the operator at the command line.
    System,
    /// The operator at the command line, with a file; what the record calls that.
    CommandLine(String),
}

/// A user who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// What their roles grant.
    pub grants: Grants,
    /// Whether they must choose a new password before anything else.
    pub must_change_password: bool,
    /// The session in which they ask.
    pub session: SessionKey,
}

/// Why somebody may not do what they asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Nobody is signed in.
    #[error("Your session has ended. Sign in again.")]
    SignedOut,
    /// The first password was not changed yet.
    #[error("Choose a new password first.")]
    PasswordChange,
    /// None of the user's roles grants it.
    #[error("{}", forbidden(*.section, *.letter))]
    Forbidden {
        /// In which section.
        section: Section,
        /// Which right is missing.
        letter: Letter,
    },
}

fn forbidden(section: Section, letter: Letter) -> String {
    match letter {
        Letter::Read => "You have no access to this section.".to_owned(),
        letter => format!("You have no right to {letter} in the section {}.", section.label()),
    }
}

impl Actor {
    /// The operator at the command line, who applies a file.
    #[must_use]
    pub fn with_file(file: &str) -> Self {
        Self::CommandLine(format!("command line ({file})"))
    }

    /// Decides whether the actor may; everything that is done asks here.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn may(&self, section: Section, letter: Letter) -> Result<(), Denied> {
        if self.grants()?.allows(section, letter) {
            Ok(())
        } else {
            Err(Denied::Forbidden { section, letter })
        }
    }

    /// Everything the actor may do.
    ///
    /// # Errors
    ///
    /// When nobody is signed in, or a new password must be chosen first.
    pub fn grants(&self) -> Result<Grants, Denied> {
        match self {
            Self::Anonymous => Err(Denied::SignedOut),
            Self::User(user) if user.must_change_password => Err(Denied::PasswordChange),
            Self::User(user) => Ok(user.grants),
            Self::System | Self::CommandLine(_) => Ok(Grants::ALL),
        }
    }

    /// The user, when one is signed in.
    #[must_use]
    pub fn user(&self) -> Option<&SignedIn> {
        match self {
            Self::User(user) => Some(user),
            Self::Anonymous | Self::System | Self::CommandLine(_) => None,
        }
    }

    /// The name for the record.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::User(user) => &user.name,
            Self::System => "system",
            Self::CommandLine(name) => name,
            Self::Anonymous => "anonymous",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(grants: Grants, must_change_password: bool) -> Actor {
        let session = SessionKey([0; 32]);
        Actor::User(SignedIn {
            id: UserId(1),
            name: "anna".into(),
            grants,
            must_change_password,
            session,
        })
    }

    #[test]
    fn a_right_counts_only_where_it_is_granted() {
        let actor = user(Grants::default().with(Section::Flows, Letter::Read), false);
        assert_eq!(actor.may(Section::Flows, Letter::Read), Ok(()));
        let denied = actor.may(Section::Flows, Letter::Delete).unwrap_err();
        assert_eq!(
            denied.to_string(),
            "You have no right to delete in the section Flow schemas."
        );
        let denied = actor.may(Section::Users, Letter::Read).unwrap_err();
        assert_eq!(denied.to_string(), "You have no access to this section.");
    }

    #[test]
    fn nobody_may_anything_and_the_first_password_comes_first() {
        assert_eq!(
            Actor::Anonymous.may(Section::Flows, Letter::Read),
            Err(Denied::SignedOut)
        );
        let actor = user(Grants::ALL, true);
        assert_eq!(actor.may(Section::Flows, Letter::Read), Err(Denied::PasswordChange));
    }
}
