//! Plain expressions, judged as JavaScript judges them but without its engine: insertions, texts, numbers and functions
//! of the clock, compared and joined by `!`, `&&`, `||` and parentheses.
//!
//! Whatever else an expression holds, it is left to the engine.

use super::source::TIME;
use crate::Template;
use crate::run::clock::TimeError;
use crate::run::{LocalClock, Scope};
use crate::template::Part;
use serde_json::Value as Json;
use std::borrow::Cow;

/// Whether the expression is true; none if it is not that plain.
pub(super) fn judge(expression: &Template, scope: &Scope, clock: &LocalClock<'_>) -> Result<Option<bool>, TimeError> {
    let mut reader = Reader {
        parts: &expression.parts,
        text: "",
        scope,
        clock,
        depth: 0,
    };
    match reader.whole() {
        Ok(truth) => Ok(Some(truth)),
        Err(Stop::NotPlain) => Ok(None),
        Err(Stop::Time(error)) => Err(error),
    }
}

/// Why an expression has no truth here.
enum Stop {
    NotPlain,
    Time(TimeError),
}

impl From<TimeError> for Stop {
    fn from(error: TimeError) -> Self {
        Self::Time(error)
    }
}

type Read<T> = Result<T, Stop>;

/// A value of JavaScript.
enum Value<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Truth(bool),
}

/// Operators, each before those that it begins with.
const COMPARISONS: [&str; 8] = ["===", "!==", "==", "!=", "<=", ">=", "<", ">"];

/// Parentheses and negations within each other.
const MOST_DEPTH: u32 = 50;

/// Digits of a number that is exact in any case.
const MOST_DIGITS: usize = 15;

struct Reader<'a> {
    /// What follows the text.
    parts: &'a [Part],
    text: &'a str,
    scope: &'a Scope<'a>,
    clock: &'a LocalClock<'a>,
    depth: u32,
}

impl<'a> Reader<'a> {
    fn whole(&mut self) -> Read<bool> {
        let value = self.or()?;
        while self.eat(";") {}
        self.space();
        if self.text.is_empty() && self.parts.is_empty() {
            Ok(value.is_true())
        } else {
            Err(Stop::NotPlain)
        }
    }

    fn or(&mut self) -> Read<Value<'a>> {
        let mut value = self.and()?;
        while self.eat("||") {
            let other = self.and()?;
            value = if value.is_true() { value } else { other };
        }
        Ok(value)
    }

    fn and(&mut self) -> Read<Value<'a>> {
        let mut value = self.comparison()?;
        while self.eat("&&") {
            let other = self.comparison()?;
            value = if value.is_true() { other } else { value };
        }
        Ok(value)
    }

    fn comparison(&mut self) -> Read<Value<'a>> {
        let left = self.negation()?;
        let Some(operator) = COMPARISONS.into_iter().find(|operator| self.eat(operator)) else {
            return Ok(left);
        };
        let right = self.negation()?;
        if COMPARISONS.into_iter().any(|operator| self.eat(operator)) {
            return Err(Stop::NotPlain);
        }
        compare(&left, operator, &right).map(Value::Truth).ok_or(Stop::NotPlain)
    }

    fn negation(&mut self) -> Read<Value<'a>> {
        self.space();
        if self.text.starts_with("!=") || !self.eat("!") {
            return self.operand();
        }
        self.nested(|reader| Ok(Value::Truth(!reader.negation()?.is_true())))
    }

    fn operand(&mut self) -> Read<Value<'a>> {
        self.space();
        if self.text.is_empty() {
            let [part, rest @ ..] = self.parts else {
                return Err(Stop::NotPlain);
            };
            self.parts = rest;
            let scope: &'a Scope<'a> = self.scope;
            return Ok(Value::Text(scope.part(part)));
        }
        if self.eat("(") {
            return self.nested(|reader| {
                let value = reader.or()?;
                if reader.eat(")") {
                    Ok(value)
                } else {
                    Err(Stop::NotPlain)
                }
            });
        }
        match self.text.as_bytes()[0] {
            quote @ (b'\'' | b'"') => self.quoted(char::from(quote)),
            b'0'..=b'9' => self.number(),
            b'&' => self.time(),
            _ => self.word(),
        }
    }

    /// `true` or `false`.
    fn word(&mut self) -> Read<Value<'a>> {
        let words = [("true", true), ("false", false)];
        let found = words
            .into_iter()
            .find_map(|(word, truth)| Some((self.text.strip_prefix(word)?, truth)));
        let (rest, truth) = found.ok_or(Stop::NotPlain)?;
        if rest.starts_with(goes_on) {
            return Err(Stop::NotPlain);
        }
        self.text = rest;
        Ok(Value::Truth(truth))
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == MOST_DEPTH {
            return Err(Stop::NotPlain);
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// A text without escapes and insertions.
    fn quoted(&mut self, quote: char) -> Read<Value<'a>> {
        let inside = &self.text[1..];
        let (text, rest) = inside.split_once(quote).ok_or(Stop::NotPlain)?;
        if text.contains(['\\', '\n', '\r']) {
            return Err(Stop::NotPlain);
        }
        self.text = rest;
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn number(&mut self) -> Read<Value<'a>> {
        let end = self
            .text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(self.text.len());
        let (written, rest) = self.text.split_at(end);
        let is_octal = written.len() > 1 && written.starts_with('0') && !written.starts_with("0.");
        if is_octal || rest.starts_with(goes_on) || written.ends_with('.') || written.len() > MOST_DIGITS {
            return Err(Stop::NotPlain);
        }
        self.text = rest;
        written.parse().map(Value::Number).map_err(|_| Stop::NotPlain)
    }

    fn time(&mut self) -> Read<Value<'a>> {
        let (name, rest) = self.text[1..].split_once('(').ok_or(Stop::NotPlain)?;
        let (arguments, rest) = rest.split_once(')').ok_or(Stop::NotPlain)?;
        if !TIME.contains(&name) {
            return Err(Stop::NotPlain);
        }
        self.text = rest;
        if !arguments.trim().is_empty() {
            return Ok(Value::Truth(self.clock.fits(name, arguments)?));
        }
        Ok(match self.clock.value(name) {
            Json::String(text) => Value::Text(Cow::Owned(text)),
            value => Value::Number(value.as_f64().unwrap_or_default()),
        })
    }

    fn eat(&mut self, token: &str) -> bool {
        self.space();
        let rest = self.text.strip_prefix(token);
        if let Some(rest) = rest {
            self.text = rest;
        }
        rest.is_some()
    }

    /// Goes over spaces, into the next part if that is text.
    fn space(&mut self) {
        loop {
            self.text = self.text.trim_start_matches([' ', '\t', '\n', '\r']);
            match self.parts {
                [Part::Text(text), rest @ ..] if self.text.is_empty() => {
                    self.text = text;
                    self.parts = rest;
                }
                _ => return,
            }
        }
    }
}

impl Value<'_> {
    fn is_true(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Truth(truth) => *truth,
        }
    }

    /// As a number; none if only the engine knows.
    fn number(&self) -> Option<f64> {
        match self {
            Self::Text(text) => number_of(text),
            Self::Number(number) => Some(*number),
            Self::Truth(truth) => Some(f64::from(u8::from(*truth))),
        }
    }
}

/// Whether a number or a word does not end before this sign.
fn goes_on(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$' || c == '\\' || !c.is_ascii()
}

/// A decimal number, or not-a-number.
fn number_of(text: &str) -> Option<f64> {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    let is_odd_space = |c: char| c.is_whitespace() || c == '\u{feff}';
    let is_other_base =
        text.len() > 1 && text.starts_with('0') && text[1..].starts_with(['x', 'X', 'o', 'O', 'b', 'B']);
    if is_other_base || text.starts_with(is_odd_space) || text.ends_with(is_odd_space) || text.contains("Infinity") {
        return None;
    }
    if text.is_empty() {
        return Some(0.0);
    }
    let is_decimal = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    Some(if is_decimal {
        text.parse().unwrap_or(f64::NAN)
    } else {
        f64::NAN
    })
}

#[expect(clippy::float_cmp, reason = "as JavaScript compares them")]
fn compare(left: &Value, operator: &str, right: &Value) -> Option<bool> {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let is_strict = operator.len() == 3;
    let ordering = match (left, right) {
        (Value::Text(left), Value::Text(right)) if operator.contains(['<', '>']) && operator.len() < 3 => {
            // Not by letters: JavaScript compares the halves of those that it has to halve.
            Some(left.encode_utf16().cmp(right.encode_utf16()))
        }
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::Number(left), Value::Number(right)) if is_strict => {
            return Some((left == right) == (operator == "==="));
        }
        (Value::Truth(left), Value::Truth(right)) if is_strict => return Some((left == right) == (operator == "===")),
        _ if is_strict => return Some(operator == "!=="),
        (left, right) => left.number()?.partial_cmp(&right.number()?),
    };
    Some(match operator {
        "==" | "===" => ordering == Some(Equal),
        "!=" | "!==" => ordering != Some(Equal),
        "<" => ordering == Some(Less),
        ">" => ordering == Some(Greater),
        "<=" => matches!(ordering, Some(Less | Equal)),
        _ => matches!(ordering, Some(Greater | Equal)),
    })
}

#[cfg(test)]
mod tests;
