//! Values as texts, the way JavaScript prints them.

use serde::Serialize;
use serde_json::Value as Json;
use serde_json::ser::{Formatter, Serializer};
use std::io;

/// The text that a variable takes for a value.
pub(crate) fn text_of(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::Bool(value) => value.to_string(),
        Json::String(text) => text.clone(),
        Json::Number(number) => number.as_f64().map(number_text).unwrap_or_default(),
        Json::Array(_) | Json::Object(_) => compact(value),
    }
}

/// JSON without spaces, keys in their order, letters as they are.
pub(crate) fn compact(value: &Json) -> String {
    let mut bytes = Vec::new();
    match value.serialize(&mut Serializer::with_formatter(&mut bytes, Compact)) {
        Ok(()) => String::from_utf8(bytes).unwrap_or_default(),
        Err(_) => String::new(),
    }
}

/// A number as JavaScript prints it.
pub(crate) fn number_text(number: f64) -> String {
    ryu_js::Buffer::new().format(number).to_owned()
}

/// Below 2⁵³ every whole number is exact in JavaScript and printed with all its digits.
const EXACT: u64 = 1 << 53;

struct Compact;

impl Formatter for Compact {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        writer.write_all(ryu_js::Buffer::new().format(value).as_bytes())
    }

    #[expect(clippy::cast_precision_loss, reason = "as JavaScript does it")]
    fn write_i64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: i64) -> io::Result<()> {
        if value.unsigned_abs() <= EXACT {
            write!(writer, "{value}")
        } else {
            self.write_f64(writer, value as f64)
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "as JavaScript does it")]
    fn write_u64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: u64) -> io::Result<()> {
        if value <= EXACT {
            write!(writer, "{value}")
        } else {
            self.write_f64(writer, value as f64)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn rule_1_every_value_has_a_text() {
        let table = [
            (json!("a \"b\"\n"), "a \"b\"\n"),
            (json!(null), ""),
            (json!(true), "true"),
            (json!(false), "false"),
            (json!(0), "0"),
            (json!(-0.0), "0"),
            (json!(1.0), "1"),
            (json!(45.5), "45.5"),
            (json!(0.1), "0.1"),
            (json!(1e21), "1e+21"),
            (json!(123_456_789_012_345_680_000.0), "123456789012345680000"),
            (json!(1e-7), "1e-7"),
            (json!(9_007_199_254_740_993_u64), "9007199254740992"),
            (json!(u64::MAX), "18446744073709552000"),
            (json!([]), "[]"),
            (json!({}), "{}"),
            (json!([1, "2", null, true, 1.50]), r#"[1,"2",null,true,1.5]"#),
            (
                json!({"z": 1.0, "a": {"ключ": "Хліб \"і\" сіль\u{2028}"}}),
                "{\"z\":1,\"a\":{\"ключ\":\"Хліб \\\"і\\\" сіль\u{2028}\"}}",
            ),
            (
                json!({"big": u64::MAX, "less": i64::MIN, "tiny": 1e-7}),
                r#"{"big":18446744073709552000,"less":-9223372036854776000,"tiny":1e-7}"#,
            ),
        ];
        for (value, text) in table {
            assert_eq!(text_of(&value), text, "{value}");
        }
    }
}
