//! What the tests of several providers need: accounts, and a way for them.

use crate::{Account, Endpoints, Wire};
use bytes::Bytes;
use http::{HeaderMap, Method};
use model::{GatewayId, Secret, Settings, Timestamp};
use std::sync::Arc;

/// The moment at which everything in the tests comes.
pub(crate) const NOW: Timestamp = Timestamp(1_790_856_060_000);
/// The secret of the door in the tests.
pub(crate) const DOOR: &str = "door-secret-of-43-characters-0123456789abcd";

/// A gateway with these settings and secrets, whose messengers are all at `base`.
pub(crate) fn account(settings: Settings, secrets: &[(&str, &str)], base: &str) -> Account {
    let base: url::Url = base.parse().unwrap();
    Account {
        gateway: GatewayId(7),
        name: "Shop".to_owned(),
        settings,
        secrets: secrets
            .iter()
            .map(|(field, secret)| ((*field).to_owned(), Secret::new((*secret).to_owned())))
            .collect(),
        callback_url: "https://chat.example.org/chat/shop".to_owned(),
        is_public: true,
        door_secret: Secret::new(DOOR.to_owned()),
        meta: Vec::new(),
        endpoints: Arc::new(Endpoints {
            graph: base.clone(),
            infobip: Some(base),
            ..Endpoints::default()
        }),
    }
}

/// A way to what listens on this machine.
pub(crate) fn wire(account: &Account) -> Wire {
    let guard = fetch::Guard::parse(["127.0.0.1"]).unwrap();
    Wire::new(fetch::Client::new(guard), account, NOW)
}

/// A request at the door.
pub(crate) fn incoming<'a>(
    method: &'a Method,
    query: &'a str,
    headers: &'a HeaderMap,
    body: &'a Bytes,
) -> crate::Incoming<'a> {
    crate::Incoming {
        method,
        rest: "",
        query,
        headers,
        body,
    }
}
