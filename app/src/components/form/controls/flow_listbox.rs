//! The list of flow schemas that were found.

use super::flow_search::FlowSearch;
use leptos::prelude::*;
use model::FlowId;

/// The options; the keyboard stays in the input, which names the active one.
#[component]
pub fn FlowListbox(
    /// The search.
    search: FlowSearch,
    /// The id of the list; options add their number.
    id: String,
    /// The label of the field.
    label: &'static str,
    /// The chosen schema.
    chosen: Signal<Option<FlowId>>,
) -> impl IntoView {
    let list = id.clone();
    let options = move || {
        let found = search.found();
        let none = found.is_empty().then(|| {
            let text = search.problem().unwrap_or_else(|| "Nothing matches".to_owned());
            view! { <li class="listbox-none" role="option" aria-disabled="true" aria-selected="false">{text}</li> }
        });
        let options = found.into_iter().enumerate().map(|(at, flow)| {
            let (flow_id, name) = (flow.id, flow.name.clone());
            view! {
                <li
                    class="option"
                    role="option"
                    id=format!("{list}-{at}")
                    aria-selected=move || (chosen.get() == Some(flow_id)).to_string()
                    data-active=move || (search.active() == Some(at)).then_some("")
                    on:mousedown=move |event| event.prevent_default()
                    on:click=move |_| search.choose(Some(flow.clone()))
                >
                    {name}
                </li>
            }
        });
        (none, options.collect_view())
    };
    view! {
        <ul class="listbox" id=id role="listbox" aria-label=label hidden=move || !search.is_open()>
            {options}
        </ul>
    }
}
