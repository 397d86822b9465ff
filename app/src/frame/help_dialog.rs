//! Which keys do what, and the switch for them.

use super::shortcuts::use_shortcuts;
use crate::components::dialog::Dialog;
use leptos::prelude::*;

const KEYS: [(&str, &str); 4] = [
    ("Go to search", "/"),
    ("Add", "n"),
    ("Refresh", "r"),
    ("This help", "?"),
];

/// The dialog "Keyboard shortcuts".
#[component]
pub fn HelpDialog() -> impl IntoView {
    let shortcuts = use_shortcuts();
    let key = |(what, key): (&'static str, &'static str)| {
        view! {
            <div>
                <dt>{what}</dt>
                <dd>
                    <kbd>{key}</kbd>
                </dd>
            </div>
        }
    };
    view! {
        <Dialog id="help" open=shortcuts.help title="Keyboard shortcuts" cross=true>
            <div class="dialog-body">
                <dl class="keys">
                    {KEYS.map(key)}
                    <div>
                        <dt>"Save a card"</dt>
                        <dd>
                            <kbd>"Ctrl"</kbd>
                            " "
                            <kbd>"S"</kbd>
                        </dd>
                    </div>
                </dl>
                <div class="field field-switch">
                    <input
                        class="switch"
                        id="shortcuts-on"
                        type="checkbox"
                        role="switch"
                        checked
                        prop:checked=move || shortcuts.on.get()
                        on:change=move |event| shortcuts.switch(event_target_checked(&event))
                    />
                    <div>
                        <label class="field-label" for="shortcuts-on">"Single keys work"</label>
                        <p class="field-hint">"Switch them off if you speak to your computer or press keys by accident."</p>
                    </div>
                </div>
            </div>
        </Dialog>
    }
}
