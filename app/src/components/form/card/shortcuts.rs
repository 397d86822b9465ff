//! Ctrl+S, on a Mac Cmd+S, saves the card.

use super::{CardObject, CardState, saving::Go};
use leptos::{ev, prelude::*};

/// Listens for as long as the card is shown.
pub(super) fn save_by_keyboard<C: CardObject>(state: CardState<C>, go: Go) {
    Effect::new(move || {
        let keys = window_event_listener(ev::keydown, move |event| {
            let wanted = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
            if wanted && event.key().eq_ignore_ascii_case("s") {
                event.prevent_default();
                if !event.repeat() {
                    state.save(go);
                }
            }
        });
        on_cleanup(move || keys.remove());
    });
}
