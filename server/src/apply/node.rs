//! YAML with the place of every value.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
    ser::SerializeMap,
};
use serde_json::{Number, Value};
use serde_saphyr::Spanned;
use std::{borrow::Cow, fmt};

/// A value and the line on which it begins.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub line: u64,
    pub kind: Kind,
}

/// What a value is; members are in the order of the file.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Plain(Value),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// Why a text is no YAML.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Syntax {
    pub line: u64,
    pub message: String,
}

impl Node {
    /// Reads a file.
    ///
    /// Between braces YAML itself wants quotation marks around `${NAME}`; nobody expects that, so they are added where the
    /// reader stops for the lack of them, and nowhere else.
    pub fn parse(text: &str) -> Result<Self, Syntax> {
        let mut text = Cow::Borrowed(text);
        loop {
            let error = match serde_saphyr::from_str::<Self>(&text) {
                Ok(node) => return Ok(node),
                Err(error) => error,
            };
            let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
            let Some(quoted) = quoted(&text, line, column) else {
                let message = error.to_string();
                let first = message.lines().next().unwrap_or_default();
                // It begins with the place, which is told anyway.
                let first = first.rsplit_once("column ").and_then(|(_, rest)| rest.split_once(": "));
                let first = first.map_or(message.as_str(), |(_, sentence)| sentence);
                return Err(Syntax {
                    line,
                    message: format!("This is no YAML: {}.", first.lines().next().unwrap_or_default()),
                });
            };
            text = Cow::Owned(quoted);
        }
    }

    /// The value of a member.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.kind {
            Kind::Map(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            Kind::Plain(_) | Kind::List(_) => None,
        }
    }

    /// The line of the value at a path such as `[3].if.then[0]`; of what holds it where the path can't be followed.
    pub fn line_at(&self, path: &str) -> u64 {
        let mut node = self;
        for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
            let next = match (&node.kind, step.strip_suffix(']')) {
                (Kind::List(items), Some(index)) => index.parse::<usize>().ok().and_then(|index| items.get(index)),
                _ => node.get(step),
            };
            let Some(next) = next else { break };
            node = next;
        }
        node.line
    }
}

/// The text with quotation marks around the `${NAME}` whose `{` stands at a place.
fn quoted(text: &str, line: u64, column: u64) -> Option<String> {
    let index = usize::try_from(line).ok()?.checked_sub(1)?;
    let start: usize = text.split_inclusive('\n').take(index).map(str::len).sum();
    let rest = text.get(start..)?;
    let column = usize::try_from(column).ok()?.checked_sub(1)?;
    let (brace, _) = rest.char_indices().nth(column)?;
    let begin = start + brace.checked_sub(1)?;
    let name = variable(text.get(begin..)?)?;
    let end = begin + name.len() + "${}".len();
    Some(format!("{}\"{}\"{}", &text[..begin], &text[begin..end], &text[end..]))
}

/// The name at the beginning of a text, if that is `${NAME}`.
pub(super) fn variable(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix("${")?.split_once('}')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let fits = name.chars().all(plain) && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    fits.then_some(name)
}

/// As JSON, for programs.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match &self.kind {
            Kind::Plain(value) => value.serialize(to),
            Kind::List(items) => items.serialize(to),
            Kind::Map(members) => {
                let mut map = to.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let read = Spanned::<Kind>::deserialize(from)?;
        Ok(Self {
            line: read.referenced.line(),
            kind: read.value,
        })
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reading)
    }
}

struct Reading;

impl<'de> Visitor<'de> for Reading {
    type Value = Kind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Kind, E> {
        Ok(Kind::Plain(Value::Null))
    }

    fn visit_none<E: Error>(self) -> Result<Kind, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Kind, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Kind, E> {
        Ok(Kind::Plain(flag.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Kind, E> {
        Ok(Kind::Plain(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Kind, E> {
        Ok(Kind::Plain(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Kind, E> {
        let number = Number::from_f64(number).ok_or_else(|| E::custom("a number has to be finite"))?;
        Ok(Kind::Plain(Value::Number(number)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Kind, E> {
        Ok(Kind::Plain(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Kind, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Kind::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Kind, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = entries.next_entry()? {
            members.push(member);
        }
        Ok(Kind::Map(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> String {
        serde_json::to_string(&Node::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn a_placeholder_between_braces_needs_no_quotation_marks() {
        let text = "a: { t: ${TOKEN}, u: ${OTHER} }\nb: \"é: { t: ${X} }\"\nc: |\n  { t: ${Y} }\n";
        let expected = r#"{"a":{"t":"${TOKEN}","u":"${OTHER}"},"b":"é: { t: ${X} }","c":"{ t: ${Y} }\n"}"#;
        assert_eq!(json(text), expected);
        assert_eq!(json("é: [${A}, \"ü\", ${B}]"), r#"{"é":["${A}","ü","${B}"]}"#);
    }

    #[test]
    fn what_is_no_yaml_is_told_with_its_line() {
        let error = Node::parse("a: 1\nb: { c: ${9} }").unwrap_err();
        assert_eq!(error.line, 2);
        assert!(error.message.starts_with("This is no YAML: "), "{}", error.message);
        let error = Node::parse("a: 1\na: 2").unwrap_err();
        assert!(error.message.contains("duplicate"), "{}", error.message);
        assert_eq!(Node::parse("a: [\n").unwrap_err().line, 1);
    }

    #[test]
    fn a_path_is_followed_as_far_as_it_goes() {
        let node = Node::parse("- a\n- if:\n    then:\n      - x: 1\n").unwrap();
        assert_eq!(node.line_at("[1].if.then[0].x"), 4);
        assert_eq!(node.line_at("[1].if.else"), 3);
        assert_eq!(node.line_at(""), 1);
        assert_eq!(node.line_at("[9]"), 1);
    }

    #[test]
    fn members_keep_their_order() {
        assert_eq!(json("z: 1\na: [2.5, true, ~, x]\n1: y"), r#"{"z":1,"a":[2.5,true,null,"x"],"1":"y"}"#);
    }
}
