//! The choice of a flow schema: searchable in the browser, a plain select without JavaScript.

use super::{flow_listbox::FlowListbox, flow_search::FlowSearch};
use crate::components::{
    form::{bound::Bound, field::FieldFrame},
    icon::Icon,
};
use leptos::{ev::KeyboardEvent, prelude::*};
use model::{FlowId, FlowKind, FlowRef};

/// The chosen flow schema and those to choose from.
#[derive(Clone, Copy)]
pub struct FlowSource {
    /// The chosen one.
    pub chosen: RwSignal<Option<FlowRef>>,
    /// The first of all, by name.
    pub first: StoredValue<Vec<FlowRef>>,
    /// Whether the viewer may see flow schemas at all.
    pub readable: bool,
}

/// The field Flow.
///
/// The select is what a plain form posts; once the browser has taken over it is hidden and follows the combobox.
#[component]
pub fn FlowControl(
    /// The field.
    bound: Bound,
    /// The chosen one and the first ones.
    source: FlowSource,
) -> impl IntoView {
    let id = bound.id();
    let disabled = Signal::derive(move || bound.is_disabled() || !source.readable);
    let labels = Signal::stored(format!("{id}-search"));
    view! {
        <FieldFrame bound labels>
            <FlowSelect bound source disabled/>
            <FlowCombobox bound source disabled/>
            <FlowNote source/>
        </FieldFrame>
    }
}

/// The choice without JavaScript: the first schemas, and the chosen one.
#[component]
fn FlowSelect(bound: Bound, source: FlowSource, disabled: Signal<bool>) -> impl IntoView {
    let chosen = bound.first();
    let mut flows = source.first.get_value();
    if let Some(flow) = source.chosen.get_untracked()
        && flows.iter().all(|known| known.id != flow.id)
    {
        flows.push(flow);
    }
    let options = flows
        .into_iter()
        .map(|flow| {
            let value = flow.id.to_string();
            let selected = value == chosen;
            view! { <option value=value selected=selected>{flow.name}</option> }
        })
        .collect_view();
    view! {
        <select
            class="select shown-without-js"
            id=bound.id()
            name=bound.key()
            aria-label=bound.field.label
            autocomplete="off"
            hidden=true
            disabled=move || disabled.get()
        >
            <option value="">"—"</option>
            {options}
        </select>
    }
}

/// The choice in the browser: typing searches on the server.
#[component]
fn FlowCombobox(bound: Bound, source: FlowSource, disabled: Signal<bool>) -> impl IntoView {
    let id = bound.id();
    let list = format!("{id}-list");
    let search = FlowSearch::new(bound, source);
    let chosen = Signal::derive(move || source.chosen.with(|flow| flow.as_ref().map(|flow| flow.id)));
    let option = list.clone();
    let active = move || {
        search
            .active()
            .filter(|_| search.is_open())
            .map(|at| format!("{option}-{at}"))
    };
    let toggle = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if !disabled.get_untracked() && !search.close() {
            search.unfold();
        }
    };
    view! {
        <div class="flow-choice needs-js">
            <div class="combobox">
                <input
                    class="input"
                    type="text"
                    id=format!("{id}-search")
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="Search flow schemas"
                    aria-expanded=move || search.is_open().to_string()
                    aria-controls=list.clone()
                    aria-autocomplete="list"
                    aria-activedescendant=active
                    aria-invalid=bound.invalid()
                    aria-describedby=bound.described_by()
                    value=untrack(move || search.shown())
                    prop:value=move || search.shown()
                    disabled=move || disabled.get()
                    on:input=move |event| search.search(event_target_value(&event))
                    on:click=move |_| search.unfold()
                    on:keydown=move |event| press(search, &event)
                    on:blur=move |_| search.leave()
                />
                <span class="combobox-toggle" aria-hidden="true" on:mousedown=toggle>
                    <Icon name="chevron-down"/>
                </span>
                <FlowListbox search id=list label=bound.field.label chosen/>
            </div>
            <button
                class="button button-icon"
                type="button"
                aria-label="Clear flow"
                data-tip="Clear"
                data-tip-side="end"
                hidden=move || chosen.get().is_none()
                disabled=move || disabled.get()
                on:click=move |_| search.choose(None)
            >
                <Icon name="x"/>
            </button>
        </div>
    }
}

/// The keyboard of the combobox; keys that it doesn't take keep their meaning.
fn press(search: FlowSearch, event: &KeyboardEvent) {
    let taken = match event.key().as_str() {
        "ArrowDown" => {
            search.step(true);
            true
        }
        "ArrowUp" => {
            search.step(false);
            true
        }
        "Enter" => search.choose_active(),
        "Escape" => search.close(),
        _ => false,
    };
    if taken {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// What is said about the choice: a link to the chosen one, or why there is nothing to choose.
#[component]
fn FlowNote(source: FlowSource) -> impl IntoView {
    let link = move || {
        source.chosen.get().map(|flow| {
            let address = flow_path(flow.id, flow.kind);
            view! { <p class="field-hint">"Open " <a href=address>{flow.name}</a></p> }
        })
    };
    let none = source.readable && source.first.with_value(Vec::is_empty);
    view! {
        {(!source.readable).then(|| view! {
            <p class="field-hint">"You have no access to flow schemas, so the flow stays as it is."</p>
        })}
        {source.readable.then_some(link)}
        {move || (none && source.chosen.with(Option::is_none)).then(|| view! {
            <p class="field-hint">"No flow schemas yet. " <a href="/flows">"Create one in Flow schemas"</a>"."</p>
        })}
    }
}

/// Where a flow schema is edited: a drawing in its constructor, text in its General tab.
#[must_use]
pub fn flow_path(id: FlowId, kind: FlowKind) -> String {
    match kind {
        FlowKind::Code => format!("/flows/{id}/general"),
        FlowKind::Diagram => format!("/flows/{id}/constructor"),
    }
}
