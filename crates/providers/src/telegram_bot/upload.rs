//! Calls that bring their file along, as `multipart/form-data`.

use super::api::{self, Trouble};
use crate::{Account, Call, Wire, signature::hex_of, wire::Carried};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// So long a file may take.
const TIMEOUT: Duration = Duration::from_mins(1);
/// The field of the file.
const FIELD: &str = "file";

/// Calls a method with a file in place of its address.
pub(super) async fn call<T: DeserializeOwned>(
    wire: &Wire,
    account: &Account,
    method: &str,
    arguments: &Map<String, Value>,
    file: &Carried,
) -> Result<T, Trouble> {
    // No content holds its own digest.
    let boundary = hex_of(&Sha256::digest(&file.bytes));
    let call = Call {
        method: "POST",
        body: body(&boundary, arguments, file),
        timeout: TIMEOUT,
        ..Call::get(api::address(account, "bot", method))
    };
    let call = call.header("content-type", format!("multipart/form-data; boundary={boundary}"));
    api::exchange(wire, call).await
}

fn body(boundary: &str, arguments: &Map<String, Value>, file: &Carried) -> Bytes {
    let mut body = Vec::with_capacity(file.bytes.len() + 2_048);
    let mut part = |head: &str, content: &[u8]| {
        body.extend_from_slice(format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    };
    for (name, value) in arguments {
        let value = match value {
            Value::String(url) if *url == file.url => format!("attach://{FIELD}"),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        part(&format!("name=\"{name}\""), value.as_bytes());
    }
    let name = file.name.replace(['"', '\\', '\r', '\n'], "-");
    let head = format!("name=\"{FIELD}\"; filename=\"{name}\"\r\nContent-Type: {}", file.mime);
    part(&head, &file.bytes);
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_file_stands_where_its_address_was() {
        let file = Carried {
            url: "http://127.0.0.1/media/1".into(),
            name: "a\"b.pdf".into(),
            mime: "application/pdf".into(),
            bytes: Bytes::from_static(b"%PDF-"),
        };
        let Value::Object(arguments) = json!({"chat_id": 7, "document": file.url, "caption": "ї"}) else {
            panic!("an object")
        };
        let body = body("b", &arguments, &file);
        let text = std::str::from_utf8(&body).unwrap();
        for piece in [
            "--b\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n",
            "name=\"document\"\r\n\r\nattach://file\r\n",
            "name=\"caption\"\r\n\r\nї\r\n",
            "name=\"file\"; filename=\"a-b.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-\r\n--b--\r\n",
        ] {
            assert!(text.contains(piece), "{piece} in {text}");
        }
    }
}
