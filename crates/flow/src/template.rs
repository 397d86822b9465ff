//! Texts with insertions: `${name}`, `${name.path}`, `${name.uri()}`, `$${global}`.

/// A text of a node's arguments, cut at its insertions once, when the program is parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// Its pieces in order. A text without insertions is one piece, the empty text none.
    pub parts: Vec<Part>,
}

/// A piece of a [`Template`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that stands for itself. An unclosed `${` is text.
    Text(Box<str>),
    /// `${path}`: a variable, or a value inside the JSON of its text.
    Variable {
        /// Name and steps, as written between the braces, without `.uri()`.
        path: Box<str>,
        /// Whether it is percent-encoded as `encodeURIComponent` does it.
        uri: bool,
    },
    /// `$${name}`: a global.
    Global {
        /// Its name.
        name: Box<str>,
        /// Whether it is percent-encoded.
        uri: bool,
    },
}

impl Template {
    /// The text as it stands, if nothing is inserted into it.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }
}
