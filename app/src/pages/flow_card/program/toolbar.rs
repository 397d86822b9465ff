//! What can be done with the program as a whole.

use super::{
    Program,
    file::{ExportFile, ImportFile},
};
use crate::components::{editor::Editor, icon::Icon, toast::use_toasts};
use leptos::prelude::*;

/// The buttons over the program; those that only a script can serve are not shown without one.
#[component]
pub(super) fn ProgramToolbar(
    /// The program.
    program: Program,
    /// Further buttons, at the end.
    children: Children,
) -> impl IntoView {
    let writable = !program.bound.form.is_read_only();
    view! {
        <div class="program-toolbar" role="group" aria-label="Tools for the program">
            {writable.then(|| view! { <Format program/> })}
            <button
                class="button button-small button-quiet needs-js"
                type="button"
                aria-keyshortcuts="Control+F"
                disabled=move || !program.editor.is_mounted()
                on:click=move |_| _ = program.editor.with(Editor::open_search)
            >
                <Icon name="search"/>
                "Find"
            </button>
            {writable.then(|| view! { <ImportFile program/> })}
            <ExportFile program/>
            <div class="program-toolbar-end">{children()}</div>
        </div>
    }
}

/// Lays the program out as people like to read it; without JSON there is nothing to lay out.
#[component]
fn Format(program: Program) -> impl IntoView {
    let toasts = use_toasts();
    let format = move |_| {
        program.said.set(None);
        match flow::format(&program.text()) {
            Ok(formatted) => {
                program.replace(&formatted);
                toasts.say("Formatted");
            }
            Err(mistake) => {
                program
                    .said
                    .set(Some(format!("The program cannot be formatted: {}", mistake.message)));
                program.go_to(&mistake.utf16);
            }
        }
    };
    view! {
        <button class="button button-small button-quiet needs-js" type="button" on:click=format>
            <Icon name="format"/>
            "Format"
        </button>
    }
}
