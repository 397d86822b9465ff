//! Reads what messengers send without being strict about it.

use serde::{Deserialize, Deserializer};

/// A text, or a number that should have been one; none for anything else.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(match value {
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// A list whose members are read each by itself: one that can't be read is left out and spoils no other.
pub(crate) fn each<'de, D: Deserializer<'de>, T: serde::de::DeserializeOwned>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let values = Option::<Vec<serde_json::Value>>::deserialize(deserializer)?;
    let values = values.unwrap_or_default().into_iter();
    Ok(values.filter_map(|value| serde_json::from_value(value).ok()).collect())
}

/// A text that is not blank.
pub(crate) fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Body {
        #[serde(default, deserialize_with = "text")]
        id: Option<String>,
        #[serde(default, deserialize_with = "each")]
        ages: Vec<u8>,
    }

    #[test]
    fn a_number_may_stand_for_a_text_and_one_bad_member_spoils_no_other() {
        let body: Body = serde_json::from_str(r#"{"id":5741311803571721087,"ages":[1,"x",3]}"#).unwrap();
        assert_eq!(body.id.as_deref(), Some("5741311803571721087"));
        assert_eq!(body.ages, [1, 3]);
        let body: Body = serde_json::from_str(r#"{"id":{},"ages":null}"#).unwrap();
        assert_eq!((body.id, body.ages), (None, vec![]));
    }
}
