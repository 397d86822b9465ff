//! The tabs of a gateway's card: those of its provider, and those that every saved gateway has.

use crate::components::form::card::TabLink;
use leptos::prelude::*;
use model::{Provider, settings};

/// What came in and went out.
pub(super) const DELIVERIES: TabLink = TabLink::new("deliveries", "Deliveries");
/// Who talks with the flow schema.
pub(super) const CONVERSATIONS: TabLink = TabLink::new("conversations", "Conversations");
/// Who did what to the gateway.
pub(super) const HISTORY: TabLink = TabLink::new("history", "History");

/// Those of a saved gateway that are no part of the form.
const BESIDE: [TabLink; 3] = [DELIVERIES, CONVERSATIONS, HISTORY];

/// What the address asks the card to show.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    /// The open tab.
    pub(super) tab: Memo<String>,
    /// One of the things in it.
    pub(super) entry: Memo<Option<String>>,
}

/// Whether a tab is no part of the form.
pub(super) fn is_beside(segment: &str) -> bool {
    BESIDE.iter().any(|tab| tab.segment == segment)
}

/// Whether a provider's card has what the address asks for; followed.
pub(super) fn has_tab(provider: Provider, saved: bool, shown: Shown) -> bool {
    let has_entries = |segment: &str| [DELIVERIES, CONVERSATIONS].iter().any(|tab| tab.segment == segment);
    let with_entry = shown.entry.with(Option::is_some);
    shown.tab.with(|segment| {
        let of_provider = settings::tabs(provider)
            .iter()
            .any(|tab| tab.segment == segment && (saved || !tab.saved_only));
        let beside = saved && is_beside(segment);
        (of_provider || beside) && (!with_entry || (saved && has_entries(segment)))
    })
}
