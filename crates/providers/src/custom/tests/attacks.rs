//! Whoever does not know the secret gets nowhere, and whoever overhears a request not far.

use super::{FORMER, Knock, SECRET, account, seconds, signed, standard};
use crate::{Refusal, signature};
use http::Method;
use model::{Secret, settings::Signature};

const BODY: &str = r#"{"type":"message.created","timestamp":"2026-10-01T12:00:00Z","data":{"id":"m1"}}"#;

fn genuine() -> Knock {
    Knock::signed(SECRET, "evt_01", seconds(), BODY)
}

#[test]
fn what_either_secret_signs_is_genuine() {
    assert_eq!(genuine().verdict(&standard()), Ok(()));
    let former = Knock::signed(FORMER, "evt_01", seconds(), BODY);
    assert_eq!(former.verdict(&standard()), Ok(()));
}

#[test]
fn the_vectors_of_the_specification_hold() {
    let vectors = [
        (
            "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
            "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
            1_649_367_553,
            r#"{"email":"test@example.com","username":"test_user"}"#,
            "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
        ),
        (
            SECRET,
            "evt_01",
            1_790_000_000,
            BODY,
            "v1,5LTztU5R3PHEdyqL0WgRGgaTm+gAltUk569YmwgzNM0=",
        ),
    ];
    for (secret, id, seconds, body, expected) in vectors {
        let knock = Knock::signed(secret, id, seconds, body);
        assert_eq!(knock.headers[signed::SIGNATURE], expected);
    }
}

#[test]
fn a_signature_is_found_among_others() {
    let knock = genuine();
    let own = knock.headers[signed::SIGNATURE].to_str().unwrap().to_owned();
    let list = format!("v1a,c2lnbmF0dXJl v1,AAAA {own} v2,x");
    assert_eq!(knock.with(signed::SIGNATURE, &list).verdict(&standard()), Ok(()));
}

#[test]
fn what_misses_a_header_is_not_signed() {
    for name in [signed::ID, signed::TIMESTAMP, signed::SIGNATURE] {
        assert_eq!(genuine().without(name).verdict(&standard()), Err(Refusal::Unsigned));
    }
}

#[test]
fn whatever_is_changed_is_forged() {
    let forged = Err(Refusal::Forged);
    let other_body = Knock {
        body: BODY.replace("m1", "m2").into(),
        ..genuine()
    };
    assert_eq!(other_body.verdict(&standard()), forged);
    assert_eq!(genuine().with(signed::ID, "evt_02").verdict(&standard()), forged);
    let later = (seconds() + 1).to_string();
    assert_eq!(genuine().with(signed::TIMESTAMP, &later).verdict(&standard()), forged);
    let stranger = Knock::signed("another secret", "evt_01", seconds(), BODY);
    assert_eq!(stranger.verdict(&standard()), forged);
}

#[test]
fn what_only_looks_like_a_signature_is_forged() {
    let own = genuine().headers[signed::SIGNATURE].to_str().unwrap().to_owned();
    let bare = own.strip_prefix("v1,").unwrap();
    let wrong = [
        String::new(),
        "v1,".into(),
        bare.into(),
        format!("v1a,{bare}"),
        format!("v1,{}", &bare[..20]),
        format!("v1,{}", bare.to_lowercase()),
        format!("v1,{bare}AAAA"),
        own.replace("v1,", "v1, "),
    ];
    for signature in wrong {
        let knock = genuine().with(signed::SIGNATURE, &signature);
        assert_eq!(knock.verdict(&standard()), Err(Refusal::Forged), "{signature}");
    }
}

#[test]
fn what_is_repeated_after_five_minutes_is_stale_and_so_is_what_comes_before_its_time() {
    let at = |seconds| Knock::signed(SECRET, "evt_01", seconds, BODY).verdict(&standard());
    for fresh in [-300, 0, 300] {
        assert_eq!(at(seconds() + fresh), Ok(()), "{fresh}");
    }
    for stale in [-301, 301, -1_000_000] {
        assert_eq!(at(seconds() + stale), Err(Refusal::Stale), "{stale}");
    }
}

#[test]
fn a_time_that_is_no_number_is_forged_whoever_signed_it() {
    for time in ["", "now", "-5", "1790856030.5", "99999999999999999999999"] {
        let mut knock = Knock::bare(BODY);
        let key = signature_key();
        let content = format!("evt_01.{time}.{BODY}");
        let mac = base64::Engine::encode(
            &base64::prelude::BASE64_STANDARD,
            signature::hmac(&key, &[content.as_bytes()]),
        );
        knock = knock
            .with(signed::ID, "evt_01")
            .with(signed::TIMESTAMP, time)
            .with(signed::SIGNATURE, &format!("v1,{mac}"));
        assert_eq!(knock.verdict(&standard()), Err(Refusal::Forged), "{time}");
    }
}

fn signature_key() -> Vec<u8> {
    let text = SECRET.strip_prefix("whsec_").unwrap();
    base64::Engine::decode(&base64::prelude::BASE64_STANDARD, text).unwrap()
}

#[test]
fn a_dot_in_an_id_can_not_move_the_border_between_time_and_body() {
    // Signed is "evt.1790856030.1790856030.{}": as the id "evt", and just as well as the id "evt.1790856030".
    let body = format!("{}.{{}}", seconds());
    let signed_once = Knock::signed(SECRET, "evt", seconds(), body);
    assert_eq!(signed_once.verdict(&standard()), Ok(()));
    let moved = Knock {
        body: "{}".into(),
        ..signed_once
    };
    let moved = moved.with(signed::ID, &format!("evt.{}", seconds()));
    assert_eq!(moved.verdict(&standard()), Err(Refusal::Forged));
}

#[test]
fn a_gateway_without_a_usable_secret_believes_nobody() {
    for secret in ["", "whsec_", "whsec_!"] {
        let mut account = standard();
        account
            .secrets
            .insert("secret.secret".into(), Secret::new(secret.into()));
        let empty = signature::hmac(
            b"",
            &[b"evt_01.", seconds().to_string().as_bytes(), b".", BODY.as_bytes()],
        );
        let mac = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, empty);
        let knock = genuine().with(signed::SIGNATURE, &format!("v1,{mac}"));
        assert_eq!(knock.verdict(&account), Err(Refusal::Forged), "{secret}");
    }
}

#[test]
fn only_what_is_posted_is_looked_at() {
    for method in [Method::GET, Method::PUT, Method::HEAD] {
        let knock = Knock { method, ..genuine() };
        assert_eq!(knock.verdict(&standard()), Err(Refusal::Method));
    }
}

#[test]
fn the_older_signature_is_not_accepted_where_the_standard_is_set_and_the_other_way_round() {
    let older = account("https://crm.example/events", Signature::WebitelSign);
    let mac = signature::hmac_hex(SECRET.as_bytes(), &[BODY.as_bytes()]);
    let knock = Knock::bare(BODY).with("x-webitel-sign", &mac);
    assert_eq!(knock.verdict(&older), Ok(()));
    assert_eq!(knock.verdict(&standard()), Err(Refusal::Unsigned));
    assert_eq!(genuine().verdict(&older), Err(Refusal::Unsigned));
}

#[test]
fn the_older_signature_is_checked_with_both_secrets_and_over_every_byte() {
    let older = account("https://crm.example/events", Signature::WebitelSign);
    let sign = |secret: &str| signature::hmac_hex(secret.as_bytes(), &[BODY.as_bytes()]);
    let verdict = |mac: &str, body: &'static str| Knock::bare(body).with("x-webitel-sign", mac).verdict(&older);
    assert_eq!(verdict(&sign(FORMER), BODY), Ok(()));
    assert_eq!(verdict(&sign(SECRET), "{}"), Err(Refusal::Forged));
    assert_eq!(verdict(&sign("another secret"), BODY), Err(Refusal::Forged));
    assert_eq!(verdict("", BODY), Err(Refusal::Forged));
    assert_eq!(Knock::bare(BODY).verdict(&older), Err(Refusal::Unsigned));
}
