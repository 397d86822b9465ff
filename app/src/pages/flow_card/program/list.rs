//! The mistakes of the program, one below the other; each leads to its place.

use super::{Program, counted};
use flow::Mistake;
use leptos::prelude::*;

/// More than these are counted only: who mends so many sees the next ones then.
const SHOWN: usize = 100;

/// The list; nothing while there is no mistake.
#[component]
pub(super) fn MistakeList(program: Program) -> impl IntoView {
    let mistakes = Memo::new(move |_| program.mistakes());
    view! {
        <div class="mistakes" hidden=move || mistakes.with(Vec::is_empty)>
            <MistakeRows program mistakes/>
        </div>
    }
}

/// Mistakes, each a button that leads to its place; the first ones, and how many more there are.
#[component]
pub(in crate::pages::flow_card) fn MistakeRows(
    /// Where they lead to.
    program: Program,
    /// What is wrong.
    #[prop(into)]
    mistakes: Signal<Vec<Mistake>>,
) -> impl IntoView {
    let shown = move || {
        let all = mistakes.get();
        all.into_iter().take(SHOWN).enumerate().collect::<Vec<_>>()
    };
    let more = move || mistakes.with(Vec::len).saturating_sub(SHOWN);
    view! {
        <ol class="mistakes-list" aria-label="Mistakes">
            <For each=shown key=|(at, it)| (*at, it.line, it.path.clone(), it.message.clone(), it.utf16.clone()) let((_, mistake))>
                <li><MistakeRow program mistake/></li>
            </For>
        </ol>
        <Show when=move || more() != 0>
            <p class="mistakes-more">{move || format!("and {}", counted(more()).replace("mistake", "more mistake"))}</p>
        </Show>
    }
}

/// One mistake: its line, its path, and what is expected.
#[component]
fn MistakeRow(program: Program, mistake: Mistake) -> impl IntoView {
    let Mistake {
        path,
        line,
        column,
        utf16,
        message,
        ..
    } = mistake;
    let named = !path.is_empty();
    view! {
        <button
            class="mistake"
            type="button"
            title=format!("Line {line}, column {column}")
            on:click=move |_| program.go_to(&utf16)
        >
            <span class="mistake-line">"Line " {line}</span>
            <span class="mistake-text">
                {message}
                {named.then(|| view! { " " <code class="mistake-path">{path}</code> })}
            </span>
        </button>
    }
}
