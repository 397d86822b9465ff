//! Which rows of a registry are listed.

use crate::{fold, sql::Sql};
use model::{FlowId, NamePattern};

/// Conditions on the name and, for gateways, on the flow schema.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// What the folded name begins with, inclusive; every match compares as this or larger.
    pub prefix: Option<String>,
    /// The smallest text that is larger than every match of the prefix.
    pub end: Option<String>,
    /// The whole pattern for LIKE, when a prefix doesn't say it all.
    pub like: Option<String>,
    /// The flow schema.
    pub flow: Option<i64>,
}

impl Filter {
    pub(crate) fn new(pattern: &NamePattern, flow: Option<FlowId>) -> Self {
        let prefix = Some(fold_pattern(pattern.prefix())).filter(|prefix| !prefix.is_empty());
        let like = (!pattern.is_any() && !pattern.is_prefix_only()).then(|| like(pattern));
        Self {
            end: prefix.as_deref().and_then(successor),
            prefix,
            like,
            flow: flow.map(|flow| flow.0),
        }
    }

    /// Whether every row is listed.
    pub(crate) fn is_empty(&self) -> bool {
        self.prefix.is_none() && self.like.is_none() && self.flow.is_none()
    }

    /// Says the same for the same rows only; a cursor is bound to it.
    pub(crate) fn scope(&self) -> String {
        format!("{:?} {:?} {:?}", self.prefix, self.like, self.flow)
    }

    /// Adds ` AND …` for each condition, for any index to serve.
    pub(crate) fn write_all(&self, sql: &mut Sql) {
        self.write(sql, "", Bounds::BOTH);
    }

    /// Adds ` AND …` for each condition.
    ///
    /// `hide` is put before each column: a unary plus keeps SQLite from looking them up in an index. `bounds` says which
    /// ends of the prefix's range to write, for a cursor may bound it more tightly.
    pub(crate) fn write(&self, sql: &mut Sql, hide: &str, bounds: Bounds) {
        if let Some(flow) = self.flow {
            sql.push(format!(" AND {hide}t.flow_id = ")).bind(flow);
        }
        if let Some(prefix) = self.prefix.as_ref().filter(|_| bounds.lower) {
            sql.push(format!(" AND {hide}t.name_folded >= ")).bind(prefix.as_str());
        }
        if let Some(end) = self.end.as_ref().filter(|_| bounds.upper) {
            sql.push(format!(" AND {hide}t.name_folded < ")).bind(end.as_str());
        }
        if let Some(like) = &self.like {
            sql.push(format!(" AND {hide}t.name_folded LIKE "))
                .bind(like.as_str())
                .push(r" ESCAPE '\'");
        }
    }
}

/// Which ends of a range are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub lower: bool,
    pub upper: bool,
}

impl Bounds {
    /// Both.
    pub(crate) const BOTH: Self = Self {
        lower: true,
        upper: true,
    };
    /// Neither.
    pub(crate) const NONE: Self = Self {
        lower: false,
        upper: false,
    };
}

/// Folds a piece of a pattern; PostgreSQL takes no NUL, so one becomes another character that is in no name either.
fn fold_pattern(text: &str) -> String {
    fold(text).replace('\0', "\u{1}")
}

/// The pattern in the words of LIKE.
fn like(pattern: &NamePattern) -> String {
    let pieces: Vec<String> = pattern
        .segments()
        .iter()
        .map(|piece| escape(&fold_pattern(piece)))
        .collect();
    pieces.join("%")
}

fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, c| {
        if matches!(c, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
        escaped
    })
}

/// The smallest text larger than every text that begins with `prefix`, in the order of code points.
fn successor(prefix: &str) -> Option<String> {
    let mut chars: Vec<char> = prefix.chars().collect();
    while let Some(last) = chars.pop() {
        // A step over the surrogates, which are no characters.
        let next = if last == '\u{d7ff}' {
            Some('\u{e000}')
        } else {
            char::from_u32(u32::from(last) + 1)
        };
        if let Some(next) = next {
            chars.push(next);
            return Some(chars.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(text: &str) -> Filter {
        Filter::new(&NamePattern::parse(text), None)
    }

    #[test]
    fn a_prefix_is_a_range_and_needs_no_pattern() {
        let filter = filter("Під");
        assert_eq!(filter.prefix.as_deref(), Some("під"));
        assert_eq!(filter.end.as_deref(), Some("піе"));
        assert_eq!(filter.like, None);
    }

    #[test]
    fn the_pieces_of_a_pattern_are_folded_and_escaped() {
        assert_eq!(filter("50%_A*\\b?[c]*").like.as_deref(), Some(r"50\%\_a%\\b?[c]%"));
        assert_eq!(filter("*End").like.as_deref(), Some("%end"));
        assert_eq!(filter("*").like, None);
    }

    #[test]
    fn the_end_of_a_range_is_behind_every_match() {
        assert_eq!(successor("a"), Some("b".into()));
        assert_eq!(successor("a\u{10ffff}"), Some("b".into()));
        assert_eq!(successor("\u{d7ff}"), Some("\u{e000}".into()));
        assert_eq!(successor("\u{10ffff}"), None);
    }
}
