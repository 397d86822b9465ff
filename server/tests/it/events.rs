//! Open pages hear what others change.

use crate::support::{Client, Server, gateway::create, gateway::create_flow};
use axum::{body::Body, http::Method};
use http_body_util::BodyExt;
use model::Provider;
use serde_json::json;
use std::time::Duration;

/// An open stream of events, as text.
struct Stream {
    body: Body,
    heard: String,
}

impl Stream {
    async fn open(client: &Client) -> Self {
        let headers = [("accept", "text/event-stream"), ("accept-encoding", "gzip")];
        let response = client.open(Method::GET, "/events", &headers, Vec::new()).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert!(!response.headers().contains_key("content-encoding"));
        assert_eq!(response.headers()["cache-control"], "no-cache");
        let mut stream = Self {
            body: response.into_body(),
            heard: String::new(),
        };
        assert!(stream.hears("retry: 3000").await, "{}", stream.heard);
        stream
    }

    /// Reads until the text comes; false when the stream ends before.
    async fn hears(&mut self, text: &str) -> bool {
        while !self.heard.contains(text) {
            if !self.read().await {
                return false;
            }
        }
        true
    }

    async fn read(&mut self) -> bool {
        let frame = tokio::time::timeout(Duration::from_secs(30), self.body.frame()).await;
        let frame = frame.unwrap_or_else(|_| panic!("nothing came after {}", self.heard));
        let Some(Ok(frame)) = frame else { return false };
        self.heard.push_str(&String::from_utf8_lossy(frame.data_ref().unwrap()));
        true
    }

    /// Reads to the end.
    async fn ends(mut self) -> String {
        while self.read().await {}
        self.heard
    }
}

store::databases! {
    async fn a_change_by_another_user_is_heard_at_once(store: &TestStore) {
        let server = Server::start(store).await;
        let viewer = server.user("vera", "Viewer").await;
        let mut stream = Stream::open(&viewer).await;
        let card = create(&server.administrator().await, Provider::Viber, "New one").await;
        assert!(stream.hears("\"chat_gateways\"").await, "{}", stream.heard);
        assert!(stream.heard.contains("event: change"), "{}", stream.heard);
        assert!(stream.heard.contains(&format!("\"id\":{}", card["id"])), "{}", stream.heard);
        assert!(!stream.heard.contains("New one"), "a change carries no content: {}", stream.heard);
    }

    async fn a_section_that_may_not_be_read_is_not_heard(store: &TestStore) {
        let server = Server::start(store).await;
        let administrator = server.administrator().await;
        let role = json!({"fields": {"name": "Flows only", "description": "", "grant.flows.read": "true"}});
        assert_eq!(administrator.call("roles/create", &role).await.status, 200);
        let fiona = server.user("fiona", "Flows only").await;
        let mut stream = Stream::open(&fiona).await;
        create(&administrator, Provider::Viber, "Unseen").await;
        create_flow(&administrator, "Seen").await;
        assert!(stream.hears("\"flows\"").await);
        assert!(!stream.heard.contains("chat_gateways") && !stream.heard.contains("users"), "{}", stream.heard);
    }

    async fn nobody_listens_without_a_session(store: &TestStore) {
        let server = Server::start(store).await;
        let answer = server.visitor().get("/events").await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (401, Some("signed_out")));
        server.new_user("nadia", "Administrator").await;
        let answer = server.sign_in("nadia").await.get("/events").await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (403, Some("password_change_required")));
    }

    async fn a_stream_ends_with_its_session(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        let stream = Stream::open(&client).await;
        assert_eq!(client.post("/sign-out", &[]).await.status, 303);
        stream.ends().await;
    }

    async fn a_stream_does_not_keep_its_session_alive(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        let stream = Stream::open(&client).await;
        server.clock.advance(Duration::from_hours(24));
        stream.ends().await;
    }

    async fn a_stream_ends_when_the_server_stops(store: &TestStore) {
        let server = Server::start(store).await;
        let stream = Stream::open(&server.administrator().await).await;
        server.stop();
        stream.ends().await;
    }
}
