//! What a file says about a gateway.

use super::{Reading, Source, plain};
use crate::apply::node::{Kind, Node, variable};
use engine::declare::DeclaredGateway;
use model::{Fields, Provider, form::Control, settings};
use std::str::FromStr;

/// Groups of fields: their name in the file, and what their keys begin with in a form.
const GROUPS: [(&str, &str); 3] = [
    ("settings", "settings."),
    ("templates", "templates."),
    ("secrets", "secret."),
];

/// Where a field of a form stands in a file: `settings.webhook`, `secrets.token`.
pub(in super::super) fn path_of(key: &str) -> String {
    let group = GROUPS.iter().find(|(_, prefix)| key.starts_with(prefix));
    match group {
        Some((name, prefix)) => format!("{name}.{}", &key[prefix.len()..]),
        None => key.to_owned(),
    }
}

/// The words of a choice, if this is none of them; a form shows labels in their place.
fn other_words(control: &Control, text: &str) -> Option<String> {
    let Control::Choice(choices) = control else { return None };
    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    (!words.contains(&text)).then(|| words.join(", "))
}

impl Reading<'_> {
    pub(super) fn gateway(&mut self, node: &Node, path: String) {
        const KEYS: &[&str] = &[
            "name",
            "provider",
            "uri",
            "flow",
            "enabled",
            "settings",
            "templates",
            "secrets",
            "accounts",
        ];
        let Some(members) = self.members(node, &path, KEYS) else {
            return;
        };
        let mut source = Source::new(path, node);
        let provider = self.provider(node, &source);
        let (mut name, mut flow, mut enabled, mut fields) = (None, None, None, Fields::default());
        let mut accounts = Vec::new();
        for (key, value) in members {
            let at = format!("{}.{key}", source.path);
            source.lines.insert(key.to_owned(), value.line);
            match key {
                "name" => name = self.text(value, &at),
                "uri" => fields.set("uri", self.text(value, &at).unwrap_or_default()),
                "flow" => {
                    let name = self.text(value, &at);
                    flow = name.map(|name| Some(name).filter(|name| !name.is_empty()));
                }
                "enabled" => enabled = self.flag(value, &at),
                "settings" => self.group(value, &at, "settings.", provider, &mut source, &mut fields),
                "templates" => self.group(value, &at, "templates.", provider, &mut source, &mut fields),
                "secrets" => self.secrets(value, &at, &mut source, &mut fields),
                "accounts" => accounts = self.accounts(value, &at, &mut source),
                // Read before everything else.
                _ => {}
            }
        }
        let name = self.name(name, node, &source);
        let (Some(name), Some(provider)) = (name, provider) else {
            return;
        };
        self.read.declaration.gateways.push(DeclaredGateway {
            name,
            provider,
            flow,
            enabled,
            fields,
            accounts,
        });
        self.read.gateways.push(source);
    }

    fn provider(&mut self, node: &Node, source: &Source) -> Option<Provider> {
        let path = format!("{}.provider", source.path);
        let codes = || Provider::ALL.map(Provider::code).join(", ");
        let Some(value) = node.get("provider") else {
            self.note(source.line, path, format!("Name its messenger, one of: {}.", codes()));
            return None;
        };
        let text = self.text(value, &path)?;
        let provider = Provider::from_str(&text).ok();
        if provider.is_none() {
            self.note(
                value.line,
                path,
                format!("“{text}” is no messenger. Use one of: {}.", codes()),
            );
        }
        provider
    }

    pub(super) fn flag(&mut self, node: &Node, path: &str) -> Option<bool> {
        let flag = plain(node).and_then(|text| text.parse().ok());
        if flag.is_none() {
            self.note(node.line, path, "Write true or false.");
        }
        flag
    }

    /// Reads fields by their keys, with or without the group's own name in front; a map stands for keys with dots.
    fn group(
        &mut self,
        node: &Node,
        path: &str,
        prefix: &str,
        provider: Option<Provider>,
        source: &mut Source,
        fields: &mut Fields,
    ) {
        let Kind::Map(members) = &node.kind else {
            if !super::is_null(node) {
                self.note(node.line, path, "Write the names of fields, each with its value.");
            }
            return;
        };
        for (name, value) in members {
            let short = name.strip_prefix(prefix).unwrap_or(name);
            let (at, key) = (format!("{path}.{short}"), format!("{prefix}{short}"));
            if matches!(value.kind, Kind::Map(_)) {
                self.group(value, &at, &format!("{key}."), provider, source, fields);
                continue;
            }
            let known = provider.and_then(|provider| settings::field(provider, &key));
            if provider.is_some() && known.is_none() {
                self.note(value.line, at, format!("“{name}” is not a field of this messenger."));
                continue;
            }
            let text = match known.map(|field| &field.control) {
                Some(Control::Origins) if matches!(value.kind, Kind::List(_)) => {
                    self.texts(value, &at).map(|origins| origins.join(", "))
                }
                _ => self.text(value, &at),
            };
            source.lines.insert(key.clone(), value.line);
            let Some(text) = text else { continue };
            if let Some(words) = known.and_then(|field| other_words(&field.control, &text)) {
                self.note(value.line, at, format!("Use one of: {words}."));
            }
            fields.set(key, text);
        }
    }

    /// Reads secrets out of the environment. What stands in the file itself is refused and never repeated: a file is kept,
    /// copied and sent.
    fn secrets(&mut self, node: &Node, path: &str, source: &mut Source, fields: &mut Fields) {
        let Kind::Map(members) = &node.kind else {
            if !super::is_null(node) {
                self.note(
                    node.line,
                    path,
                    "Write the names of secrets, each with ${NAME} of a variable.",
                );
            }
            return;
        };
        for (name, value) in members {
            let short = name.strip_prefix("secret.").unwrap_or(name);
            let (at, key) = (format!("{path}.{short}"), format!("secret.{short}"));
            source.lines.insert(key.clone(), value.line);
            if let Some(secret) = self.secret(value, &at, &short.to_uppercase()) {
                fields.set(key, secret);
            }
        }
    }

    /// Reads one secret out of the variable that the file names.
    pub(super) fn secret(&mut self, node: &Node, path: &str, example: &str) -> Option<String> {
        let text = plain(node).unwrap_or_default();
        let whole = |name: &&str| text.len() == name.len() + "${}".len();
        let Some(variable) = variable(&text).filter(whole) else {
            let message = format!(
                "A secret doesn't belong in a file. Write the name of an environment variable, such as ${{{example}}}."
            );
            self.note(node.line, path, message);
            return None;
        };
        let secret = self.environment.get(variable);
        let secret = secret.filter(|secret| !secret.trim().is_empty());
        if secret.is_none() {
            self.note(
                node.line,
                path,
                format!("The environment variable {variable} is not set."),
            );
        }
        secret.map(Into::into)
    }
}
