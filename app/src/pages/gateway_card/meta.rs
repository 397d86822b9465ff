//! The tabs Facebook, Instagram and WhatsApp of a Messenger gateway: what is connected there, and whose messages come.

mod addresses;
mod connect;
mod panel;
mod removal;
mod row;
mod signed_in;
mod state;
mod table;

pub(super) use connect::WINDOW as SIGN_IN;
pub(super) use panel::MetaPanel;
pub(super) use removal::RemovalDialog;
pub(super) use state::Accounts;

use model::MetaKind;

/// The kind of accounts that a tab is about.
pub(super) fn kind_of(segment: &str) -> Option<MetaKind> {
    segment.parse().ok()
}

/// What a kind's accounts are called on its tab, where it is clear whose they are.
const fn things(kind: MetaKind) -> &'static str {
    match kind {
        MetaKind::Facebook => "pages",
        MetaKind::Instagram => "accounts",
        MetaKind::WhatsApp => "numbers",
    }
}
