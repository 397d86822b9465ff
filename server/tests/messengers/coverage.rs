//! No messenger is without what every messenger has: a description, recorded bodies, a stand-in, and a contract.

use crate::{
    custom::Custom, infobip::Infobip, instagram::Instagram, messenger::Facebook, stage::Messenger,
    telegram_bot::TelegramBot, viber::Viber, whatsapp::WhatsApp,
};
use model::{Provider, settings};
use serde_json::Value;
use standins::Standins;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A messenger that is held to the contract.
#[derive(Clone, Copy)]
struct Held {
    /// The kind of gateway.
    kind: Provider,
    /// Where it stands.
    at: standins::Provider,
    /// What it is asked when a gateway is looked at.
    probes: &'static [&'static str],
    /// The file of its contract, which its golden calls are called by, too.
    file: &'static str,
}

/// All of them; behind Messenger there are three.
const HELD: [Held; 7] = [
    of::<TelegramBot>("telegram_bot"),
    of::<Infobip>("infobip"),
    of::<Facebook>("messenger"),
    of::<Instagram>("instagram"),
    of::<WhatsApp>("whatsapp"),
    of::<Viber>("viber"),
    of::<Custom>("custom"),
];

const fn of<M: Messenger>(file: &'static str) -> Held {
    Held {
        kind: M::KIND,
        at: M::AT,
        probes: M::PROBES,
        file,
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The kinds that this version connects.
fn connected() -> Vec<Provider> {
    let all = Provider::ALL.into_iter();
    all.filter(|kind| providers::provider(*kind).is_some()).collect()
}

/// The recorded bodies of a messenger, with what is expected of each.
fn recorded(kind: Provider) -> Vec<(PathBuf, Value)> {
    let folder = root().join("crates/providers/testdata").join(kind.code());
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let files = files.map(|file| file.unwrap().path());
    let is_body = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        path.is_file() && is_json && !name.ends_with(".expected.json")
    };
    let expectation = |path: PathBuf| {
        let expected = path.with_extension("expected.json");
        let text = fs::read_to_string(&expected).unwrap_or_else(|error| panic!("{}: {error}", expected.display()));
        (path, serde_json::from_str(&text).unwrap())
    };
    files.filter(is_body).map(expectation).collect()
}

#[test]
fn every_messenger_has_a_contract_and_a_stand_in() {
    let held: Vec<Provider> = HELD.iter().map(|held| held.kind).collect();
    let mut connected = connected();
    connected.retain(|kind| !held.contains(kind));
    assert_eq!(connected, [], "these have no contract");
    for Held { file, .. } in HELD {
        let test = read(format!("server/tests/messengers/{file}.rs"));
        assert!(test.contains("\ncontract!("), "{file} is not held to the contract");
        let calls: Value = serde_json::from_str(&read(format!("server/tests/messengers/golden/{file}.json"))).unwrap();
        assert!(
            calls.as_array().is_some_and(|calls| calls.len() >= 3),
            "{file} is not told of all"
        );
    }
}

#[tokio::test]
async fn every_stand_in_answers() {
    let standins = Standins::start().await;
    for Held { file, at, .. } in HELD {
        let before = standins.totals(at);
        let url = format!("{}/anything", standins.url_of(at));
        let knock = crate::knock::Knock::post(&url);
        knock.send().await;
        assert_ne!(standins.totals(at), before, "{file} has no stand-in that took note");
    }
}

#[test]
fn every_messenger_is_asked_how_a_gateway_stands() {
    for Held { file, probes, .. } in HELD {
        assert!(!probes.is_empty(), "nobody asks {file} how its gateways stand");
    }
}

#[test]
fn every_messenger_has_recorded_bodies_with_what_is_expected_of_them() {
    for kind in connected() {
        let recorded = recorded(kind);
        assert!(recorded.len() >= 10, "{kind} has {} bodies", recorded.len());
    }
}

#[test]
fn every_messenger_has_a_form_an_emblem_and_a_page() {
    for kind in Provider::ALL {
        assert!(
            read(format!("public/emblems/{}.svg", kind.code())).contains("<svg"),
            "{kind}"
        );
        let tabs = settings::tabs(kind);
        let has_fields = tabs
            .iter()
            .flat_map(|tab| tab.groups)
            .any(|group| !group.fields.is_empty());
        assert!(has_fields, "{kind} has no form");
    }
    let overview = read("docs/providers/README.md");
    for kind in connected() {
        let page = format!("{}.md", kind.code());
        let text = read(Path::new("docs/providers").join(&page));
        assert!(text.starts_with("# ") && text.len() > 500, "{page} says too little");
        assert!(
            overview.contains(&format!("({page})")),
            "the overview does not lead to {page}"
        );
    }
}

/// The cells of every table, by the code that its row begins with and the kind of gateway.
fn tables(text: &str) -> BTreeMap<&str, Vec<BTreeMap<Provider, &str>>> {
    let mut tables = BTreeMap::<_, Vec<_>>::new();
    let mut columns = Vec::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if !line.starts_with('|') || cells.len() < 2 {
            columns.clear();
        } else if columns.is_empty() {
            let kind = |label: &&str| Provider::ALL.into_iter().find(|kind| kind.label() == *label);
            columns = cells[1..].iter().map(kind).collect();
            assert!(columns.iter().all(Option::is_some), "a column has no messenger: {line}");
        } else if let Some(code) = cells[0].strip_prefix('`').and_then(|code| code.strip_suffix('`')) {
            assert_eq!(cells.len(), columns.len() + 1, "{line}");
            let row = columns.iter().flatten().copied().zip(cells[1..].iter().copied());
            tables.entry(code).or_default().push(row.collect());
        }
    }
    tables
}

/// The kinds of events and parts in something expected.
fn kinds(expected: &Value, found: &mut Vec<String>) {
    match expected {
        Value::Array(all) => all.iter().for_each(|one| kinds(one, found)),
        Value::Object(members) => {
            if let Some(event) = members.get("kind").filter(|kind| kind.is_object()) {
                found.extend(event["kind"].as_str().map(str::to_owned));
                let parts = event["parts"].as_array().into_iter().flatten();
                found.extend(parts.filter_map(|part| part["type"].as_str()).map(str::to_owned));
            }
            members.values().for_each(|member| kinds(member, found));
        }
        _ => {}
    }
}

#[test]
fn the_overview_names_each_kind_of_event_that_a_messenger_was_recorded_with_and_no_other() {
    let overview = read("docs/providers/README.md");
    let (_, incoming) = overview.split_once("## What comes in").unwrap();
    let (incoming, outgoing) = incoming.split_once("## What goes out").unwrap();
    let (incoming, outgoing) = (tables(incoming), tables(outgoing));
    for kind in connected() {
        let mut found = Vec::new();
        for (_, expected) in recorded(kind) {
            kinds(&expected, &mut found);
        }
        for code in &found {
            assert!(
                incoming.contains_key(code.as_str()),
                "the overview has no row for `{code}` of {kind}"
            );
        }
        for (code, rows) in &incoming {
            let told = rows[0]
                .get(&kind)
                .unwrap_or_else(|| panic!("no column for {kind} beside `{code}`"));
            let is_recorded = found.iter().any(|found| found == code);
            assert_eq!(*told != "–", is_recorded, "`{code}` of {kind} is told as “{told}”");
        }
        for (code, rows) in &outgoing {
            let told = rows[0]
                .get(&kind)
                .unwrap_or_else(|| panic!("no column for {kind} beside `{code}`"));
            assert!(!told.is_empty(), "`{code}` of {kind}");
        }
    }
    let every_part = [
        "text", "image", "video", "voice", "audio", "document", "sticker", "location", "contact", "link",
    ];
    let every_button = ["reply", "url", "request_phone", "request_location", "request_email"];
    for code in every_part.iter().chain(&every_button).chain(&["unsupported"]) {
        assert!(outgoing.contains_key(code), "nothing is said of `{code}` that goes out");
    }
}
