//! YAML with the place of every value.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
    ser::SerializeMap,
};
use serde_json::{Number, Value};
use serde_saphyr::{Options, Spanned};
use std::{borrow::Cow, fmt, ops::Range};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// The line on which it begins.
    pub line: u64,
    pub kind: Kind,
    /// Its bytes in the file, where that is known.
    bytes: Option<Range<usize>>,
}

/// What a value is; members are in the order of the file.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Plain(Value),
    /// A number or a truth value, and how it was written.
    Spelled {
        value: Value,
        spelling: String,
    },
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
            let error = match serde_saphyr::from_str_with_options::<Self>(&text, options()) {
                Ok(mut node) => {
                    node.keep_spelling(&text);
                    return Ok(node);
                }
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

    /// Notes how numbers were written: what becomes a text has to stay 1.10 and not become 1.1.
    fn keep_spelling(&mut self, text: &str) {
        match &mut self.kind {
            Kind::Plain(value @ (Value::Number(_) | Value::Bool(_))) => {
                let spelling = self.bytes.clone().and_then(|bytes| text.get(bytes));
                // Something else at this place would be a mistake of the reader's.
                let spelling =
                    spelling.filter(|text| text.starts_with(|c: char| c.is_ascii_alphanumeric() || "+-.".contains(c)));
                let (spelling, value) = (spelling.map_or_else(|| value.to_string(), str::to_owned), value.take());
                self.kind = Kind::Spelled { value, spelling };
            }
            Kind::Plain(_) | Kind::Spelled { .. } => {}
            Kind::List(items) => items.iter_mut().for_each(|item| item.keep_spelling(text)),
            Kind::Map(members) => members.iter_mut().for_each(|(_, member)| member.keep_spelling(text)),
        }
    }

    /// The value of a member.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.kind {
            Kind::Map(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            Kind::Plain(_) | Kind::Spelled { .. } | Kind::List(_) => None,
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

/// YAML 1.2: `no` is a word and not false, and neither is `012` or `1_000` a number.
fn options() -> Options {
    serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
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
            Kind::Plain(value) | Kind::Spelled { value, .. } => value.serialize(to),
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
        let span = read.defined.span();
        let index = |number: Option<u64>| number.and_then(|number| usize::try_from(number).ok());
        let bytes = index(span.byte_offset()).zip(index(span.byte_len()));
        Ok(Self {
            line: read.referenced.line(),
            kind: read.value,
            bytes: bytes.map(|(start, length)| start..start.saturating_add(length)),
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
    fn words_are_words_and_numbers_keep_their_spelling() {
        let text = "[no, yes, y, on, Off, 012, 1_000, \"1\", true, 1.10, 0x1F, -5, 1e3]";
        let Kind::List(items) = Node::parse(text).unwrap().kind else {
            panic!()
        };
        let told = items.iter().map(|item| match &item.kind {
            Kind::Plain(value) => format!("{value}"),
            Kind::Spelled { spelling, .. } => format!("spelled {spelling}"),
            Kind::List(_) | Kind::Map(_) => panic!(),
        });
        let expected = [
            "\"no\"",
            "\"yes\"",
            "\"y\"",
            "\"on\"",
            "\"Off\"",
            "\"012\"",
            "\"1_000\"",
            "\"1\"",
            "spelled true",
            "spelled 1.10",
            "spelled 0x1F",
            "spelled -5",
            "spelled 1e3",
        ];
        assert_eq!(told.collect::<Vec<_>>(), expected);
        let Kind::Map(members) = Node::parse("a: &x 1.50\nb: *x").unwrap().kind else {
            panic!()
        };
        assert!(matches!(&members[1].1.kind, Kind::Spelled { spelling, .. } if spelling == "1.50"));
    }

    #[test]
    fn members_keep_their_order() {
        assert_eq!(
            json("z: 1\na: [2.5, true, ~, x]\n1: y"),
            r#"{"z":1,"a":[2.5,true,null,"x"],"1":"y"}"#
        );
    }
}
