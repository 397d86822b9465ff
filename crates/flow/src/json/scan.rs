//! Reads JSON, strictly as RFC 8259 has it, without calling itself.

use super::{At, Fault, Item, Key, Kind, MAX_DEPTH, MAX_VALUES, Why};

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// A value.
    Value,
    /// The first value of a list, or its end.
    FirstValue,
    /// The first name of an object, or its end.
    FirstKey,
    /// A name, behind a comma.
    Key,
    /// A comma or the end of what is open.
    Comma,
}

/// A text that is being read.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    items: Vec<Item<'a>>,
    /// The open lists and objects, and how many values each has so far.
    open: Vec<(At, usize)>,
    key: Option<Key<'a>>,
}

impl<'a> Scanner<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            items: Vec::new(),
            open: Vec::new(),
            key: None,
        }
    }

    pub(super) fn read(mut self) -> Result<Vec<Item<'a>>, Fault> {
        let mut next = Next::Value;
        loop {
            self.space();
            next = match next {
                Next::FirstValue if self.peek() == Some(b']') => self.close(),
                Next::FirstKey if self.peek() == Some(b'}') => self.close(),
                Next::Value | Next::FirstValue => self.value(next)?,
                Next::FirstKey | Next::Key => self.member(next)?,
                Next::Comma => match self.open.last() {
                    None => return self.finish(),
                    Some((holder, _)) => self.comma(*holder)?,
                },
            };
        }
    }

    fn finish(self) -> Result<Vec<Item<'a>>, Fault> {
        if self.at == self.text.len() {
            Ok(self.items)
        } else {
            Err(self.fault(
                self.at,
                "Here the text should end: it already holds one whole JSON value.",
            ))
        }
    }

    fn comma(&mut self, holder: At) -> Result<Next, Fault> {
        let list = self.items[holder.number()].kind == Kind::List;
        match (self.peek(), list) {
            (Some(b','), _) => {
                self.at += 1;
                Ok(if list { Next::Value } else { Next::Key })
            }
            (Some(b']'), true) | (Some(b'}'), false) => Ok(self.close()),
            (None, _) => Err(self.unclosed(holder)),
            (Some(_), true) => Err(self.fault(self.at, "Here a comma or “]” is expected.")),
            (Some(_), false) => Err(self.fault(self.at, "Here a comma or “}” is expected.")),
        }
    }

    fn member(&mut self, next: Next) -> Result<Next, Fault> {
        let start = self.at;
        match self.peek() {
            Some(b'"') => {}
            Some(b'}') if next == Next::Key => {
                return Err(self.fault(start, "Remove the comma before this “}”."));
            }
            None => return Err(self.unclosed_innermost()),
            Some(_) => return Err(self.fault(start, "Here a name in double quotes is expected.")),
        }
        let name = self.text()?;
        let span = start..self.at;
        self.space();
        if self.peek() != Some(b':') {
            return Err(self.fault(self.at, &format!("Here a colon is expected, behind the name “{name}”.")));
        }
        self.at += 1;
        self.key = Some(Key { name, span });
        Ok(Next::Value)
    }

    fn value(&mut self, next: Next) -> Result<Next, Fault> {
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::List,
            Some(b'"') => Kind::Text(self.text()?),
            Some(b'-' | b'0'..=b'9') => Kind::Number(self.number()?),
            Some(b']') if next == Next::Value && self.in_list() => {
                return Err(self.fault(start, "Remove the comma before this “]”."));
            }
            Some(_) => self.word()?,
            None if self.open.is_empty() => {
                return Err(self.fault(start, "There is nothing here: a list is expected, “[]”."));
            }
            None => return Err(self.unclosed_innermost()),
        };
        let holds = matches!(kind, Kind::Object | Kind::List);
        let first = if kind == Kind::List {
            Next::FirstValue
        } else {
            Next::FirstKey
        };
        if holds {
            self.at += 1;
        }
        let at = self.push(kind, start)?;
        if !holds {
            return Ok(Next::Comma);
        }
        if self.open.len() == MAX_DEPTH {
            let message = format!("Nested deeper than {MAX_DEPTH} lists and objects.");
            return Err(self.fault_of(start, Why::Depth, message));
        }
        self.open.push((at, 0));
        Ok(first)
    }

    fn push(&mut self, kind: Kind<'a>, start: usize) -> Result<At, Fault> {
        if self.items.len() == MAX_VALUES {
            let message = format!("More than {MAX_VALUES} values are too many for one program.");
            return Err(self.fault_of(start, Why::Count, message));
        }
        let at = At::new(self.items.len());
        let (parent, index) = match self.open.last_mut() {
            None => (at, 0),
            Some((parent, count)) => {
                *count += 1;
                (*parent, *count - 1)
            }
        };
        self.items.push(Item {
            kind,
            span: start..self.at,
            key: self.key.take(),
            parent,
            index,
            next: At::new(at.number() + 1),
        });
        Ok(at)
    }

    fn close(&mut self) -> Next {
        self.at += 1;
        if let Some((at, _)) = self.open.pop() {
            let next = At::new(self.items.len());
            let item = &mut self.items[at.number()];
            item.span.end = self.at;
            item.next = next;
        }
        Next::Comma
    }

    fn word(&mut self) -> Result<Kind<'a>, Fault> {
        let rest = &self.text[self.at..];
        let length = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let word = &rest[..length];
        let kind = match word {
            "null" => Kind::Null,
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "" => return Err(self.stray()),
            _ => {
                let shown: String = word.chars().take(30).collect();
                let message = format!("“{shown}” is no JSON value: put a text into double quotes.");
                return Err(self.fault_to(self.at..self.at + length, message));
            }
        };
        self.at += length;
        Ok(kind)
    }

    /// What to say about a character that begins no value.
    fn stray(&self) -> Fault {
        let message = match self.text[self.at..].chars().next() {
            Some('\u{feff}') => "Remove the invisible mark (U+FEFF) from here.".to_owned(),
            Some('\'' | '“' | '”' | '„' | '«' | '`') => {
                "A text stands in straight double quotes: \"…\".".to_owned()
            }
            Some('/') => "JSON has no comments: remove this one.".to_owned(),
            Some('+' | '.') => "A number begins with a digit or “-”.".to_owned(),
            Some(',') => "Here a value is expected before the comma.".to_owned(),
            Some(c @ (']' | '}' | ':')) => format!("Here a value is expected, not “{c}”."),
            Some(c) => format!("Here a value is expected, not “{}”.", c.escape_debug()),
            None => "Here a value is expected.".to_owned(),
        };
        self.fault(self.at, &message)
    }

    fn number(&mut self) -> Result<f64, Fault> {
        let start = self.at;
        self.skip_one(b"-");
        let zero = self.peek() == Some(b'0');
        let digits = self.digits();
        let mut good = digits == 1 || (digits > 1 && !zero);
        if good && self.skip_one(b".") {
            good = self.digits() > 0;
        }
        if good && self.skip_one(b"eE") {
            self.skip_one(b"+-");
            good = self.digits() > 0;
        }
        let written = &self.text[start..self.at];
        match written.parse::<f64>() {
            Ok(number) if good && number.is_finite() => Ok(number),
            Ok(_) if good => Err(self.fault_to(start..self.at, "This number is too large.".to_owned())),
            _ => {
                let message = "This is no number as JSON writes one, as in 12, -0.5 or 1e3.";
                Err(self.fault_to(start..self.at.max(start + 1), message.to_owned()))
            }
        }
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    fn skip_one(&mut self, any: &[u8]) -> bool {
        let found = self.peek().is_some_and(|byte| any.contains(&byte));
        self.at += usize::from(found);
        found
    }

    fn in_list(&self) -> bool {
        self.open
            .last()
            .is_some_and(|(at, _)| self.items[at.number()].kind == Kind::List)
    }

    fn unclosed_innermost(&self) -> Fault {
        let holder = self.open.last().map_or(At::ROOT, |(at, _)| *at);
        self.unclosed(holder)
    }

    /// Said where the list or object begins: the end of the text tells nobody which one it is.
    fn unclosed(&self, holder: At) -> Fault {
        let item = &self.items[holder.number()];
        let (open, close) = if item.kind == Kind::List {
            ('[', ']')
        } else {
            ('{', '}')
        };
        self.fault(item.span.start, &format!("This “{open}” has no “{close}”."))
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// A fault of the character at `start`.
    pub(super) fn fault(&self, start: usize, message: &str) -> Fault {
        self.fault_of(start, Why::Syntax, message.to_owned())
    }

    fn fault_of(&self, start: usize, why: Why, message: String) -> Fault {
        let length = self.text[start..].chars().next().map_or(0, char::len_utf8);
        let span = start..start + length;
        Fault { span, why, message }
    }

    pub(super) fn fault_to(&self, span: std::ops::Range<usize>, message: String) -> Fault {
        debug_assert!(self.text.is_char_boundary(span.start));
        let why = Why::Syntax;
        Fault { span, why, message }
    }
}
