//! Why something about accounts at Meta could not be done.

use crate::access::Denied;
use model::{
    MetaKind, Section,
    message::{ErrorClass, ProviderError},
};

/// Why something about accounts at Meta could not be done; nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum MetaError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such Messenger gateway, or no longer.
    #[error("This {} does not exist, or it was removed.", .0.object())]
    NotFound(Section),
    /// The account was removed.
    #[error("This {} is no longer on the card. Look for it again with “Refresh” or by connecting it once more.", .0.one())]
    NoAccount(MetaKind),
    /// The gateway has no app yet.
    #[error("Save the App ID and the App Secret on the tab General first.")]
    NoApp,
    /// Nobody has brought a token, and none is saved.
    #[error("Put in the system user's token and save it first.")]
    NoToken,
    /// Accounts of this kind are not connected by signing in.
    #[error("A {} is connected with a token, not by signing in.", .0.one())]
    NoSignIn(MetaKind),
    /// Meta refuses, or does not answer.
    #[error("{}", .0.message)]
    Meta(ProviderError),
    /// The database failed.
    #[error(transparent)]
    Store(store::Error),
}

impl MetaError {
    /// Whether the same may succeed in a moment.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        let class = match self {
            Self::Meta(error) => error.class,
            _ => return false,
        };
        class.is_worth_another_try() || class == ErrorClass::Ambiguous
    }
}

impl From<ProviderError> for MetaError {
    fn from(error: ProviderError) -> Self {
        Self::Meta(error)
    }
}

impl From<store::Error> for MetaError {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Missing => Self::NotFound(Section::ChatGateways),
            error => Self::Store(error),
        }
    }
}
