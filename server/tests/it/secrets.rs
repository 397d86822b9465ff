//! A secret that was typed in is found nowhere again: no page, no answer, no log, no file, no row but the sealed one.

use crate::support::{Client, Server, gateway::filled, log};
use base64::{Engine, engine::general_purpose::STANDARD};
use model::{
    Fields, Provider,
    form::{Control, Field, SecretShape, Tab},
    settings::tabs,
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs};
use store::testing::TestStore;

/// What every planted secret contains.
const MARK: &str = "PLANTED";

/// A secret that fits its field and that nothing else looks like.
fn planted(provider: Provider, field: &Field, round: u32) -> String {
    let digest = format!("{MARK}-{}-{}-{round}", provider.code(), field.key.replace('.', "-")).replace('_', "-");
    match field.control {
        Control::Secret {
            shape: SecretShape::BotToken,
            ..
        } => format!("110201543:{digest:A<40}"),
        _ => digest,
    }
}

fn secret_fields(provider: Provider) -> impl Iterator<Item = &'static Field> {
    tabs(provider)
        .iter()
        .flat_map(Tab::fields)
        .filter(|field| matches!(field.control, Control::Secret { .. }))
}

/// Everything that the server says while every secret is created, replaced, refused and looked at.
async fn say_everything(client: &Client) -> (Vec<String>, BTreeSet<String>) {
    let (mut said, mut secrets) = (Vec::new(), BTreeSet::new());
    for provider in Provider::ALL {
        for round in [1, 2, 3] {
            secrets.extend(secret_fields(provider).map(|field| planted(provider, field, round)));
        }
        let fields = filled(provider, &format!("Plant {provider}"), |field| {
            planted(provider, field, 1)
        });
        let created = client
            .call("gateways/create", &json!({"provider": provider, "fields": fields}))
            .await;
        assert_eq!(created.status, 200, "{provider}: {}", created.body);
        said.push(created.body.clone());
        said.extend(replace_and_look(client, provider, &created.json()).await);
    }
    for list in ["gateways/list", "flows/list", "users/list", "roles/list"] {
        said.push(client.call(list, &json!({"query": {}})).await.body);
    }
    said.push(client.get("/chat-gateways?size=100").await.body);
    (said, secrets)
}

async fn replace_and_look(client: &Client, provider: Provider, card: &Value) -> Vec<String> {
    let id = &card["id"];
    let mut change = Fields::default();
    for field in secret_fields(provider) {
        change.set(field.key, planted(provider, field, 2));
    }
    let update = json!({"id": id, "version": card["version"], "fields": change});
    let mut said = vec![
        client.call("gateways/update", &update).await.body,
        client.call("gateways/get", &json!({"id": id})).await.body,
        client
            .call("gateways/history", &json!({"id": id, "before": null}))
            .await
            .body,
        // The same version again: a conflict.
        client.call("gateways/update", &update).await.body,
    ];
    for field in secret_fields(provider) {
        change.set(field.key, planted(provider, field, 3));
    }
    change.set("name", " ");
    let refused = json!({"id": id, "version": 2, "fields": change});
    said.push(client.call("gateways/update", &refused).await.body);
    let mut pairs: Vec<_> = change.iter().collect();
    pairs.push(("version", "2"));
    let form = client.post(&format!("/chat-gateways/{id}/general"), &pairs).await;
    assert_eq!(form.status, 422, "{provider}: {}", form.body);
    said.push(form.body);
    for tab in tabs(provider).iter().map(|tab| tab.segment).chain(["history"]) {
        said.push(client.get(&format!("/chat-gateways/{id}/{tab}")).await.body);
    }
    said
}

/// The whole database as text and, on SQLite, its files as they are.
async fn dump(store: &TestStore) -> String {
    let mut dump = String::new();
    let reader = store.read();
    for table in tables(store).await {
        let sql = match reader.get_database_backend() {
            DbBackend::Postgres => format!("SELECT CAST(t AS text) AS line FROM {table} AS t"),
            _ => format!("SELECT {} AS line FROM {table}", columns(store, &table).await),
        };
        for row in reader
            .query_all_raw(Statement::from_string(reader.get_database_backend(), sql))
            .await
            .unwrap()
        {
            dump += &row.try_get::<String>("", "line").unwrap();
            dump.push('\n');
        }
    }
    if let Some(path) = store.url().strip_prefix("sqlite://") {
        let path = path.split('?').next().unwrap();
        for file in [path.to_owned(), format!("{path}-wal")] {
            dump += &String::from_utf8_lossy(&fs::read(file).unwrap());
        }
    }
    dump
}

async fn tables(store: &TestStore) -> Vec<String> {
    let sql = if store.is_postgres() {
        "SELECT tablename AS line FROM pg_tables WHERE schemaname = 'public'"
    } else {
        "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    };
    lines(store, sql).await
}

/// Every column as text, blobs as hexadecimal digits.
async fn columns(store: &TestStore, table: &str) -> String {
    let names = lines(store, &format!("SELECT name AS line FROM pragma_table_info('{table}')")).await;
    let texts: Vec<_> = names.iter().map(|name| format!("quote(\"{name}\")")).collect();
    texts.join(" || ' ' || ")
}

async fn lines(store: &TestStore, sql: &str) -> Vec<String> {
    let reader = store.read();
    let statement = Statement::from_string(reader.get_database_backend(), sql.to_owned());
    let rows = reader.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get("", "line").unwrap()).collect()
}

/// A secret in each shape in which it could have been kept.
fn shapes(secret: &str) -> [String; 3] {
    let hex = secret
        .bytes()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .concat();
    [secret.to_owned(), hex, STANDARD.encode(secret)]
}

fn assert_absent(place: &str, text: &str, secrets: &BTreeSet<String>) {
    let lower = text.to_lowercase();
    for secret in secrets {
        let [plain, hex, base64] = shapes(secret);
        assert!(!text.contains(&plain), "{secret} is in {place}");
        assert!(!lower.contains(&hex), "{secret} is in {place} as hexadecimal digits");
        assert!(!text.contains(&base64), "{secret} is in {place} as base64");
    }
    assert!(!text.contains(MARK), "a part of a secret is in {place}");
}

store::databases! {
    async fn no_secret_is_ever_seen_again(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        let (said, secrets) = say_everything(&client).await;
        assert!(secrets.len() >= 3 * 6, "{secrets:?}");
        for text in &said {
            assert!(!text.is_empty());
            assert_absent("an answer", text, &secrets);
        }
        let dump = dump(store).await;
        assert!(dump.contains("Plant Viber"), "the dump lacks the gateways: {dump}");
        assert_absent("the database", &dump, &secrets);
        let log = log::text();
        assert!(log.contains("/api/gateways/create"), "the log lacks the requests");
        assert_absent("the log", &log, &secrets);
        assert!(!log.contains(crate::support::PASSWORD), "a password is in the log");
    }
}
