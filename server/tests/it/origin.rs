//! Requests that other sites make a browser send.

use crate::support::{Client, Server};
use axum::http::Method;

const JSON: (&str, &str) = ("content-type", "application/json");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

async fn sign_out(client: &Client, headers: &[(&str, &str)]) -> u16 {
    client
        .send(Method::POST, "/sign-out", &[&[FORM], headers].concat(), Vec::new())
        .await
        .status
}

async fn list(client: &Client, headers: &[(&str, &str)]) -> u16 {
    let body = br#"{"query":{}}"#.to_vec();
    client
        .send(Method::POST, "/api/users/list", &[&[JSON], headers].concat(), body)
        .await
        .status
}

store::databases! {
    async fn a_foreign_site_can_change_nothing(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        let foreign: [&[(&str, &str)]; 6] = [
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("origin", "http://chat.test.evil.example")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "http://chat.test")],
            &[("sec-fetch-site", "same-origin"), ("origin", "null")],
        ];
        for headers in foreign {
            assert_eq!(sign_out(&client, headers).await, 403, "{headers:?}");
            assert_eq!(list(&client, headers).await, 403, "{headers:?}");
        }
        assert_eq!(client.get("/users").await.status, 200, "still signed in");
    }

    async fn our_own_pages_can(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        assert_eq!(list(&client, &[("origin", "http://chat.test")]).await, 200);
        assert_eq!(list(&client, &[("sec-fetch-site", "same-origin")]).await, 200);
        assert_eq!(sign_out(&client, &[("sec-fetch-site", "same-origin"), ("origin", "http://chat.test")]).await, 303);
        assert_eq!(client.get("/users").await.status, 303, "signed out");
    }

    async fn a_refusal_is_told_in_the_form_that_was_asked_for(store: &TestStore) {
        let client = Server::start(store).await.visitor();
        let evil = ("origin", "https://evil.example");
        let program = client.send(Method::POST, "/api/users/list", &[JSON, evil], Vec::new()).await;
        assert_eq!(program.json()["code"], "cross_site");
        let page = client.send(Method::POST, "/sign-in", &[FORM, evil, ("accept", "text/html")], Vec::new()).await;
        assert!(page.body.contains("came from another site") && page.body.contains("</html>"), "{}", page.body);
    }

    async fn only_forms_can_be_posted_to_pages(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        let answer = client.send(Method::POST, "/roles/new", &[JSON], b"{}".to_vec()).await;
        assert_eq!(answer.status, 415);
        let plain = client.send(Method::POST, "/roles/new", &[("content-type", "text/plain")], b"name=x".to_vec()).await;
        assert_eq!(plain.status, 415);
        assert_eq!(client.post("/nothing", &[]).await.status, 404);
    }
}
