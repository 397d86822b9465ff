//! The variables as they stand.

use super::state::TryIt;
use leptos::prelude::*;

/// Names and values, folded away at first.
#[component]
pub(super) fn Values(trial: TryIt) -> impl IntoView {
    let count = Memo::new(move |_| trial.variables.with(Vec::len));
    view! {
        <details class="fold">
            <summary class="fold-title">
                "Variables"
                <span class="tab-count">{move || count.get()}</span>
            </summary>
            <dl class="values">
                <For
                    each=move || trial.variables.get()
                    key=|variable| (variable.name.clone(), variable.text.clone())
                    let:variable
                >
                    <div class="value">
                        <dt>{variable.name}</dt>
                        <dd>{shown(variable.text)}</dd>
                    </div>
                </For>
            </dl>
            <Show when=move || count.get() == 0>
                <p class="talk-note">"There are none before the start."</p>
            </Show>
        </details>
    }
}

/// A value; an empty one in a word.
pub(super) fn shown(text: String) -> AnyView {
    if text.is_empty() {
        view! { <span class="muted">"(empty)"</span> }.into_any()
    } else {
        text.into_any()
    }
}
