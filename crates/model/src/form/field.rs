//! The description of a form: tabs, groups, fields.

use super::SecretShape;

/// One tab of a card.
#[derive(Debug)]
pub struct Tab {
    /// Its part of the URL.
    pub segment: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Whether it is there only once the gateway is saved.
    pub saved_only: bool,
    /// Its fields, in groups.
    pub groups: &'static [Group],
}

impl Tab {
    /// Every field of the tab.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.groups.iter().flat_map(|group| group.fields)
    }
}

/// Fields that belong together.
#[derive(Debug)]
pub struct Group {
    /// The heading; empty for none.
    pub label: &'static str,
    /// A sentence under the heading; empty for none.
    pub hint: &'static str,
    /// The fields.
    pub fields: &'static [Field],
}

/// One field.
#[derive(Debug)]
pub struct Field {
    /// Its key in the form.
    pub key: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What to enter and where to find it; empty for nothing.
    pub hint: &'static str,
    /// How it is entered.
    pub control: Control,
    /// Whether it must be filled (while what [`Field::when`] names is on).
    pub required: bool,
    /// The text in a new form.
    pub default: &'static str,
    /// The key of the switch without which the field is inert; empty for none. A leading `!` turns it round.
    pub when: &'static str,
}

/// How a field is entered, with the limits that the server enforces.
#[derive(Debug)]
pub enum Control {
    /// The gateway's URI.
    Uri {
        /// Whether the page shows it; a provider that isn't called back doesn't need it.
        shown: bool,
    },
    /// The choice of a flow schema.
    Flow,
    /// One line of text.
    Text {
        /// The most characters.
        max: usize,
    },
    /// Several lines of text with `${variable}` placeholders.
    Template,
    /// A secret: typed once, never shown again.
    Secret {
        /// The most characters.
        max: usize,
        /// Whether the page offers to make one.
        generate: bool,
        /// What it looks like.
        shape: SecretShape,
    },
    /// A whole number.
    Integer {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
        /// What is counted, shown behind the field.
        unit: &'static str,
    },
    /// A number with a fraction.
    Decimal {
        /// The smallest.
        min: f64,
        /// The largest.
        max: f64,
    },
    /// On or off: `true` or `false`.
    Switch,
    /// One of several: value and label.
    Choice(&'static [(&'static str, &'static str)]),
    /// A colour: `#` and six hexadecimal digits.
    Color,
    /// A URL of one of these schemes.
    Address {
        /// The allowed schemes.
        schemes: &'static [&'static str],
    },
    /// Origins of sites, separated by commas: `https://example.com`, one `*` in each allowed, or `*` alone.
    Origins,
}

impl Field {
    /// A field of one line that may stay empty; the start for the others.
    pub(crate) const fn new(key: &'static str, label: &'static str, control: Control) -> Self {
        Self {
            key,
            label,
            hint: "",
            control,
            required: false,
            default: "",
            when: "",
        }
    }

    pub(crate) const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) const fn default(mut self, default: &'static str) -> Self {
        self.default = default;
        self
    }

    pub(crate) const fn when(mut self, switch: &'static str) -> Self {
        self.when = switch;
        self
    }

    /// Whether the field counts, given how the form stands.
    #[must_use]
    pub fn is_active(&self, value: impl Fn(&str) -> String) -> bool {
        match self.when.strip_prefix('!') {
            None if self.when.is_empty() => true,
            None => value(self.when) == "true",
            Some(switch) => value(switch) != "true",
        }
    }
}
