//! What follows from what Meta refuses.

use crate::{Answer, messenger::error::refused};
use http::HeaderMap;
use model::message::ErrorClass;
use serde_json::{Value, json};

fn answer(status: u16, body: &Value) -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert("retry-after", "9".parse().unwrap());
    Answer {
        status,
        headers,
        body: body.to_string().into(),
    }
}

fn class(code: i64, subcode: Option<i64>) -> ErrorClass {
    let body = json!({ "error": { "message": "No", "code": code, "error_subcode": subcode } });
    refused(&answer(400, &body), "the Facebook page “Shop”").class
}

#[test]
fn each_code_has_its_class() {
    let limited = ErrorClass::RateLimited { retry_after: Some(9) };
    let cases = [
        (1, Some(99), ErrorClass::Transient),
        (2, None, ErrorClass::Transient),
        (4, None, limited),
        (10, Some(2_018_278), ErrorClass::WindowClosed),
        (10, Some(2_018_065), ErrorClass::WindowClosed),
        (10, Some(2_534_022), ErrorClass::WindowClosed),
        (10, Some(1_893_063), ErrorClass::Permission),
        (10, None, ErrorClass::Permission),
        (17, None, limited),
        (32, None, limited),
        (341, None, limited),
        (80_006, None, limited),
        (80_007, None, limited),
        (100, None, ErrorClass::Invalid),
        (100, Some(2_018_001), ErrorClass::NotFound),
        (100, Some(33), ErrorClass::NotFound),
        (190, Some(460), ErrorClass::Auth),
        (200, None, ErrorClass::Permission),
        (230, None, ErrorClass::Permission),
        (299, None, ErrorClass::Permission),
        (470, None, ErrorClass::WindowClosed),
        (551, None, ErrorClass::Blocked),
        (613, None, limited),
        (130_429, None, limited),
        (131_000, None, ErrorClass::Transient),
        (131_008, None, ErrorClass::Invalid),
        (131_016, None, ErrorClass::Transient),
        (131_026, None, ErrorClass::Blocked),
        (131_047, None, ErrorClass::WindowClosed),
        (131_048, None, limited),
        (131_049, None, limited),
        (131_051, None, ErrorClass::Invalid),
        (131_056, None, limited),
        (132_000, None, ErrorClass::Invalid),
        (132_001, None, ErrorClass::Invalid),
    ];
    for (code, subcode, expected) in cases {
        assert_eq!(class(code, subcode), expected, "{code} {subcode:?}");
    }
}

#[test]
fn a_dead_token_is_told_in_a_sentence_with_metas_words_and_trace() {
    let body = json!({ "error": {
        "message": "Error validating access token: The session has been invalidated because the user changed their password.",
        "type": "OAuthException",
        "code": 190,
        "error_subcode": 460,
        "is_transient": false,
        "fbtrace_id": "BLBz/WZt8dN",
    } });
    let error = refused(&answer(401, &body), "the Facebook page “Shop”");
    assert_eq!(
        error.message,
        "Meta no longer accepts the token of the Facebook page “Shop”, because a password was changed. Connect it again on \
         the gateway's card. Meta says: “Error validating access token: The session has been invalidated because the user \
         changed their password”."
    );
    assert_eq!(
        (error.http, error.code.as_deref(), error.subcode.as_deref()),
        (Some(401), Some("190"), Some("460"))
    );
    assert_eq!(error.trace_id.as_deref(), Some("BLBz/WZt8dN"));
}

#[test]
fn the_details_of_whatsapp_say_more_than_its_titles() {
    let body = json!({ "error": {
        "message": "(#131047) Re-engagement message",
        "code": 131_047,
        "error_data": { "messaging_product": "whatsapp", "details": "More than 24 hours have passed." },
    } });
    let error = refused(&answer(400, &body), "the WhatsApp number “Shop”");
    assert!(
        error
            .message
            .ends_with("so WhatsApp takes no answer. Meta says: “More than 24 hours have passed”."),
        "{error}"
    );
}

#[test]
fn an_unknown_code_is_told_by_its_status_and_by_what_meta_says_of_it() {
    let with = |status, transient| {
        let body = json!({ "error": { "message": "No", "code": 9_999, "is_transient": transient } });
        refused(&answer(status, &body), "the app").class
    };
    assert_eq!(with(400, false), ErrorClass::Invalid);
    assert_eq!(with(400, true), ErrorClass::Transient);
    assert_eq!(with(403, false), ErrorClass::Permission);
    assert_eq!(with(500, false), ErrorClass::Transient);
}

#[test]
fn whoever_answers_in_metas_place_may_have_passed_the_message_on() {
    let with = |status| refused(&answer(status, &json!("Bad gateway")), "the app").class;
    assert_eq!(with(502), ErrorClass::Ambiguous);
    assert_eq!(with(504), ErrorClass::Ambiguous);
    assert_eq!(with(503), ErrorClass::Transient);
    assert_eq!(with(429), ErrorClass::RateLimited { retry_after: Some(9) });
}
