//! Staying signed in, and no longer.

use crate::support::{Client, PASSWORD, Server};
use serde_json::json;
use std::time::Duration;

/// Whether the server functions know who this is.
async fn is_signed_in(client: &Client) -> bool {
    let answer = client.call("gateways/list", &json!({"query": {}})).await;
    match answer.status {
        200 => true,
        401 => false,
        status => panic!("{status}: {}", answer.body),
    }
}

store::databases! {
    async fn a_sign_in_ends_the_session_that_the_browser_had(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        let old = client.cookie();
        assert_eq!(client.sign_in("admin", PASSWORD).await.status, 200);
        assert_ne!(client.cookie(), old);
        assert!(is_signed_in(&client).await);
        let kept = server.visitor();
        kept.set_cookie(old);
        assert!(!is_signed_in(&kept).await);
        let by_form = client.cookie();
        client.post("/sign-in", &[("name", "admin"), ("password", PASSWORD)]).await;
        assert!(is_signed_in(&client).await);
        kept.set_cookie(by_form);
        assert!(!is_signed_in(&kept).await);
    }

    async fn a_new_password_ends_every_session_but_this_one(store: &TestStore) {
        let server = Server::start(store).await;
        let (here, elsewhere) = (server.administrator().await, server.administrator().await);
        let old = here.cookie();
        let change = json!({"current": PASSWORD, "new": "another good one"});
        let answer = here.call("session/change_password", &change).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(is_signed_in(&here).await && !is_signed_in(&elsewhere).await);
        elsewhere.set_cookie(old);
        assert!(!is_signed_in(&elsewhere).await);
    }

    async fn a_password_is_not_changed_without_the_present_one(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        let cases = [
            ("wrong password", "another good one", "current"),
            (PASSWORD, "short", "new"),
            (PASSWORD, PASSWORD, "new"),
        ];
        for (current, new, field) in cases {
            let answer = client.call("session/change_password", &json!({"current": current, "new": new})).await;
            assert_eq!(answer.status, 422, "{}", answer.body);
            assert!(!answer.field_error(field).is_empty(), "{}", answer.body);
        }
        assert!(is_signed_in(&client).await);
    }

    async fn signing_out_ends_one_session_or_all(store: &TestStore) {
        let server = Server::start(store).await;
        let clients = [server.administrator().await, server.administrator().await, server.administrator().await];
        let cookie = clients[0].cookie();
        let answer = clients[0].post("/sign-out", &[]).await;
        assert_eq!((answer.status, answer.header("location")), (303, "/sign-in"));
        assert!(clients[0].cookie().is_none());
        clients[0].set_cookie(cookie);
        assert!(!is_signed_in(&clients[0]).await && is_signed_in(&clients[1]).await);
        assert_eq!(clients[1].post("/sign-out-everywhere", &[]).await.status, 303);
        assert!(!is_signed_in(&clients[2]).await);
    }

    async fn a_session_ends_when_it_was_not_used_for_long(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        for _ in 0..3 {
            server.clock.advance(Duration::from_hours(23));
            assert!(is_signed_in(&client).await);
        }
        server.clock.advance(Duration::from_hours(24));
        assert!(!is_signed_in(&client).await);
    }

    async fn a_session_ends_after_its_lifetime_however_busy(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        for _ in 0..27 {
            server.clock.advance(Duration::from_hours(12));
            assert!(is_signed_in(&client).await);
        }
        server.clock.advance(Duration::from_hours(12));
        assert!(!is_signed_in(&client).await);
        let page = client.get("/users?q=a").await;
        assert_eq!((page.status, page.header("location")), (303, "/sign-in?next=%2Fusers%3Fq%3Da"));
        let call = client.call("users/list", &json!({"query": {}})).await;
        assert_eq!((call.status, call.json()["code"].as_str()), (401, Some("signed_out")));
        engine::sessions::remove_expired(&server.cx).await.unwrap();
        assert!(!is_signed_in(&client).await);
    }

    async fn a_disabled_user_is_out_at_once(store: &TestStore) {
        let server = Server::start(store).await;
        let (administrator, client) = (server.administrator().await, server.user("vera", "Viewer").await);
        assert!(is_signed_in(&client).await);
        let rows = administrator.call("users/list", &json!({"query": {"q": "vera"}})).await.json();
        let card = administrator.call("users/get", &json!({"id": rows["rows"][0]["id"]})).await.json();
        let off = json!({"id": card["id"], "version": card["version"], "fields": {"disabled": "true"}});
        let answer = administrator.call("users/update", &off).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(!is_signed_in(&client).await);
    }

    async fn a_made_up_cookie_is_nobody(store: &TestStore) {
        let client = Server::start(store).await.visitor();
        for word in ["", "x", "0000", &"a".repeat(5_000), "%00%ff"] {
            client.set_cookie(Some(format!("session={word}")));
            assert!(!is_signed_in(&client).await, "{word}");
        }
    }
}
