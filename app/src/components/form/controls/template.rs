//! A text with `${variable}` placeholders.

use crate::components::form::{bound::Bound, field::FieldFrame, text_area::markup_of};
use leptos::{html, prelude::*};
use model::Templates;

/// A text of several lines, and buttons that insert the variables at the caret.
#[component]
pub fn TemplateControl(
    /// The field.
    bound: Bound,
) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    let insert = move |variable: &'static str| {
        let Some(area) = node.get_untracked() else { return };
        let placeholder = format!("${{{variable}}}");
        let caret = area.selection_start().ok().flatten().unwrap_or_default();
        if area.set_range_text(&placeholder).is_ok() {
            bound.enter(area.value());
            let behind = caret + u32::try_from(placeholder.len()).unwrap_or_default();
            _ = area.focus();
            _ = area.set_selection_range(behind, behind);
        }
    };
    let variables = Templates::VARIABLES.map(|variable| {
        view! {
            <button
                class="button button-small mono"
                type="button"
                disabled=move || bound.is_disabled()
                on:click=move |_| insert(variable)
            >
                {format!("${{{variable}}}")}
            </button>
        }
    });
    view! {
        <FieldFrame bound>
            <textarea
                class="textarea"
                rows="3"
                id=bound.id()
                name=bound.key()
                autocomplete="off"
                node_ref=node
                inner_html=markup_of(&bound.first())
                prop:value=bound.text()
                disabled=move || bound.is_disabled()
                aria-invalid=bound.invalid()
                aria-describedby=bound.described_by()
                on:input=move |event| bound.enter(event_target_value(&event))
                on:blur=move |_| bound.leave()
            ></textarea>
            <details class="variables needs-js">
                <summary>"Insert a variable"</summary>
                <div class="variables-list">{variables.into_iter().collect_view()}</div>
            </details>
        </FieldFrame>
    }
}
