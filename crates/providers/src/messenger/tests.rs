//! Recorded bodies, golden calls, and calls over HTTP.

mod card;
mod connect;
mod deauthorised;
mod door;
mod errors;
mod golden;
mod media;
mod parse;
mod reach;
mod send;

use crate::{Account, MetaAccount, MetaKind, testing};
use model::{
    Secret, Settings,
    message::{Envelope, Outbound, Part, Thread, ThreadKind},
};

const APP_ID: &str = "4242";
const APP_SECRET: &str = "test-app-secret";
const PAGE: &str = "123";
const INSTAGRAM: &str = "456";
const NUMBER: &str = "106540352242922";
const PAGE_TOKEN: &str = "EAATESTTOKEN";
/// `appsecret_proof` of the page's token.
const PROOF: &str = "ba901af273193122e6a09621afeeeca2f0178ec975261a5cb1daeaea1c0635c2";

/// A gateway with a page, the page's Instagram account and a number, all subscribed.
fn account(base: &str) -> Account {
    let settings = Settings::Messenger(model::settings::Messenger {
        client_id: APP_ID.to_owned(),
        ..Default::default()
    });
    let secrets = [
        ("secret.client_secret", APP_SECRET),
        ("secret.whatsapp_token", "EAASYSTEM"),
    ];
    let mut account = testing::account(settings, &secrets, base);
    account.meta = vec![
        meta(MetaKind::Facebook, PAGE, "", PAGE_TOKEN),
        meta(MetaKind::Instagram, INSTAGRAM, PAGE, PAGE_TOKEN),
        meta(MetaKind::WhatsApp, NUMBER, "waba-1", ""),
    ];
    account
}

fn meta(kind: MetaKind, id: &str, parent: &str, token: &str) -> MetaAccount {
    MetaAccount {
        kind,
        id: id.to_owned(),
        parent: parent.to_owned(),
        name: "Shop".to_owned(),
        token: Secret::new(token.to_owned()),
        subscribed: true,
    }
}

fn settings_of(account: &mut Account) -> &mut model::settings::Messenger {
    match &mut account.settings {
        Settings::Messenger(settings) => settings,
        other => panic!("{other:?}"),
    }
}

fn thread(kind: MetaKind) -> Thread {
    let (id, peer) = match kind {
        MetaKind::Facebook => (PAGE, "psid-1"),
        MetaKind::Instagram => (INSTAGRAM, "igsid-1"),
        MetaKind::WhatsApp => (NUMBER, "380671112233"),
    };
    Thread {
        external_id: peer.to_owned(),
        kind: ThreadKind::Private,
        via: Some(format!("{}:{id}", kind.code())),
    }
}

fn envelope(kind: MetaKind, message: Outbound) -> Envelope {
    Envelope {
        idempotency_key: "0192-outbox".to_owned(),
        thread: thread(kind),
        message,
    }
}

fn of(part: Part) -> Outbound {
    Outbound {
        parts: vec![part],
        ..Outbound::default()
    }
}
