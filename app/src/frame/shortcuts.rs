//! Single keys that do what a button does.
//!
//! A key presses the element that carries it in `data-shortcut`, so a shortcut can't do more than its button. Off while
//! somebody types, in dialogs, together with a modifier key, and when switched off in the help.

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

const STORED_AS: &str = "shortcuts";

/// Whether single keys work, and whether the help is open.
#[derive(Clone, Copy, Debug)]
pub struct Shortcuts {
    /// Whether the help is open.
    pub help: RwSignal<bool>,
    /// Whether single keys work.
    pub on: RwSignal<bool>,
}

impl Shortcuts {
    /// Opens the help.
    pub fn show_help(self) {
        self.help.set(true);
    }

    /// Switches the keys on or off, for this browser.
    pub fn switch(self, on: bool) {
        self.on.set(on);
        if let Ok(Some(storage)) = window().local_storage() {
            // Where nothing can be stored the choice lasts until the page is left.
            _ = storage.set_item(STORED_AS, if on { "on" } else { "off" });
        }
    }
}

/// Makes the shortcuts available to everything below.
pub fn provide_shortcuts() {
    provide_context(Shortcuts {
        help: RwSignal::new(false),
        on: RwSignal::new(true),
    });
}

/// The shortcuts of this window.
#[must_use]
pub fn use_shortcuts() -> Shortcuts {
    expect_context::<Shortcuts>()
}

/// Listens to the keyboard as long as the caller lives.
pub fn listen() {
    let shortcuts = use_shortcuts();
    Effect::new(move || {
        if let Ok(Some(storage)) = window().local_storage() {
            shortcuts
                .on
                .set(storage.get_item(STORED_AS).ok().flatten().as_deref() != Some("off"));
        }
        let handle = window_event_listener(leptos::ev::keydown, move |event| react(shortcuts, &event));
        on_cleanup(move || handle.remove());
    });
}

fn react(shortcuts: Shortcuts, event: &KeyboardEvent) {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
    if modified || event.default_prevented() || !shortcuts.on.get_untracked() || is_typing(event) || dialog_is_open() {
        return;
    }
    match event.key().as_str() {
        "?" => shortcuts.show_help(),
        key @ ("/" | "n" | "r") => {
            let Some(target) = find(&format!("[data-shortcut='{key}']")) else {
                return;
            };
            if key == "/" {
                _ = target.focus();
            } else {
                target.click();
            }
        }
        _ => return,
    }
    event.prevent_default();
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    let editable = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
    target.matches(editable).unwrap_or(false)
}

fn dialog_is_open() -> bool {
    find("dialog[open]").is_some()
}

fn find(selector: &str) -> Option<HtmlElement> {
    document()
        .query_selector(selector)
        .ok()
        .flatten()
        .map(JsCast::unchecked_into)
}
