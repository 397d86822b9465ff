//! The back button, heard before the router hears it.
//!
//! Browsers tell the window of a step in the history in the order in which listeners were added, capturing or not. So
//! this one is added before the router's, once, and asks whoever guards unsaved changes at the moment.

use leptos::prelude::*;

/// Who is asked: `true` holds the step back from the router.
type Holds = Callback<(), bool>;

/// The listener's way to the card that is shown.
#[derive(Clone, Copy)]
struct BackGate(StoredValue<Option<Holds>>);

/// Listens to the back button; called once, before the router is made.
pub fn provide_back_gate() {
    let gate = BackGate(StoredValue::new(None));
    provide_context(gate);
    #[cfg(feature = "hydrate")]
    {
        let listener = window_event_listener(leptos::ev::popstate, move |event| {
            if gate.0.get_value().is_some_and(|holds| holds.run(())) {
                event.stop_immediate_propagation();
            }
        });
        on_cleanup(move || listener.remove());
    }
}

/// Asks `holds` at every step of the back button, until the present owner is cleaned up.
pub fn hold_back(holds: impl Fn() -> bool + Send + Sync + 'static) {
    if let Some(BackGate(asked)) = use_context() {
        asked.set_value(Some(Callback::new(move |()| holds())));
        on_cleanup(move || _ = asked.try_set_value(None));
    }
}
