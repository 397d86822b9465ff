//! What every action needs.

use crate::{
    Changes, Clock, RequestId, Rng,
    access::Actor,
    pipeline::{Pipeline, Retention},
    reconciler::Reconciler,
    sessions::Token,
    tries::Tries,
};
use model::{Timestamp, Viewer};
use providers::{Account, Wire};
use std::{path::PathBuf, sync::Arc, time::Duration};
use store::Store;

/// The database, the time, randomness, the operator's rules; cheap to clone.
#[derive(Clone)]
pub struct Context {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub rng: Arc<dyn Rng>,
    /// Tells open pages about changes.
    pub changes: Changes,
    /// Calls the addresses that users give.
    pub fetch: fetch::Client,
    /// Messages on their way.
    pub pipeline: Pipeline,
    /// Makes messengers agree with the database.
    pub reconciler: Reconciler,
    /// Flow schemas that are being tried.
    pub tries: Tries,
    /// The operator's rules.
    pub policy: Arc<Policy>,
    /// The request that is served, for the record; none when the product acts by itself.
    pub request_id: Option<RequestId>,
}

/// What the operator decides.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The address under which browsers and providers reach the product, without a slash at the end.
    pub public_url: String,
    /// How long a session lasts, however busy.
    pub session_lifetime: Duration,
    /// How long a session lasts without a request.
    pub session_idle: Duration,
    /// The IANA name of the zone whose clock flow schemas see.
    pub timezone: String,
    /// How often an enabled gateway is looked at.
    pub probe_interval: Duration,
    /// How long things are kept.
    pub retention: Retention,
    /// Files that peers send.
    pub media: MediaPolicy,
}

/// What the operator decides about files that peers send.
#[derive(Clone, Debug)]
pub struct MediaPolicy {
    /// The folder that they are kept in.
    pub folder: PathBuf,
    /// The largest that is taken, in bytes.
    pub max_bytes: usize,
}

impl Policy {
    /// Whether the product is reached over TLS, so that cookies can be bound to it.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The name of the session's cookie.
    #[must_use]
    pub fn session_cookie_name(&self) -> &'static str {
        if self.is_secure() { "__Host-session" } else { "session" }
    }
}

impl Context {
    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A way to a gateway's messenger, for one action.
    pub(crate) fn wire(&self, account: &Account) -> Wire {
        Wire::new(self.pipeline.inner().outside.client.clone(), account, self.now())
    }

    /// What stands before a gateway's URI in its callback URL.
    #[must_use]
    pub fn callback_base(&self) -> String {
        format!("{}/chat", self.policy.public_url)
    }

    /// The `Set-Cookie` value that keeps a session in the browser, or takes it away.
    #[must_use]
    pub fn session_cookie(&self, token: Option<&Token>) -> String {
        let name = self.policy.session_cookie_name();
        let secure = if self.policy.is_secure() { "; Secure" } else { "" };
        match token {
            Some(token) => {
                let age = self.policy.session_lifetime.as_secs();
                let token = token.expose();
                format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}")
            }
            None => format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}"),
        }
    }

    /// What a page may know about the user who looks at it.
    #[must_use]
    pub fn viewer(&self, actor: &Actor) -> Option<Viewer> {
        actor.user().map(|user| Viewer {
            id: user.id,
            name: user.name.clone(),
            grants: user.grants,
            must_change_password: user.must_change_password,
            callback_base: self.callback_base(),
        })
    }
}
