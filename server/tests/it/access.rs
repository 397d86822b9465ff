//! Who may call which server function: all of them, by everybody.

use crate::support::{
    Client, Server,
    gateway::{create, create_flow},
};
use model::Provider;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A server function, its arguments, and the status for anonymous, viewer, operator and administrator.
type Row = (&'static str, Value, [u16; 4]);

/// Everybody who is signed in may read; without the right an action says so before it looks at anything else.
const READ: [u16; 4] = [401, 200, 200, 200];
const ADMINISTRATOR: [u16; 4] = [401, 403, 403, 200];

/// Whoever may change gateways would do it; here is nothing to do it with.
const NOT_THERE: [u16; 4] = [401, 403, 404, 404];
/// Operators may change gateways.
const CHANGE: [u16; 4] = [401, 403, 200, 200];
/// There is no such entry.
const NONE: [u16; 4] = [401, 404, 404, 404];

/// Whoever may read may try; here there is no such run.
const NO_RUN: [u16; 4] = [401, 404, 404, 404];

/// The functions of gateways. Arguments that the rules refuse show that permission was given: 409 for an old version, 422 for
/// an empty form.
fn of_gateways(gateway: &Value) -> Vec<Row> {
    let this = || json!({"id": gateway["id"]});
    let off = json!({"id": gateway["id"], "version": gateway["version"], "on": false});
    let again = json!({"id": gateway["id"], "take_over": false});
    let log = || json!({"id": gateway["id"], "query": {}});
    let one = |what: &str| json!({"id": gateway["id"], (what): 999_999});
    let account = |more: Value| {
        let mut arguments = json!({"id": gateway["id"], "kind": "facebook"});
        arguments
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        arguments
    };
    vec![
        ("gateways/list", json!({"query": {}}), READ),
        ("gateways/get", this(), READ),
        ("gateways/history", json!({"id": gateway["id"], "before": null}), READ),
        ("gateways/new", json!({"provider": "viber"}), ADMINISTRATOR),
        (
            "gateways/create",
            json!({"provider": "viber", "fields": {}}),
            [401, 403, 403, 422],
        ),
        (
            "gateways/update",
            json!({"id": gateway["id"], "version": 99, "fields": {}}),
            [401, 403, 409, 409],
        ),
        ("gateways/set_enabled", off, [401, 403, 200, 200]),
        ("gateways/health", this(), READ),
        ("gateways/register_again", again, CHANGE),
        (
            "gateways/test",
            json!({"provider": "viber", "id": gateway["id"], "fields": {"settings.btn.font.color": "no color"}}),
            [401, 403, 422, 422],
        ),
        (
            "gateways/test",
            json!({"provider": "viber", "id": null, "fields": {}}),
            [401, 403, 403, 422],
        ),
        ("gateways/deliveries", log(), READ),
        ("gateways/trouble", this(), READ),
        ("gateways/delivery", one("delivery"), NONE),
        (
            "gateways/deliver_again",
            json!({"id": gateway["id"], "deliveries": []}),
            CHANGE,
        ),
        ("gateways/deliver_all_again", this(), CHANGE),
        (
            "gateways/conversations",
            json!({"id": gateway["id"], "only_running": false, "before": null}),
            READ,
        ),
        ("gateways/conversation", one("conversation"), NONE),
        ("gateways/end_conversation", one("conversation"), [401, 403, 404, 404]),
        ("gateways/remove", json!({"ids": []}), ADMINISTRATOR),
        ("gateways/accounts", this(), READ),
        // A Viber gateway has no such accounts.
        ("gateways/find_accounts", account(json!({"token": "EAA"})), NOT_THERE),
        ("gateways/refresh_accounts", account(json!({})), NOT_THERE),
        (
            "gateways/subscribe_account",
            account(json!({"account": "1", "on": true})),
            NOT_THERE,
        ),
        ("gateways/remove_account", account(json!({"account": "1"})), NOT_THERE),
    ]
}

/// All functions; the last ones sign out.
fn table(gateway: &Value, flow: &Value, user: &Value, role: &Value) -> Vec<Row> {
    let list = || json!({"query": {}});
    let none = || json!({"ids": []});
    let get = |card: &Value| json!({"id": card["id"]});
    let save = |card: &Value| json!({"id": card["id"], "version": 99, "fields": {}});
    let start = |http: bool| json!({"start": {"program": "[]", "message": {"text": {"text": "hi"}}, "http": http}});
    let no_run = || json!({"run": "none", "since": 0});
    let with_input = json!({"run": "none", "since": 0, "input": {"text": {"text": "hi"}}});
    let others = vec![
        ("flows/list", list(), READ),
        ("flows/choices", json!({"q": ""}), READ),
        ("flows/get", get(flow), READ),
        ("flows/new", json!({"kind": "code"}), ADMINISTRATOR),
        (
            "flows/create",
            json!({"kind": "code", "fields": {}}),
            [401, 403, 403, 422],
        ),
        ("flows/update", save(flow), [401, 403, 403, 409]),
        ("flows/remove", none(), ADMINISTRATOR),
        ("flows/programs", json!({"id": flow["id"], "older": null}), READ),
        ("flows/program", json!({"id": flow["id"], "version": 1}), READ),
        (
            "flows/difference",
            json!({"id": flow["id"], "version": 1, "against": "previous"}),
            READ,
        ),
        ("flows/check", json!({"id": flow["id"], "program": "[]"}), READ),
        ("tries/start", start(false), READ),
        // Calls over HTTP take the right to change flow schemas.
        ("tries/start", start(true), ADMINISTRATOR),
        ("tries/send", with_input, NO_RUN),
        ("tries/skip_wait", no_run(), NO_RUN),
        ("tries/tick", no_run(), NO_RUN),
        ("tries/leave", no_run(), NO_RUN),
        ("tries/stop", json!({"run": "none"}), READ),
        ("users/list", list(), READ),
        ("users/get", get(user), READ),
        ("users/new", json!({}), ADMINISTRATOR),
        ("users/create", json!({"fields": {}}), [401, 403, 403, 422]),
        ("users/update", save(user), [401, 403, 403, 409]),
        ("users/remove", none(), ADMINISTRATOR),
        ("roles/list", list(), READ),
        ("roles/get", get(role), READ),
        ("roles/new", json!({}), ADMINISTRATOR),
        ("roles/create", json!({"fields": {}}), [401, 403, 403, 422]),
        ("roles/update", save(role), [401, 403, 403, 409]),
        ("roles/remove", none(), ADMINISTRATOR),
        ("session/viewer", json!({}), [200; 4]),
        ("session/posted", json!({}), [200; 4]),
        (
            "session/sign_in",
            json!({"name": "nobody", "password": "nothing"}),
            [403; 4],
        ),
        (
            "session/change_password",
            json!({"current": "wrong", "new": "another password"}),
            [401, 422, 422, 422],
        ),
        // The last ones: nobody is signed in afterwards.
        ("session/sign_out", json!({}), [200; 4]),
        ("session/sign_out_everywhere", json!({}), [200; 4]),
    ];
    of_gateways(gateway).into_iter().chain(others).collect()
}

async fn rows(administrator: &Client) -> Vec<Row> {
    let gateway = create(administrator, Provider::Viber, "Gateway").await;
    let flow = create_flow(administrator, "Flow").await;
    let user = json!({"fields": {"name": "Somebody", "password": "a good password"}});
    let user = administrator.call("users/create", &user).await.json();
    let role = json!({"fields": {"name": "Some role", "description": ""}});
    let role = administrator.call("roles/create", &role).await.json();
    table(&gateway, &flow, &user, &role)
}

store::databases! {
    async fn every_server_function_knows_who_may_call_it(store: &TestStore) {
        let server = Server::start(store).await;
        let clients = [
            ("anonymous", server.visitor()),
            ("viewer", server.user("vera", "Viewer").await),
            ("operator", server.user("olga", "Operator").await),
            ("administrator", server.administrator().await),
        ];
        for (path, arguments, expected) in rows(&clients[3].1).await {
            for ((who, client), status) in clients.iter().zip(expected) {
                let answer = client.call(path, &arguments).await;
                assert_eq!(answer.status, status, "{path} as {who}: {}", answer.body);
                if status == 401 {
                    assert_eq!(answer.json()["code"], "signed_out", "{path}");
                }
            }
        }
    }
}

#[tokio::test]
async fn no_server_function_is_missing_in_the_table() {
    let nothing = json!({"id": 1});
    let listed: BTreeSet<String> = table(&nothing, &nothing, &nothing, &nothing)
        .iter()
        .map(|(path, ..)| format!("/api/{path}"))
        .collect();
    let existing: BTreeSet<String> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.to_owned())
        .collect();
    assert!(existing.len() > 30, "{existing:?}");
    assert_eq!(listed, existing);
}
