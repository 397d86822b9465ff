//! Short messages at the edge of the window that say what has just happened.

use crate::components::icon::Icon;
use leptos::prelude::*;
use std::time::Duration;

/// How long good news stays; bad news stays longer, so that it can be read twice.
const SAID_FOR: Duration = Duration::from_secs(6);
const FAILED_FOR: Duration = Duration::from_secs(20);

/// The messages that are shown now; pages add to them.
#[derive(Clone, Copy, Debug)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    last: StoredValue<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Toast {
    number: u32,
    failed: bool,
    text: String,
}

impl Toasts {
    fn new() -> Self {
        Self {
            shown: RwSignal::new(Vec::new()),
            last: StoredValue::new(0),
        }
    }

    /// Says that something is done.
    pub fn say(&self, text: impl Into<String>) {
        self.add(false, text.into());
    }

    /// Says that something could not be done.
    pub fn fail(&self, text: impl Into<String>) {
        self.add(true, text.into());
    }

    fn add(self, failed: bool, text: String) {
        let number = self.last.get_value() + 1;
        self.last.set_value(number);
        self.shown.write().push(Toast { number, failed, text });
        let time = if failed { FAILED_FOR } else { SAID_FOR };
        set_timeout(move || self.dismiss(number), time);
    }

    fn dismiss(self, number: u32) {
        self.shown
            .try_update(|shown| shown.retain(|toast| toast.number != number));
    }
}

/// Makes the messages available to everything below.
pub fn provide_toasts() {
    provide_context(Toasts::new());
}

/// The messages of this window.
#[must_use]
pub fn use_toasts() -> Toasts {
    expect_context::<Toasts>()
}

/// Where messages are shown; read aloud when they appear.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div class="toasts" role="status">
            <For each=move || toasts.shown.get() key=|toast| toast.number let:toast>
                <div class=if toast.failed { "toast toast-error" } else { "toast toast-ok" }>
                    <Icon name=if toast.failed { "alert" } else { "check" }/>
                    <span class="toast-text">{toast.text}</span>
                    <button
                        class="toast-dismiss"
                        type="button"
                        aria-label="Dismiss"
                        on:click=move |_| toasts.dismiss(toast.number)
                    >
                        <Icon name="x"/>
                    </button>
                </div>
            </For>
        </div>
    }
}
