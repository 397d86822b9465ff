//! Steps into a JSON value: keys, indexes, and `#` for the length of a list.

use crate::run::Unwritable;
use serde_json::{Map, Value as Json};
use std::borrow::Cow;

/// What stands at a path: a value of the JSON, or a length that was asked for.
pub(crate) fn find<'a>(root: &'a Json, path: &str) -> Option<Cow<'a, Json>> {
    let mut value = root;
    let mut steps = path.split('.').peekable();
    while let Some(step) = steps.next() {
        value = match value {
            Json::Object(object) => object.get(step)?,
            Json::Array(list) if step == "#" && steps.peek().is_none() => return Some(Cow::Owned(list.len().into())),
            Json::Array(list) => list.get(index(step)?)?,
            _ => return None,
        };
    }
    Some(Cow::Borrowed(value))
}

/// An index as it is written in a path: digits, and no zero before another digit.
pub(crate) fn index(step: &str) -> Option<usize> {
    let canonical = step == "0" || (!step.starts_with('0') && step.bytes().all(|byte| byte.is_ascii_digit()));
    if canonical { step.parse().ok() } else { None }
}

/// Writes a value at a path below `root`. `whole` names the path for the error.
pub(crate) fn write(root: &mut Json, whole: &str, steps: &str, value: Json) -> Result<(), Unwritable> {
    let mut place = root;
    let mut done = whole.len() - steps.len() - 1;
    let mut steps = steps.split('.').peekable();
    while let Some(step) = steps.next() {
        let missing = if steps.peek().is_some() {
            Json::Object(Map::new())
        } else {
            Json::Null
        };
        place = match place {
            Json::Object(object) => object.entry(step).or_insert(missing),
            Json::Array(list) => index(step)
                .and_then(|index| list.get_mut(index))
                .ok_or_else(|| Unwritable::NoElement(whole.to_owned(), step.to_owned()))?,
            _ => return Err(Unwritable::NoObject(whole.to_owned(), whole[..done].to_owned())),
        };
        done += 1 + step.len();
    }
    *place = value;
    Ok(())
}

/// Removes a key of an object; whether there was one.
pub(crate) fn remove(root: &mut Json, steps: &str) -> bool {
    let mut place = root;
    let mut rest = steps;
    while let Some((step, next)) = rest.split_once('.') {
        let found = match place {
            Json::Object(object) => object.get_mut(step),
            Json::Array(list) => index(step).and_then(|index| list.get_mut(index)),
            _ => None,
        };
        let Some(found) = found else { return false };
        place = found;
        rest = next;
    }
    place
        .as_object_mut()
        .is_some_and(|object| object.shift_remove(rest).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_path_leads_through_keys_and_indexes() {
        let root = json!({"a": {"b": [10, {"c": "d"}]}, "list": [], "#": 1, "": 2});
        let table = [
            ("a.b.0", Some(json!(10))),
            ("a.b.1.c", Some(json!("d"))),
            ("a.b.#", Some(json!(2))),
            ("list.#", Some(json!(0))),
            ("#", Some(json!(1))),
            ("", Some(json!(2))),
            ("a.b.2", None),
            ("a.b.-1", None),
            ("a.b.00", None),
            ("a.b.+1", None),
            ("a.b.99999999999999999999", None),
            ("a.b.#.x", None),
            ("a.#", None),
            ("a.b.1.c.d", None),
            ("nothing", None),
        ];
        for (path, expected) in table {
            assert_eq!(find(&root, path).map(Cow::into_owned), expected, "{path}");
        }
    }
}
