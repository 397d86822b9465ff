//! Twelve programs as people write them, each talked to through the interpreter.
#![cfg(feature = "run")]
#![expect(clippy::unwrap_used, reason = "tests")]

/// One test for each case; a case in the folder that has none fails the last test.
macro_rules! cases {
    ($($name:ident: $file:literal,)+) => {
        $(
            #[test]
            fn $name() {
                let case = include_str!(concat!("programs/", $file, ".case.yaml"));
                let program = include_str!(concat!("programs/", $file, ".json"));
                match flow::talk::play(case, program) {
                    Ok(report) => assert!(report.talks + report.mistakes > 0, "nothing was played"),
                    Err(difference) => panic!("{difference}"),
                }
            }
        )+

        const FILES: &[&str] = &[$($file),+];
    };
}

cases! {
    echo_until_stop: "01-echo",
    a_shop_s_menu_with_nested_switches: "02-shop-menu",
    contact_details_are_checked_and_asked_again: "03-contact-details",
    working_hours_weekends_and_holidays: "04-working-hours",
    an_order_s_status_from_an_api: "05-order-status",
    one_program_in_two_languages: "06-language",
    free_text_is_sorted_three_ways: "07-faq-classifier",
    a_complaint_in_several_messages: "08-complaint",
    commands_at_any_time_and_what_follows_when_the_peer_has_gone: "09-commands",
    a_basket_in_a_variable: "10-cart",
    a_catalogue_and_a_review_by_another_flow: "11-catalogue",
    a_beginner_s_mistakes_are_all_found: "12-broken",
}

#[test]
fn every_case_of_the_folder_is_played() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/programs");
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| {
            entry
                .unwrap()
                .file_name()
                .to_str()?
                .strip_suffix(".case.yaml")
                .map(str::to_owned)
        })
        .collect();
    found.sort();
    assert_eq!(found, FILES);
}

/// The text of the first block of a kind behind a heading of the documentation.
fn block<'d>(document: &'d str, heading: &str, kind: &str) -> &'d str {
    let section = document.split_once(heading).unwrap().1;
    let block = section.split_once(&format!("```{kind}\n")).unwrap().1;
    block.split_once("```").unwrap().0
}

#[test]
fn the_case_of_the_documentation_comes_out_as_told() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/FLOWS.md");
    let document = std::fs::read_to_string(path).unwrap();
    let (case, program) = (
        block(&document, "\n# Cases\n", "yaml"),
        block(&document, "\n# Cases\n", "json"),
    );
    let report = flow::talk::play(case, program).unwrap_or_else(|difference| panic!("{difference}"));
    assert_eq!((report.talks, report.steps), (2, 8));
}

/// Plays a talk with an echo and gives the first difference.
fn difference(talk: &str) -> String {
    let program = r#"[{"recvMessage": {"set": "a"}}, {"sendText": "${a}"}, {"menu": {"text": "?", "buttons": [[{"text": "B", "code": "b"}]]}}]"#;
    let case = format!("talks:\n  - name: t\n    talk: {talk}\n");
    flow::talk::play(&case, program).unwrap_err().to_string()
}

#[test]
fn the_first_difference_is_said_in_words() {
    assert_eq!(
        difference("[{in: hi}, {in: x}, {out: [{text: y}]}]"),
        "talk “t”, step 3 (out): item 1 of what was sent\n  expected: {\"text\":\"y\"}\n  got:      {\"text\":\"x\"}"
    );
    assert!(difference("[{in: hi}, {in: x}, {wait: 1}]").contains("something was sent that no `out` tells"));
    assert!(difference("[{in: hi}, {in: x}]").contains("at its end: something was sent"));
    assert!(difference("[{in: hi}, {out: [{text: y}]}]").contains("got:      nothing"));
    assert!(difference("[{in: hi}, {button: B}]").contains("there is no such button"));
    assert!(difference("[{in: hi, wait: 1}]").contains("exactly one key"));
    assert!(difference("[{in: hi}]\n    ends: flow_end").contains("expected: flow_end\n  got:      waiting"));
    assert!(difference("[{in: hi}]\n    vars: {a: x}").contains("the variable a"));
    assert!(difference("[{in: hi}]\n    log: [x]").contains("the log"));
    assert!(difference("[{in: hi}]\n    failures: [\"[0].log\"]").contains("the nodes that failed"));
    assert!(
        difference("[{in: hi}]\n    requests: [{method: GET, url: \"https://a.example/\"}]").contains("was not made")
    );
}

#[test]
fn an_unknown_key_is_refused_in_a_sentence() {
    for talk in ["[{in: hi, says: x}]", "[{in: hi}]\n    waits: 5", "[{out: [{txt: x}]}]"] {
        let said = difference(talk);
        assert!(said.starts_with("the case file cannot be read: "), "{said}");
        assert!(said.contains("unknown field"), "{said}");
    }
}

#[test]
fn a_button_that_the_case_gives_no_value_for_may_have_any() {
    let program = r#"[{"menu": {"text": "?", "buttons": [[{"text": "B", "code": "b"}]]}}]"#;
    let play = |button: &str| {
        let case = format!("talks: [{{talk: [{{in: hi}}, {{out: [{{text: \"?\", buttons: [[{button}]]}}]}}]}}]");
        flow::talk::play(&case, program)
    };
    assert!(play("B").is_ok());
    assert!(play("{label: B, value: b}").is_ok());
    assert!(play("{label: B, value: c}").is_err());
    assert!(play("{label: B, type: phone}").is_err());
}
