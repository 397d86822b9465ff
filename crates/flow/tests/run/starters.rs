//! The programs that a new flow begins with, each talked to.

use crate::support::{MONDAY, Talk};
use flow::{Cause, Starter};
use model::message::{FileRef, Part};
use serde_json::Value as Json;

fn starter(starter: Starter) -> Talk {
    let program: Json = serde_json::from_str(starter.program()).unwrap();
    Talk::of(&program)
}

/// Begins, and gives what is said first.
fn begun(which: Starter) -> Talk {
    let mut talk = starter(which);
    talk.begin("/start");
    talk
}

/// Says each text and looks at what is answered.
fn talks(talk: &mut Talk, turns: &[(&str, &[&str])]) {
    for (said, answered) in turns {
        talk.says(said);
        assert_eq!(talk.texts(), *answered, "behind “{said}”");
    }
}

#[test]
fn every_starter_is_talked_to() {
    for which in Starter::ALL {
        let play = match which {
            Starter::Empty => empty_ends_at_once,
            Starter::Echo => echo_repeats_until_it_is_stopped,
            Starter::Menu => menu_answers_and_comes_back,
            Starter::Contact => contact_checks_and_confirms,
            Starter::Hours => hours_answers_by_the_clock,
            Starter::Api => api_answers_by_what_the_service_says,
        };
        play();
    }
}

#[test]
fn empty_ends_at_once() {
    assert_eq!(begun(Starter::Empty).cause(), Some(Cause::FlowEnd));
}

#[test]
fn echo_repeats_until_it_is_stopped() {
    let mut talk = begun(Starter::Echo);
    assert_eq!(
        talk.texts(),
        ["Hello, Ann! I repeat what you write. Send /stop to end."]
    );
    talks(&mut talk, &[("a  b", &["a  b"]), ("${peer_name}", &["${peer_name}"])]);
    let file = FileRef {
        name: Some("a.pdf".into()),
        ..FileRef::default()
    };
    talk.sends(Part::Document { file, caption: None });
    assert_eq!(talk.texts(), ["That is the file a.pdf."]);
    talks(&mut talk, &[("/stop", &["Goodbye!"])]);
    assert_eq!(talk.cause(), Some(Cause::FlowEnd));
    let mut silent = begun(Starter::Echo);
    silent.texts();
    silent.after(600);
    assert_eq!(silent.texts(), ["You are silent, so I will stop here."]);
}

#[test]
fn menu_answers_and_comes_back() {
    let mut talk = begun(Starter::Menu);
    assert_eq!(talk.texts(), ["Welcome to our shop, Ann!", "How can we help?"]);
    talks(
        &mut talk,
        &[
            ("prices", &["Coffee is 8, tea is 6.", "How can we help?"]),
            ("delivery", &["Where to?"]),
            ("city", &["A courier brings it today.", "How can we help?"]),
            (
                "tea",
                &["I do not know “tea”. Please choose a button.", "How can we help?"],
            ),
            ("finish", &["Thank you, and goodbye!"]),
        ],
    );
    assert_eq!(talk.cause(), Some(Cause::FlowEnd));
    assert!(talk.failed.is_empty());
}

#[test]
fn contact_checks_and_confirms() {
    let mut talk = begun(Starter::Contact);
    assert_eq!(
        talk.texts(),
        [
            "Hello! Three short questions, then we call you back.",
            "What is your name?"
        ]
    );
    talks(
        &mut talk,
        &[
            (" Bob ", &["Thank you, Bob. Your phone number?"]),
            (
                "12",
                &[
                    "A phone number has from 10 to 15 digits.",
                    "Thank you, Bob. Your phone number?",
                ],
            ),
            ("+38 (067) 123-45-67", &["Your email?"]),
            ("bob", &["“bob” does not look like an email.", "Your email?"]),
            ("bob@a.example", &["Is this right?\nBob\n+380671234567\nbob@a.example"]),
            ("yes", &["Thank you, Bob! We will call +380671234567."]),
        ],
    );
    assert_eq!(talk.log, ["contact: Bob, 380671234567, bob@a.example"]);
    assert_eq!(talk.cause(), Some(Cause::FlowEnd));
    assert!(talk.failed.is_empty());
}

#[test]
fn hours_answers_by_the_clock() {
    let mut talk = begun(Starter::Hours);
    assert_eq!(
        talk.texts(),
        ["Good morning, Ann! What is your question? We answer within ten minutes."]
    );
    talk.says("How much");
    talk.says("is it?");
    talk.after(20);
    assert_eq!(talk.texts(), ["Thank you, a person reads it now."]);
    assert_eq!(talk.log, ["question: How much\nis it?"]);
    let mut night = starter(Starter::Hours);
    night.now = MONDAY + 10 * 3_600_000;
    night.begin("hi");
    let closed = "Good evening, Ann! We work from Monday to Friday, from 9:00 to 18:00.";
    assert_eq!(night.texts(), [closed, "Shall we write to you in working hours?"]);
    talks(
        &mut night,
        &[
            ("yes", &["What is it about?"]),
            ("Tea", &["Thank you. We will write to you."]),
        ],
    );
    assert_eq!(night.log, ["write back: Tea"]);
}

#[test]
fn api_answers_by_what_the_service_says() {
    let mut talk = begun(Starter::Api);
    talk.texts();
    talks(
        &mut talk,
        &[
            ("what?", &["I see no number: it has from 3 to 10 digits."]),
            ("order 1007!", &[]),
        ],
    );
    assert_eq!(talk.calls[0].1.url, "https://api.example.com/orders/1007");
    talk.answers(
        200,
        "application/json",
        r#"{"order": {"status": "sent", "total": 12.5}}"#,
    );
    assert_eq!(
        talk.texts(),
        ["Order 1007: sent, 12.5 in all. Send another number, if you like."]
    );
    talk.says("404");
    talk.answers(404, "application/json", "{}");
    assert_eq!(talk.texts(), ["There is no order 404. Please check the number."]);
    talk.says("1008");
    talk.answers(429, "application/json", "{}");
    talk.after(2);
    talk.answers(500, "text/html", "<h1>");
    assert_eq!(
        talk.texts(),
        ["I cannot look it up right now. A person will write to you."]
    );
    assert_eq!(talk.log, ["the service answered 500"]);
    assert_eq!(talk.cause(), Some(Cause::FlowEnd));
}
