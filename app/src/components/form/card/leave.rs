//! The question before unsaved changes are left.

use super::{guard::Guard, saving::Go};
use crate::components::dialog::Dialog;
use leptos::prelude::*;

/// "Leave without saving?"
#[component]
pub(super) fn LeaveDialog(
    /// The guard that asks.
    guard: Guard,
    /// What leaves.
    go: Go,
    /// What would be lost, in words: "Your changes to “Support bot” …".
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <Dialog id="leave" open=guard.asking title="Leave without saving?" size="dialog-small">
            <div class="dialog-body">
                <p>{move || text.get()}</p>
            </div>
            <footer class="dialog-footer">
                <button class="button" type="button" on:click=move |_| guard.asking.set(false)>"Stay"</button>
                <button class="button button-danger" type="button" on:click=move |_| guard.leave(go)>"Leave"</button>
            </footer>
        </Dialog>
    }
}
