//! Twelve programs as people write them, each talked to through the interpreter.
#![cfg(feature = "run")]

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
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".case.yaml").map(str::to_owned))
        .collect();
    found.sort();
    assert_eq!(found, FILES);
}
