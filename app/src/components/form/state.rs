//! How a form stands: what is typed, what is saved, what is wrong.

use crate::api::Posted;
use leptos::prelude::*;
use model::{FieldErrors, Fields};
use std::collections::BTreeSet;

/// Where a field is found: its key, its label and the tab that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The field's key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// The tab's part of the URL; empty for a card without tabs.
    pub tab: String,
}

/// The state of one form, shared by all its controls.
///
/// Errors come from the rule that the server runs too, and from the server's last refusal; the latter vanish at a
/// field as soon as it is edited.
#[derive(Clone, Copy)]
pub struct FormState {
    fields: RwSignal<Fields>,
    saved: RwSignal<Fields>,
    refused: RwSignal<FieldErrors>,
    touched: RwSignal<BTreeSet<String>>,
    attempted: RwSignal<bool>,
    hydrated: RwSignal<bool>,
    read_only: bool,
    places: StoredValue<Vec<Place>>,
    wrong: Memo<FieldErrors>,
    dirty: Memo<bool>,
}

impl FormState {
    /// A form that shows `saved`, or what was typed and refused before without JavaScript.
    pub fn new(
        saved: Fields,
        posted: Option<&Posted>,
        places: Vec<Place>,
        read_only: bool,
        check: impl Fn(&Fields) -> FieldErrors + Send + Sync + 'static,
    ) -> Self {
        let typed = posted.map_or_else(|| saved.clone(), |posted| typed_again(&saved, &posted.fields));
        let fields = RwSignal::new(typed);
        let saved = RwSignal::new(saved);
        let hydrated = RwSignal::new(false);
        Effect::new(move || hydrated.set(true));
        Self {
            fields,
            saved,
            refused: RwSignal::new(posted.map(|posted| posted.errors().clone()).unwrap_or_default()),
            touched: RwSignal::new(BTreeSet::new()),
            attempted: RwSignal::new(posted.is_some()),
            hydrated,
            read_only,
            places: StoredValue::new(places),
            wrong: Memo::new(move |_| fields.with(|fields| check(fields))),
            dirty: Memo::new(move |_| fields.with(|fields| saved.with(|saved| fields != saved))),
        }
    }

    /// The text of a field as it stands; followed.
    #[must_use]
    pub fn now(self, key: &str) -> String {
        self.fields.with(|fields| fields.get(key).to_owned())
    }

    /// The text of a field as it stands; not followed.
    #[must_use]
    pub fn peek(self, key: &str) -> String {
        self.fields.with_untracked(|fields| fields.get(key).to_owned())
    }

    /// The text of a field, to follow.
    #[must_use]
    pub fn text(self, key: impl Into<String>) -> Memo<String> {
        let key = key.into();
        Memo::new(move |_| self.now(&key))
    }

    /// Whether a switch is on, to follow.
    #[must_use]
    pub fn is_on(self, key: impl Into<String>) -> Memo<bool> {
        let key = key.into();
        Memo::new(move |_| self.fields.with(|fields| fields.get(&key) == "true"))
    }

    /// Takes what was typed; what the server said about the field is forgotten.
    pub fn enter(self, key: &str, text: impl Into<String>) {
        let text = text.into();
        if self
            .fields
            .with_untracked(|fields| fields.get(key) == text && fields.has(key))
        {
            return;
        }
        if self.refused.with_untracked(|refused| refused.get(key).is_some()) {
            self.refused.update(|refused| *refused = without(refused, key));
        }
        self.fields.update(|fields| fields.set(key, text));
    }

    /// Notes that the field was left, so that its error may show.
    pub fn touch(self, key: &str) {
        if !self.touched.with_untracked(|touched| touched.contains(key)) {
            self.touched.update(|touched| _ = touched.insert(key.to_owned()));
        }
    }

    /// What to show at a field: an empty one isn't called wrong before it was left or a save was tried.
    #[must_use]
    pub fn shown_error(self, key: &str) -> Option<String> {
        if let Some(said) = self.refused.with(|refused| refused.get(key).map(str::to_owned)) {
            return Some(said);
        }
        let wrong = self.wrong.with(|wrong| wrong.get(key).map(str::to_owned))?;
        let shown = self.attempted.get()
            || self.touched.with(|touched| touched.contains(key))
            || self.fields.with(|fields| !fields.get(key).is_empty());
        shown.then_some(wrong)
    }

    /// Every wrong field, shown or not: the places in the order of the card.
    #[must_use]
    pub fn wrong_places(self) -> Vec<Place> {
        let is_wrong = |key: &str| {
            self.wrong.with(|wrong| wrong.get(key).is_some()) || self.refused.with(|refused| refused.get(key).is_some())
        };
        self.places
            .with_value(|places| places.iter().filter(|place| is_wrong(&place.key)).cloned().collect())
    }

    /// Sentences about fields that the card doesn't show; they belong to the card as a whole.
    #[must_use]
    pub fn homeless(self, errors: &FieldErrors) -> Vec<String> {
        let has_place = |key: &str| {
            self.places
                .with_value(|places| places.iter().any(|place| place.key == key))
        };
        let without_place = errors.iter().filter(|(key, _)| !has_place(key));
        without_place.map(|(_, sentence)| sentence.to_owned()).collect()
    }

    /// The label of a field; its key when the card doesn't show it.
    #[must_use]
    pub fn label(self, key: &str) -> String {
        self.places.with_value(|places| {
            let place = places.iter().find(|place| place.key == key);
            place.map_or_else(|| key.to_owned(), |place| place.label.clone())
        })
    }

    /// Whether a tab has errors that show.
    #[must_use]
    pub fn tab_has_errors(self, tab: &str) -> bool {
        let keys: Vec<_> = self.places.with_value(|places| {
            places
                .iter()
                .filter(|place| place.tab == tab)
                .map(|place| place.key.clone())
                .collect()
        });
        keys.iter().any(|key| self.shown_error(key).is_some())
    }

    /// Whether something differs from what is saved.
    #[must_use]
    pub fn is_dirty(self) -> bool {
        self.dirty.get()
    }

    /// Like [`FormState::is_dirty`], not followed; `false` when the form is gone.
    #[must_use]
    pub fn is_dirty_now(self) -> bool {
        self.dirty.try_get_untracked().unwrap_or(false)
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_valid(self) -> bool {
        self.wrong.with(FieldErrors::is_empty) && self.refused.with(FieldErrors::is_empty)
    }

    /// Whether the browser has taken over; before that nothing may be disabled that a plain form needs.
    #[must_use]
    pub fn is_hydrated(self) -> bool {
        self.hydrated.get()
    }

    /// Whether nothing may be changed.
    #[must_use]
    pub const fn is_read_only(self) -> bool {
        self.read_only
    }

    /// Everything that is typed.
    #[must_use]
    pub fn all(self) -> Fields {
        self.fields.get_untracked()
    }

    /// Everything that is typed; followed.
    #[must_use]
    pub fn typed(self) -> Fields {
        self.fields.get()
    }

    /// The first place of the card that an error is about.
    #[must_use]
    pub fn first_place(self, errors: &FieldErrors) -> Option<Place> {
        let is_wrong = |place: &&Place| errors.get(&place.key).is_some();
        self.places.with_value(|places| places.iter().find(is_wrong).cloned())
    }

    /// What differs from what is saved.
    #[must_use]
    pub fn changes(self) -> Fields {
        let mut changes = Fields::default();
        let (fields, saved) = (self.fields.get_untracked(), self.saved.get_untracked());
        for (key, text) in fields.iter().filter(|(key, text)| saved.get(key) != *text) {
            changes.set(key, text);
        }
        changes
    }

    /// Notes that a save was tried: from now on every error shows.
    pub fn attempt(self) {
        self.attempted.set(true);
    }

    /// Takes what the server said about fields.
    pub fn refuse(self, errors: FieldErrors) {
        self.refused.set(errors);
    }

    /// Takes what the server said about one field; what it said about others stays.
    pub fn refuse_field(self, key: &str, sentence: &str) {
        self.refused.update(|refused| {
            let mut all = without(refused, key);
            all.add(key, sentence);
            *refused = all;
        });
    }

    /// Takes what was saved; what was typed since `sent` stays.
    pub fn settle(self, sent: &Fields, saved: Fields) {
        let mut fields = saved.clone();
        self.fields.with_untracked(|now| {
            for (key, text) in now.iter().filter(|(key, text)| sent.get(key) != *text) {
                fields.set(key, text);
            }
        });
        self.put(fields, saved);
    }

    /// Shows what is saved and forgets what was typed.
    pub fn discard(self, saved: Fields) {
        self.put(saved.clone(), saved);
    }

    fn put(self, fields: Fields, saved: Fields) {
        self.refused.set(FieldErrors::default());
        self.touched.update(BTreeSet::clear);
        self.attempted.set(false);
        self.saved.set(saved);
        self.fields.set(fields);
    }
}

/// What a plain form posted, laid over what is saved; of the posted fields only those that the form has.
fn typed_again(saved: &Fields, posted: &Fields) -> Fields {
    let mut typed = saved.clone();
    for (key, text) in posted.iter().filter(|(key, _)| saved.has(key)) {
        typed.set(key, text);
    }
    typed
}

fn without(errors: &FieldErrors, key: &str) -> FieldErrors {
    let mut left = FieldErrors::default();
    for (field, sentence) in errors.iter().filter(|(field, _)| *field != key) {
        left.add(field, sentence);
    }
    left
}

#[cfg(test)]
mod tests;
