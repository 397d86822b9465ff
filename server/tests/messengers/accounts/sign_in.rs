//! Signing in at Meta: there and back, and everything that must not come back.

use super::{APP, APP_SECRET, Browser, ECHO, Fresh, PAGE, PAGE_TOKEN, Stage, rows, token_of};
use crate::knock::Knock;
use axum::http::Method;
use engine::{access::Actor, gateways::meta};
use model::MetaKind;
use sea_orm::ConnectionTrait;
use std::time::Duration;

/// The dialogue's address in the page that leads there.
fn dialogue(page: &str) -> String {
    let url = page.split("content=\"0;url=").nth(1).unwrap();
    url.split('"').next().unwrap().replace("&amp;", "&")
}

/// What stands in an address.
fn parameter(url: &str, name: &str) -> String {
    let url: url::Url = url.parse().unwrap();
    let mut pairs = url.query_pairs();
    pairs.find(|(key, _)| key == name).unwrap().1.into_owned()
}

/// The path that Meta leads back to, after somebody has agreed.
async fn agreed(dialogue: &str) -> String {
    let knock = Knock {
        method: Method::GET,
        ..Knock::post(dialogue)
    };
    let answer = knock.send().await;
    let (_, back) = answer.headers.iter().find(|(name, _)| name == "location").unwrap();
    let back: url::Url = back.parse().unwrap();
    format!("{}?{}", back.path(), back.query().unwrap())
}

async fn begin(browser: &Browser, stage: &Stage<Fresh>) -> String {
    let path = format!("/chat-gateways/{}/sign-in/facebook", stage.gateway.id);
    let page = browser.press(&path).await;
    assert_eq!(page.status, 200, "{}", page.body);
    dialogue(&page.body)
}

store::databases! {
    async fn somebody_signs_in_and_the_pages_are_on_the_card(store: &TestStore) {
        let stage = Stage::<Fresh>::disabled(store, ECHO).await;
        let browser = Browser::administrator(&stage.product).await;
        let dialogue = begin(&browser, &stage).await;
        assert_eq!(parameter(&dialogue, "client_id"), APP);
        assert_eq!(parameter(&dialogue, "redirect_uri"), format!("{}/meta/oauth", stage.product.url()));
        assert!(parameter(&dialogue, "state").len() >= 43 && !dialogue.contains(APP_SECRET));
        let back = agreed(&dialogue).await;
        let page = browser.get(&back).await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains("Meta names 2 Facebook pages, 2 new.") && page.body.contains("location.origin"));
        assert!(!page.body.contains("PLANTED") && !page.body.contains(APP_SECRET), "{}", page.body);
        assert_eq!(page.header("cross-origin-opener-policy"), "unsafe-none");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'nonce-"), "{policy}");
        assert_eq!(rows(&stage.product, stage.gateway.id).await.len(), 2);
        let token = token_of(&stage.product, stage.gateway.id, &format!("meta.facebook.{PAGE}")).await.unwrap();
        assert_eq!(token.expose(), PAGE_TOKEN);
        stage.product.stop().await;
    }

    async fn a_state_is_good_once(store: &TestStore) {
        let stage = Stage::<Fresh>::disabled(store, ECHO).await;
        let browser = Browser::administrator(&stage.product).await;
        let dialogue = begin(&browser, &stage).await;
        let back = agreed(&dialogue).await;
        assert_eq!(browser.get(&back).await.status, 200);
        let (product, id) = (&stage.product, stage.gateway.id);
        meta::remove(&product.cx, &Actor::System, id, MetaKind::Facebook, PAGE).await.unwrap();
        // The code would be good, the state is not.
        let again = agreed(&dialogue).await;
        let page = browser.get(&again).await;
        assert_eq!(page.status, 403, "{}", page.body);
        assert!(page.body.contains("begin again"), "{}", page.body);
        assert_eq!(rows(product, id).await.len(), 1);
        stage.product.stop().await;
    }

    async fn a_state_of_another_session_a_made_up_one_or_none_is_refused_and_stores_nothing(store: &TestStore) {
        let stage = Stage::<Fresh>::disabled(store, ECHO).await;
        let browser = Browser::administrator(&stage.product).await;
        let back = agreed(&begin(&browser, &stage).await).await;
        let (_, code) = back.split_once("code=").unwrap();
        let code = code.split('&').next().unwrap();
        let other = Browser::again(&stage.product, "admin").await;
        let made_up = format!("/meta/oauth?code={code}&state={}", "A".repeat(43));
        for (who, path, status) in [
            (&other, back.as_str(), 403),
            (&Browser::nobody(&stage.product), back.as_str(), 401),
            (&browser, made_up.as_str(), 403),
            (&browser, "/meta/oauth", 403),
        ] {
            let page = who.get(path).await;
            assert_eq!(page.status, status, "{path}: {}", page.body);
            assert!(!page.body.contains(code), "{}", page.body);
        }
        assert!(rows(&stage.product, stage.gateway.id).await.is_empty());
        // None of them has used it up.
        assert_eq!(browser.get(&back).await.status, 200);
        stage.product.stop().await;
    }

    async fn a_state_ends_with_its_time_and_with_its_session(store: &TestStore) {
        let stage = Stage::<Fresh>::disabled(store, ECHO).await;
        let browser = Browser::administrator(&stage.product).await;
        let back = agreed(&begin(&browser, &stage).await).await;
        let soon = stage.product.cx.now().after(Duration::from_mins(10));
        let tx = store.begin().await.unwrap();
        let in_time = format!("DELETE FROM meta_sign_ins WHERE expires_at > {} OR expires_at < {}", soon.0, soon.0 - 60_000);
        assert_eq!(tx.execute_unprepared(&in_time).await.unwrap().rows_affected(), 0);
        tx.execute_unprepared("UPDATE meta_sign_ins SET expires_at = 1").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(browser.get(&back).await.status, 403);
        let back = agreed(&begin(&browser, &stage).await).await;
        browser.call("session/sign_out", serde_json::json!({})).await;
        assert_eq!(browser.get(&back).await.status, 401);
        let signed_in_again = Browser::again(&stage.product, "admin").await;
        assert_eq!(signed_in_again.get(&back).await.status, 403);
        assert!(rows(&stage.product, stage.gateway.id).await.is_empty());
        stage.product.stop().await;
    }

    async fn whoever_may_not_change_gateways_neither_begins_nor_ends_a_sign_in(store: &TestStore) {
        let stage = Stage::<Fresh>::disabled(store, ECHO).await;
        let administrator = Browser::administrator(&stage.product).await;
        let viewer = Browser::viewer(&stage.product).await;
        let path = |kind: &str| format!("/chat-gateways/{}/sign-in/{kind}", stage.gateway.id);
        let page = viewer.press(&path("facebook")).await;
        assert_eq!(page.status, 403, "{}", page.body);
        assert!(page.body.contains("no right to update"), "{}", page.body);
        // Numbers have no sign-in, and there are no other kinds.
        assert_eq!(administrator.press(&path("whatsapp")).await.status, 422);
        assert_eq!(administrator.press(&path("threads")).await.status, 404);
        let back = agreed(&begin(&administrator, &stage).await).await;
        let demoted = "DELETE FROM user_roles WHERE user_id IN (SELECT id FROM users WHERE name = 'admin')";
        let tx = store.begin().await.unwrap();
        tx.execute_unprepared(demoted).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(administrator.get(&back).await.status, 403);
        assert!(rows(&stage.product, stage.gateway.id).await.is_empty());
        stage.product.stop().await;
    }

    async fn what_meta_says_of_a_sign_in_that_was_not_completed_is_told_and_harmless(store: &TestStore) {
        let stage = Stage::<Fresh>::disabled(store, ECHO).await;
        let browser = Browser::administrator(&stage.product).await;
        let state = parameter(&begin(&browser, &stage).await, "state");
        let back = format!("/meta/oauth?error=access_denied&error_description=Permissions+error+%3Cscript%3E&state={state}");
        let page = browser.get(&back).await;
        assert_eq!(page.status, 422, "{}", page.body);
        assert!(page.body.contains("Permissions error &lt;script&gt;") && !page.body.contains("<script"), "{}", page.body);
        let state = parameter(&begin(&browser, &stage).await, "state");
        let page = browser.get(&format!("/meta/oauth?code=AQUSED&state={state}")).await;
        assert_eq!(page.status, 422, "{}", page.body);
        assert!(page.body.contains("authorization code has been used") && !page.body.contains("AQUSED"), "{}", page.body);
        stage.product.stop().await;
    }

    async fn another_site_can_not_begin_a_sign_in(store: &TestStore) {
        let stage = Stage::<Fresh>::disabled(store, ECHO).await;
        let browser = Browser::administrator(&stage.product).await;
        let path = format!("/chat-gateways/{}/sign-in/facebook", stage.gateway.id);
        assert_ne!(browser.get(&path).await.status, 200);
        let tx = store.begin().await.unwrap();
        let all = tx.execute_unprepared("DELETE FROM meta_sign_ins").await.unwrap();
        assert_eq!(all.rows_affected(), 0);
        stage.product.stop().await;
    }
}
