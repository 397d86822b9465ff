//! JSON with places: every value of a text in one list, each with where it stands, in the order of the text.
//!
//! Nothing here calls itself as deep as the text is nested while it reads, so no text overflows the stack.

pub(crate) mod path;
mod scan;
mod text;

use std::borrow::Cow;
use std::ops::Range;

/// Deepest nesting of lists and objects.
pub(crate) const MAX_DEPTH: usize = 300;

/// Most values of a text, so that its tree stays small.
pub(crate) const MAX_VALUES: usize = 200_000;

/// The number of a value: 0 is the whole text, each further one begins behind the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct At(u32);

impl At {
    /// The whole text.
    pub(crate) const ROOT: Self = Self(0);

    #[expect(clippy::cast_possible_truncation, reason = "there are at most MAX_VALUES")]
    const fn new(index: usize) -> Self {
        Self(index as u32)
    }

    /// Its number.
    pub(crate) const fn number(self) -> usize {
        self.0 as usize
    }
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind<'a> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A finite number.
    Number(f64),
    /// A text without its escapes.
    Text(Cow<'a, str>),
    /// `[…]`
    List,
    /// `{…}`
    Object,
}

/// The name of a member of an object.
#[derive(Clone, Debug)]
pub(crate) struct Key<'a> {
    /// Without its escapes.
    pub(crate) name: Cow<'a, str>,
    /// With its quotation marks.
    pub(crate) span: Range<usize>,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Item<'a> {
    pub(crate) kind: Kind<'a>,
    /// From its first byte to behind its last.
    pub(crate) span: Range<usize>,
    /// Its name, in an object.
    pub(crate) key: Option<Key<'a>>,
    /// The list or object that holds it; itself for the whole text.
    pub(crate) parent: At,
    /// Its number in what holds it, from 0.
    pub(crate) index: usize,
    /// The value behind all that it holds.
    next: At,
}

/// Why a text is no JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) span: Range<usize>,
    pub(crate) why: Why,
    /// A sentence.
    pub(crate) message: String,
}

/// What sort of [`Fault`] it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    Syntax,
    Depth,
    Count,
}

/// A text as a tree of values.
#[derive(Clone, Debug)]
pub(crate) struct Document<'a> {
    pub(crate) text: &'a str,
    items: Vec<Item<'a>>,
}

impl<'a> Document<'a> {
    /// Reads a text.
    pub(crate) fn read(text: &'a str) -> Result<Self, Fault> {
        scan::Scanner::new(text).read().map(|items| Self { text, items })
    }

    pub(crate) fn item(&self, at: At) -> &Item<'a> {
        &self.items[at.number()]
    }

    pub(crate) fn kind(&self, at: At) -> &Kind<'a> {
        &self.item(at).kind
    }

    /// The value as written.
    pub(crate) fn source(&self, at: At) -> &'a str {
        &self.text[self.item(at).span.clone()]
    }

    /// The text, if it is one.
    pub(crate) fn text(&self, at: At) -> Option<&str> {
        match self.kind(at) {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Its name in its object; empty in a list.
    pub(crate) fn key(&self, at: At) -> &str {
        self.item(at).key.as_ref().map_or("", |key| &key.name)
    }

    /// Where its name stands, or itself if it has none.
    pub(crate) fn key_span(&self, at: At) -> Range<usize> {
        let item = self.item(at);
        item.key.as_ref().map_or(&item.span, |key| &key.span).clone()
    }

    /// From its name, if it has one, to its end.
    pub(crate) fn full_span(&self, at: At) -> Range<usize> {
        self.key_span(at).start..self.item(at).span.end
    }

    /// What a list or an object holds, in order.
    pub(crate) fn children(&self, at: At) -> impl Iterator<Item = At> + '_ {
        let end = self.item(at).next;
        let mut next = At::new(at.number() + 1);
        std::iter::from_fn(move || {
            let found = next;
            (found < end).then(|| {
                next = self.item(found).next;
                found
            })
        })
    }

    /// The member of an object with this name; the first, if there are several.
    pub(crate) fn get(&self, at: At, name: &str) -> Option<At> {
        matches!(self.kind(at), Kind::Object)
            .then(|| self.children(at).find(|child| self.key(*child) == name))
            .flatten()
    }

    /// Every value in the order of the text, without what the values that `skip` names hold.
    pub(crate) fn walk(&self, skip: impl Fn(At) -> bool) -> impl Iterator<Item = At> {
        let mut at = At::ROOT;
        std::iter::from_fn(move || {
            let item = self.items.get(at.number())?;
            let found = at;
            at = if skip(at) { item.next } else { At::new(at.number() + 1) };
            Some(found)
        })
    }

    /// The innermost value that contains a byte, its name included.
    pub(crate) fn at_offset(&self, offset: usize) -> Option<At> {
        let contains = |at: At| {
            let span = self.full_span(at);
            span.start <= offset && offset <= span.end
        };
        let mut at = At::ROOT;
        if !contains(at) {
            return None;
        }
        while let Some(child) = self.children(at).find(|child| contains(*child)) {
            at = child;
        }
        Some(at)
    }
}
