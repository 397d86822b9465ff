//! Flow schemas as files.

use crate::support::{Client, Server, gateway::create_flow};
use axum::http::Method;
use model::{FlowFile, FlowKind};
use serde_json::json;

const PROGRAM: &str = "[\n  { \"set\": {\"b\": 1.10, \"a\": 12345678901234567890} }\n]";

async fn saved(client: &Client, name: &str) -> i64 {
    let fields = json!({"name": name, "description": "Two\nlines", "program": PROGRAM, "tags": "shop, Київ"});
    let answer = client
        .call("flows/create", &json!({"kind": "code", "fields": fields}))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["id"].as_i64().unwrap()
}

store::databases! {
    async fn an_export_is_a_file_of_the_flow_schemas_name_and_reads_back(store: &TestStore) {
        let server = Server::start(store).await;
        let administrator = server.administrator().await;
        let id = saved(&administrator, "Їжак: \"Echo\" 2").await;
        let viewer = server.user("vera", "Viewer").await;
        let answer = viewer.get(&format!("/flows/{id}/export.json")).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"), "{}", answer.body);
        assert_eq!(
            answer.header("content-disposition"),
            "attachment; filename=\"____- -Echo- 2.json\"; filename*=UTF-8''%D0%87%D0%B6%D0%B0%D0%BA-%20-Echo-%202.json",
        );
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let file = FlowFile::parse(&answer.body).unwrap();
        assert_eq!((file.name.as_str(), file.description.as_str()), ("Їжак: \"Echo\" 2", "Two\nlines"));
        assert_eq!((file.kind, file.program.as_str(), file.tags), (FlowKind::Code, PROGRAM, vec!["shop".into(), "Київ".into()]));
    }

    async fn only_whoever_may_see_flow_schemas_gets_one(store: &TestStore) {
        let server = Server::start(store).await;
        let administrator = server.administrator().await;
        let path = format!("/flows/{}/export.json", create_flow(&administrator, "Echo").await["id"]);
        let role = json!({"fields": {"name": "Gateways only", "grant.chat_gateways.read": "true"}});
        assert_eq!(administrator.call("roles/create", &role).await.status, 200);
        let stranger = server.user("sam", "Gateways only").await;
        let programs = [("accept", "application/json")];
        for (client, status, code) in [(server.visitor(), 401, "signed_out"), (stranger, 403, "forbidden")] {
            let page = client.get(&path).await;
            assert_eq!((page.status, page.header("content-disposition")), (status, ""), "{}", page.body);
            assert!(page.body.starts_with("<!DOCTYPE html>") && !page.body.contains("chat_gateways_flow"));
            let answer = client.send(Method::GET, &path, &programs, Vec::new()).await;
            assert_eq!((answer.status, answer.json()["code"].as_str()), (status, Some(code)));
            assert_eq!(client.get("/flows/word/export.json").await.status, status);
        }
    }

    async fn what_does_not_exist_is_not_found(store: &TestStore) {
        let server = Server::start(store).await;
        let administrator = server.administrator().await;
        for path in ["/flows/999/export.json", "/flows/word/export.json", "/flows/99999999999999999999/export.json"] {
            let answer = administrator.get(path).await;
            assert_eq!((answer.status, answer.header("content-disposition")), (404, ""), "{path}");
            assert!(answer.body.contains("This flow schema does not exist"), "{path}: {}", answer.body);
        }
    }

    async fn nothing_is_sent_to_an_export_and_head_has_its_headers(store: &TestStore) {
        let server = Server::start(store).await;
        let administrator = server.administrator().await;
        let path = format!("/flows/{}/export.json", create_flow(&administrator, "Echo").await["id"]);
        let head = administrator.send(Method::HEAD, &path, &[], Vec::new()).await;
        assert_eq!((head.status, head.body.as_str()), (200, ""));
        assert!(head.header("content-disposition").contains("\"Echo.json\""));
        let origin = [("origin", "http://chat.test")];
        assert_eq!(administrator.send(Method::PUT, &path, &origin, Vec::new()).await.status, 405);
    }
}
