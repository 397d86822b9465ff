//! Paths: `[3].if.then[0].sendText`, `[0].trigger.commands["/start"][1]`.

use super::{At, Document, Kind};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Adds `.name`, or `["…"]` if the name is no plain word.
pub(crate) fn push_key(path: &mut String, key: &str) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !key.is_empty() && key.bytes().all(plain) {
        path.push('.');
        path.push_str(key);
    } else {
        // Writing into a String cannot fail, and a text is always JSON.
        let _ = write!(path, "[{}]", serde_json::Value::from(key));
    }
}

/// One step of a path.
#[derive(Debug, PartialEq, Eq)]
enum Step<'a> {
    Index(usize),
    Key(Cow<'a, str>),
}

impl Document<'_> {
    /// Where a value is.
    pub(crate) fn path(&self, at: At) -> String {
        let mut chain = vec![at];
        let mut at = at;
        while at != At::ROOT {
            at = self.item(at).parent;
            chain.push(at);
        }
        let mut path = String::new();
        for at in chain.iter().rev().skip(1) {
            let item = self.item(*at);
            match &item.key {
                Some(key) => push_key(&mut path, &key.name),
                None => {
                    let _ = write!(path, "[{}]", item.index);
                }
            }
        }
        path
    }

    /// The value at a path.
    pub(crate) fn follow(&self, path: &str) -> Option<At> {
        let mut at = At::ROOT;
        for step in steps(path)? {
            at = match (step, self.kind(at)) {
                (Step::Index(index), Kind::List) => self.children(at).nth(index)?,
                (Step::Key(key), Kind::Object) => self.get(at, &key)?,
                _ => return None,
            };
        }
        Some(at)
    }
}

/// Cuts a path into its steps; none if it is no path.
fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(behind) = rest.strip_prefix('.') {
            let end = behind.find(['.', '[']).unwrap_or(behind.len());
            steps.push(Step::Key(Cow::Borrowed(&behind[..end])));
            rest = &behind[end..];
        } else if rest.starts_with("[\"") {
            let end = end_of_text(&rest[2..])? + 3;
            let key: String = serde_json::from_str(rest.get(1..end)?).ok()?;
            steps.push(Step::Key(Cow::Owned(key)));
            rest = rest[end..].strip_prefix(']')?;
        } else {
            let (index, behind) = rest.strip_prefix('[')?.split_once(']')?;
            steps.push(Step::Index(index.parse().ok()?));
            rest = behind;
        }
    }
    Some(steps)
}

/// The place of the first quotation mark that isn't escaped.
fn end_of_text(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let end = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        end
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_found_by_its_path() {
        let text = r#"[{"a":{"b-c":[1,{"":2,"d e":3,"\"]":[[4]],"\\":5}]}},"x"]"#;
        let document = Document::read(text).unwrap();
        let all: Vec<At> = document.walk(|_| false).collect();
        assert_eq!(all.len(), 13);
        for at in all {
            assert_eq!(document.follow(&document.path(at)), Some(at), "{}", document.path(at));
        }
    }

    #[test]
    fn a_path_is_written_as_the_specification_has_it() {
        let document = Document::read(r#"[{"switch":{"case":{"1":[{"goto":"x"}],"/start":[],"":[]}}}]"#).unwrap();
        let paths: Vec<String> = document.walk(|_| false).map(|at| document.path(at)).collect();
        assert_eq!(
            paths,
            [
                "",
                "[0]",
                "[0].switch",
                "[0].switch.case",
                "[0].switch.case.1",
                "[0].switch.case.1[0]",
                "[0].switch.case.1[0].goto",
                "[0].switch.case[\"/start\"]",
                "[0].switch.case[\"\"]",
            ]
        );
    }

    #[test]
    fn what_is_no_path_leads_nowhere() {
        let document = Document::read(r#"[{"a":1}]"#).unwrap();
        for path in [
            "[1]",
            ".a",
            "[0].b",
            "[0",
            "[-1]",
            "[\"a",
            "[0][\"a\"x",
            "x",
            "[0].a.b",
            "[\"\\\"]",
            "[0].",
            "flow 60 [0].a",
        ] {
            assert_eq!(document.follow(path), None, "{path}");
        }
    }
}
