//! The node `string`.

mod pattern;

use crate::run::print::text_of;
use crate::run::{Engine, ScriptError};
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use md5::{Digest, Md5};
use serde_json::{Value as Json, json};
use sha2::{Sha256, Sha512};
use std::fmt::Write;

/// Why `string` has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// There is no such function.
    #[error("there is no text function “{0}”")]
    Unknown(String),
    /// An argument is missing or no good.
    #[error("{0}")]
    Argument(String),
    /// The method threw or took too long.
    #[error(transparent)]
    Script(#[from] ScriptError),
}

/// Calls a method of a text. What begins and ends with a slash is a regular expression.
const METHOD: &str = r"(function (given) {
    var name = given[0], text = given[1], own = Object.getOwnPropertyDescriptor(String.prototype, name);
    if (name === 'constructor' || !own || typeof own.value !== 'function') return null;
    var result = own.value.apply(text, given[2].map(function (argument) {
        var parts = typeof argument === 'string' && /^\/([\s\S]+)\/([a-z]*)$/.exec(argument);
        return parts ? new RegExp(parts[1], parts[2]) : argument;
    }));
    if (result === undefined || result === null) return [''];
    if (typeof result === 'object' && !Array.isArray(result)) result = Array.from(result);
    return [Array.isArray(result) ? result.join(',') : String(result)];
})";

/// Base64 as it comes: padded or not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Applies a function of the node `string` to a value's text; a list's is joined by commas.
///
/// # Errors
///
/// See [`TextError`].
pub fn text(function: &str, data: &Json, arguments: &[Json], engine: &Engine) -> Result<String, TextError> {
    let data = joined(data);
    Ok(match function {
        "reverse" => data.chars().rev().collect(),
        "charAt" => char_at(&data, arguments.first()),
        "length" => data.chars().count().to_string(),
        "base64" => base64(&data, arguments.first())?,
        "MD5" => hex(&Md5::digest(data)),
        "SHA-256" => hex(&Sha256::digest(data)),
        "SHA-512" => hex(&Sha512::digest(data)),
        "gomatch" => go_match(&data, arguments.first())?,
        method => match engine.call(METHOD, vec![json!(method), json!(data), json!(arguments)])? {
            Json::Array(result) => result.first().map(text_of).unwrap_or_default(),
            _ => return Err(TextError::Unknown(method.to_owned())),
        },
    })
}

fn joined(data: &Json) -> String {
    match data {
        Json::Array(list) => list.iter().map(joined).collect::<Vec<_>>().join(","),
        value => text_of(value),
    }
}

/// The character at an index; none before the first and behind the last.
fn char_at(data: &str, index: Option<&Json>) -> String {
    let index = index.map(text_of).unwrap_or_default();
    let index = index.trim();
    let index = if index.is_empty() { Some(0) } else { index.parse().ok() };
    index
        .and_then(|index: usize| data.chars().nth(index))
        .map(String::from)
        .unwrap_or_default()
}

fn base64(data: &str, direction: Option<&Json>) -> Result<String, TextError> {
    match direction.and_then(Json::as_str) {
        Some("encoder") => Ok(BASE64.encode(data)),
        Some("decoder") => {
            let letters: String = data.split_ascii_whitespace().collect();
            let bytes = BASE64
                .decode(letters)
                .map_err(|_| TextError::Argument("the data is no base64".to_owned()))?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        }
        _ => Err(TextError::Argument(
            "base64 needs the argument “encoder” or “decoder”".to_owned(),
        )),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a text cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The match and its groups, joined by commas.
fn go_match(data: &str, written: Option<&Json>) -> Result<String, TextError> {
    let written = written.and_then(Json::as_str);
    let written = written.ok_or_else(|| TextError::Argument("gomatch needs a regular expression".to_owned()))?;
    let wrong = |_| TextError::Argument(format!("“{written}” is no regular expression"));
    let pattern = pattern::from_re2(written).map_err(wrong)?;
    let Some(groups) = pattern.captures(data) else {
        return Ok(String::new());
    };
    let groups: Vec<_> = groups
        .iter()
        .map(|group| group.map_or("", |group| group.as_str()))
        .collect();
    Ok(groups.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(function: &str, data: &Json, arguments: &Json) -> Result<String, TextError> {
        text(function, data, arguments.as_array().unwrap(), &Engine::new())
    }

    #[test]
    fn each_function_has_its_result() {
        let table = [
            ("reverse", json!("їжа🦊"), json!([]), "🦊ажї"),
            ("charAt", json!("🦊їжа"), json!([0]), "🦊"),
            ("charAt", json!("🦊їжа"), json!(["1"]), "ї"),
            ("charAt", json!("їжа"), json!([]), "ї"),
            ("charAt", json!("їжа"), json!([3]), ""),
            ("charAt", json!("їжа"), json!([-1]), ""),
            ("length", json!("🦊їжа"), json!([]), "4"),
            ("length", json!(null), json!([]), "0"),
            ("length", json!([1, "b"]), json!([]), "3"),
            (
                "base64",
                json!("Замовлення № 97BC7B"),
                json!(["encoder"]),
                "0JfQsNC80L7QstC70LXQvdC90Y8g4oSWIDk3QkM3Qg==",
            ),
            (
                "base64",
                json!("0JfQsNC80L7QstC70LXQvdC90Y8g4oSWIDk3QkM3Qg"),
                json!(["decoder"]),
                "Замовлення № 97BC7B",
            ),
            (
                "MD5",
                json!("0d2f6a52-7b1c-4c55-9a51-3f1c2f6e9b10:217"),
                json!([]),
                "97bc7b",
            ),
            (
                "SHA-256",
                json!("abc"),
                json!([]),
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
            (
                "SHA-512",
                json!(""),
                json!([]),
                "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
            ),
            (
                "gomatch",
                json!("BAKE15"),
                json!(["^([A-Z]+)(\\d{1,2})$"]),
                "BAKE15,BAKE,15",
            ),
            ("gomatch", json!("BAKE"), json!(["^([A-Z]+)(\\d{1,2})?$"]), "BAKE,BAKE,"),
            ("gomatch", json!("bake 20"), json!(["^([A-Z]+)(\\d{1,2})$"]), ""),
            ("replace", json!("a  b \n c"), json!(["/\\s+/g", " "]), "a b c"),
            ("replace", json!("a/b"), json!(["/", "-"]), "a-b"),
            ("trim", json!("  x "), json!([]), "x"),
            ("toUpperCase", json!("іß"), json!([]), "ІSS"),
            ("substring", json!("97bc7b1"), json!([0, 6]), "97bc7b"),
            ("slice", json!("order:501"), json!(["6"]), "501"),
            ("split", json!("a b c"), json!([" "]), "a,b,c"),
            ("match", json!("a1b22"), json!(["/\\d+/g"]), "1,22"),
            ("match", json!("abc"), json!(["/\\d/"]), ""),
            ("matchAll", json!("a1b2"), json!(["/\\d/g"]), "1,2"),
            ("indexOf", json!("abc"), json!(["c"]), "2"),
            ("charCodeAt", json!(""), json!([0]), "NaN"),
            ("includes", json!(12.5), json!(["."]), "true"),
            ("concat", json!(["a", null, 1]), json!(["!"]), "a,,1!"),
            ("at", json!("abc"), json!([9]), ""),
            ("slice", json!("🦊"), json!([0, 1]), "\u{fffd}"),
        ];
        for (function, data, arguments, expected) in table {
            let result = apply(function, &data, &arguments);
            let result = result.unwrap_or_else(|error| panic!("{function}: {error}"));
            let result = if function == "MD5" { &result[..6] } else { &result };
            assert_eq!(result, expected, "{function} {data} {arguments}");
        }
    }

    #[test]
    fn what_is_no_function_of_a_text_fails() {
        for function in [
            "",
            "constructor",
            "nothing",
            "hasOwnProperty",
            "__proto__",
            "__defineGetter__",
            "toString()",
            "valueOf.call",
        ] {
            let result = apply(function, &json!("x"), &json!([]));
            assert_eq!(result, Err(TextError::Unknown(function.to_owned())), "{function}");
        }
    }

    #[test]
    fn arguments_that_are_no_good_fail_in_words() {
        let table = [
            ("base64", json!([]), "base64 needs the argument “encoder” or “decoder”"),
            ("base64", json!(["decoder"]), "the data is no base64"),
            ("gomatch", json!([]), "gomatch needs a regular expression"),
            ("gomatch", json!(["("]), "“(” is no regular expression"),
            (
                "replace",
                json!(["/(/", ""]),
                "the script threw SyntaxError: expecting ')'",
            ),
            (
                "repeat",
                json!([-1]),
                "the script threw RangeError: invalid repeat count",
            ),
        ];
        for (function, arguments, expected) in table {
            assert_eq!(
                apply(function, &json!("!x"), &arguments).unwrap_err().to_string(),
                expected,
                "{function}"
            );
        }
    }
}
