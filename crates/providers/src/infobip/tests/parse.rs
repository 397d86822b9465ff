//! What bodies mean.

use super::account;
use crate::{
    Infobip, Provider, listener,
    testing::{self, NOW},
};
use bytes::Bytes;
use http::{HeaderMap, Method};

fn parse(body: &Bytes) -> Result<crate::Heard, crate::Unreadable> {
    let headers = HeaderMap::new();
    let incoming = testing::incoming(&Method::POST, "", &headers, body);
    Infobip.parse(&account("http://127.0.0.1:1"), &incoming, NOW)
}

#[test]
fn recorded_bodies_mean_what_is_expected() {
    listener::recorded("infobip", |body| {
        let events = parse(&body.to_owned().into()).unwrap().events;
        serde_json::to_value(events).unwrap()
    });
}

#[test]
fn a_body_that_is_no_batch_is_answered_as_if_it_were_so_that_it_does_not_come_again() {
    for body in ["", "[]", "<xml/>"] {
        assert_eq!(
            parse(&Bytes::from_static(body.as_bytes())).unwrap_err().status,
            200,
            "{body}"
        );
    }
}

#[test]
fn it_is_found_by_its_kind() {
    let found = crate::provider(model::Provider::Infobip).unwrap();
    assert_eq!(found.kind(), model::Provider::Infobip);
}
