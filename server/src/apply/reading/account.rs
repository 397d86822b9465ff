//! What a file says about a page, an Instagram account or a number of a Messenger gateway.

use super::{Reading, Source};
use crate::apply::node::Node;
use engine::declare::DeclaredAccount;
use model::{MetaKind, Secret};

/// The longest id that Meta gives, in digits, and some more.
const LONGEST_ID: usize = 40;

impl Reading<'_> {
    pub(super) fn accounts(&mut self, node: &Node, path: &str, source: &mut Source) -> Vec<DeclaredAccount> {
        let items = self.items(node, path).unwrap_or_default();
        let mut accounts = Vec::with_capacity(items.len());
        for (number, item) in items.iter().enumerate() {
            source.lines.insert(format!("accounts[{number}]"), item.line);
            accounts.extend(self.account(item, &format!("{path}[{number}]"), number, source));
        }
        // Where one can't be read, the numbers of the others would be wrong.
        if accounts.len() < items.len() {
            accounts.clear();
        }
        accounts
    }

    fn account(&mut self, node: &Node, path: &str, number: usize, source: &mut Source) -> Option<DeclaredAccount> {
        const KEYS: &[&str] = &["kind", "id", "page", "business_account", "name", "subscribed", "token"];
        let members = self.members(node, path, KEYS)?;
        let kind = self.kind(node, path)?;
        let mut account = DeclaredAccount {
            kind,
            id: String::new(),
            parent: String::new(),
            name: String::new(),
            token: None,
            subscribed: None,
        };
        for (key, value) in members {
            let at = format!("{path}.{key}");
            source.lines.insert(format!("accounts[{number}].{key}"), value.line);
            match key {
                "id" => account.id = self.id(value, &at).unwrap_or_default(),
                "page" if kind == MetaKind::Instagram => account.parent = self.id(value, &at).unwrap_or_default(),
                "business_account" if kind == MetaKind::WhatsApp => {
                    account.parent = self.id(value, &at).unwrap_or_default();
                }
                "page" | "business_account" => {
                    let message = format!("A {} has no {key}. Remove it.", kind.one());
                    self.note(value.line, at, message);
                }
                "name" => account.name = self.text(value, &at).unwrap_or_default(),
                "subscribed" => account.subscribed = self.flag(value, &at),
                "token" => account.token = self.secret(value, &at, "PAGE_TOKEN").map(Secret::new),
                // Read before everything else.
                _ => {}
            }
        }
        if node.get("id").is_none() {
            self.note(node.line, format!("{path}.id"), "Give the id that it has at Meta.");
        }
        Some(account)
    }

    fn kind(&mut self, node: &Node, path: &str) -> Option<MetaKind> {
        let at = format!("{path}.kind");
        let codes = || MetaKind::ALL.map(MetaKind::code).join(", ");
        let Some(value) = node.get("kind") else {
            self.note(node.line, at, format!("Say what it is, one of: {}.", codes()));
            return None;
        };
        let text = self.text(value, &at)?;
        let kind = text.parse().ok();
        if kind.is_none() {
            self.note(
                value.line,
                at,
                format!("“{text}” is no account. Use one of: {}.", codes()),
            );
        }
        kind
    }

    /// An id at Meta: digits, with or without quotation marks.
    fn id(&mut self, node: &Node, path: &str) -> Option<String> {
        let id = self.text(node, path)?;
        let fits = !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(|byte| byte.is_ascii_digit());
        if !fits {
            self.note(
                node.line,
                path,
                "Write the id as Meta shows it: digits and nothing else.",
            );
        }
        fits.then_some(id)
    }
}
