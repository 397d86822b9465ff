//! What a registration depends on.

use crate::pipeline::Line;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// A fingerprint of everything that the messenger is told of a gateway; another one means that it has to be told anew.
pub(super) fn fingerprint(line: &Line) -> String {
    let account = &line.account;
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update(text.len().to_le_bytes());
        hash.update(text);
    };
    add(&account.callback_url);
    add(if account.is_public { "public" } else { "private" });
    add(account.door_secret.expose());
    add(&account.settings.to_json());
    for (field, secret) in &account.secrets {
        add(field);
        add(secret.expose());
    }
    for meta in account.meta.iter().filter(|meta| meta.subscribed) {
        add(meta.kind.code());
        add(&meta.id);
        add(meta.token.expose());
    }
    let endpoints = &account.endpoints;
    for url in [&endpoints.telegram, &endpoints.viber, &endpoints.graph] {
        add(url.as_str());
    }
    add(endpoints.infobip.as_ref().map_or("", |url| url.as_str()));
    BASE64_URL_SAFE_NO_PAD.encode(hash.finalize())
}
