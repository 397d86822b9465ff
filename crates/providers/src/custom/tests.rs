//! Both directions as the customer's system sees them: bytes in, bytes out, over real HTTP.

mod answers;
mod attacks;
mod endpoint;
mod examples;
mod incoming;
mod older;
mod outgoing;

use super::{Custom, keys::Keys, signed};
use crate::{Account, Endpoints, Incoming, Provider, Refusal, Wire};
use bytes::Bytes;
use fetch::{Client, Guard};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use model::{
    GatewayId, Secret, Settings, Timestamp,
    settings::{Custom as Own, Signature},
};
use std::{collections::BTreeMap, sync::Arc};

/// 2026-10-01T12:00:30Z
const NOW: Timestamp = Timestamp(1_790_856_030_000);
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const FORMER: &str = "the former app secret";

/// A gateway whose secret is being changed.
fn account(webhook: &str, signature: Signature) -> Account {
    let secret = |key: &str, text: &str| (key.to_owned(), Secret::new(text.to_owned()));
    Account {
        gateway: GatewayId(7),
        name: "Shop".into(),
        settings: Settings::Custom(Own {
            webhook: webhook.into(),
            signature,
        }),
        secrets: BTreeMap::from([secret("secret.secret", SECRET), secret("secret.secret.former", FORMER)]),
        callback_url: "https://chat.example/chat/shop".into(),
        is_public: true,
        door_secret: Secret::new("door".into()),
        meta: Vec::new(),
        endpoints: Arc::new(Endpoints::default()),
    }
}

fn standard() -> Account {
    account("https://crm.example/events", Signature::Standard)
}

/// A way that may call this machine, at a moment that stands still.
fn wire(account: &Account) -> Wire {
    wire_at(account, NOW)
}

fn wire_at(account: &Account, now: Timestamp) -> Wire {
    let guard = Guard::parse(["127.0.0.1"]).unwrap();
    Wire::new(Client::new(guard), account, now)
}

/// A request as it stands at the door.
struct Knock {
    method: Method,
    headers: HeaderMap,
    body: Bytes,
}

impl Knock {
    fn bare(body: impl Into<Bytes>) -> Self {
        Self {
            method: Method::POST,
            headers: HeaderMap::new(),
            body: body.into(),
        }
    }

    /// Signed with a secret, as a customer's system does it.
    fn signed(secret: &str, id: &str, seconds: i64, body: impl Into<Bytes>) -> Self {
        let mut account = standard();
        account.secrets = BTreeMap::from([("secret.secret".to_owned(), Secret::new(secret.to_owned()))]);
        let keys = Keys::of(&account, Signature::Standard).unwrap();
        let knock = Self::bare(body);
        let seconds = seconds.to_string();
        let signature = signed::sign(&keys, id, &seconds, &knock.body);
        knock
            .with(signed::ID, id)
            .with(signed::TIMESTAMP, &seconds)
            .with(signed::SIGNATURE, &signature)
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        let value = HeaderValue::from_str(value).unwrap();
        self.headers.insert(HeaderName::from_static(name), value);
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    fn incoming(&self) -> Incoming<'_> {
        Incoming {
            method: &self.method,
            rest: "",
            query: "",
            headers: &self.headers,
            body: &self.body,
        }
    }

    fn verdict(&self, account: &Account) -> Result<(), Refusal> {
        Custom.verify(account, &self.incoming(), NOW)
    }
}

fn seconds() -> i64 {
    NOW.0 / 1_000
}
