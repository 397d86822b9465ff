//! The headers of every answer, and the session's cookie.

use crate::support::{Answer, PASSWORD, Server};
use axum::http::Method;
use serde_json::json;

fn check_everywhere(path: &str, answer: &Answer) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{path}: {name}");
    }
    if answer.header("content-type").starts_with("text/html") {
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        let opener = answer.header("cross-origin-opener-policy");
        assert_eq!(opener, "same-origin-allow-popups", "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
    }
    assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
    let policy = answer.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{path}: {policy}"
    );
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
        "{path}: {policy}"
    );
}

store::databases! {
    async fn every_answer_is_closed_to_other_sites_and_never_kept(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        let answers = [
            ("/chat-gateways", client.get("/chat-gateways").await),
            ("/sign-in", server.visitor().get("/sign-in").await),
            ("/", client.get("/").await),
            ("/nothing", client.get("/nothing").await),
            ("/api/users/list", client.call("users/list", &json!({"query": {}})).await),
            ("/api/nothing", client.call("nothing", &json!({})).await),
            ("/health", client.get("/health").await),
            ("/health/live", client.get("/health/live").await),
            ("/metrics", client.get("/metrics").await),
            ("/health/ready", client.get("/health/ready").await),
        ];
        for (path, answer) in &answers {
            check_everywhere(path, answer);
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            assert_eq!(answer.header("strict-transport-security"), "", "{path}");
        }
        assert_eq!((answers[6].1.status, answers[7].1.status), (200, 200));
    }

    async fn the_scripts_of_a_page_carry_a_nonce_of_this_answer_alone(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..3 {
            let answer = client.get("/chat-gateways").await;
            let policy = answer.header("content-security-policy").to_owned();
            let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
            assert!(policy.contains("script-src 'self' 'nonce-") && policy.contains("'wasm-unsafe-eval'"), "{policy}");
            assert!(policy.contains(&format!("style-src 'self' 'nonce-{nonce}';")), "{policy}");
            for script in answer.body.split("<script").skip(1) {
                assert!(script.split('>').next().unwrap().contains(&format!("nonce=\"{nonce}\"")), "{script}");
            }
            assert!(!answer.body.contains(" style=") && !answer.body.contains("<style"), "inline styles");
            assert!(!answer.body.contains(" onclick="), "inline handlers");
            assert!(seen.insert(nonce));
        }
    }

    async fn behind_https_the_cookie_is_bound_to_the_host_and_to_https(store: &TestStore) {
        let server = Server::start_at(store, "https://chat.test").await;
        let client = server.visitor();
        let answer = client.sign_in("admin", PASSWORD).await;
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with("__Host-session="), "{cookie}");
        for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        assert!(answer.header("strict-transport-security").starts_with("max-age="));
        assert_eq!(client.get("/chat-gateways").await.status, 200);
        let word = client.cookie().unwrap().replace("__Host-", "");
        client.set_cookie(Some(word));
        assert_eq!(client.get("/chat-gateways").await.status, 303);
    }

    async fn without_https_the_cookie_still_is_for_the_server_alone(store: &TestStore) {
        let server = Server::start(store).await;
        let answer = server.visitor().sign_in("admin", PASSWORD).await;
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with("session=") && cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
        assert!(!cookie.contains("Secure"), "{cookie}");
    }

    async fn pages_and_data_are_compressed_when_the_browser_can(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        let headers = [("accept", "text/html"), ("accept-encoding", "gzip, br")];
        let page = client.open(Method::GET, "/chat-gateways", &headers, Vec::new()).await;
        assert_eq!(page.headers()["content-encoding"], "gzip");
        let plain = client.get("/chat-gateways").await;
        assert_eq!(plain.header("content-encoding"), "");
    }
}
