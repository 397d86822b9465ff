//! Recorded bodies, golden calls, and calls over HTTP.

mod calls;
mod golden;
mod parse;

use crate::{
    Account,
    testing::{self, DOOR},
};
use model::{
    Settings,
    message::{Envelope, Outbound, Part, Thread},
};

fn account(base: &str) -> Account {
    let settings = Settings::Infobip(model::settings::Infobip {
        url: "https://xyz.api.infobip.com".to_owned(),
    });
    let secrets = [("secret.api_key", "k3y-k3y-k3y"), ("secret.callback", DOOR)];
    testing::account(settings, &secrets, base)
}

fn envelope(message: Outbound) -> Envelope {
    Envelope {
        idempotency_key: "0192-outbox".to_owned(),
        thread: Thread {
            external_id: "441134960001".to_owned(),
            via: Some("441134960000".to_owned()),
            ..Thread::default()
        },
        message,
    }
}

fn of(part: Part) -> Outbound {
    Outbound {
        parts: vec![part],
        ..Outbound::default()
    }
}
