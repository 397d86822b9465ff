//! JSON as people like to read it. Names, numbers and escapes stay as they are written.

use crate::check::read;
use crate::json::{At, Document, Kind};
use crate::mistake::{Draft, Mistake, MistakeKind};
use crate::positions::Positions;
use model::MAX_PROGRAM_BYTES;

/// What is longer than this goes over several lines.
const WIDTH: usize = 100;

/// Formats a program: two spaces, short nodes on one line, the order kept.
///
/// # Errors
///
/// The text is no JSON, or beyond the limits of a program: as it stands, or once it is formatted. Deep down in a program
/// each value has a line of its own behind hundreds of spaces.
pub fn format(text: &str) -> Result<String, Mistake> {
    let document = read(text).map_err(|draft| draft.place(&Positions::new(text)))?;
    let mut writer = Writer {
        widths: widths(&document),
        doc: &document,
        out: String::with_capacity(text.len() + text.len() / 4),
    };
    writer.value(At::ROOT, 0, 0, 0);
    writer.out.push('\n');
    if writer.is_full() {
        let message =
            format!("Formatted, this program would have more than the {MAX_PROGRAM_BYTES} bytes that one may have.");
        let (path, kind) = (String::new(), MistakeKind::Limit);
        let draft = Draft {
            path,
            bytes: 0..0,
            kind,
            message,
        };
        return Err(draft.place(&Positions::new(text)));
    }
    Ok(writer.out)
}

/// How wide each value is on one line, in characters, in the order of the text.
fn widths(doc: &Document<'_>) -> Vec<usize> {
    let all: Vec<At> = doc.walk(|_| false).collect();
    let mut widths = vec![0; all.len()];
    for (index, at) in all.iter().enumerate().rev() {
        let own = match doc.kind(*at) {
            Kind::List | Kind::Object if doc.children(*at).next().is_none() => 2,
            Kind::List => widths[index],
            Kind::Object => widths[index] + 2,
            _ => doc.source(*at).chars().count(),
        };
        widths[index] = own;
        if index > 0 {
            let item = doc.item(*at);
            let key = item
                .key
                .as_ref()
                .map_or(0, |key| doc.text[key.span.clone()].chars().count() + 2);
            // Two for the comma and the space behind each; for the first of a holder these are its brackets.
            widths[item.parent.number()] += own + key + 2;
        }
    }
    widths
}

struct Writer<'d, 't> {
    doc: &'d Document<'t>,
    widths: Vec<usize>,
    out: String,
}

impl Writer<'_, '_> {
    /// Writes a value that begins at a column and has something behind it. It calls itself as deep as the text is
    /// nested, which has a limit.
    fn value(&mut self, at: At, indent: usize, column: usize, behind: usize) {
        let (open, close) = match self.doc.kind(at) {
            Kind::List => ("[", "]"),
            Kind::Object => ("{", "}"),
            _ => return self.out.push_str(self.doc.source(at)),
        };
        let empty = self.doc.children(at).next().is_none();
        // The program itself always has a line for each node.
        let program = at == At::ROOT && *self.doc.kind(at) == Kind::List;
        let short = !program && column + self.widths[at.number()] + behind <= WIDTH;
        if empty || short {
            return self.line(at);
        }
        self.out.push_str(open);
        let doc = self.doc;
        let inner = indent + 2;
        let mut children = doc.children(at).peekable();
        while let Some(child) = children.next() {
            let comma = usize::from(children.peek().is_some());
            if self.is_full() {
                return;
            }
            self.new_line(inner);
            let key = self.key(child);
            self.value(child, inner, inner + key, comma);
            if comma > 0 {
                self.out.push(',');
            }
        }
        self.new_line(indent);
        self.out.push_str(close);
    }

    /// Writes a value on one line.
    fn line(&mut self, at: At) {
        let doc = self.doc;
        let mut children = doc.children(at).peekable();
        let empty = children.peek().is_none();
        let (open, close) = match (doc.kind(at), empty) {
            (Kind::List, _) => ("[", "]"),
            (Kind::Object, true) => ("{", "}"),
            (Kind::Object, false) => ("{ ", " }"),
            _ => return self.out.push_str(doc.source(at)),
        };
        self.out.push_str(open);
        while let Some(child) = children.next() {
            self.key(child);
            self.line(child);
            if children.peek().is_some() {
                self.out.push_str(", ");
            }
        }
        self.out.push_str(close);
    }

    /// Whether more is written than a program may have. Nothing is added any more then.
    fn is_full(&self) -> bool {
        self.out.len() > MAX_PROGRAM_BYTES
    }

    /// Writes the name of a member and tells how wide it is.
    fn key(&mut self, at: At) -> usize {
        let Some(key) = &self.doc.item(at).key else { return 0 };
        let written = &self.doc.text[key.span.clone()];
        self.out.push_str(written);
        self.out.push_str(": ");
        written.chars().count() + 2
    }

    fn new_line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
    }
}
