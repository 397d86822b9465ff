//! Files, read without a database.

use super::*;
use model::Provider;

fn environment() -> Environment {
    let pairs = [("TOKEN", "s3cret"), ("EMPTY", " ")];
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

fn read(text: &str) -> Read {
    super::read(Path::new("shop.yaml"), text, &environment())
}

/// Each mistake as `LINE PATH: MESSAGE`.
fn mistakes(text: &str) -> Vec<String> {
    let line = |mistake: FileMistake| format!("{} {}: {}", mistake.line, mistake.path, mistake.message);
    read(text).mistakes.into_iter().map(line).collect()
}

fn gateway(lines: &str) -> String {
    format!("gateways:\n  - name: A\n    provider: custom\n{lines}")
}

#[test]
fn fields_may_be_named_with_and_without_their_group_and_nested() {
    let text = gateway(
        "    settings: { webhook: https://a.example, settings.signature: standard }\n    templates: { templates.close: Bye }\n    \
         secrets: { secret.secret: \"${TOKEN}\" }\n",
    );
    let read = read(&text);
    assert!(read.mistakes.is_empty(), "{:?}", read.mistakes);
    let fields = &read.declaration.gateways[0].fields;
    assert_eq!(fields.get("settings.webhook"), "https://a.example");
    assert_eq!(fields.get("settings.signature"), "standard");
    assert_eq!(fields.get("templates.close"), "Bye");
    assert_eq!(fields.get("secret.secret"), "s3cret");
    let nested = "gateways: [{ name: A, provider: web_chat, settings: { chat: { enabled: true, read_timeout: 45 } } }]";
    let read = super::read(Path::new("shop.yaml"), nested, &environment());
    let fields = &read.declaration.gateways[0].fields;
    assert_eq!(
        (
            fields.get("settings.chat.enabled"),
            fields.get("settings.chat.read_timeout")
        ),
        ("true", "45")
    );
}

#[test]
fn what_is_not_said_is_not_declared() {
    let read = read(&gateway(""));
    let declared = &read.declaration.gateways[0];
    assert_eq!(
        (declared.provider, &declared.flow, declared.enabled),
        (Provider::Custom, &None, None)
    );
    assert_eq!(declared.fields, Fields::default());
    let cleared = super::read(
        Path::new("a"),
        &gateway("    flow:\n    enabled: false\n"),
        &environment(),
    );
    let declared = &cleared.declaration.gateways[0];
    assert_eq!((&declared.flow, declared.enabled), (&Some(None), Some(false)));
}

#[test]
fn a_secret_in_the_file_is_refused_and_not_repeated() {
    for secret in [
        "planted",
        "a${TOKEN}",
        "${TOKEN}b",
        "${TO KEN}",
        "$TOKEN",
        "\"\"",
        "[x]",
        "17",
    ] {
        let found = mistakes(&gateway(&format!("    secrets:\n      secret: {secret}\n")));
        let [mistake] = found.as_slice() else {
            panic!("{secret}: {found:?}")
        };
        assert!(
            mistake.starts_with("5 gateways[0].secrets.secret: A secret doesn't belong"),
            "{mistake}"
        );
        assert!(!mistake.contains("planted"), "{mistake}");
    }
}

#[test]
fn a_variable_that_is_not_set_or_empty_is_named() {
    for name in ["NOBODY", "EMPTY"] {
        let found = mistakes(&gateway(&format!("    secrets: {{ secret: ${{{name}}} }}\n")));
        let expected = format!("4 gateways[0].secrets.secret: The environment variable {name} is not set.");
        assert_eq!(found, [expected]);
    }
}

#[test]
fn no_secret_is_shown_by_debug_output() {
    let read = read(&gateway("    secrets: { secret: ${TOKEN} }\n"));
    assert_eq!(read.declaration.gateways[0].fields.get("secret.secret"), "s3cret");
    assert!(!format!("{read:?}").contains("s3cret"));
}

#[test]
fn what_is_not_known_is_told_with_what_is_meant() {
    let text = "flow: []\ngateways:\n  - name: A\n    provider: custom\n    setings: {}\n    settings: { webhok: x }\n";
    assert_eq!(
        mistakes(text),
        [
            "1 flow: “flow” is not known here. Did you mean flows?",
            "5 gateways[0].setings: “setings” is not known here. Did you mean settings?",
            "6 gateways[0].settings.webhok: “webhok” is not a field of this messenger.",
        ]
    );
}

#[test]
fn a_choice_is_written_by_its_word() {
    let found = mistakes(&gateway("    settings: { signature: Standard Webhooks }\n"));
    assert_eq!(
        found,
        ["4 gateways[0].settings.signature: Use one of: standard, webitel_sign."]
    );
}

#[test]
fn what_has_another_form_is_told() {
    let table = [
        ("", "1 : The file is empty."),
        ("x", "1 : Write the names and values of: flows, gateways."),
        ("flows: x", "1 flows: Write a list"),
        ("flows: [1]", "1 flows[0]: Write the names and values of"),
        ("flows: [{ program: [] }]", "1 flows[0].name: Give it a name."),
        ("flows: [{ name: [a] }]", "1 flows[0].name: Write one text."),
        ("flows: [{ name: a, tags: x }]", "1 flows[0].tags: Write a list"),
        ("gateways: [{ name: a }]", "1 gateways[0].provider: Name its messenger"),
        (
            "gateways: [{ name: a, provider: icq }]",
            "1 gateways[0].provider: “icq” is no messenger",
        ),
        (
            "gateways: [{ name: a, provider: viber, enabled: maybe }]",
            "1 gateways[0].enabled: Write true or false.",
        ),
        (
            "gateways: [{ name: a, provider: viber, settings: x }]",
            "1 gateways[0].settings: Write the names of fields",
        ),
        (
            "gateways: [{ name: a, provider: viber, secrets: x }]",
            "1 gateways[0].secrets: Write the names of secrets",
        ),
        ("a: [", "1 : This is no YAML"),
    ];
    for (text, expected) in table {
        let found = mistakes(text);
        assert!(found.len() == 1 && found[0].starts_with(expected), "{text}: {found:?}");
    }
}

#[test]
fn a_number_that_is_a_text_stays_as_it_was_written() {
    let text = "gateways: [{ name: 1.10, provider: messenger, settings: { client_id: 0012, version: 1.0 } }]";
    let declared = &read(text).declaration.gateways[0];
    assert_eq!(declared.name, "1.10");
    assert_eq!(declared.fields.get("settings.client_id"), "0012");
    assert_eq!(declared.fields.get("settings.version"), "1.0");
}

#[test]
fn a_program_may_be_yaml_json_or_a_text_and_keeps_its_order() {
    let program = |text: &str| read(text).declaration.flows[0].fields.get("program").to_owned();
    let yaml = program("flows:\n  - name: a\n    program:\n      - set: { b: \"1\", a: \"2\" }\n");
    let json = program(r#"flows: [{ name: a, program: [{"set": {"b": "1", "a": "2"}}] }]"#);
    assert_eq!(yaml, json);
    assert!(yaml.find("\"b\"") < yaml.find("\"a\""), "{yaml}");
    let text = program("flows:\n  - name: a\n    program: |\n      [ {\"sendText\": 1.50} ]\n");
    assert_eq!(text, "[ {\"sendText\": 1.50} ]");
}

#[test]
fn a_program_may_stand_in_a_file_beside() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("bare.json", "[ 1 ]\n");
    write(
        "flow.json",
        r#"{"chat_gateways_flow":1,"name":"X","description":"","kind":"code","tags":[],"program":[ 2 ]}"#,
    );
    write("wrong.json", "{}");
    let read = |name: &str| {
        let text = format!("flows: [{{ name: a, program_file: {name} }}]");
        super::read(&folder.path().join("shop.yaml"), &text, &environment())
    };
    for (name, expected) in [("bare.json", "[ 1 ]"), ("flow.json", "[ 2 ]")] {
        assert_eq!(read(name).declaration.flows[0].fields.get("program"), expected);
    }
    for name in ["wrong.json", "none.json"] {
        let found = read(name);
        assert_eq!(found.mistakes[0].path, "flows[0].program_file");
        assert!(
            found.mistakes[0].message.contains(name),
            "{}",
            found.mistakes[0].message
        );
    }
    let both = mistakes("flows: [{ name: a, program: [], program_file: none.json }]");
    assert!(
        both.iter().any(|mistake| mistake.contains("either here or in a file")),
        "{both:?}"
    );
}

#[test]
fn a_field_stands_where_people_have_written_it() {
    assert_eq!(path_of("settings.chat.enabled"), "settings.chat.enabled");
    assert_eq!(path_of("secret.token"), "secrets.token");
    assert_eq!(path_of("uri"), "uri");
    let text = gateway("    uri: /abc\n    settings:\n      webhook: x\n");
    let source = &read(&text).gateways[0];
    assert_eq!(
        (
            source.line_of("uri"),
            source.line_of("settings.webhook"),
            source.line_of("flow")
        ),
        (4, 6, 2)
    );
}

#[test]
fn accounts_are_read_with_their_tokens_from_the_environment() {
    let text = "gateways:
  - name: Pages
    provider: messenger
    accounts:
      - { kind: facebook, id: 11, name: Shop, token: ${TOKEN} }
      - { kind: instagram, id: \"22\", page: 11, token: ${TOKEN}, subscribed: false }
      - { kind: whatsapp, id: 33, business_account: 44 }
";
    let read = read(text);
    assert!(read.mistakes.is_empty(), "{:?}", read.mistakes);
    let accounts = &read.declaration.gateways[0].accounts;
    let told: Vec<_> = accounts
        .iter()
        .map(|account| {
            (
                account.kind.code(),
                account.id.as_str(),
                account.parent.as_str(),
                account.subscribed,
            )
        })
        .collect();
    let expected = [
        ("facebook", "11", "", None),
        ("instagram", "22", "11", Some(false)),
        ("whatsapp", "33", "44", None),
    ];
    assert_eq!(told, expected);
    assert_eq!(accounts[0].token.as_ref().unwrap().expose(), "s3cret");
    assert!(accounts[2].token.is_none());
}

#[test]
fn what_is_wrong_with_an_account_is_told_at_its_place() {
    let text = "gateways:
  - name: Pages
    provider: messenger
    accounts:
      - { kind: page, id: 11 }
      - { kind: facebook, page: 11, id: 1a, token: planted }
      - { kind: instagram, subscribed: perhaps }
";
    let found = mistakes(text);
    let expected = [
        "5 gateways[0].accounts[0].kind: “page” is no account. Use one of: facebook, instagram, whatsapp.",
        "6 gateways[0].accounts[1].page: A Facebook page has no page. Remove it.",
        "6 gateways[0].accounts[1].id: Write the id as Meta shows it: digits and nothing else.",
        "6 gateways[0].accounts[1].token: A secret doesn't belong in a file. Write the name of an environment variable, such as ${PAGE_TOKEN}.",
        "7 gateways[0].accounts[2].subscribed: Write true or false.",
        "7 gateways[0].accounts[2].id: Give the id that it has at Meta.",
    ];
    assert_eq!(found, expected);
}
