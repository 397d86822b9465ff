//! What makes no sense gets a clear message at the right place, the right status, and changes nothing.

use crate::support::{
    Client, Server,
    gateway::{any_secret, create, create_flow, filled},
};
use axum::http::Method;
use model::{Fields, Provider};
use serde_json::{Value, json};

/// Tries to save a new gateway with one field changed.
async fn refused(client: &Client, provider: Provider, key: &str, text: &str) -> (u16, String) {
    let mut fields = filled(provider, "Refused", any_secret);
    fields.set(key, text);
    let answer = client
        .call("gateways/create", &json!({"provider": provider, "fields": fields}))
        .await;
    (answer.status, answer.field_error(key))
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields::from_pairs(pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())))
}

async fn update(client: &Client, card: &Value, pairs: &[(&str, &str)]) -> crate::support::Answer {
    let arguments = json!({"id": card["id"], "version": card["version"], "fields": fields(pairs)});
    client.call("gateways/update", &arguments).await
}

store::databases! {
    async fn a_body_of_10_mb_is_refused_in_words(store: &TestStore) {
        let client = Server::start(store).await.visitor();
        let body = vec![b'a'; 10 << 20];
        let program = client.send(Method::POST, "/api/session/sign_in", &[("content-type", "application/json")], body.clone()).await;
        assert_eq!((program.status, program.json()["code"].as_str()), (413, Some("too_large")));
        let form = [("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html")];
        let page = client.send(Method::POST, "/sign-in", &form, body).await;
        assert_eq!(page.status, 413);
        assert!(page.body.contains("This is larger than 2 MiB"), "{}", page.body);
    }

    async fn json_that_is_no_arguments_is_refused_in_words(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        let deep = format!(r#"{{"query":{}{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
        for body in [deep.as_str(), "", "{", "null", "[]", r#"{"query":{"size":7}}"#, r#"{"provider":"icq"}"#] {
            let json = [("content-type", "application/json")];
            let answer = client.send(Method::POST, "/api/gateways/list", &json, body.into()).await;
            assert_eq!(answer.status, 400, "{}: {}", &body[..body.len().min(30)], answer.body);
            assert!(answer.json()["message"].as_str().unwrap().contains("could not be read"), "{}", answer.body);
        }
    }

    async fn unknown_functions_and_methods_are_told_as_json(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        let unknown = client.call("gateways/explode", &json!({})).await;
        assert_eq!((unknown.status, unknown.json()["code"].as_str()), (404, Some("not_found")));
        let read = client.send(Method::GET, "/api/gateways/list", &[], Vec::new()).await;
        assert_eq!((read.status, read.json()["code"].as_str()), (405, Some("method")));
    }

    async fn a_list_says_which_of_its_parameters_is_wrong(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        create(&client, Provider::Viber, "One").await;
        create(&client, Provider::Viber, "Two").await;
        for size in ["0", "1001", "abc", "-1"] {
            let answer = client.call("gateways/list", &json!({"query": {"size": size}})).await;
            assert_eq!(answer.status, 400, "{size}");
            assert!(answer.field_error("size").contains("1000"), "{}", answer.body);
        }
        let page = client.call("gateways/list", &json!({"query": {"size": "1"}})).await.json();
        let cursor = page["next"].as_str().unwrap();
        let good = client.call("gateways/list", &json!({"query": {"size": "1", "after": cursor}})).await;
        assert_eq!(good.json()["rows"][0]["name"], "Two");
        let flipped = format!("{}{}", if cursor.starts_with('A') { 'B' } else { 'A' }, &cursor[1..]);
        for bad in [flipped.as_str(), "x", &cursor[1..], "' OR 1=1 --"] {
            let answer = client.call("gateways/list", &json!({"query": {"size": "1", "after": bad}})).await;
            assert_eq!(answer.status, 400, "{bad}: {}", answer.body);
        }
        let other_sort = json!({"query": {"size": "1", "after": cursor, "sort": "name"}});
        assert_eq!(client.call("gateways/list", &other_sort).await.status, 400);
        assert_eq!(client.call("gateways/list", &json!({"query": {"sort": "password"}})).await.status, 400);
    }

    async fn each_wrong_field_of_a_gateway_is_named(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        create(&client, Provider::Viber, "Taken").await;
        let long = "я".repeat(201);
        let cases = [
            ("uri", "/test-taken", "has this URI"),
            ("uri", "/health/x", "reserved"),
            ("uri", "/a/../b", ""),
            ("name", long.as_str(), "200"),
            ("name", "   ", ""),
            ("settings.webhook", "https://a.example", "not a setting"),
            ("flow", "999999", "removed"),
            ("flow", "abc", ""),
        ];
        for (key, text, said) in cases {
            let (status, message) = refused(&client, Provider::Viber, key, text).await;
            assert_eq!(status, 422, "{key}={text}");
            assert!(!message.is_empty() && message.contains(said), "{key}={text}: {message}");
        }
        let rows = client.call("gateways/list", &json!({"query": {}})).await.json();
        assert_eq!(rows["rows"].as_array().unwrap().len(), 1);
    }

    async fn a_flow_that_is_gone_is_refused_at_its_field(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        let flow = create_flow(&client, "Short life").await;
        let card = create(&client, Provider::Viber, "Gateway").await;
        let removed = client.call("flows/remove", &json!({"ids": [flow["id"]]})).await;
        assert_eq!(removed.json()[0]["refused"], Value::Null);
        let answer = update(&client, &card, &[("flow", &flow["id"].to_string())]).await;
        assert_eq!(answer.status, 422);
        assert!(answer.field_error("flow").contains("removed"), "{}", answer.body);
    }

    async fn a_flow_that_is_used_stays_and_says_by_what(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        let flow = create_flow(&client, "In use").await;
        let card = create(&client, Provider::Viber, "Its gateway").await;
        assert_eq!(update(&client, &card, &[("flow", &flow["id"].to_string())]).await.status, 200);
        let removed = client.call("flows/remove", &json!({"ids": [flow["id"]]})).await.json();
        assert!(removed[0]["refused"].as_str().unwrap().contains("Its gateway"), "{removed}");
        assert_eq!(client.call("flows/get", &json!({"id": flow["id"]})).await.status, 200);
    }

    async fn the_second_of_two_saves_is_refused_with_who_changed_what(store: &TestStore) {
        let server = Server::start(store).await;
        let (first, second) = (server.administrator().await, server.user("olga", "Operator").await);
        let card = create(&first, Provider::Viber, "Shared").await;
        assert_eq!(update(&second, &card, &[("name", "By Olga")]).await.status, 200);
        let answer = update(&first, &card, &[("name", "By the administrator")]).await;
        assert_eq!((answer.status, answer.json()["code"].as_str()), (409, Some("conflict")));
        assert!(answer.json()["message"].as_str().unwrap().contains("olga"), "{}", answer.body);
        assert!(answer.field_error("name").contains("By Olga"), "{}", answer.body);
        let present = first.call("gateways/get", &json!({"id": card["id"]})).await.json();
        assert_eq!(present["fields"]["name"], "By Olga");
    }

    async fn a_program_that_is_too_deep_or_no_array_is_refused_at_its_field(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        for program in [deep.as_str(), "{}", "[1,", "nothing"] {
            let fields = json!({"name": "Flow", "program": program});
            let answer = client.call("flows/create", &json!({"kind": "code", "fields": fields})).await;
            assert_eq!(answer.status, 422, "{}", answer.body);
            assert!(!answer.field_error("program").is_empty(), "{}", answer.body);
        }
    }

    async fn a_program_with_mistakes_is_refused_at_its_field_and_told_with_places(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        let program = "[\n{\"sendTxt\": \"a\"},\n{\"schema\": {\"id\": 404}}\n]";
        let fields = json!({"name": "Flow", "program": program});
        let answer = client.call("flows/create", &json!({"kind": "code", "fields": fields})).await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        let sentence = answer.field_error("program");
        assert!(sentence.starts_with("The program has 2 mistakes. Line 2, [0].sendTxt:"), "{sentence}");
        let found = client.call("flows/check", &json!({"id": null, "program": program})).await.json();
        assert_eq!(found[1]["path"], "[1].schema.id");
        assert_eq!((found[1]["line"].as_u64(), found[1]["kind"].as_str()), (Some(3), Some("missing_flow")));
    }
}
