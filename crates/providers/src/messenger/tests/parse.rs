//! What bodies mean.

use super::{account, settings_of};
use crate::{
    Account, Heard, Messenger, Provider, Unreadable, listener,
    testing::{self, NOW},
};
use bytes::Bytes;
use http::{HeaderMap, Method};
use std::{fs, path::Path};

fn parse(account: &Account, body: &Bytes) -> Result<Heard, Unreadable> {
    let headers = HeaderMap::new();
    Messenger.parse(account, &testing::incoming(&Method::POST, "", &headers, body), NOW)
}

/// Comments and mentions on; one more page whose events shall not come.
fn following() -> Account {
    let mut account = account("http://127.0.0.1:1");
    settings_of(&mut account).instagram_comments = true;
    settings_of(&mut account).instagram_mentions = true;
    let mut silent = account.meta[0].clone();
    silent.id = "124".to_owned();
    silent.subscribed = false;
    account.meta.push(silent);
    account
}

fn recorded(name: &str) -> Bytes {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/messenger");
    fs::read(folder.join(name)).unwrap().into()
}

#[test]
fn recorded_bodies_mean_what_is_expected() {
    let account = following();
    listener::recorded("messenger", |body| {
        let events = parse(&account, &body.to_owned().into()).unwrap().events;
        serde_json::to_value(events).unwrap()
    });
}

#[test]
fn comments_and_mentions_come_only_if_the_settings_ask_for_them() {
    let with = |comments, mentions| {
        let mut account = following();
        settings_of(&mut account).instagram_comments = comments;
        settings_of(&mut account).instagram_mentions = mentions;
        let count = |name| parse(&account, &recorded(name)).unwrap().events.len();
        (
            count("instagram_comment.json"),
            count("instagram_mention_in_comment.json"),
        )
    };
    assert_eq!(with(false, false), (0, 0));
    assert_eq!(with(true, false), (1, 0));
    assert_eq!(with(false, true), (0, 1));
}

#[test]
fn the_same_body_has_the_same_keys() {
    let account = following();
    for name in [
        "facebook_without_mid.json",
        "facebook_reaction.json",
        "facebook_referral.json",
    ] {
        let keys = || -> Vec<_> {
            let events = parse(&account, &recorded(name)).unwrap().events;
            events.into_iter().map(|event| event.event_key).collect()
        };
        assert!(!keys().is_empty());
        assert_eq!(keys(), keys());
    }
}

#[test]
fn a_body_that_is_no_event_is_answered_as_if_it_were_so_that_it_does_not_come_again() {
    for body in ["", "[]", "{}", r#"{"entry":[]}"#] {
        let unreadable = parse(&following(), &Bytes::from_static(body.as_bytes())).unwrap_err();
        assert_eq!(unreadable.status, 200, "{body}");
    }
}

#[test]
fn it_is_found_by_its_kind() {
    let found = crate::provider(model::Provider::Messenger).unwrap();
    assert_eq!(found.kind(), model::Provider::Messenger);
}
