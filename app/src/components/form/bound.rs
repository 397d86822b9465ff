//! One field of a form, ready for a control.

use super::state::FormState;
use leptos::prelude::*;
use model::form::Field;

/// A described field together with the form that holds its text.
#[derive(Clone, Copy)]
pub struct Bound {
    /// The form.
    pub form: FormState,
    /// The description.
    pub field: &'static Field,
}

/// The id of a field's control, made from its key.
#[must_use]
pub fn id_of(key: &str) -> String {
    key.replace('.', "-")
}

impl Bound {
    /// The id of the control.
    #[must_use]
    pub fn id(self) -> String {
        id_of(self.field.key)
    }

    /// The key, which is the control's name in a posted form.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.field.key
    }

    /// The text, to follow.
    #[must_use]
    pub fn text(self) -> Memo<String> {
        self.form.text(self.field.key)
    }

    /// The text when the page was made; for the HTML that a browser without JavaScript shows.
    #[must_use]
    pub fn first(self) -> String {
        self.form.peek(self.field.key)
    }

    /// Takes what was typed.
    pub fn enter(self, text: impl Into<String>) {
        self.form.enter(self.field.key, text);
    }

    /// Notes that the field was left.
    pub fn leave(self) {
        self.form.touch(self.field.key);
    }

    /// What is wrong, as far as it shows.
    #[must_use]
    pub fn error(self) -> Memo<Option<String>> {
        Memo::new(move |_| self.form.shown_error(self.field.key))
    }

    /// Whether the switch on which the field depends lets it count.
    #[must_use]
    pub fn is_active(self) -> bool {
        self.field.is_active(|key| self.form.now(key))
    }

    /// Whether the control takes nothing: the card is read-only, or a switch makes the field inert.
    ///
    /// A switch counts only once the browser has taken over: without JavaScript both are set and posted together.
    #[must_use]
    pub fn is_disabled(self) -> bool {
        self.form.is_read_only() || (self.form.is_hydrated() && !self.is_active())
    }

    /// Why the field is inert, in words.
    #[must_use]
    pub fn inert_reason(self) -> Option<String> {
        if self.is_active() || self.form.is_read_only() {
            return None;
        }
        let (verb, switch) = match self.field.when.strip_prefix('!') {
            Some(switch) => ("Turn off", switch),
            None => ("Turn on", self.field.when),
        };
        Some(format!("{verb} “{}” to set this.", self.form.label(switch)))
    }

    /// The value of `aria-invalid`.
    #[must_use]
    pub fn invalid(self) -> Signal<Option<&'static str>> {
        let error = self.error();
        Signal::derive(move || error.with(Option::is_some).then_some("true"))
    }

    /// The value of `aria-describedby`: error, reason and hint, as far as they are there.
    #[must_use]
    pub fn described_by(self) -> Signal<Option<String>> {
        let error = self.error();
        let id = self.id();
        Signal::derive(move || {
            let parts = [
                (error.with(Option::is_some), "error"),
                (self.inert_reason().is_some(), "reason"),
                (!self.field.hint.is_empty(), "hint"),
            ];
            let ids: Vec<_> = parts
                .iter()
                .filter(|(there, _)| *there)
                .map(|(_, part)| format!("{id}-{part}"))
                .collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        })
    }

    /// The value of `aria-required`.
    #[must_use]
    pub fn required(self) -> Option<&'static str> {
        self.field.required.then_some("true")
    }
}
