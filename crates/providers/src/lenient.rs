//! Reads JSON of messengers without taking offence: what has another shape than expected is as good as missing.
//!
//! Works with `serde_json` only, because it looks at the JSON as it was written: that is where the digits of numbers are
//! that no number type can hold.

use serde::{Deserialize, Deserializer, de::DeserializeOwned, de::Error};
use serde_json::value::RawValue;

/// An id, written as a number of any length or as text; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Id(pub String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let text = match raw.get().as_bytes().first() {
            Some(b'"') => serde_json::from_str::<String>(raw.get()).map_err(Error::custom)?,
            Some(b'-' | b'0'..=b'9') => raw.get().to_owned(),
            _ => return Err(Error::custom("neither a number nor text")),
        };
        if text.is_empty() {
            return Err(Error::custom("an empty id"));
        }
        Ok(Self(text))
    }
}

/// A value, or none if it has another shape.
pub(crate) fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Option<T>, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    Ok(serde_json::from_str(raw.get()).ok())
}

/// A text, or a number with every digit that it was written with; none for anything else, and for nothing.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let id: Option<Id> = lenient(deserializer)?;
    Ok(id.map(|id| id.0))
}

/// A text without the white space around it, if that leaves anything.
pub(crate) fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Those values of a list that have the right shape; none if it is no list.
pub(crate) fn each<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let raw: Option<Vec<Box<RawValue>>> = lenient(deserializer)?;
    let values = raw.into_iter().flatten();
    Ok(values
        .filter_map(|value| serde_json::from_str(value.get()).ok())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Read {
        #[serde(default, deserialize_with = "lenient")]
        id: Option<Id>,
        #[serde(default, deserialize_with = "lenient")]
        name: Option<String>,
        #[serde(default, deserialize_with = "each")]
        sizes: Vec<u64>,
    }

    fn read(json: &str) -> Read {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn an_id_keeps_every_digit() {
        for id in [
            "5",
            "-1001234567890",
            "9007199254740993",
            "5753750845017966998",
            "123456789012345678901234567890",
        ] {
            assert_eq!(read(&format!(r#"{{"id":{id}}}"#)).id.unwrap().0, id);
            assert_eq!(read(&format!(r#"{{"id":"{id}"}}"#)).id.unwrap().0, id);
        }
    }

    #[test]
    fn what_has_another_shape_is_missing() {
        for json in [
            "{}",
            r#"{"id":null,"name":null,"sizes":null}"#,
            r#"{"id":{},"name":7,"sizes":{}}"#,
            r#"{"id":"","name":["a"],"sizes":"1"}"#,
        ] {
            let read = read(json);
            assert_eq!((read.id, read.name, read.sizes), (None, None, Vec::new()), "{json}");
        }
    }

    #[test]
    fn a_list_loses_only_what_has_another_shape() {
        assert_eq!(read(r#"{"sizes":[1,"two",null,3]}"#).sizes, [1, 3]);
    }
    #[derive(Debug, Deserialize)]
    struct Words {
        #[serde(default, deserialize_with = "text")]
        id: Option<String>,
        #[serde(default, deserialize_with = "each")]
        ids: Vec<u8>,
    }

    #[test]
    fn a_number_may_stand_for_a_text_also_where_json_was_read_before() {
        let json = r#"{"id":5741311803571721087,"ids":[1,"x",3]}"#;
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        for words in [
            serde_json::from_str::<Words>(json),
            serde_json::from_value::<Words>(value),
        ] {
            let words = words.unwrap();
            assert_eq!(words.id.as_deref(), Some("5741311803571721087"));
            assert_eq!(words.ids, [1, 3]);
        }
        assert_eq!(serde_json::from_str::<Words>(r#"{"id":{}}"#).unwrap().id, None);
    }

    #[test]
    fn a_blank_text_is_none() {
        assert_eq!(filled(Some(" a ")).as_deref(), Some("a"));
        assert_eq!((filled(Some(" ")), filled(None)), (None, None));
    }
}
