//! Reads a provider's form field by field and collects every error.

use super::{Control, Field, FieldErrors, Fields, Tab};
use crate::{FlowId, Provider, Secret, Templates, Uri, settings::tabs};
use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

/// Reads typed values out of a form by the descriptions of its fields.
///
/// Every read notes what is wrong and gives a harmless value then, so that all errors of a form come at once.
#[derive(Debug)]
pub struct Reader<'f> {
    fields: &'f Fields,
    known: BTreeMap<&'static str, &'static Field>,
    set: BTreeSet<String>,
    errors: FieldErrors,
}

impl<'f> Reader<'f> {
    /// Begins to read a form of a provider; `set` are the keys of secrets that are set already.
    pub fn new<'a>(provider: Provider, fields: &'f Fields, set: impl IntoIterator<Item = &'a str>) -> Self {
        let known = tabs(provider).iter().flat_map(Tab::fields);
        Self {
            fields,
            known: known.map(|field| (field.key, field)).collect(),
            set: set.into_iter().map(str::to_owned).collect(),
            errors: FieldErrors::default(),
        }
    }

    /// Reads a field by a rule of its own.
    pub fn take<T: Default>(&mut self, key: &'static str, rule: impl FnOnce(&str) -> Result<T, String>) -> T {
        let text = self.fields.get(key);
        self.errors.take(key, rule(text))
    }

    /// Reads the URI.
    pub fn uri(&mut self, key: &'static str) -> Uri {
        Uri::parse(self.fields.get(key)).unwrap_or_else(|error| {
            self.errors.add(key, error.to_string());
            Uri::from_random([0; Uri::RANDOM_BYTES])
        })
    }

    /// Reads the choice of a flow schema.
    pub fn flow(&mut self, key: &'static str) -> Option<FlowId> {
        match self.fields.get(key) {
            "" => None,
            text => FlowId::from_str(text)
                .map_err(|_| self.errors.add(key, "Choose a flow schema from the list."))
                .ok(),
        }
    }

    /// Reads a switch.
    pub fn switch(&mut self, key: &'static str) -> bool {
        match self.fields.get(key) {
            "true" | "on" => true,
            "false" | "" => false,
            other => {
                self.errors
                    .add(key, format!("“{other}” is neither “true” nor “false”."));
                false
            }
        }
    }

    /// Reads one line of text, an address or a list of origins, trimmed.
    pub fn text(&mut self, key: &'static str) -> String {
        let text = self.fields.get(key).trim();
        let Some(field) = self.known.get(key).copied() else {
            return text.to_owned();
        };
        let active = self.active(key).is_some();
        if text.is_empty() {
            if active {
                self.require(field);
            }
            return String::new();
        }
        // What is switched off is kept as it was typed, but it is stored, so it has to fit.
        let wrong = match field.control {
            Control::Text { max } => check_length(text, max).err(),
            Control::Address { schemes } if active => check_address(text, schemes).err(),
            Control::Address { .. } => check_length(text, MAX_ADDRESS_CHARS).err(),
            Control::Origins => check_origins(text).err(),
            _ => None,
        };
        if let Some(message) = wrong {
            self.errors.add(key, message);
        }
        text.to_owned()
    }

    /// Reads a text with placeholders; a provider that hasn't the field has an empty one.
    pub fn template(&mut self, key: &'static str) -> String {
        if !self.known.contains_key(key) {
            return String::new();
        }
        let text = self.fields.get(key).trim();
        self.errors.take(key, Templates::check(text));
        text.to_owned()
    }

    /// Reads a whole number; an inert or empty field gives its default.
    pub fn integer(&mut self, key: &'static str) -> i64 {
        self.number(key).unwrap_or_default()
    }

    /// Reads a whole number that may be missing.
    pub fn number(&mut self, key: &'static str) -> Option<i64> {
        let field = self.known.get(key).copied()?;
        let Control::Integer { min, max, unit } = field.control else {
            return None;
        };
        let text = self.fields.get(key).trim();
        let text = if text.is_empty() && !field.required {
            field.default
        } else {
            text
        };
        let active = self.active(key).is_some();
        if text.is_empty() {
            if active {
                self.require(field);
            }
            return field.default.parse().ok();
        }
        let number = text.parse::<i64>().ok().filter(|number| (min..=max).contains(number));
        if number.is_none() && active {
            let unit = if unit.is_empty() {
                String::new()
            } else {
                format!(" {unit}")
            };
            let message = if max == i64::MAX {
                format!("Enter a whole number, {min} or more.")
            } else {
                format!("Enter a whole number from {min} to {max}{unit}.")
            };
            self.errors.add(key, message);
        }
        number.or_else(|| field.default.parse().ok())
    }

    /// Reads a number with a fraction.
    pub fn decimal(&mut self, key: &'static str) -> f64 {
        let Some(field) = self.known.get(key).copied() else {
            return 0.0;
        };
        let Control::Decimal { min, max } = field.control else {
            return 0.0;
        };
        let text = self.fields.get(key).trim().replace(',', ".");
        let text = if text.is_empty() {
            field.default.to_owned()
        } else {
            text
        };
        let number = text.parse::<f64>().ok().filter(|number| (min..=max).contains(number));
        if number.is_none() && self.active(key).is_some() {
            self.errors.add(key, format!("Enter a number from {min} to {max}."));
        }
        number.or_else(|| field.default.parse().ok()).unwrap_or_default()
    }

    /// Reads one of several choices; an empty text is the default.
    pub fn choice(&mut self, key: &'static str) -> String {
        let Some(field) = self.known.get(key).copied() else {
            return String::new();
        };
        let Control::Choice(choices) = field.control else {
            return String::new();
        };
        let text = match self.fields.get(key) {
            "" => field.default,
            text => text,
        };
        if !choices.iter().any(|(value, _)| *value == text) {
            let labels: Vec<_> = choices.iter().map(|(_, label)| *label).collect();
            self.errors.add(key, format!("Choose one of: {}.", labels.join(", ")));
            return field.default.to_owned();
        }
        text.to_owned()
    }

    /// Reads a colour; an empty text is the default.
    pub fn color(&mut self, key: &'static str) -> String {
        let default = self.known.get(key).map_or("#000000", |field| field.default);
        let text = match self.fields.get(key).trim() {
            "" => default,
            text => text,
        };
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            let message = format!("Enter “#” and six hexadecimal digits, such as {default}.");
            self.errors.add(key, message);
            return default.to_owned();
        }
        text.to_lowercase()
    }

    /// Notes an error of a rule over more than one field.
    pub fn error(&mut self, key: &'static str, message: impl Into<String>) {
        self.errors.add(key, message);
    }

    /// Reads every secret of the form: those that were typed; one that is required must be typed or set.
    pub fn secrets(&mut self) -> BTreeMap<String, Secret<String>> {
        let mut secrets = BTreeMap::new();
        let all: Vec<_> = self.known.values().copied().collect();
        for field in all {
            let Control::Secret { max, shape, .. } = field.control else {
                continue;
            };
            let text = shape.clean(self.fields.get(field.key));
            if text.is_empty() {
                if !self.set.contains(field.key) && self.active(field.key).is_some() {
                    self.require(field);
                }
                continue;
            }
            if let Err(message) = check_length(text, max) {
                self.errors.add(field.key, message);
            } else if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
                let message = format!("Remove the spaces or line breaks from “{}”.", field.label);
                self.errors.add(field.key, message);
            } else if let Err(message) = shape.check(text) {
                self.errors.add(field.key, message);
            }
            secrets.insert(field.key.to_owned(), Secret::new(text.to_owned()));
        }
        secrets
    }

    /// Notes an error at each field that the provider doesn't have.
    pub fn refuse_unknown(&mut self) {
        for (key, _) in self.fields.iter() {
            if !self.known.contains_key(key) {
                self.errors
                    .add(key, format!("“{key}” is not a setting of this provider."));
            }
        }
    }

    /// Ends the reading: the value, or every error.
    ///
    /// # Errors
    ///
    /// What was noted on the way.
    pub fn into_result<T>(self, value: T) -> Result<T, FieldErrors> {
        self.errors.into_result(value)
    }

    /// The field's description, if it counts as the form stands.
    fn active(&self, key: &str) -> Option<&'static Field> {
        let field = self.known.get(key).copied()?;
        field.is_active(|key| self.fields.get(key).to_owned()).then_some(field)
    }

    fn require(&mut self, field: &'static Field) {
        if field.required {
            self.errors.add(field.key, format!("Fill in “{}”.", field.label));
        }
    }
}

/// The longest address in characters.
const MAX_ADDRESS_CHARS: usize = 2_048;
/// The most origins in a list.
const MAX_ORIGINS: usize = 100;

fn check_length(text: &str, max: usize) -> Result<(), String> {
    let chars = text.chars().count();
    if chars > max {
        return Err(format!("Use at most {max} characters; this has {chars}."));
    }
    if text.chars().any(char::is_control) {
        return Err("Remove the line break or other control character.".to_owned());
    }
    Ok(())
}

/// Checks an absolute URL: one of the schemes, a host, no user name.
fn check_address(text: &str, schemes: &[&str]) -> Result<(), String> {
    check_length(text, MAX_ADDRESS_CHARS)?;
    let example = format!("Enter a full address that begins with {}://.", schemes.join(":// or "));
    let uri = http::Uri::try_from(text).map_err(|_| example.clone())?;
    if !uri.scheme_str().is_some_and(|scheme| schemes.contains(&scheme)) {
        return Err(example);
    }
    let authority = uri.authority().ok_or(example.clone())?;
    if authority.host().is_empty() {
        return Err(example);
    }
    if authority.as_str().contains('@') {
        return Err("Remove the user name and password from the address.".to_owned());
    }
    if authority.as_str().len() > authority.host().len() && authority.port_u16().is_none() {
        return Err("Write the port behind the “:” as a number from 0 to 65535, or remove both.".to_owned());
    }
    Ok(())
}

/// Checks a list of origins, separated by commas or line breaks.
fn check_origins(text: &str) -> Result<(), String> {
    if origins(text).nth(MAX_ORIGINS).is_some() {
        return Err(format!("Use at most {MAX_ORIGINS} origins."));
    }
    for origin in origins(text) {
        if origin.matches('*').count() > 1 {
            return Err(format!("Use one “*” at most in “{origin}”."));
        }
        if origin == "*" {
            continue;
        }
        let plain = origin.replacen('*', "x", 1);
        let wrong = || format!("“{origin}” is no origin; write it like https://example.com.");
        check_address(&plain, &["http", "https"]).map_err(|_| wrong())?;
        let behind_scheme = plain.split_once("://").map_or("", |(_, rest)| rest);
        if behind_scheme.contains(['/', '?', '#']) {
            let message = format!("Leave out what follows the host in “{origin}”.");
            return Err(message);
        }
    }
    Ok(())
}

/// The origins of a list, trimmed, without empty ones.
pub(crate) fn origins(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '\n', ' '])
        .map(str::trim)
        .filter(|origin| !origin.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_need_a_scheme_and_a_host() {
        let https = &["https"][..];
        assert_eq!(check_address("https://xyz.api.infobip.com", https), Ok(()));
        for wrong in [
            "xyz.api.infobip.com",
            "http://a.example",
            "https://",
            "https://a b",
            "/path",
        ] {
            assert!(check_address(wrong, https).is_err(), "{wrong}");
        }
        assert!(
            check_address("https://anna:pw@a.example", https)
                .unwrap_err()
                .contains("user name")
        );
    }

    #[test]
    fn origins_are_exact_or_have_one_star() {
        for good in ["*", "https://a.example", "https://*.a.example, http://localhost:3000"] {
            assert_eq!(check_origins(good), Ok(()), "{good}");
        }
        for wrong in [
            "a.example",
            "https://*.*.example",
            "https://a.example/path",
            "ftp://a.example",
        ] {
            assert!(check_origins(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_port_must_be_one() {
        let https = &["https"][..];
        for good in ["https://a.example:8443/x", "https://[::1]:443", "https://[::1]"] {
            assert_eq!(check_address(good, https), Ok(()), "{good}");
        }
        for wrong in ["https://a.example:99999", "https://a.example:", "https://:443"] {
            assert!(check_address(wrong, https).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_list_has_at_most_a_hundred_origins() {
        let list = |count: usize| vec!["https://a.example"; count].join(",");
        assert_eq!(check_origins(&list(100)), Ok(()));
        assert!(check_origins(&list(101)).unwrap_err().contains("100"));
    }
}
