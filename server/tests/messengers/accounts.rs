//! The pages, Instagram accounts and numbers of a Messenger gateway: found at Meta, subscribed, unsubscribed, removed, and
//! given up by whoever connected them.

mod browser;
mod deauthorised;
mod sign_in;

use crate::{
    stage::{Account, Messenger, Stage},
    support::{ECHO, Product, wait_for},
};
use axum::body::Bytes;
use browser::Browser;
use engine::{
    access::Actor,
    gateways::meta::{self, MetaError},
};
use model::{GatewayId, HealthState, MetaFound, MetaKind, MetaRow, Provider, Secret, message::ErrorClass};
use serde_json::json;
use standins::{Answer, Direction, Fault, Peer, Seal, Standins, graph::Object};
use store::secrets::Owner;

const APP: &str = "3334567890";
const APP_SECRET: &str = "accounts-app-secret";
const PAGE: &str = "300200300";
const OTHER_PAGE: &str = "300200301";
const PAGE_TOKEN: &str = "EAAPAGEPLANTED";
const INSTAGRAM: &str = "300456";
const NUMBER: &str = "300106";
const USER_TOKEN: &str = "EAAUSERPLANTED";
const SYSTEM_TOKEN: &str = "EAASYSTEMPLANTED";

/// A gateway of which nothing but the app is known.
struct Fresh;

impl Messenger for Fresh {
    const KIND: Provider = Provider::Messenger;
    const AT: standins::Provider = standins::Provider::Graph;
    const PROOF: &[&str] = &["x-hub-signature-256"];
    const PROVES_BODY: bool = true;
    const SENDS: &str = "messages";
    const CONNECTS: &[&str] = &[];
    const DISCONNECTS: &[&str] = &[];
    const PROBES: &[&str] = &[];
    const GONE: ErrorClass = ErrorClass::WindowClosed;
    const UNKNOWN: &str = "{}";
    const SHOWN: &[&str] = &[];
    const CALLS: &str = "[]";
    const FILES: &str = "";

    fn register(standins: &Standins, _: Account) {
        let graph = standins.graph();
        graph.app(APP, APP_SECRET);
        graph.user_token(APP, USER_TOKEN);
        graph.system_token(APP, SYSTEM_TOKEN);
        graph.page(APP, PAGE, "Shop", PAGE_TOKEN);
        graph.page(APP, OTHER_PAGE, "Bakery", "EAAOTHERPLANTED");
        graph.instagram(PAGE, INSTAGRAM, "shop_kyiv");
        graph.number("300waba", NUMBER, "+380 44 111 2233", "Shop Kyiv");
    }

    fn revoke(standins: &Standins) {
        standins.graph().revoke(PAGE_TOKEN, 467);
    }

    fn fields(_: &Standins, _: Account) -> Vec<(&'static str, String)> {
        vec![
            ("settings.client_id", APP.to_owned()),
            ("secret.client_secret", APP_SECRET.to_owned()),
            ("secret.whatsapp_token", SYSTEM_TOKEN.to_owned()),
        ]
    }

    fn peer(standins: &Standins, _: Account, number: u32) -> Peer {
        standins.graph().peer(PAGE, &format!("60000000{number}"))
    }

    async fn post(standins: &Standins, body: Bytes, seal: Seal) -> Answer {
        standins.graph().post(APP, Object::Page, body, seal).await.unwrap()
    }

    fn writes_and_is_gone(standins: &Standins) {
        Self::peer(standins, Account::Mine, 1).says("Hi").unwrap();
    }
}

async fn find(product: &Product, gateway: GatewayId, kind: MetaKind, token: &str) -> Result<MetaFound, MetaError> {
    let token = Secret::new(token.to_owned());
    meta::find(&product.cx, &Actor::System, gateway, kind, Some(&token)).await
}

async fn rows(product: &Product, gateway: GatewayId) -> Vec<MetaRow> {
    meta::list(&product.cx, &Actor::System, gateway).await.unwrap()
}

async fn subscribe(product: &Product, gateway: GatewayId, id: &str, on: bool) -> MetaRow {
    meta::subscribe(&product.cx, &Actor::System, gateway, MetaKind::Facebook, id, on)
        .await
        .unwrap()
}

async fn remove(product: &Product, gateway: GatewayId, id: &str) -> Result<(), MetaError> {
    meta::remove(&product.cx, &Actor::System, gateway, MetaKind::Facebook, id).await
}

/// Waits until Meta was told this about a page so many times.
async fn told(standins: &Standins, method: &str, page: &str, times: usize) {
    let path = format!("{page}/subscribed_apps");
    wait_for(|| async {
        let journal = standins.journal(standins::Provider::Graph);
        let fits = journal.iter().filter(|entry| {
            entry.direction == Direction::Asked && entry.method == method && entry.path.contains(&path)
        });
        (fits.count() >= times).then_some(())
    })
    .await;
}

async fn token_of(product: &Product, gateway: GatewayId, field: &str) -> Option<Secret<String>> {
    let read = product.cx.store.read();
    store::secrets::open(read, Owner::Gateways, gateway.0, field)
        .await
        .unwrap()
}

/// An enabled gateway whose first page is found and subscribed.
async fn subscribed(store: &store::testing::TestStore) -> Stage<Fresh> {
    let stage = Stage::<Fresh>::new(store, ECHO).await;
    let gateway = stage.gateway.id;
    find(&stage.product, gateway, MetaKind::Facebook, USER_TOKEN)
        .await
        .unwrap();
    subscribe(&stage.product, gateway, PAGE, true).await;
    told(&stage.standins, "POST", PAGE, 1).await;
    stage
}

store::databases! {
    async fn a_persons_token_finds_pages_whose_tokens_are_sealed_and_itself_is_kept_nowhere(store: &TestStore) {
        let stage = Stage::<Fresh>::disabled(store, ECHO).await;
        let (product, gateway) = (&stage.product, stage.gateway.id);
        let found = find(product, gateway, MetaKind::Facebook, &format!(" {USER_TOKEN}\n")).await.unwrap();
        assert_eq!(found, MetaFound { found: 2, added: 2, gone: 0 });
        let names: Vec<_> = rows(product, gateway).await.into_iter().map(|row| (row.name, row.subscribed)).collect();
        assert_eq!(names, [("Bakery".to_owned(), false), ("Shop".to_owned(), false)]);
        let token = token_of(product, gateway, &format!("meta.facebook.{PAGE}")).await.unwrap();
        assert_eq!(token.expose(), PAGE_TOKEN);
        let all = store::secrets::open_all(product.cx.store.read(), Owner::Gateways, gateway.0).await.unwrap();
        assert!(!all.values().any(|opened| opened.value.expose().contains(USER_TOKEN)));
        stage.product.stop().await;
    }

    async fn instagram_accounts_and_numbers_are_found_with_what_is_shown_of_them(store: &TestStore) {
        let stage = Stage::<Fresh>::disabled(store, ECHO).await;
        let (product, gateway) = (&stage.product, stage.gateway.id);
        let accounts = find(product, gateway, MetaKind::Instagram, USER_TOKEN).await.unwrap();
        let numbers = meta::refresh(&product.cx, &Actor::System, gateway, MetaKind::WhatsApp).await.unwrap();
        assert_eq!((accounts.found, numbers.found), (1, 1));
        let rows = rows(product, gateway).await;
        let (account, number) = (&rows[0], &rows[1]);
        assert_eq!((account.details.username.as_str(), account.details.page.as_str()), ("shop_kyiv", "Shop"));
        assert_eq!((number.name.as_str(), number.details.phone.as_str()), ("Shop Kyiv", "+380 44 111 2233"));
        assert_eq!((number.details.name_status.as_str(), number.details.quality.as_str()), ("APPROVED", "GREEN"));
        // Numbers speak with the token that is saved with the gateway.
        assert!(token_of(product, gateway, &format!("meta.whatsapp.{NUMBER}")).await.is_none());
        stage.product.stop().await;
    }

    async fn a_pages_own_token_adds_this_page_and_takes_no_other_for_gone(store: &TestStore) {
        let stage = Stage::<Fresh>::disabled(store, ECHO).await;
        let (product, gateway) = (&stage.product, stage.gateway.id);
        find(product, gateway, MetaKind::Facebook, USER_TOKEN).await.unwrap();
        stage.standins.graph().page(APP, "300200302", "Garden", "EAAGARDEN");
        let found = find(product, gateway, MetaKind::Facebook, "EAAGARDEN").await.unwrap();
        assert_eq!(found, MetaFound { found: 1, added: 1, gone: 0 });
        assert!(rows(product, gateway).await.iter().all(|row| row.gone_at.is_none()));
        stage.product.stop().await;
    }

    async fn what_meta_no_longer_names_is_shown_as_gone_and_keeps_its_subscription(store: &TestStore) {
        let stage = Stage::<Fresh>::disabled(store, ECHO).await;
        let (product, gateway) = (&stage.product, stage.gateway.id);
        find(product, gateway, MetaKind::Facebook, USER_TOKEN).await.unwrap();
        subscribe(product, gateway, PAGE, true).await;
        Fresh::revoke(&stage.standins);
        let found = find(product, gateway, MetaKind::Facebook, USER_TOKEN).await.unwrap();
        assert_eq!(found, MetaFound { found: 1, added: 0, gone: 1 });
        let shop = rows(product, gateway).await.into_iter().find(|row| row.id == PAGE).unwrap();
        assert!(shop.gone_at.is_some() && shop.subscribed && !shop.details.trouble.is_empty());
        stage.standins.graph().page(APP, PAGE, "Shop", "EAANEW");
        find(product, gateway, MetaKind::Facebook, USER_TOKEN).await.unwrap();
        let shop = rows(product, gateway).await.into_iter().find(|row| row.id == PAGE).unwrap();
        assert!(shop.gone_at.is_none() && shop.subscribed && shop.details.trouble.is_empty());
        stage.product.stop().await;
    }

    async fn a_refresh_asks_about_each_page_with_its_own_token(store: &TestStore) {
        let stage = Stage::<Fresh>::disabled(store, ECHO).await;
        let (product, gateway) = (&stage.product, stage.gateway.id);
        find(product, gateway, MetaKind::Facebook, USER_TOKEN).await.unwrap();
        stage.standins.graph().page(APP, OTHER_PAGE, "Bakery and café", "EAAOTHERPLANTED");
        Fresh::revoke(&stage.standins);
        let found = meta::refresh(&product.cx, &Actor::System, gateway, MetaKind::Facebook).await.unwrap();
        assert_eq!(found, MetaFound { found: 1, added: 0, gone: 1 });
        let rows = rows(product, gateway).await;
        assert_eq!(rows[0].name, "Bakery and café");
        assert!(rows[1].details.trouble.contains("“Shop”"), "{}", rows[1].details.trouble);
        let shown = serde_json::to_string(&rows).unwrap();
        assert!(!shown.contains("PLANTED"), "{shown}");
        stage.product.stop().await;
    }

    async fn a_token_of_another_app_or_none_is_refused_in_a_sentence_without_it(store: &TestStore) {
        let stage = Stage::<Fresh>::disabled(store, ECHO).await;
        let (product, gateway) = (&stage.product, stage.gateway.id);
        stage.standins.graph().app("999", "theirs");
        stage.standins.graph().user_token("999", "EAATHEIRSPLANTED");
        for (token, words) in [("EAATHEIRSPLANTED", "another Meta app"), ("EAAMADEUPPLANTED", "doesn't accept this token")] {
            let refused = find(product, gateway, MetaKind::Facebook, token).await.unwrap_err().to_string();
            assert!(refused.contains(words) && !refused.contains("PLANTED"), "{refused}");
        }
        let none = meta::find(&product.cx, &Actor::System, gateway, MetaKind::Facebook, None).await;
        assert!(matches!(none, Err(MetaError::NoToken)), "{none:?}");
        assert!(rows(product, gateway).await.is_empty());
        stage.product.stop().await;
    }

    async fn a_page_that_is_subscribed_hears_and_answers_and_one_that_is_not_does_not(store: &TestStore) {
        let stage = subscribed(store).await;
        let (product, gateway) = (&stage.product, stage.gateway.id);
        stage.genuine(Account::Mine, "Is it open?").await;
        let row = subscribe(product, gateway, PAGE, false).await;
        assert!(!row.subscribed);
        told(&stage.standins, "DELETE", PAGE, 1).await;
        let history = engine::gateways::history(&product.cx, &Actor::System, gateway, None).await.unwrap();
        let last = &history[0].changes[0];
        assert_eq!((last.label.as_str(), last.to.as_deref()), ("Facebook page “Shop”", Some("not subscribed")));
        let stored = stage.stored().await;
        // Meta tells of it once more, as it may for a moment.
        let event = json!({"object": "page", "entry": [{"id": PAGE, "time": 1, "messaging": [{
            "sender": {"id": "7"}, "recipient": {"id": PAGE}, "timestamp": 1_790_856_000_000_i64,
            "message": {"mid": "m_late", "text": "late"},
        }]}]});
        let answer = Fresh::post(&stage.standins, event.to_string().into(), Seal::Genuine).await;
        assert_eq!((answer.status, stage.stored().await), (200, stored));
        stage.product.stop().await;
    }

    async fn a_page_that_is_removed_is_taken_off_and_its_token_is_gone(store: &TestStore) {
        let stage = subscribed(store).await;
        let (product, gateway) = (&stage.product, stage.gateway.id);
        let field = format!("meta.facebook.{PAGE}");
        let trouble = Fault::Error { status: 500, code: Some(2), subcode: None, message: None };
        stage.standins.fault(Fresh::AT, "subscribed_apps", trouble, 1);
        remove(product, gateway, PAGE).await.unwrap();
        assert!(!rows(product, gateway).await.iter().any(|row| row.id == PAGE));
        assert!(matches!(remove(product, gateway, PAGE).await, Err(MetaError::NoAccount(_))));
        // The first time Meta has trouble, and it is tried again.
        told(&stage.standins, "DELETE", PAGE, 2).await;
        wait_for(|| async { token_of(product, gateway, &field).await.is_none().then_some(()) }).await;
        // One that was never announced goes at once.
        remove(product, gateway, OTHER_PAGE).await.unwrap();
        assert!(token_of(product, gateway, &format!("meta.facebook.{OTHER_PAGE}")).await.is_none());
        stage.product.stop().await;
    }

    async fn a_page_that_is_removed_while_the_gateway_is_disabled_and_meta_is_away_is_taken_off_later(store: &TestStore) {
        let stage = subscribed(store).await;
        let (product, gateway) = (&stage.product, stage.gateway.id);
        let trouble = || Fault::Error { status: 500, code: Some(2), subcode: None, message: None };
        stage.standins.fault(Fresh::AT, "subscribed_apps", trouble(), 2);
        product.switch(gateway, false).await;
        told(&stage.standins, "DELETE", PAGE, 1).await;
        remove(product, gateway, PAGE).await.unwrap();
        told(&stage.standins, "DELETE", PAGE, 3).await;
        let field = format!("meta.facebook.{PAGE}");
        wait_for(|| async { token_of(product, gateway, &field).await.is_none().then_some(()) }).await;
        stage.product.stop().await;
    }

    async fn a_gateway_that_is_removed_takes_off_what_was_not_yet_taken_off(store: &TestStore) {
        let stage = subscribed(store).await;
        let (product, gateway) = (&stage.product, stage.gateway.id);
        let trouble = || Fault::Error { status: 500, code: Some(2), subcode: None, message: None };
        stage.standins.fault(Fresh::AT, "subscribed_apps", trouble(), 1);
        subscribe(product, gateway, PAGE, false).await;
        told(&stage.standins, "DELETE", PAGE, 1).await;
        engine::gateways::remove(&product.cx, &Actor::System, &[gateway.0]).await.unwrap();
        told(&stage.standins, "DELETE", PAGE, 2).await;
        stage.product.stop().await;
    }

    async fn a_page_whose_token_is_dead_does_not_keep_the_gateway_from_letting_go_of_the_others(store: &TestStore) {
        let stage = subscribed(store).await;
        let (product, gateway) = (&stage.product, stage.gateway.id);
        subscribe(product, gateway, OTHER_PAGE, true).await;
        told(&stage.standins, "POST", OTHER_PAGE, 1).await;
        Fresh::revoke(&stage.standins);
        engine::gateways::register_again(&product.cx, &Actor::System, gateway, false).await.unwrap();
        product.health(gateway, HealthState::BadCredentials).await;
        product.switch(gateway, false).await;
        told(&stage.standins, "DELETE", OTHER_PAGE, 1).await;
        stage.product.stop().await;
    }
}
