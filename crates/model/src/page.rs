//! Lists: what is asked for, as it stands in the URL, and the page that answers.

use crate::FieldErrors;
use serde::{Deserialize, Serialize};

/// What a registry is asked for, word for word as in the query string of its URL.
///
/// Nothing is checked here: [`ListQuery::parse`] does that, on the server, for whoever asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// The search text.
    pub q: String,
    /// A column's code, with a leading `-` for descending; empty for the default order.
    pub sort: String,
    /// Rows per page; empty for [`ListQuery::DEFAULT_SIZE`].
    pub size: String,
    /// The cursor of the row before the page.
    pub after: String,
    /// The cursor of the row behind the page.
    pub before: String,
    /// The id of a flow schema: only gateways that use it (registry of gateways only).
    pub flow: String,
}

impl ListQuery {
    /// Rows on a page when the URL says nothing.
    pub const DEFAULT_SIZE: u16 = 10;
    /// The most rows on a page.
    pub const MAX_SIZE: u16 = 1_000;
    /// The longest search text in characters.
    pub const MAX_SEARCH_CHARS: usize = 200;

    /// Takes the known parameters out of a query string's pairs; the last of a repeated one counts.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut query = Self::default();
        for (key, value) in pairs {
            let slot = match key {
                "q" => &mut query.q,
                "sort" => &mut query.sort,
                "size" => &mut query.size,
                "after" => &mut query.after,
                "before" => &mut query.before,
                "flow" => &mut query.flow,
                _ => continue,
            };
            value.clone_into(slot);
        }
        query
    }

    /// The pairs that are not empty, in a fixed order, not yet percent-encoded.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let all: [(&'static str, &str); 6] = [
            ("q", &self.q),
            ("flow", &self.flow),
            ("sort", &self.sort),
            ("size", &self.size),
            ("after", &self.after),
            ("before", &self.before),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The same list from its first page.
    #[must_use]
    pub fn first_page(&self) -> Self {
        Self {
            after: String::new(),
            before: String::new(),
            ..self.clone()
        }
    }

    /// Checks what was asked for; `C` are the columns of the registry.
    ///
    /// # Errors
    ///
    /// A sentence for each of `q`, `sort`, `size`, `after`, `flow` that can't be served.
    pub fn parse<C: Column>(&self) -> Result<PageRequest<C>, FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.q.chars().count() > Self::MAX_SEARCH_CHARS {
            let max = Self::MAX_SEARCH_CHARS;
            errors.add("q", format!("Search for at most {max} characters."));
        }
        let sort = Sort::parse(&self.sort).unwrap_or_else(|| {
            errors.add("sort", format!("There is no column “{}” to sort by.", self.sort));
            None
        });
        let size = self.parse_size().unwrap_or_else(|error| {
            errors.add("size", error);
            Self::DEFAULT_SIZE
        });
        if !self.after.is_empty() && !self.before.is_empty() {
            errors.add("after", "Give either “after” or “before”, not both.");
        }
        let flow = match self.flow.as_str() {
            "" => None,
            text => text.parse().ok().or_else(|| {
                errors.add("flow", format!("“{text}” is no flow schema's id."));
                None
            }),
        };
        let position = match (self.after.as_str(), self.before.as_str()) {
            ("", "") => Position::First,
            (after, "") => Position::After(after.to_owned()),
            (_, before) => Position::Before(before.to_owned()),
        };
        errors.into_result(PageRequest {
            pattern: NamePattern::parse(&self.q),
            sort,
            size,
            position,
            flow,
        })
    }

    /// Checks the rows per page.
    ///
    /// # Errors
    ///
    /// A sentence, when it is no whole number from 1 to [`ListQuery::MAX_SIZE`].
    pub fn parse_size(&self) -> Result<u16, String> {
        let text = self.size.trim();
        if text.is_empty() {
            return Ok(Self::DEFAULT_SIZE);
        }
        let size = text.parse().ok().filter(|size| (1..=Self::MAX_SIZE).contains(size));
        size.ok_or_else(|| format!("Rows per page is a whole number from 1 to 1000; “{text}” is not."))
    }
}

/// The columns by which a registry can be sorted.
pub trait Column: Copy + PartialEq + Send + Sync + 'static {
    /// Every column, in the order of the table.
    const ALL: &'static [Self];

    /// The word in the URL.
    fn code(self) -> &'static str;
}

/// Which way a column runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From small to large, from A to Z.
    Ascending,
    /// From large to small, from Z to A.
    Descending,
}

/// An order that somebody chose; ties are broken by id in the same direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort<C> {
    /// The column.
    pub column: C,
    /// Its direction.
    pub direction: Direction,
}

impl<C: Column> Sort<C> {
    /// Reads `name` or `-name`; an empty text is the default order, an unknown column is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Option<Self>> {
        if text.is_empty() {
            return Some(None);
        }
        let (code, direction) = match text.strip_prefix('-') {
            Some(code) => (code, Direction::Descending),
            None => (text, Direction::Ascending),
        };
        let column = C::ALL.iter().copied().find(|column| column.code() == code)?;
        Some(Some(Self { column, direction }))
    }

    /// The word for the URL.
    #[must_use]
    pub fn code(self) -> String {
        match self.direction {
            Direction::Ascending => self.column.code().to_owned(),
            Direction::Descending => format!("-{}", self.column.code()),
        }
    }

    /// The order after one more press on a column's header: ascending, descending, default.
    #[must_use]
    pub fn pressed(current: Option<Self>, column: C) -> Option<Self> {
        match current {
            Some(sort) if sort.column == column => match sort.direction {
                Direction::Ascending => Some(Self {
                    column,
                    direction: Direction::Descending,
                }),
                Direction::Descending => None,
            },
            _ => Some(Self {
                column,
                direction: Direction::Ascending,
            }),
        }
    }
}

/// A list query that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest<C> {
    /// Which names.
    pub pattern: NamePattern,
    /// In which order; `None` is the default order, by id.
    pub sort: Option<Sort<C>>,
    /// At most how many rows.
    pub size: u16,
    /// From where.
    pub position: Position,
    /// Only what uses this flow schema.
    pub flow: Option<crate::FlowId>,
}

/// Where a page begins; the cursors are opaque and checked by whoever made them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Position {
    /// At the beginning.
    First,
    /// Behind the row of this cursor.
    After(String),
    /// Before the row of this cursor.
    Before(String),
}

/// One page of a registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows, in the order asked for.
    pub rows: Vec<T>,
    /// The number of the first row within the whole list, from 1; 0 on an empty page.
    pub first: u64,
    /// How many there are in all.
    pub total: Total,
    /// The cursor for the next page, when there is one.
    pub next: Option<String>,
    /// The cursor for the previous page, when there is one.
    pub previous: Option<String>,
}

impl<T> Page<T> {
    /// "first–last of total", as the registry shows it.
    #[must_use]
    pub fn range(&self) -> String {
        let last = match self.rows.len() as u64 {
            0 => 0,
            rows => self.first + rows - 1,
        };
        let first = group(self.first);
        format!("{first}–{} of {}", group(last), self.total)
    }

    /// The same page with its rows turned into something else.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(f).collect(),
            first: self.first,
            total: self.total,
            next: self.next,
            previous: self.previous,
        }
    }
}

/// The number of rows in a list, exact up to [`Total::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Total {
    /// Exactly so many.
    Exactly(u64),
    /// More than [`Total::MAX`]; nobody counted on.
    Many,
}

impl Total {
    /// Up to here rows are counted.
    pub const MAX: u64 = 10_000;

    /// From a count that stopped at `MAX + 1`.
    #[must_use]
    pub const fn from_count(count: u64) -> Self {
        if count > Self::MAX {
            Self::Many
        } else {
            Self::Exactly(count)
        }
    }
}

impl std::fmt::Display for Total {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exactly(count) => f.write_str(&group(*count)),
            Self::Many => write!(f, "{}+", group(Self::MAX)),
        }
    }
}

/// Writes a number with a comma between thousands.
fn group(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A search on names: `*` stands for any run of characters, everything else for itself.
///
/// Without a `*` the text is the beginning of the name. Letter case is folded by whoever compares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamePattern {
    segments: Vec<String>,
}

impl NamePattern {
    /// Reads a search text; spaces around it don't count, an empty one matches every name.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut text = text.trim().to_owned();
        while text.contains("**") {
            text = text.replace("**", "*");
        }
        let mut segments: Vec<String> = text.split('*').map(str::to_owned).collect();
        if segments.len() == 1 {
            segments.push(String::new());
        }
        if segments.iter().all(String::is_empty) {
            segments.clear();
        }
        Self { segments }
    }

    /// Whether every name matches.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.segments.is_empty()
    }

    /// What every matching name begins with; empty when the pattern begins with `*`.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.segments.first().map_or("", String::as_str)
    }

    /// Whether the prefix says it all.
    #[must_use]
    pub fn is_prefix_only(&self) -> bool {
        matches!(self.segments.as_slice(), [_, end] if end.is_empty())
    }

    /// The literal pieces: the first anchors at the beginning, the last at the end, a `*` between each two.
    #[must_use]
    pub fn segments(&self) -> &[String] {
        &self.segments
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::GatewayColumn;

    fn query(pairs: &[(&str, &str)]) -> ListQuery {
        ListQuery::from_pairs(pairs.iter().copied())
    }

    fn segments(text: &str) -> Vec<String> {
        NamePattern::parse(text).segments
    }

    #[test]
    fn a_text_without_a_star_is_the_beginning_of_the_name() {
        let pattern = NamePattern::parse(" Support ");
        assert_eq!(pattern.prefix(), "Support");
        assert!(pattern.is_prefix_only());
    }

    #[test]
    fn stars_cut_a_pattern_into_pieces() {
        assert_eq!(segments("*part*"), ["", "part", ""]);
        assert_eq!(segments("a*b"), ["a", "b"]);
        assert_eq!(segments("*end"), ["", "end"]);
        assert_eq!(segments("a***b**"), ["a", "b", ""].map(str::to_owned).to_vec());
    }

    #[test]
    fn nothing_or_only_stars_match_every_name() {
        for text in ["", "  ", "*", "***"] {
            assert!(NamePattern::parse(text).is_any(), "{text:?}");
        }
    }

    #[test]
    fn rows_per_page_outside_one_to_a_thousand_are_refused() {
        for (text, expected) in [("", Some(10)), ("1", Some(1)), ("1000", Some(1000))] {
            let request = query(&[("size", text)]).parse::<GatewayColumn>();
            assert_eq!(request.ok().map(|request| request.size), expected);
        }
        for text in ["0", "1001", "abc", "-1", "1.5", "99999999999"] {
            let errors = query(&[("size", text)]).parse::<GatewayColumn>().unwrap_err();
            assert!(errors.get("size").is_some_and(|error| error.contains(text)));
        }
    }

    #[test]
    fn a_sort_is_a_column_with_or_without_a_minus() {
        let sort = |text| Sort::<GatewayColumn>::parse(text);
        assert_eq!(sort(""), Some(None));
        assert_eq!(sort("-uri").flatten().map(Sort::code).as_deref(), Some("-uri"));
        assert_eq!(sort("colour"), None);
    }

    #[test]
    fn pressing_a_header_goes_up_then_down_then_back() {
        let press = |current| Sort::pressed(current, GatewayColumn::Name);
        let up = press(None);
        let down = press(up);
        assert_eq!(up.map(Sort::code).as_deref(), Some("name"));
        assert_eq!(down.map(Sort::code).as_deref(), Some("-name"));
        assert_eq!(press(down), None);
    }

    #[test]
    fn the_range_groups_thousands_and_stops_counting() {
        let page = Page {
            rows: vec![(); 10],
            first: 50_001,
            total: Total::Many,
            next: None,
            previous: None,
        };
        assert_eq!(page.range(), "50,001–50,010 of 10,000+");
        let empty = Page::<()> {
            rows: vec![],
            first: 0,
            total: Total::Exactly(0),
            next: None,
            previous: None,
        };
        assert_eq!(empty.range(), "0–0 of 0");
    }
}
