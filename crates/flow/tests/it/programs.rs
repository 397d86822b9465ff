//! The programs that must be accepted, and the one that must not.

use flow::{Called, Context, Mistake};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

#[derive(serde::Deserialize)]
struct Case {
    flow: Option<Own>,
    #[serde(default)]
    flows: HashMap<String, Other>,
    #[serde(default)]
    errors: Vec<Expected>,
}

#[derive(serde::Deserialize)]
struct Own {
    id: u64,
}

#[derive(serde::Deserialize)]
struct Other {
    name: String,
    program: serde_json::Value,
}

#[derive(serde::Deserialize)]
struct Expected {
    path: String,
    #[serde(default)]
    mentions: Vec<String>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/programs")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every program with its case.
fn cases() -> Vec<(String, String, Case)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder()).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let case = read(&path.with_extension("case.yaml"));
            let case = serde_saphyr::from_str(&case).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            all.push((path.display().to_string(), read(&path), case));
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

fn check(text: &str, case: &Case) -> Vec<Mistake> {
    let find = |id: &str| {
        let other = case.flows.get(id)?;
        let program = flow::parse(&other.program.to_string(), &Context::default()).expect("the other flow is right");
        Some(Called {
            name: other.name.clone(),
            calls: flow::calls(&program),
        })
    };
    let id = case.flow.as_ref().map(|own| own.id.to_string());
    let context = Context {
        id: id.as_deref(),
        flows: Some(&find),
    };
    flow::parse(text, &context).err().unwrap_or_default()
}

#[test]
fn each_program_has_exactly_the_mistakes_of_its_case() {
    let cases = cases();
    assert_eq!(cases.len(), 12);
    for (name, text, case) in cases {
        let found = check(&text, &case);
        let paths: Vec<&str> = found.iter().map(|mistake| mistake.path.as_str()).collect();
        let expected: Vec<&str> = case.errors.iter().map(|error| error.path.as_str()).collect();
        assert_eq!(paths, expected, "{name}\n{found:#?}");
        for (mistake, expected) in found.iter().zip(&case.errors) {
            for word in &expected.mentions {
                let message = mistake.message.to_lowercase();
                assert!(message.contains(&word.to_lowercase()), "{word}: {mistake}");
            }
        }
    }
}

#[test]
fn each_mistake_of_the_broken_program_is_marked_where_it_stands() {
    let text = read(&folder().join("12-broken.json"));
    let found = flow::parse(&text, &Context::default()).unwrap_err();
    let marked = |path: &str| {
        let mistake = found.iter().find(|mistake| mistake.path == path).unwrap();
        (mistake.line, mistake.column, &text[mistake.bytes.clone()])
    };
    assert_eq!(marked("[1].sendTxt"), (3, 5, "\"sendTxt\""));
    assert_eq!(marked("[3].recvMessage.timeout"), (5, 50, "\"a minute\""));
    assert_eq!(marked("[4].recvMessage.set"), (6, 5, "\"recvMessage\""));
    assert_eq!(marked("[13]"), (32, 3, "\"sendText\""));
    assert!(found.is_sorted_by_key(|mistake| mistake.bytes.start));
}
