//! Saving a card, and what becomes of a refusal.

use super::{CardObject, CardState};
use crate::{components::form::bound::id_of, error::AppError};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::{FieldErrors, Fields, Version};

/// Goes to an address within the product.
pub type Go = Callback<(String, bool)>;

/// What takes the page to another address; the second value replaces the present one in the history.
#[must_use]
pub fn use_go() -> Go {
    let navigate = use_navigate();
    // Kept as it is: a value bound to one thread would be dropped on another one on the server.
    Callback::new(move |(path, replace): (String, bool)| {
        navigate(
            &path,
            NavigateOptions {
                replace,
                ..NavigateOptions::default()
            },
        );
    })
}

impl<C: CardObject> CardState<C> {
    /// Saves what has changed; when something is wrong, goes to the first wrong field instead.
    pub(super) fn save(self, go: Go) {
        if self.saving.get_untracked() || self.form.is_read_only() {
            return;
        }
        self.form.attempt();
        if !untrack(move || self.form.is_valid()) {
            self.show_first_wrong(go);
        } else if self.form.is_dirty_now() {
            self.send(self.seen.get_untracked(), go);
        }
    }

    /// Saves over the version that somebody else made; their changes in other fields stay.
    pub(super) fn keep_mine(self, go: Go) {
        let Some(id) = self.card.with_untracked(C::id) else {
            return;
        };
        if self.saving.get_untracked() {
            return;
        }
        self.saving.set(true);
        spawn_local(async move {
            let read = C::load(id).await;
            if self.saving.try_set(false).is_some() {
                return;
            }
            match read {
                Ok(present) => self.send(present.version(), go),
                Err(error) => self.refused(error, Callback::new(move |()| self.keep_mine(go)), go),
            }
        });
    }

    /// Shows the present version and forgets what was typed.
    pub(super) fn load_present(self, go: Go) {
        let Some(id) = self.card.with_untracked(C::id) else {
            return;
        };
        spawn_local(async move {
            let read = C::load(id).await;
            if self.saving.is_disposed() {
                return;
            }
            match read {
                Ok(present) => {
                    self.conflict.set(None);
                    self.failure.set(None);
                    self.form.discard(present.fields().clone());
                    self.take(present);
                }
                Err(error) => self.refused(error, Callback::new(move |()| self.load_present(go)), go),
            }
        });
    }

    fn send(self, version: Version, go: Go) {
        let sent = self.form.all();
        let changes = self.form.changes();
        let card = self.card.get_untracked();
        self.saving.set(true);
        spawn_local(async move {
            let answer = match card.id() {
                None => card.create(sent.clone()).await,
                Some(id) => C::update(id, version, changes).await,
            };
            if self.saving.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(saved) => self.saved(&sent, saved, card.id().is_none(), go),
                Err(error) => self.refused(error, Callback::new(move |()| self.save(go)), go),
            }
        });
    }

    fn saved(self, sent: &Fields, card: C, first: bool, go: Go) {
        let address = format!("{}{}", card.base_path(), self.tab_part());
        self.conflict.set(None);
        self.failure.set(None);
        self.said_saved.set(false);
        self.form.settle(sent, card.fields().clone());
        self.take(card);
        self.toasts.say("Saved");
        if first {
            go.run((address, true));
        }
    }

    /// Puts a refusal where it belongs; nothing that was typed is lost in any case.
    fn refused(self, error: AppError, retry: Callback<()>, go: Go) {
        self.failure.set(None);
        self.conflict.set(None);
        if error.is(AppError::SIGNED_OUT) {
            self.gate.open(retry);
        } else if error.is(AppError::CONFLICT) && self.card.with_untracked(|card| card.id().is_some()) {
            self.conflict.set(Some(error));
        } else {
            self.form.refuse(error.fields.clone());
            let elsewhere = self.form.homeless(&error.fields);
            if error.fields.is_empty() || !elsewhere.is_empty() {
                self.failure.set(Some(error));
            } else {
                self.show_first_wrong(go);
            }
        }
    }

    /// Opens the tab of the first wrong field and puts the focus there.
    pub(super) fn show_first_wrong(self, go: Go) {
        let first = untrack(move || self.form.wrong_places().into_iter().next());
        if let Some(place) = first {
            self.show_field(&place.key, &place.tab, go);
        }
    }

    /// Takes what the server says of fields that it was asked about, and goes to the first of them.
    pub fn refuse_at_fields(self, errors: FieldErrors, go: Go) {
        let first = self.form.first_place(&errors);
        self.form.refuse(errors);
        if let Some(place) = first {
            self.show_field(&place.key, &place.tab, go);
        }
    }

    /// Opens a tab and puts the focus on one of its fields.
    pub fn show_field(self, key: &str, tab: &str, go: Go) {
        if tab != self.tab.get_untracked() {
            go.run((self.tab_path(tab), false));
        }
        let id = id_of(key);
        // The tab is shown by then, and what was folded away unfolded.
        set_timeout(move || focus(&id), std::time::Duration::from_millis(50));
    }

    /// The address of one of the card's tabs.
    #[must_use]
    pub fn tab_path(self, tab: &str) -> String {
        let base = self.card.with_untracked(C::base_path);
        if tab.is_empty() { base } else { format!("{base}/{tab}") }
    }

    fn tab_part(self) -> String {
        match self.tab.get_untracked() {
            tab if tab.is_empty() => tab,
            tab => format!("/{tab}"),
        }
    }
}

/// Puts the focus on a field; one that is folded away has a visible stand-in with `-search` behind its id.
fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    let candidates = [format!("{id}-search"), id.to_owned()];
    let found = candidates.iter().find_map(|id| document().get_element_by_id(id));
    if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        _ = element.focus();
    }
}
