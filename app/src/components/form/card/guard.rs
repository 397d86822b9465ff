//! Asks before unsaved changes are left: by a link, the back button, or closing the window.
//!
//! A link is held before the router sees the click. The back button is answered by putting the card's address back
//! into the history; "Leave" then goes back again. Closing or reloading the window shows the browser's own question.
//! Addresses of the same card, its tabs, are let through.

use super::{CardObject, CardState, saving::Go};
use crate::components::form::back::hold_back;
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// Where somebody wanted to go.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    /// To an address of the product.
    Address(String),
    /// Wherever the back button leads.
    Back,
}

/// The guard of one card.
#[derive(Clone, Copy)]
pub(super) struct Guard {
    /// Whether the question is open.
    pub asking: RwSignal<bool>,
    target: RwSignal<Option<Target>>,
    disarmed: RwSignal<bool>,
}

impl Guard {
    /// Guards a card for as long as it is shown.
    pub(super) fn new<C: CardObject>(state: CardState<C>) -> Self {
        let guard = Self {
            asking: RwSignal::new(false),
            target: RwSignal::new(None),
            disarmed: RwSignal::new(false),
        };
        Effect::new(move || guard.listen(state));
        guard
    }

    /// Goes to an address, after asking if something would be lost.
    pub(super) fn leave_to<C: CardObject>(self, state: CardState<C>, address: String, go: Go) {
        if self.is_armed(state) {
            self.ask(Target::Address(address));
        } else {
            go.run((address, false));
        }
    }

    /// Goes where somebody wanted to go, without saving.
    pub(super) fn leave(self, go: Go) {
        self.asking.set(false);
        self.disarmed.set(true);
        match self.target.get_untracked() {
            Some(Target::Address(address)) => go.run((address, false)),
            Some(Target::Back) => {
                if let Ok(history) = window().history() {
                    _ = history.back();
                }
            }
            None => {}
        }
    }

    fn ask(self, target: Target) {
        self.target.set(Some(target));
        self.asking.set(true);
    }

    fn is_armed<C: CardObject>(self, state: CardState<C>) -> bool {
        !self.disarmed.try_get_untracked().unwrap_or(true) && state.form.is_dirty_now()
    }

    fn listen<C: CardObject>(self, state: CardState<C>) {
        let closing = window_event_listener(ev::beforeunload, move |event| {
            if self.is_armed(state) {
                event.prevent_default();
            }
        });
        on_cleanup(move || closing.remove());
        listen(document().into(), "click", move |event| {
            self.hold_link(state, &event);
        });
        hold_back(move || self.holds_back(state));
    }

    /// Holds a click that the router would follow away from the card.
    fn hold_link<C: CardObject>(self, state: CardState<C>, event: &web_sys::Event) {
        let Some(click) = event.dyn_ref::<web_sys::MouseEvent>() else {
            return;
        };
        let with_key = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
        if click.default_prevented() || click.button() != 0 || with_key || !self.is_armed(state) {
            return;
        }
        let element = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let Some(link) = element.and_then(|element| element.closest("a[href]").ok().flatten()) else {
            return;
        };
        // A new window or a file leaves the card as it is.
        if link.has_attribute("target") || link.has_attribute("download") {
            return;
        }
        let address = link.get_attribute("href").unwrap_or_default();
        if address.starts_with('/') && !address.starts_with("//") && !is_within(state, &address) {
            event.prevent_default();
            self.ask(Target::Address(address));
        }
    }

    /// Undoes a step of the back button away from the card, and asks; `false` lets it through.
    fn holds_back<C: CardObject>(self, state: CardState<C>) -> bool {
        let path = window().location().pathname().unwrap_or_default();
        if !self.is_armed(state) || is_within(state, &path) {
            return false;
        }
        let here = state.tab_path(&state.tab.get_untracked());
        if let Ok(history) = window().history() {
            _ = history.push_state_with_url(&JsValue::NULL, "", Some(&here));
        }
        self.ask(Target::Back);
        true
    }
}

/// Whether an address belongs to the card.
fn is_within<C: CardObject>(state: CardState<C>, address: &str) -> bool {
    let base = state.card.with_untracked(C::base_path);
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.strip_prefix(base.as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Listens until the present owner is cleaned up.
fn listen(target: web_sys::EventTarget, name: &'static str, heard: impl Fn(web_sys::Event) + 'static) {
    let callback = Closure::<dyn Fn(web_sys::Event)>::new(heard).into_js_value();
    _ = target.add_event_listener_with_callback(name, callback.unchecked_ref());
    let kept = StoredValue::new_local((target, callback));
    on_cleanup(move || {
        kept.with_value(|(target, callback)| {
            _ = target.remove_event_listener_with_callback(name, callback.unchecked_ref());
        });
    });
}
