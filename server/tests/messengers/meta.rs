//! What Facebook pages, Instagram accounts and `WhatsApp` numbers have in common: one app, one signature, one address.

use crate::{stage::Account, support::Product};
use axum::body::Bytes;
use model::{Gateway, Secret};
use standins::{Answer, Entry, Seal, Standins, graph::Object};
use store::{
    meta_accounts::MetaAccount,
    secrets::{NewSecret, Owner},
};

/// What Meta is told when a gateway is enabled.
pub const CONNECTS: &[&str] = &[
    "GET 1234567890",
    "GET subscriptions",
    "POST subscriptions",
    "POST subscribed_apps",
];
/// What Meta is told when a gateway is disabled.
pub const DISCONNECTS: &[&str] = &["GET subscriptions", "DELETE subscribed_apps"];
/// What Meta is asked when a gateway is looked at.
pub const PROBES: &[&str] = &["GET 1234567890", "GET subscriptions", "GET subscribed_apps"];

/// An app and its secret.
pub const fn app(account: Account) -> (&'static str, &'static str) {
    match account {
        Account::Mine => ("1234567890", "test-app-secret"),
        Account::Others => ("2234567890", "their-app-secret"),
    }
}

/// Makes an app known.
pub fn register(standins: &Standins, account: Account) {
    let (app, secret) = app(account);
    standins.graph().app(app, secret);
}

/// What is typed in the form.
pub fn fields(account: Account) -> Vec<(&'static str, String)> {
    let (app, secret) = app(account);
    vec![
        ("settings.client_id", app.to_owned()),
        ("secret.client_secret", secret.to_owned()),
    ]
}

/// Adds a page, an Instagram account or a number to a saved gateway, with the token that speaks for it if it has its own.
pub async fn attach(product: &Product, gateway: &Gateway, kind: &str, id: &str, parent: &str, token: Option<&str>) {
    let meta = MetaAccount {
        kind: kind.to_owned(),
        id: id.to_owned(),
        parent: parent.to_owned(),
        name: "Shop".to_owned(),
        details: "{}".to_owned(),
        subscribed: true,
    };
    let cx = &product.cx;
    let tx = cx.store.begin().await.unwrap();
    store::meta_accounts::put(&tx, gateway.id, &meta, cx.now())
        .await
        .unwrap();
    if let Some(token) = token {
        let token = Secret::new(token.to_owned());
        let secret = NewSecret {
            field: &meta.secret(),
            value: &token,
            nonce: [7; 24],
        };
        store::secrets::put(&tx, Owner::Gateways, gateway.id.0, &secret, cx.now(), "")
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

/// Sends any body about such an object to the gateway.
pub async fn post(standins: &Standins, object: Object, body: Bytes, seal: Seal) -> Answer {
    let (app, _) = app(Account::Mine);
    standins.graph().post(app, object, body, seal).await.unwrap()
}

/// Has the events of such objects go to somebody else.
pub fn lead_elsewhere(standins: &Standins, object: Object) -> bool {
    let (app, _) = app(Account::Mine);
    standins
        .graph()
        .subscribe(app, object, "https://elsewhere.example/meta");
    true
}

/// What a call about the gateway itself is called; nothing for messages, and for questions about those who write.
pub fn name(entry: &Entry) -> Option<String> {
    let is_about_peers = entry.asks("messages") || entry.call().starts_with("60000000");
    (!is_about_peers).then(|| format!("{} {}", entry.method, entry.call()))
}
