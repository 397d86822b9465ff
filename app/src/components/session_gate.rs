//! Signing in again without leaving the page, when a session has ended in the middle of something.

use crate::{
    api,
    components::{dialog::Dialog, viewer::use_set_viewer},
};
use leptos::prelude::*;

/// Opens the dialog "Sign in again"; what was typed on the page stays.
#[derive(Clone, Copy)]
pub struct SessionGate {
    open: RwSignal<bool>,
    retry: StoredValue<Option<Callback<()>>>,
}

impl SessionGate {
    /// Asks to sign in, then does `retry`; nothing is done when the dialog is closed instead.
    pub fn open(&self, retry: Callback<()>) {
        self.retry.set_value(Some(retry));
        self.open.set(true);
    }
}

/// Makes the gate available to everything below.
pub fn provide_session_gate() {
    provide_context(SessionGate {
        open: RwSignal::new(false),
        retry: StoredValue::new(None),
    });
}

/// The gate of this window.
#[must_use]
pub fn use_session_gate() -> SessionGate {
    expect_context::<SessionGate>()
}

/// The dialog itself; stands once on every page.
#[component]
pub fn SessionGateDialog() -> impl IntoView {
    let gate = use_session_gate();
    view! {
        <Dialog id="sign-in-again" open=gate.open title="Sign in again" size="dialog-small">
            // Not there while it is closed: a password manager would fill it in, and a page has one field "Name".
            <Show when=move || gate.open.get()>
                <GateForm/>
            </Show>
        </Dialog>
    }
}

#[component]
fn GateForm() -> impl IntoView {
    let gate = use_session_gate();
    let set_viewer = use_set_viewer();
    let name = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let sign_in = Action::new_local(move |(): &()| {
        let (name, password_text) = (name.get_untracked(), password.get_untracked());
        async move {
            match api::sign_in(name, password_text).await {
                Ok(viewer) => {
                    set_viewer(viewer);
                    problem.set(None);
                    password.set(String::new());
                    gate.open.set(false);
                    if let Some(retry) = gate.retry.get_value() {
                        retry.run(());
                    }
                }
                Err(error) => problem.set(Some(error.message)),
            }
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !sign_in.pending().get_untracked() {
            sign_in.dispatch(());
        }
    };
    view! {
        <form class="dialog-form" on:submit=submit>
            <div class="dialog-body">
                <p>"Your session has ended. What you typed is still here."</p>
                <p class="field-error" role="alert">{move || problem.get()}</p>
                <div class="field">
                    <label class="field-label" for="gate-name">"Name"</label>
                    <div class="field-control">
                        <input class="input" id="gate-name" autocomplete="username" required bind:value=name/>
                    </div>
                </div>
                <div class="field">
                    <label class="field-label" for="gate-password">"Password"</label>
                    <div class="field-control">
                        <input
                            class="input"
                            id="gate-password"
                            type="password"
                            autocomplete="current-password"
                            required
                            bind:value=password
                        />
                    </div>
                </div>
            </div>
            <footer class="dialog-footer">
                <button class="button" type="button" on:click=move |_| gate.open.set(false)>"Close"</button>
                <button class="button button-primary" type="submit" aria-busy=move || sign_in.pending().get().to_string()>
                    "Sign in"
                </button>
            </footer>
        </form>
    }
}
