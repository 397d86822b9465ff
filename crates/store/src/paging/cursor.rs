//! Cursors: where a page begins, signed so that nobody else can make one.

use super::{Kind, SortColumn};
use crate::{Error, KeyRing, key_ring::TAG_BYTES};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{QueryResult, Value};

/// Cursors are short: a sort value has at most 200 characters of the longest folding.
const MAX_BYTES: usize = 16_384;

/// Where a row stands in an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// Its value in the column sorted by; none in the default order.
    pub value: Option<SortValue>,
    /// Its id, which breaks ties.
    pub id: i64,
}

/// A value in a column that can be sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SortValue {
    Text(String),
    Number(i64),
    Flag(bool),
}

impl From<SortValue> for Value {
    fn from(value: SortValue) -> Self {
        match value {
            SortValue::Text(text) => text.into(),
            SortValue::Number(number) => number.into(),
            SortValue::Flag(flag) => flag.into(),
        }
    }
}

impl Key {
    /// Reads the key of a row: `sort_value` and `sort_id`.
    pub(crate) fn of(result: &QueryResult, column: Option<SortColumn>) -> Result<Self, Error> {
        let value = match column.map(|column| column.kind) {
            None => None,
            Some(Kind::Text) => Some(SortValue::Text(result.try_get("", "sort_value")?)),
            Some(Kind::Number) => Some(SortValue::Number(result.try_get("", "sort_value")?)),
            Some(Kind::Flag) => Some(SortValue::Flag(result.try_get("", "sort_value")?)),
        };
        Ok(Self {
            value,
            id: result.try_get("", "sort_id")?,
        })
    }
}

/// A row's key and its number within the whole list, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub key: Key,
    pub position: u64,
}

impl Cursor {
    /// Writes it for a URL; it can be read back for the same `scope` only.
    pub(crate) fn write(&self, scope: &str, keys: &KeyRing) -> String {
        let mut bytes = self.position.to_be_bytes().to_vec();
        bytes.extend(self.key.id.to_be_bytes());
        match &self.key.value {
            None => bytes.push(b'-'),
            Some(SortValue::Text(text)) => {
                bytes.push(b't');
                bytes.extend(text.as_bytes());
            }
            Some(SortValue::Number(number)) => {
                bytes.push(b'n');
                bytes.extend(number.to_be_bytes());
            }
            Some(SortValue::Flag(flag)) => bytes.extend([b'f', u8::from(*flag)]),
        }
        let tag = keys.sign(&signed(&bytes, scope));
        bytes.extend(tag);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads what [`Cursor::write`] wrote for the same scope, with any key of the ring.
    pub(crate) fn read(text: &str, scope: &str, keys: &KeyRing) -> Option<Self> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (bytes, tag) = bytes.split_at_checked(bytes.len().checked_sub(TAG_BYTES)?)?;
        if !keys.verify(&signed(bytes, scope), tag) {
            return None;
        }
        let (position, rest) = bytes.split_first_chunk::<8>()?;
        let (id, rest) = rest.split_first_chunk::<8>()?;
        let (kind, value) = rest.split_first()?;
        let value = match kind {
            b'-' => None,
            b't' => Some(SortValue::Text(String::from_utf8(value.to_vec()).ok()?)),
            b'n' => Some(SortValue::Number(i64::from_be_bytes(value.try_into().ok()?))),
            b'f' => Some(SortValue::Flag(*value.first()? == 1)),
            _ => return None,
        };
        let key = Key {
            value,
            id: i64::from_be_bytes(*id),
        };
        Some(Self {
            key,
            position: u64::from_be_bytes(*position),
        })
    }
}

/// The bytes under the signature; the length keeps cursor and scope apart.
fn signed(bytes: &[u8], scope: &str) -> Vec<u8> {
    let mut signed = (bytes.len() as u64).to_be_bytes().to_vec();
    signed.extend(bytes);
    signed.extend(scope.as_bytes());
    signed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> KeyRing {
        KeyRing::from_bytes("k", [1; 32])
    }

    fn cursor(value: Option<SortValue>) -> Cursor {
        Cursor {
            key: Key { value, id: 77 },
            position: 12,
        }
    }

    #[test]
    fn every_kind_of_value_survives_the_way_through_a_url() {
        let values = [
            None,
            Some(SortValue::Text(String::new())),
            Some(SortValue::Text("підтримка & ?".into())),
            Some(SortValue::Number(i64::MIN)),
            Some(SortValue::Flag(true)),
        ];
        for value in values {
            let cursor = cursor(value);
            let text = cursor.write("scope", &keys());
            assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)));
            assert_eq!(Cursor::read(&text, "scope", &keys()), Some(cursor));
        }
    }

    #[test]
    fn a_cursor_of_another_list_or_key_is_refused() {
        let text = cursor(None).write("gateways", &keys());
        assert_eq!(Cursor::read(&text, "flows", &keys()), None);
        assert_eq!(
            Cursor::read(&text, "gateways", &KeyRing::from_bytes("k", [2; 32])),
            None
        );
    }

    #[test]
    fn changing_any_character_is_noticed() {
        let text = cursor(Some(SortValue::Text("abc".into()))).write("s", &keys());
        for index in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[index] = if changed[index] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(Cursor::read(&changed, "s", &keys()), None, "{index}");
        }
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        let long = "A".repeat(MAX_BYTES + 1);
        for text in ["", "A", "AAAA", "not a cursor", "%00", "Ж", long.as_str()] {
            assert_eq!(Cursor::read(text, "s", &keys()), None, "{text}");
        }
    }
}
