//! The programs that a flow schema has had: who saved them, what they changed, and a way back to each.

mod difference;
mod list;
mod state;

use super::program::Program;
use crate::components::{dialog::Dialog, icon::Icon};
use difference::DifferencePanel;
use leptos::prelude::*;
use list::VersionList;
use model::FlowId;
use state::History;

/// The button, and the window that it opens; nothing before the first save.
#[component]
pub(super) fn Versions(program: Program) -> impl IntoView {
    view! {
        <Show when=move || program.flow.get().is_some()>
            {move || program.flow.get().map(|flow| view! { <VersionsOf program flow/> })}
        </Show>
    }
}

#[component]
fn VersionsOf(program: Program, flow: FlowId) -> impl IntoView {
    let history = History::new(program, flow);
    let open = history.open;
    view! {
        <button class="button button-small button-quiet needs-js" type="button" on:click=move |_| history.show()>
            <Icon name="history"/>
            "Versions"
        </button>
        <Dialog id="versions" open title="Versions of the program" size="dialog-wide" cross=true>
            <div class="dialog-body versions">
                <VersionList history/>
                <DifferencePanel history/>
            </div>
            <footer class="dialog-footer">
                <button class="button" type="button" on:click=move |_| open.set(false)>"Close"</button>
                {(!program.bound.form.is_read_only()).then(|| view! { <Restore history/> })}
            </footer>
        </Dialog>
    }
}

/// Puts the chosen program into the editor; it is saved like any other change.
#[component]
fn Restore(history: History) -> impl IntoView {
    let nothing = move || history.chosen.get().is_none() || history.is_present();
    view! {
        <button
            class="button button-primary"
            type="button"
            aria-describedby="versions-hint"
            disabled=nothing
            on:click=move |_| history.restore()
        >
            "Restore"
        </button>
        <span class="visually-hidden" id="versions-hint">"The program is put into the editor and not saved yet."</span>
    }
}
