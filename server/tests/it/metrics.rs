//! What operators see of the server: whether it lives, whether it can serve, and its meters.

use crate::support::{Answer, Client, Server};
use axum::http::Method;

const TOKEN: &str = "a-token-of-the-operator";

async fn get(client: &Client, path: &str, headers: &[(&str, &str)]) -> Answer {
    client.send(Method::GET, path, headers, Vec::new()).await
}

/// What somebody who may not see the meters gets: the answer to any path that leads nowhere.
async fn is_like_nothing(client: &Client, headers: &[(&str, &str)]) {
    let (metrics, nothing) = (
        get(client, "/metrics", headers).await,
        get(client, "/nothings", headers).await,
    );
    assert_eq!(metrics.status, nothing.status);
    assert_eq!(metrics.header("content-type"), nothing.header("content-type"));
    assert_eq!(
        metrics.header("location"),
        nothing.header("location").replace("nothings", "metrics")
    );
    assert!(!metrics.body.contains("chat_gateways_"), "{}", metrics.body);
}

store::databases! {
    async fn the_meters_say_how_things_stand(store: &TestStore) {
        let server = Server::start(store).await;
        let visitor = server.visitor();
        let unknown = visitor.send(Method::POST, "/chat/nobody", &[], b"{}".to_vec()).await;
        assert_eq!(unknown.status, 401);
        let answer = get(&visitor, "/metrics", &[]).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/plain; version=0.0.4; charset=utf-8"));
        for line in [
            "chat_gateways_database_up 1",
            "chat_gateways_deliveries{result=\"queued\"} 0",
            "chat_gateways_gateways{provider=\"viber\",health=\"connected\"} 0",
            "chat_gateways_deliveries_in_memory 0",
            "# TYPE chat_gateways_refused_total counter",
            "chat_gateways_refused_total{provider=\"none\",reason=\"unknown\"}",
        ] {
            assert!(answer.body.contains(line), "{line} in {}", answer.body);
        }
    }

    async fn whoever_comes_through_a_proxy_finds_no_meters(store: &TestStore) {
        let server = Server::start(store).await;
        is_like_nothing(&server.visitor(), &[("x-forwarded-for", "203.0.113.9")]).await;
        is_like_nothing(&server.administrator().await, &[("x-forwarded-for", "203.0.113.9"), ("accept", "text/html")]).await;
    }

    async fn with_a_token_only_whoever_has_it_finds_meters(store: &TestStore) {
        let server = Server::start_metered(store, TOKEN).await;
        let visitor = server.visitor();
        is_like_nothing(&visitor, &[]).await;
        is_like_nothing(&visitor, &[("authorization", "Bearer another-token-of-nobody")]).await;
        let authorization = format!("Bearer {TOKEN}");
        let headers = [("authorization", authorization.as_str()), ("x-forwarded-for", "203.0.113.9")];
        assert_eq!(get(&visitor, "/metrics", &headers).await.status, 200);
    }

    async fn a_server_that_stops_lives_but_is_not_ready(store: &TestStore) {
        let server = Server::start(store).await;
        let visitor = server.visitor();
        assert_eq!(get(&visitor, "/health/ready", &[]).await.status, 200);
        server.stop();
        let ready = get(&visitor, "/health/ready", &[]).await;
        assert_eq!((ready.status, ready.body.as_str()), (503, "the server is stopping"));
        assert_eq!(get(&visitor, "/health/live", &[]).await.status, 200);
    }

    async fn a_pipeline_that_stops_is_not_ready(store: &TestStore) {
        let server = Server::start(store).await;
        server.cx.pipeline.stop();
        assert_eq!(get(&server.visitor(), "/health/ready", &[]).await.status, 503);
    }
}
