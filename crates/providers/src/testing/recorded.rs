//! Bodies as messengers send them, in `testdata`, each with the events that it means beside it.

use bytes::Bytes;
use model::message::InboundEvent;
use serde_json::Value;
use std::{fs, path::Path};

/// Compares what `read` makes of each body of a folder with what stands beside it. A body without expectation, and an
/// expectation without body, fail.
pub(crate) fn compare(folder: &str, read: impl Fn(&Bytes) -> Vec<InboundEvent>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(folder);
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let (expectations, bodies): (Vec<_>, Vec<_>) = names.iter().partition(|name| name.ends_with(".expected.json"));
    assert!(!bodies.is_empty(), "no bodies in {}", folder.display());
    let mut wrong = Vec::new();
    for name in bodies {
        let stem = name.strip_suffix(".json").expect("a JSON file");
        let body = Bytes::from(fs::read(folder.join(name)).unwrap());
        let found = serde_json::to_value(read(&body)).unwrap();
        let expectation = folder.join(format!("{stem}.expected.json"));
        let expected: Value = fs::read(&expectation)
            .ok()
            .and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_default();
        if found != expected {
            wrong.push(format!("{name} means\n{found:#}\nbut expected is\n{expected:#}"));
        }
    }
    let lonely = expectations.iter().filter(|name| {
        let body = name.replace(".expected.json", ".json");
        !folder.join(body).exists()
    });
    wrong.extend(lonely.map(|name| format!("{name} has no body")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
