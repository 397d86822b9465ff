//! A script's source: insertions become names of values, so that what they hold is never code.
//!
//! The result depends on the program alone. In code an insertion is a name; within a text in quotation marks, or a
//! template literal, it is joined to that text; within a comment or a regular expression it is nothing.

use crate::Template;
use crate::template::Part;

/// JavaScript, and what its names stand for.
#[derive(Debug)]
pub(super) struct Source<'a> {
    /// Names are `$insertion0`, `$insertion1`, …
    pub code: String,
    /// What stands behind each name.
    pub bindings: Vec<Binding<'a>>,
}

/// What stands behind a name.
#[derive(Debug)]
pub(super) enum Binding<'a> {
    /// A variable's or a global's text.
    Part(&'a Part),
    /// A function of the clock and its arguments, if it has any.
    Time(&'static str, Option<Template>),
}

/// The functions of the clock.
pub(super) const TIME: [&str; 12] = [
    "year",
    "yday",
    "mon",
    "mday",
    "week",
    "mweek",
    "wday",
    "hour",
    "minute_of_day",
    "minute",
    "time_of_day",
    "date_time",
];

/// Words behind which a slash begins a regular expression.
const BEFORE_REGEX: [&str; 14] = [
    "return",
    "typeof",
    "case",
    "in",
    "of",
    "delete",
    "void",
    "throw",
    "new",
    "else",
    "do",
    "instanceof",
    "yield",
    "await",
];

#[derive(Clone, Copy)]
enum Piece<'a> {
    Char(char),
    Insertion(&'a Part),
}

struct Reader<'a> {
    pieces: Vec<Piece<'a>>,
    at: usize,
    /// Whether functions of the clock are known here.
    time: bool,
    source: Source<'a>,
    /// Braces that are open within each template literal's expression.
    braces: Vec<u32>,
}

impl<'a> Source<'a> {
    /// Reads an expression (where functions of the clock are known) or the body of a function.
    pub(super) fn read(template: &'a Template, expression: bool) -> Self {
        let pieces = template
            .parts
            .iter()
            .flat_map(|part| match part {
                Part::Text(text) => text.chars().map(Piece::Char).collect(),
                part => vec![Piece::Insertion(part)],
            })
            .collect();
        let source = Self {
            code: String::new(),
            bindings: Vec::new(),
        };
        let mut reader = Reader {
            pieces,
            at: 0,
            time: expression,
            source,
            braces: Vec::new(),
        };
        while let Some(piece) = reader.next() {
            reader.code(piece);
        }
        reader.source
    }

    fn name(&mut self, binding: Binding<'a>) -> String {
        self.bindings.push(binding);
        format!("$insertion{}", self.bindings.len() - 1)
    }
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<Piece<'a>> {
        let piece = self.pieces.get(self.at).copied();
        self.at += 1;
        piece
    }

    fn peek(&self) -> Option<char> {
        match self.pieces.get(self.at) {
            Some(Piece::Char(c)) => Some(*c),
            _ => None,
        }
    }

    fn push(&mut self, c: char) {
        self.source.code.push(c);
    }

    fn code(&mut self, piece: Piece<'a>) {
        let c = match piece {
            Piece::Char(c) => c,
            Piece::Insertion(part) => {
                let name = self.source.name(Binding::Part(part));
                // Spaces keep it apart from the words beside it.
                self.source.code.extend([" ", &name, " "]);
                return;
            }
        };
        match c {
            '\'' | '"' => self.quoted(c),
            '`' => {
                self.push('`');
                self.literal();
            }
            '/' if self.peek() == Some('/') => self.comment("\n"),
            '/' if self.peek() == Some('*') => self.comment("*/"),
            '/' if self.regex_may_begin() => self.regex(),
            '&' if self.peek() == Some('&') => {
                self.at += 1;
                self.source.code.push_str("&&");
            }
            '&' if self.time => self.time(),
            '{' => {
                if let Some(open) = self.braces.last_mut() {
                    *open += 1;
                }
                self.push('{');
            }
            '}' if self.braces.last() == Some(&0) => {
                self.braces.pop();
                self.push('}');
                self.literal();
            }
            '}' => {
                if let Some(open) = self.braces.last_mut() {
                    *open -= 1;
                }
                self.push('}');
            }
            c => self.push(c),
        }
    }

    /// A text in quotation marks. With insertions it becomes a sum in parentheses.
    fn quoted(&mut self, quote: char) {
        let start = self.source.code.len();
        let mut is_sum = false;
        self.push(quote);
        while let Some(piece) = self.next() {
            match piece {
                Piece::Insertion(part) => {
                    let name = self.source.name(Binding::Part(part));
                    self.push(quote);
                    self.source.code.extend(["+", &name, "+"]);
                    self.push(quote);
                    is_sum = true;
                }
                Piece::Char('\\') => self.escape(),
                Piece::Char(c) => {
                    self.push(c);
                    if c == quote {
                        if is_sum {
                            self.source.code.insert(start, '(');
                            self.push(')');
                        }
                        return;
                    }
                    if c == '\n' {
                        return;
                    }
                }
            }
        }
    }

    /// A backslash and what it escapes; before an insertion it is nothing.
    fn escape(&mut self) {
        if let Some(c) = self.peek() {
            self.at += 1;
            self.push('\\');
            self.push(c);
        }
    }

    /// A template literal up to its end or its next expression.
    fn literal(&mut self) {
        while let Some(piece) = self.next() {
            match piece {
                Piece::Insertion(part) => {
                    let name = self.source.name(Binding::Part(part));
                    self.source.code.extend(["${", &name, "}"]);
                }
                Piece::Char('\\') => self.escape(),
                Piece::Char('`') => return self.push('`'),
                Piece::Char('$') if self.peek() == Some('{') => {
                    self.at += 1;
                    self.source.code.push_str("${");
                    self.braces.push(0);
                    return;
                }
                Piece::Char(c) => self.push(c),
            }
        }
    }

    /// A comment is a space, or a line end if it held one.
    fn comment(&mut self, end: &str) {
        let mut last = ' ';
        let mut lines = 0;
        self.at += 1;
        while let Some(piece) = self.next() {
            let Piece::Char(c) = piece else { continue };
            lines += usize::from(c == '\n');
            if end == "\n" && matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}') {
                return self.push(c);
            }
            if end == "*/" && last == '*' && c == '/' {
                self.source.code.push_str(&"\n".repeat(lines));
                return self.push(' ');
            }
            last = c;
        }
        if end == "*/" {
            // Not closed: let the engine say so.
            self.source.code.push_str("/*");
        }
    }

    fn regex_may_begin(&self) -> bool {
        let before = self.source.code.trim_end();
        let Some(last) = before.chars().next_back() else {
            return true;
        };
        if is_word(last) {
            let word = before.rsplit(|c| !is_word(c)).next().unwrap_or_default();
            return BEFORE_REGEX.contains(&word);
        }
        !matches!(last, ')' | ']' | '}' | '\'' | '"' | '`')
    }

    fn regex(&mut self) {
        let mut in_class = false;
        self.push('/');
        while let Some(piece) = self.next() {
            match piece {
                Piece::Insertion(_) => {}
                Piece::Char('\\') => self.escape(),
                Piece::Char(c) => {
                    self.push(c);
                    match c {
                        '[' => in_class = true,
                        ']' => in_class = false,
                        '/' if !in_class => return,
                        '\n' => return,
                        _ => {}
                    }
                }
            }
        }
    }

    /// `&name(…)`, or an ampersand.
    fn time(&mut self) {
        let Some(name) = TIME.into_iter().find(|name| self.stands_here(name)) else {
            return self.push('&');
        };
        let open = self.at + name.len();
        let close = self.pieces[open..]
            .iter()
            .position(|piece| matches!(piece, Piece::Char(')')));
        let Some(close) = close.map(|length| open + length) else {
            return self.push('&');
        };
        let arguments = &self.pieces[open + 1..close];
        let arguments = if arguments
            .iter()
            .all(|piece| matches!(piece, Piece::Char(c) if c.is_whitespace()))
        {
            None
        } else {
            Some(template(arguments))
        };
        self.at = close + 1;
        let name = self.source.name(Binding::Time(name, arguments));
        self.source.code.extend([" ", &name, " "]);
    }

    fn stands_here(&self, name: &str) -> bool {
        let rest = &self.pieces[self.at..];
        let written = name.chars().chain(std::iter::once('('));
        rest.len() > name.len()
            && rest
                .iter()
                .zip(written)
                .all(|(piece, c)| matches!(piece, Piece::Char(p) if *p == c))
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn template(pieces: &[Piece]) -> Template {
    let mut parts: Vec<Part> = Vec::new();
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Char(c) => text.push(*c),
            Piece::Insertion(part) => {
                if !text.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut text).into()));
                }
                parts.push((*part).clone());
            }
        }
    }
    if !text.is_empty() {
        parts.push(Part::Text(text.into()));
    }
    Template { parts }
}

#[cfg(test)]
mod tests;
