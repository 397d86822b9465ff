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
    /// Cuts a text at its insertions, from left to right; each ends at the first `}` behind it.
    ///
    /// `${}` is a variable without a name, which is always empty. What isn't closed stays text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut plain = 0;
        let mut from = 0;
        while let Some(found) = text[from..].find("${") {
            let dollar = from + found;
            let inside = dollar + 2;
            let Some(length) = text[inside..].find('}') else { break };
            let global = dollar > plain && text.as_bytes()[dollar - 1] == b'$';
            let start = dollar - usize::from(global);
            push_text(&mut parts, &text[plain..start]);
            parts.push(Part::insertion(&text[inside..inside + length], global));
            from = inside + length + 1;
            plain = from;
        }
        push_text(&mut parts, &text[plain..]);
        Self { parts }
    }

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

impl Part {
    fn insertion(written: &str, global: bool) -> Self {
        let (name, uri) = written
            .strip_suffix(".uri()")
            .map_or((written, false), |name| (name, true));
        let name = name.into();
        if global {
            Self::Global { name, uri }
        } else {
            Self::Variable { path: name, uri }
        }
    }
}

fn push_text(parts: &mut Vec<Part>, text: &str) {
    if !text.is_empty() {
        parts.push(Part::Text(text.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Part {
        Part::Text(text.into())
    }

    fn variable(path: &str) -> Part {
        Part::Variable {
            path: path.into(),
            uri: false,
        }
    }

    fn global(name: &str) -> Part {
        Part::Global {
            name: name.into(),
            uri: false,
        }
    }

    #[test]
    fn a_text_is_cut_at_its_insertions() {
        let table: [(&str, Vec<Part>); 17] = [
            ("", vec![]),
            ("plain", vec![text("plain")]),
            ("${}", vec![variable("")]),
            ("${a.b.0.#}", vec![variable("a.b.0.#")]),
            ("Hi, ${name}!", vec![text("Hi, "), variable("name"), text("!")]),
            ("${a}${b}", vec![variable("a"), variable("b")]),
            ("$${x}", vec![global("x")]),
            ("a$${x}b", vec![text("a"), global("x"), text("b")]),
            ("$$${x}", vec![text("$"), global("x")]),
            ("${a}$${b}", vec![variable("a"), global("b")]),
            ("${open", vec![text("${open")]),
            ("${a} ${open", vec![variable("a"), text(" ${open")]),
            ("$${open", vec![text("$${open")]),
            ("$$ $ {x} }", vec![text("$$ $ {x} }")]),
            ("${a${b}}", vec![variable("a${b"), text("}")]),
            ("Ціна: ${ціна} ₴", vec![text("Ціна: "), variable("ціна"), text(" ₴")]),
            ("${ a }", vec![variable(" a ")]),
        ];
        for (written, parts) in table {
            assert_eq!(Template::parse(written).parts, parts, "{written}");
        }
    }

    #[test]
    fn uri_at_the_end_of_a_name_is_no_part_of_it() {
        let variable = |path: &str, uri| vec![Part::Variable { path: path.into(), uri }];
        assert_eq!(Template::parse("${x.uri()}").parts, variable("x", true));
        assert_eq!(Template::parse("${a.b.uri()}").parts, variable("a.b", true));
        assert_eq!(Template::parse("${uri()}").parts, variable("uri()", false));
        assert_eq!(Template::parse("${x.uri}").parts, variable("x.uri", false));
        assert_eq!(
            Template::parse("$${x.uri()}").parts,
            vec![Part::Global {
                name: "x".into(),
                uri: true
            }]
        );
    }

    #[test]
    fn only_a_text_without_insertions_is_literal() {
        assert_eq!(Template::parse("").literal(), Some(""));
        assert_eq!(Template::parse("${open").literal(), Some("${open"));
        assert_eq!(Template::parse("${a}").literal(), None);
        assert_eq!(Template::parse("a${b}").literal(), None);
    }
}
