//! How a message fared.

use super::super::answer::Failure;
use crate::{chat::Chat, clock::now_secs};
use serde_json::{Value, json};

/// `sent`, `delivered`, `read`, or `failed` with a reason.
pub(in crate::graph) fn status(chat: &Chat, wamid: &str, state: &str, failure: Option<&Failure>) -> Value {
    let mut status = json!({
        "id": wamid,
        "status": state,
        "timestamp": now_secs().to_string(),
        "recipient_id": &*chat.peer,
    });
    if let Some(failure) = failure {
        let body = failure.body();
        status["errors"] = json!([{
            "code": failure.code,
            "title": body["message"],
            "message": body["message"],
            "error_data": { "details": body["error_data"]["details"] },
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        }]);
    } else {
        status["conversation"] = json!({ "id": "conv-1", "origin": { "type": "service" } });
        status["pricing"] = json!({ "billable": false, "pricing_model": "PMP", "category": "service" });
    }
    status
}
