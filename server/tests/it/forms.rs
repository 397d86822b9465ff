//! Cards saved by a browser without JavaScript.

use crate::support::{
    Client, PASSWORD, Server,
    gateway::{any_secret, create, create_flow, filled},
};
use model::{Fields, Provider};
use serde_json::{Value, json};

/// What a form sends.
type Pairs<'a> = &'a [(&'a str, &'a str)];

async fn post(client: &Client, path: &str, fields: &Fields, version: &str) -> crate::support::Answer {
    let mut pairs: Vec<(&str, &str)> = fields.iter().collect();
    pairs.push(("version", version));
    client.post(path, &pairs).await
}

/// The id in an address such as `/users/3?saved=1`.
fn id_in(location: &str) -> i64 {
    let mut parts = location.split(['/', '?']);
    parts
        .find_map(|part| part.parse().ok())
        .unwrap_or_else(|| panic!("no id in {location}"))
}

async fn card(client: &Client, section: &str, id: i64) -> Value {
    let answer = client.call(&format!("{section}/get"), &json!({"id": id})).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

store::databases! {
    async fn every_provider_is_created_and_changed(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        for provider in Provider::ALL {
            let name = format!("Form {provider}");
            let fields = filled(provider, &name, any_secret);
            let created = post(&client, &format!("/chat-gateways/new/{}/templates", provider.code()), &fields, "0").await;
            assert_eq!(created.status, 303, "{provider}: {}", created.body);
            let id = id_in(created.header("location"));
            assert_eq!(created.header("location"), format!("/chat-gateways/{id}/templates?saved=1"));
            let saved = card(&client, "gateways", id).await;
            assert_eq!((saved["fields"]["name"].as_str(), saved["enabled"].as_bool()), (Some(name.as_str()), Some(false)));
            assert_eq!(client.get(created.header("location")).await.status, 200);

            let mut change = Fields::default();
            change.set("name", format!("{name} 2"));
            let changed = post(&client, &format!("/chat-gateways/{id}/general"), &change, "1").await;
            assert_eq!(changed.header("location"), format!("/chat-gateways/{id}/general?saved=1"), "{}", changed.body);
            assert_eq!(card(&client, "gateways", id).await["fields"]["name"], format!("{name} 2"));
        }
    }

    async fn a_refused_card_is_shown_again_as_it_was_typed_without_secrets(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        let mut fields = filled(Provider::Viber, "Typed “again”", |_| "planted-secret-in-form".to_owned());
        fields.set("uri", "/health/x");
        let answer = post(&client, "/chat-gateways/new/viber/general", &fields, "0").await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("Typed “again”") && answer.body.contains("reserved"), "{}", answer.body);
        assert!(!answer.body.contains("planted-secret-in-form"), "a secret was sent back");
        assert!(answer.header("content-security-policy").contains("nonce-"));
    }

    async fn an_old_version_is_refused_with_who_changed_what(store: &TestStore) {
        let server = Server::start(store).await;
        let (client, other) = (server.administrator().await, server.user("olga", "Operator").await);
        let id = create(&client, Provider::Viber, "Shared").await["id"].as_i64().unwrap();
        let path = format!("/chat-gateways/{id}/general");
        let mut change = Fields::default();
        change.set("name", "By Olga");
        assert_eq!(post(&other, &path, &change, "1").await.status, 303);
        change.set("name", "By the administrator");
        let answer = post(&client, &path, &change, "1").await;
        assert_eq!(answer.status, 409);
        assert!(answer.body.contains("By the administrator") && answer.body.contains("olga"), "{}", answer.body);
        assert_eq!(card(&client, "gateways", id).await["fields"]["name"], "By Olga");
        assert_eq!(post(&client, &path, &change, "not a number").await.status, 409);
    }

    async fn flows_users_and_roles_are_created_and_changed(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        let cases: [(&str, &str, &str, Pairs); 3] = [
            ("flows", "/flows/new/code/general", "/general", &[("name", "Flow"), ("program", "[]"), ("tags", "a, b")]),
            ("users", "/users/new", "", &[("name", "Nadia"), ("password", PASSWORD), ("role.3", "true")]),
            ("roles", "/roles/new", "", &[("name", "Readers"), ("grant.flows.read", "false"), ("grant.flows.read", "true")]),
        ];
        for (section, new, tab, pairs) in cases {
            let created = client.post(new, &[pairs, &[("version", "0")]].concat()).await;
            assert_eq!(created.status, 303, "{section}: {}", created.body);
            let id = id_in(created.header("location"));
            let path = format!("/{section}/{id}{tab}");
            assert_eq!(created.header("location"), format!("{path}?saved=1"));
            let changed = client.post(&path, &[("name", "Another"), ("version", "1")]).await;
            assert_eq!(changed.header("location"), format!("{path}?saved=1"), "{}", changed.body);
            assert_eq!(card(&client, section, id).await["fields"]["name"], "Another");
            let refused = client.post(&path, &[("name", " "), ("version", "2")]).await;
            assert_eq!(refused.status, 422, "{section}");
            assert!(refused.body.contains("aria-invalid=\"true\""), "{section}: {}", refused.body);
        }
    }

    async fn a_checkbox_counts_by_its_last_value(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        let form = [("name", "R"), ("grant.flows.read", "false"), ("grant.flows.read", "true"), ("grant.users.read", "false")];
        let created = client.post("/roles/new", &form).await;
        let role = card(&client, "roles", id_in(created.header("location"))).await;
        assert_eq!(role["fields"]["grant.flows.read"], "true");
        assert_eq!(role["fields"]["grant.users.read"], "false");
    }

    async fn an_object_that_does_not_exist_is_a_page_that_says_so(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        for path in [
            "/chat-gateways/999999/general", "/chat-gateways/abc/general", "/chat-gateways/new/icq/general",
            "/chat-gateways/new/viber/nonsense", "/flows/999999/general", "/flows/new/music/general", "/users/999999", "/users/x",
            "/roles/999999",
        ] {
            let answer = client.post(path, &[("name", "Name"), ("version", "1")]).await;
            assert_eq!(answer.status, 404, "{path}: {}", answer.body);
            assert!(answer.body.contains("There is no such page"), "{path}");
        }
    }

    async fn who_may_not_save_is_told_so(store: &TestStore) {
        let server = Server::start(store).await;
        let flow = create_flow(&server.administrator().await, "Flow").await;
        let viewer = server.user("vera", "Viewer").await;
        let answer = viewer.post(&format!("/flows/{}/general", flow["id"]), &[("name", "Mine"), ("version", "1")]).await;
        assert_eq!(answer.status, 403);
        assert!(answer.body.contains("You have no right to update"), "{}", answer.body);
    }

    async fn what_was_typed_survives_the_end_of_the_session(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        let id = create(&client, Provider::Viber, "Before").await["id"].as_i64().unwrap();
        let path = format!("/chat-gateways/{id}/general");
        client.set_cookie(None);
        let typed = [("name", "Typed \"for\" long"), ("secret.token", "planted-secret-in-form"), ("version", "1")];
        let answer = client.post(&path, &typed).await;
        assert_eq!(answer.status, 401);
        assert!(answer.body.contains("Your session has ended"), "{}", answer.body);
        assert!(answer.body.contains("name=\"name\" value=\"Typed &quot;for&quot; long\""), "{}", answer.body);
        assert!(answer.body.contains("name=\"version\" value=\"1\"") && !answer.body.contains("planted-secret"), "{}", answer.body);
        assert_eq!(client.sign_in("admin", PASSWORD).await.status, 200);
        assert_eq!(client.post(&path, &[("name", "Typed \"for\" long"), ("secret.token", ""), ("version", "1")]).await.status, 303);
        assert_eq!(card(&client, "gateways", id).await["fields"]["name"], "Typed \"for\" long");
    }

    async fn two_new_passwords_must_be_the_same(store: &TestStore) {
        let client = Server::start(store).await.administrator().await;
        let form = [("current", PASSWORD), ("new", "another good one"), ("again", "another bad one")];
        let answer = client.post("/password", &form).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("This is not the same") && !answer.body.contains("another good one"), "{}", answer.body);
    }
}
