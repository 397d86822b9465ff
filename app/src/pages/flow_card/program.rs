//! The program of a flow schema: JSON in a field of fixed pitch, with the place of a mistake.

use super::position::{caret_of, of_caret, of_error};
use crate::components::form::{bound::Bound, field::FieldFrame, text_area::markup_of};
use leptos::{html, prelude::*};

/// The editor. The Tab key moves on as everywhere else, so that nobody is caught in it.
#[component]
pub(super) fn ProgramControl(
    /// The field.
    bound: Bound,
) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    let caret = RwSignal::new(0_usize);
    let note_caret = move || {
        if let Some(area) = node.get_untracked() {
            caret.set(area.selection_start().ok().flatten().unwrap_or_default() as usize);
        }
    };
    view! {
        <FieldFrame bound>
            <div class="program-frame">
                <textarea
                    class="program"
                    rows="18"
                    id=bound.id()
                    name=bound.key()
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    node_ref=node
                    inner_html=markup_of(&bound.first())
                    prop:value=bound.text()
                    disabled=move || bound.is_disabled()
                    aria-invalid=bound.invalid()
                    aria-describedby=bound.described_by()
                    on:input=move |event| {
                        bound.enter(event_target_value(&event));
                        note_caret();
                    }
                    on:keyup=move |_| note_caret()
                    on:click=move |_| note_caret()
                    on:blur=move |_| bound.leave()
                ></textarea>
                <ProgramBar bound caret/>
            </div>
            <GoTo bound node caret/>
        </FieldFrame>
    }
}

/// How long the program is and where the caret stands.
#[component]
fn ProgramBar(bound: Bound, caret: RwSignal<usize>) -> impl IntoView {
    let text = bound.text();
    let lines = move || match text.with(|text| text.split('\n').count()) {
        1 => "1 line".to_owned(),
        count => format!("{count} lines"),
    };
    let place = move || {
        let place = text.with(|text| of_caret(text, caret.get()));
        format!("Line {}, column {}", place.line, place.column)
    };
    view! {
        <p class="program-bar">
            <span>{lines}</span>
            <span>{place}</span>
        </p>
    }
}

/// A button that puts the caret where the mistake is; nothing when it has no place.
#[component]
fn GoTo(bound: Bound, node: NodeRef<html::Textarea>, caret: RwSignal<usize>) -> impl IntoView {
    let error = bound.error();
    let place = Memo::new(move |_| error.with(|error| error.as_deref().and_then(of_error)));
    let go = move |_| {
        let (Some(area), Some(place)) = (node.get_untracked(), place.get_untracked()) else {
            return;
        };
        let at = caret_of(&area.value(), place);
        let offset = u32::try_from(at).unwrap_or(u32::MAX);
        _ = area.focus();
        _ = area.set_selection_range(offset, offset);
        caret.set(at);
    };
    move || {
        place.get().map(|place| {
            view! {
                <button class="button button-small needs-js" type="button" on:click=go>
                    {format!("Go to line {}, column {}", place.line, place.column)}
                </button>
            }
        })
    }
}
