//! Signing in.

use crate::support::{PASSWORD, Server};
use std::time::Duration;

store::databases! {
    async fn nobody_learns_whether_a_name_exists(store: &TestStore) {
        let server = Server::start(store).await;
        server.new_user("disabled", "Viewer").await;
        let administrator = server.administrator().await;
        let card = administrator.call("users/list", &serde_json::json!({"query": {"q": "disabled"}})).await.json();
        let row = &card["rows"][0];
        let off = serde_json::json!({"id": row["id"], "version": row["version"], "fields": {"disabled": "true"}});
        assert_eq!(administrator.call("users/update", &off).await.status, 200);
        let visitor = server.visitor();
        let unknown = visitor.sign_in("nobody", PASSWORD).await;
        for (name, password) in [("admin", "wrong password"), ("disabled", PASSWORD), ("disabled", "wrong"), ("", "")] {
            let answer = visitor.sign_in(name, password).await;
            assert_eq!((answer.status, &answer.body), (unknown.status, &unknown.body), "{name}");
        }
        assert_eq!(unknown.status, 403);
        assert!(visitor.cookie().is_none());
    }

    async fn guessing_is_slowed_down_and_says_how_long_to_wait(store: &TestStore) {
        let server = Server::start(store).await;
        let visitor = server.visitor();
        for _ in 0..5 {
            assert_eq!(visitor.sign_in("admin", "wrong password").await.status, 403);
        }
        let refused = visitor.sign_in("admin", PASSWORD).await;
        assert_eq!(refused.status, 429, "{}", refused.body);
        let seconds: u64 = refused.header("retry-after").parse().unwrap();
        assert!(seconds >= 1 && refused.json()["retry_after"] == seconds, "{}", refused.body);
        let form = visitor.post("/sign-in", &[("name", "admin"), ("password", PASSWORD)]).await;
        assert_eq!(form.status, 429);
        assert!(form.body.contains("Too many attempts") && !form.body.contains(PASSWORD), "{}", form.body);
        server.clock.advance(Duration::from_secs(seconds));
        assert_eq!(visitor.sign_in("admin", PASSWORD).await.status, 200);
    }

    async fn the_first_password_must_be_changed_before_anything_else(store: &TestStore) {
        let server = Server::start(store).await;
        server.new_user("nadia", "Administrator").await;
        let client = server.sign_in("nadia").await;
        for path in ["/", "/chat-gateways", "/users/1", "/sign-in"] {
            let answer = client.get(path).await;
            assert_eq!((answer.status, answer.header("location")), (303, "/password"), "{path}");
        }
        let list = client.call("gateways/list", &serde_json::json!({"query": {}})).await;
        assert_eq!((list.status, list.json()["code"].as_str()), (403, Some("password_change_required")));
        assert_eq!(client.get("/password").await.status, 200);
        let changed = client.post("/password", &[("current", PASSWORD), ("new", "another good one"), ("again", "another good one")]).await;
        assert_eq!((changed.status, changed.header("location")), (303, "/chat-gateways"), "{}", changed.body);
        assert_eq!(client.get("/chat-gateways").await.status, 200);
    }

    async fn a_wish_to_go_elsewhere_leads_to_the_start(store: &TestStore) {
        let server = Server::start(store).await;
        for next in ["//evil.example", "/\\evil.example", "https://evil.example/", "/\t/evil.example", "javascript:alert(1)", "/.//evil.example"] {
            let form = [("name", "admin"), ("password", PASSWORD), ("next", next)];
            let answer = server.visitor().post("/sign-in", &form).await;
            assert_eq!((answer.status, answer.header("location")), (303, "/"), "{next}");
        }
        let client = server.administrator().await;
        assert_eq!(client.get("/sign-in?next=//evil.example").await.header("location"), "/");
    }

    async fn a_refused_form_shows_the_name_again_but_never_the_password(store: &TestStore) {
        let server = Server::start(store).await;
        let form = [("name", "Ann \"Q\" <b>"), ("password", "Tr0ub4dor-and-3"), ("next", "/flows")];
        let answer = server.visitor().post("/sign-in", &form).await;
        assert_eq!(answer.status, 403);
        assert!(answer.body.contains("The name or the password is wrong."), "{}", answer.body);
        assert!(answer.body.contains("Ann &quot;Q&quot;") && !answer.body.contains("Tr0ub4dor"), "{}", answer.body);
        assert!(answer.body.contains("value=\"/flows\""), "{}", answer.body);
    }
}
