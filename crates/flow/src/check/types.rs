//! What a value may be.

use super::walk::Here;
use super::{Check, quoted};
use crate::Template;
use crate::catalogue::{BUTTON, FILE, Type};
use crate::json::{At, Kind};
use crate::mistake::MistakeKind;

impl Check<'_, '_> {
    /// Looks at a value, and into it.
    pub(super) fn value(&mut self, at: At, kind: Type, here: Here) {
        match kind {
            Type::Nodes => self.nodes(at, here),
            Type::Branches => self.branches(at, here),
            Type::Buttons => self.rows(at, here),
            Type::File => self.object(at, kind, |check, at| check.members(at, FILE, here)),
            Type::Names => self.elements(at, kind, Type::Text, here),
            Type::List => self.elements(at, kind, Type::Any, here),
            Type::Assignments => self.object(at, kind, Self::variables),
            Type::Exports => {
                self.object(at, kind, |check, at| {
                    check.variables(at);
                    check.each(at, Type::Text, here);
                });
            }
            Type::Texts => self.object(at, kind, |check, at| check.each(at, Type::Scalar, here)),
            Type::Phrases => {
                self.object(at, kind, |check, at| {
                    for phrases in check.doc.children(at) {
                        check.elements(phrases, Type::List, Type::Text, here);
                    }
                });
            }
            Type::Any => {}
            _ if !self.fits(at, kind) => self.mismatch_type(at, kind),
            Type::Tag => self.name(at, |check| check.jumps.push((here.scope, at))),
            Type::Function => self.name(at, |check| check.calls.push(at)),
            Type::Flow => self.name(at, |check| check.flows.push(at)),
            Type::FunctionName => self.function_name(at),
            _ => {}
        }
    }

    /// Whether a single value is what it may be.
    fn fits(&self, at: At, kind: Type) -> bool {
        match (self.doc.kind(at), kind) {
            (Kind::Bool(_), Type::Flag)
            | (Kind::Bool(true), Type::True)
            | (Kind::Number(_), Type::Number | Type::Scalar | Type::Flow) => true,
            (Kind::Number(number), Type::Count) => *number >= 0.0,
            (Kind::Number(number), Type::Times) => whole(*number),
            (Kind::Text(text), kind) => text_fits(text, kind),
            _ => false,
        }
    }

    /// Does something with a name that has no insertion.
    fn name(&mut self, at: At, known: impl FnOnce(&mut Self)) {
        let inserted = self
            .doc
            .text(at)
            .is_some_and(|text| Template::parse(text).literal().is_none());
        if !inserted {
            known(self);
        }
    }

    fn function_name(&mut self, at: At) {
        let Some(name) = self.doc.text(at) else { return };
        if self.names.functions.insert(name.to_owned(), at).is_some() {
            let message = format!("There are two functions {}: give each a name of its own.", quoted(name));
            self.wrong(at, MistakeKind::Duplicate, message);
        }
    }

    fn nodes(&mut self, at: At, here: Here) {
        if here.definition {
            let disconnected = self.doc.key(at) == "disconnected";
            if disconnected && self.names.disconnected.replace(at).is_some() {
                let message = "“disconnected” stands in two triggers: put all into one.".to_owned();
                self.wrong_name(at, MistakeKind::Duplicate, message);
            }
            let scope = self.scope();
            self.list(at, scope, None, here.depth);
        } else {
            self.list(at, here.scope, Some(here.place), here.depth);
        }
    }

    fn branches(&mut self, at: At, here: Here) {
        self.object(at, Type::Branches, |check, at| {
            for child in check.doc.children(at) {
                let key = check.doc.key(child);
                if here.definition
                    && check
                        .names
                        .commands
                        .insert(key.to_owned(), child)
                        .is_some_and(|known| check.apart(known, child))
                {
                    let message = format!("The command {} stands in two triggers: put both into one.", quoted(key));
                    check.wrong_name(child, MistakeKind::Duplicate, message);
                }
                check.nodes(
                    child,
                    Here {
                        definition: here.definition,
                        ..here
                    },
                );
            }
        });
    }

    /// Whether two members belong to different objects.
    fn apart(&self, a: At, b: At) -> bool {
        self.doc.item(a).parent != self.doc.item(b).parent
    }

    fn rows(&mut self, at: At, here: Here) {
        if *self.doc.kind(at) != Kind::List {
            return self.mismatch_type(at, Type::Buttons);
        }
        for row in self.doc.children(at) {
            if *self.doc.kind(row) != Kind::List {
                self.mismatch(row, "a row, which is a list of buttons: [{\"text\": \"…\"}]");
                continue;
            }
            for button in self.doc.children(row) {
                self.button(button, here);
            }
        }
    }

    fn button(&mut self, at: At, here: Here) {
        if *self.doc.kind(at) != Kind::Object {
            return self.mismatch(at, "a button: {\"text\": \"…\", \"code\": \"…\"}");
        }
        self.members(at, BUTTON, here);
        let opens = self.argument_of(at, "type").and_then(|kind| self.doc.text(kind)) == Some("url");
        let address = self.argument_of(at, "url").map(|url| self.doc.text(url));
        if opens && matches!(address, None | Some(Some(""))) {
            let mut path = self.doc.path(at);
            path.push_str(".url");
            let start = self.doc.item(at).span.start;
            let message = "A button of type “url” needs “url”: the address that it opens.".to_owned();
            self.push(path, start..start + 1, MistakeKind::MissingParameter, message);
        }
    }

    /// An object, looked into.
    fn object(&mut self, at: At, kind: Type, inside: impl FnOnce(&mut Self, At)) {
        if *self.doc.kind(at) == Kind::Object {
            inside(self, at);
        } else {
            self.mismatch_type(at, kind);
        }
    }

    fn elements(&mut self, at: At, list: Type, kind: Type, here: Here) {
        if *self.doc.kind(at) == Kind::List {
            self.each(at, kind, here);
        } else {
            self.mismatch_type(at, list);
        }
    }

    fn each(&mut self, at: At, kind: Type, here: Here) {
        for child in self.doc.children(at) {
            self.value(child, kind, here);
        }
    }

    /// The names of an object are variables.
    fn variables(&mut self, at: At) {
        for child in self.doc.children(at) {
            if self.doc.key(child).trim().is_empty() {
                let message = format!(
                    "{} needs the name of a variable here; this one is empty.",
                    self.subject(at)
                );
                self.wrong_name(child, MistakeKind::WrongParameter, message);
            }
        }
    }
}

/// Whether a text is what it may be; what is inserted into is known only when the program runs.
fn text_fits(text: &str, kind: Type) -> bool {
    let template = Template::parse(text);
    let literal = template.literal();
    match kind {
        Type::Text | Type::Script | Type::Tag | Type::Scalar => true,
        Type::Expression | Type::FunctionName => !text.trim().is_empty(),
        Type::Choice(words) => text.is_empty() || words.contains(&text),
        Type::Times => number_of(text).is_some_and(whole),
        Type::Variable | Type::Function | Type::Flow => literal.is_none_or(|text| !text.trim().is_empty()),
        Type::Number => literal.is_none_or(|text| number_of(text).is_some()),
        Type::Count => literal.is_none_or(|text| number_of(text).is_some_and(|number| number >= 0.0)),
        Type::Word(words) => literal.is_none_or(|text| words.contains(&text)),
        Type::Kind => literal.is_none_or(|text| text.chars().all(|c| c.is_alphanumeric() || c == '_')),
        Type::Method => literal
            .is_none_or(|text| text.is_empty() || Type::METHODS.iter().any(|known| known.eq_ignore_ascii_case(text))),
        Type::Address => literal.is_none_or(is_address),
        _ => false,
    }
}

/// The number that a text is; the empty text is 0.
pub(super) fn number_of(text: &str) -> Option<f64> {
    let text = text.trim();
    if text.is_empty() {
        return Some(0.0);
    }
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    text.parse().ok().filter(|number: &f64| plain && number.is_finite())
}

fn whole(number: f64) -> bool {
    number >= 0.0 && number <= f64::from(u32::MAX) && number.fract() == 0.0
}

/// Whether a text is an http(s) address of some host.
fn is_address(text: &str) -> bool {
    let rest = ["http://", "https://"].iter().find_map(|scheme| {
        let start = text.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| &text[scheme.len()..])
    });
    let bad = |c: char| c.is_whitespace() || c.is_control();
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':']) && !text.contains(bad))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_other_texts() {
        for (text, number) in [
            ("30", 30.0),
            ("", 0.0),
            (" ", 0.0),
            ("-1.5", -1.5),
            ("1e3", 1000.0),
            (" 7 ", 7.0),
        ] {
            assert_eq!(number_of(text), Some(number), "{text:?}");
        }
        for text in ["a minute", "inf", "NaN", "infinity", "1e999", "0x10", "1,5", "5s", "-"] {
            assert_eq!(number_of(text), None, "{text:?}");
        }
    }

    #[test]
    fn addresses_are_http_and_have_a_host() {
        for text in [
            "https://example.com",
            "HTTP://example.com/a?b#c",
            "http://[::1]/",
            "https://приклад.укр/ї",
        ] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "",
            "example.com",
            "ftp://example.com",
            "https://",
            "https:///x",
            "http:/x",
            "https://a b",
            "httpsé://a",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }
}
