//! "Try it": talks to the flow as it is typed, without any messenger, and shows each step.

mod actions;
mod bubble;
mod compose;
mod state;
mod status;
mod talk;
mod trace;
mod values;

pub(super) use state::TryIt;

use super::program::{MistakeRows, counted};
use crate::components::{icon::Icon, viewer::use_may};
use compose::Compose;
use leptos::prelude::*;
use model::{Letter, Section};
use status::TryStatus;
use talk::Talk;
use trace::Trace;
use values::Values;

/// The button that shows and hides the panel; what runs in it goes on meanwhile.
#[component]
pub(super) fn TryItToggle(trial: TryIt) -> impl IntoView {
    let expanded = move || if trial.open.get() { "true" } else { "false" };
    view! {
        <button
            class="button button-small needs-js"
            type="button"
            aria-expanded=expanded
            aria-controls="try-it"
            on:click=move |_| trial.toggle()
        >
            <Icon name="play"/>
            "Try it"
        </button>
    }
}

/// The panel beside the editor.
#[component]
pub(super) fn TryItPanel(trial: TryIt) -> impl IntoView {
    view! {
        <section class="try-it" id="try-it" aria-label="Try it" hidden=move || !trial.open.get()>
            <Show when=move || trial.open.get()>
                <Head trial/>
                <Refusal trial/>
                <Talk trial/>
                <TryStatus trial/>
                <Compose trial/>
                <Trace trial/>
                <Values trial/>
            </Show>
        </section>
    }
}

/// What the panel is, the switch for calls, and the button that begins.
#[component]
fn Head(trial: TryIt) -> impl IntoView {
    let may_call = use_may(Section::Flows, Letter::Update);
    let begin = move || if trial.has_run() { "Restart" } else { "Start" };
    view! {
        <header class="try-it-head">
            <h3 class="try-it-title">"Try it"</h3>
            <button
                class="button button-small button-primary"
                type="button"
                aria-busy=move || trial.busy.get().then_some("true")
                on:click=move |_| trial.restart()
            >
                <Icon name="play"/>
                {begin}
            </button>
        </header>
        <label class="try-it-http">
            <input
                class="switch"
                type="checkbox"
                role="switch"
                prop:checked=move || trial.http.get()
                disabled=move || !may_call.get()
                aria-describedby="try-it-http-hint"
                on:change=move |event| trial.http.set(event_target_checked(&event))
            />
            <span>
                "Make HTTP calls for real"
                <span class="field-hint" id="try-it-http-hint">
                    {move || if may_call.get() {
                        "Counts from the next start. Off, calls are only shown."
                    } else {
                        "It takes the right to change flow schemas."
                    }}
                </span>
            </span>
        </label>
    }
}

/// Why the last start or message came to nothing.
#[component]
fn Refusal(trial: TryIt) -> impl IntoView {
    // The places of mistakes are those of the program as it was; what is typed now has a list of its own.
    let wrong = Memo::new(move |_| trial.mistakes.with(Vec::len) * usize::from(trial.is_as_begun()));
    view! {
        <div role="alert">
            <Show when=move || wrong.get() != 0>
                <p class="try-it-refusal">
                    <Icon name="alert"/>
                    {move || format!("The flow can't start: {}.", counted(wrong.get()))}
                </p>
            </Show>
            <Show when=move || trial.failure.with(Option::is_some)>
                <p class="try-it-refusal"><Icon name="alert"/>{move || trial.failure.get()}</p>
            </Show>
        </div>
        <Show when=move || wrong.get() != 0>
            <MistakeRows program=trial.program mistakes=trial.mistakes/>
        </Show>
    }
}
