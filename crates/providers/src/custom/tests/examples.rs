//! What the guide shows is what the code does.

use super::{Custom, Knock, SECRET, account, seconds, signed};
use crate::Provider;
use model::settings::Signature;

const GUIDE: &str = include_str!("../../../../../docs/providers/custom.md");

/// The text between two others.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}

/// The blocks of code in a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    let blocks = GUIDE.split(fence.as_str()).skip(1);
    blocks.map(|block| block.split_once("\n```").unwrap().0).collect()
}

#[test]
fn the_signature_in_the_guide_is_the_one_of_its_example() {
    let id = between(GUIDE, "the id `", "`");
    let time = between(GUIDE, "the time `", "`").parse().unwrap();
    let secret = between(GUIDE, "with the secret `", "`");
    let shown = between(GUIDE, "the signature is `", "`");
    assert_eq!((secret, time), (SECRET, seconds()));
    let knock = Knock::signed(secret, id, time, blocks("json")[0]);
    assert_eq!(knock.headers[signed::SIGNATURE], shown);
}

#[test]
fn what_the_examples_post_is_accepted() {
    let account = account("https://crm.example/events", Signature::Standard);
    let shell = between(blocks("sh")[0], "body='", "'\n");
    let mut bodies = blocks("json");
    bodies.push(shell);
    assert_eq!(bodies.len(), 3);
    for body in bodies {
        let knock = Knock::signed(SECRET, "evt_01", seconds(), body);
        assert_eq!(knock.verdict(&account), Ok(()));
        let heard = Custom.parse(&account, &knock.incoming(), super::NOW).unwrap();
        assert_eq!(heard.events.len(), 1, "{body}");
    }
}

#[test]
fn the_shell_signs_the_body_that_the_guide_gives_a_signature_for() {
    let shell = blocks("sh")[0];
    assert_eq!(between(shell, "body='", "'\n"), blocks("json")[0]);
    assert_eq!(between(shell, "secret='", "'\n"), SECRET);
}

#[test]
fn every_header_and_type_of_the_contract_is_in_the_guide() {
    let headers = [signed::ID, signed::TIMESTAMP, signed::SIGNATURE];
    let types = [
        "message.created",
        "message.updated",
        "message.deleted",
        "postback.created",
        "typing",
        "chat.closed",
        "status.updated",
        "gateway.ping",
        "gateway.disabled",
    ];
    for word in headers.into_iter().chain(types) {
        assert!(GUIDE.contains(&format!("`{word}`")), "{word}");
    }
}
