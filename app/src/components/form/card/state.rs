//! How a card stands: its object, its form, and what the server said last.

use super::CardObject;
use crate::{
    components::{
        form::state::FormState,
        session_gate::{SessionGate, use_session_gate},
        toast::{Toasts, use_toasts},
        viewer::use_viewer,
    },
    error::AppError,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Letter, Version};

/// The state of one card, shared by its parts.
pub struct CardState<C: CardObject> {
    /// The object as it was last read or saved.
    pub card: RwSignal<C>,
    /// The version from which the form was made; a save names it.
    pub seen: RwSignal<Version>,
    /// What is typed.
    pub form: FormState,
    /// Whether a save is under way.
    pub saving: RwSignal<bool>,
    /// Somebody else has saved in the meantime: what they changed.
    pub conflict: RwSignal<Option<AppError>>,
    /// Another reason why the last save failed.
    pub failure: RwSignal<Option<AppError>>,
    /// Why nothing can be changed, if so.
    pub locked: StoredValue<Option<String>>,
    /// The open tab; empty for a card without tabs.
    pub tab: Signal<String>,
    /// Whether the page says "Saved": after a plain form was posted.
    pub said_saved: RwSignal<bool>,
    /// Changes the object after something else than a save; set by cards that keep more than the form.
    pub(super) on_load: StoredValue<Option<Callback<C>>>,
    pub(super) gate: SessionGate,
    pub(super) toasts: Toasts,
}

#[expect(
    clippy::expl_impl_clone_on_copy,
    reason = "deriving would ask for objects that can be copied"
)]
impl<C: CardObject> Clone for CardState<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: CardObject> Copy for CardState<C> {}

impl<C: CardObject> CardState<C> {
    /// The state of a card that was just read.
    pub fn new(card: C, tab: Signal<String>) -> Self {
        let locked = why_locked(&card);
        let (conflict, failure) = said_before(&card);
        let (fields, posted, places) = (card.fields().clone(), card.posted().cloned(), card.places());
        let said_saved = use_query_map().with_untracked(|query| query.get_str("saved") == Some("1"));
        let seen = posted
            .as_ref()
            .and_then(|posted| posted.fields.get("version").parse().ok())
            .map(Version);
        let seen = RwSignal::new(seen.unwrap_or(card.version()));
        let card = RwSignal::new(card);
        let check = move |fields: &_| card.with(|card| card.check(fields));
        Self {
            card,
            seen,
            form: FormState::new(fields, posted.as_ref(), places, locked.is_some(), check),
            saving: RwSignal::new(false),
            conflict: RwSignal::new(conflict),
            failure: RwSignal::new(failure),
            locked: StoredValue::new(locked),
            tab,
            said_saved: RwSignal::new(said_saved && posted.is_none()),
            on_load: StoredValue::new(None),
            gate: use_session_gate(),
            toasts: use_toasts(),
        }
    }

    /// Calls back whenever the object is read again or saved.
    #[must_use]
    pub fn on_load(self, then: impl Fn(C) + Send + Sync + 'static) -> Self {
        self.on_load.set_value(Some(Callback::new(then)));
        self
    }

    /// The saved name, or what the object is called before it has one.
    #[must_use]
    pub fn name(self) -> String {
        self.card.with(|card| match card.fields().get("name") {
            name if card.id().is_some() => name.to_owned(),
            _ => card.new_name(),
        })
    }

    /// Whether it has been saved.
    #[must_use]
    pub fn is_saved(self) -> bool {
        self.card.with(|card| card.id().is_some())
    }

    /// Notes a change that was made beside the form, so that the next save doesn't take it for somebody else's.
    pub fn amend(self, version: Version, change: impl FnOnce(&mut C)) {
        if self.seen.get_untracked() == self.card.with_untracked(C::version) {
            self.seen.set(version);
        }
        self.card.update(change);
    }

    /// Whether a save would be taken: something has changed and nothing is wrong.
    #[must_use]
    pub fn can_save(self) -> bool {
        self.form.is_dirty() && self.form.is_valid() && !self.saving.get()
    }

    /// Takes an object that was saved or read again.
    pub(super) fn take(self, card: C) {
        if let Some(then) = self.on_load.get_value() {
            then.run(card.clone());
        }
        self.seen.set(card.version());
        self.card.set(card);
    }
}

/// Why nothing on the card can be changed.
fn why_locked<C: CardObject>(card: &C) -> Option<String> {
    if let Some(reason) = card.locked() {
        return Some(reason.to_owned());
    }
    let letter = if card.id().is_some() {
        Letter::Update
    } else {
        Letter::Create
    };
    let viewer = use_viewer().get_untracked();
    let allowed = viewer.is_some_and(|viewer| viewer.grants.allows(C::SECTION, letter));
    (!allowed).then(|| {
        let (object, right, section) = (C::SECTION.object(), letter.label(), C::SECTION.label());
        format!("You can read this {object} but not change it: that takes the right “{right}” in “{section}”.")
    })
}

/// The refusal of a form that was posted without JavaScript, sorted into conflict and failure.
fn said_before<C: CardObject>(card: &C) -> (Option<AppError>, Option<AppError>) {
    match card.posted().map(|posted| posted.error.clone()) {
        Some(error) if error.is(AppError::CONFLICT) => (Some(error), None),
        Some(error) if error.is(AppError::INVALID) && !error.fields.is_empty() => (None, None),
        other => (None, other),
    }
}
