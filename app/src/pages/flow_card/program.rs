//! The program of a flow schema: an editor that knows its nodes, with a plain field in its place until it is there.

mod bar;
mod completions;
mod file;
mod list;
mod mount;
mod state;
mod toolbar;

pub(super) use list::MistakeRows;
pub(super) use state::Program;

use crate::components::form::{
    field::{FieldError, FieldNotes},
    text_area::markup_of,
};
use bar::ProgramBar;
use flow::Mistake;
use leptos::{html, prelude::*};
use list::MistakeList;
use toolbar::ProgramToolbar;

/// The program, with what can be done with it.
///
/// The text belongs to the form. The field is rendered by the server and works alone; once the editor is there it is
/// hidden and goes with what the editor shows.
#[component]
pub(super) fn ProgramControl(
    /// The program.
    program: Program,
    /// Further buttons of the toolbar.
    children: Children,
) -> impl IntoView {
    let host = NodeRef::<html::Div>::new();
    let failed = RwSignal::new(false);
    mount::mount(program, host, failed);
    let bound = program.bound;
    let id = bound.id();
    view! {
        <div class="field">
            <label class="visually-hidden" for=id.clone()>{bound.field.label}</label>
            // Whatever leads to the field leads to the mistake in it.
            <span id=format!("{id}-search") tabindex="-1" on:focus=move |_| program.enter()></span>
            <div class="program-frame">
                <ProgramToolbar program>{children()}</ProgramToolbar>
                <div class="program-editor" node_ref=host></div>
                <PlainProgram program/>
                <ProgramBar program/>
                <MistakeList program/>
            </div>
            <Show when=move || failed.get()>
                <p class="field-hint">
                    "The editor could not be loaded, so this is a plain field. Reload the page to try again."
                </p>
            </Show>
            <div role="alert"><FieldError id="program-said".to_owned() error=program.said/></div>
            <FieldNotes bound/>
        </div>
    }
}

/// The field without an editor. The Tab key moves on as everywhere else, so that nobody is caught in it.
#[component]
fn PlainProgram(program: Program) -> impl IntoView {
    let bound = program.bound;
    let note_caret = move || {
        let Some(area) = program.area.get_untracked() else {
            return;
        };
        let at = area.selection_start().ok().flatten().unwrap_or_default() as usize;
        let place = flow::Positions::new(&area.value()).of_utf16(at);
        program.caret.set((place.line, place.column));
    };
    view! {
        <textarea
            class="program"
            rows="18"
            id=bound.id()
            name=bound.key()
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            node_ref=program.area
            inner_html=markup_of(&bound.first())
            prop:value=bound.text()
            hidden=move || program.editor.is_mounted()
            disabled=move || bound.is_disabled()
            aria-invalid=bound.invalid()
            aria-describedby=bound.described_by()
            on:input=move |event| {
                program.type_in(event_target_value(&event));
                note_caret();
            }
            on:keyup=move |_| note_caret()
            on:click=move |_| note_caret()
            on:blur=move |_| bound.leave()
        ></textarea>
    }
}

/// Everything that the browser can find wrong with a program; an empty text stands for an empty program.
pub(super) fn check(text: &str) -> Vec<Mistake> {
    if text.is_empty() {
        return Vec::new();
    }
    flow::parse(text, &flow::Context::default()).err().unwrap_or_default()
}

/// What stands at the field of a program that has mistakes.
pub(super) fn refusal(mistakes: &[Mistake]) -> Option<String> {
    match mistakes.len() {
        0 => None,
        1 => Some("Mend the mistake in the program to save it.".to_owned()),
        count => Some(format!("Mend the {count} mistakes in the program to save it.")),
    }
}

/// How many mistakes there are, in words.
pub(super) fn counted(count: usize) -> String {
    match count {
        0 => "No mistakes".to_owned(),
        1 => "1 mistake".to_owned(),
        count => format!("{count} mistakes"),
    }
}
