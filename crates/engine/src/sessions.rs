//! Signing in, staying signed in, signing out.

mod authenticate;
mod change_password;
mod sign_in;
mod sign_out;
mod throttle;
mod token;

pub use authenticate::{authenticate, remove_expired, watch};
pub use change_password::{ChangePasswordError, change_password};
pub use sign_in::{SignInError, sign_in};
pub use sign_out::{sign_out, sign_out_everywhere};
pub(crate) use throttle::account_key;
pub use token::{SessionKey, Token};

use crate::Context;
use model::{UserId, Viewer};
use store::{Tx, sessions::NewSession};

/// From where somebody signs in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    /// The network address.
    pub address: String,
    /// The browser, as it names itself.
    pub user_agent: String,
}

/// A session that has just begun.
#[derive(Debug)]
pub struct NewlySignedIn {
    /// The word for the cookie.
    pub token: Token,
    /// The user.
    pub viewer: Viewer,
}

/// Begins a session.
async fn begin(cx: &Context, tx: &Tx, user: UserId, caller: &Caller) -> Result<Token, store::Error> {
    let token = Token::new(cx.rng.word());
    let now = cx.now();
    let session = NewSession {
        id_hash: token.key().0,
        user,
        at: now,
        expires_at: now.after(cx.policy.session_lifetime),
        address: &caller.address,
        user_agent: &caller.user_agent,
    };
    store::sessions::insert(tx, &session).await?;
    Ok(token)
}
