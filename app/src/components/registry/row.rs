//! One row: checkbox, name, the section's own cells, edit, delete.

use super::{entry::Entry, section::Section, state::Registry};
use crate::components::icon::Icon;
use leptos::{ev::MouseEvent, prelude::*};

/// One row of the table; it follows its entry.
#[component]
pub fn Row<S: Section>(registry: Registry<S>, entry: Entry<S>) -> impl IntoView {
    let id = entry.id;
    let row: RwSignal<S::Row> = entry.row.clone().into();
    let name = Memo::new(move |_| row.with(|row| S::name(row).to_owned()));
    let card = Memo::new(move |_| row.with(S::card));
    let selected = Memo::new(move |_| registry.selection.contains(id));
    let may_delete = registry.may_delete;
    let may_update = registry.tools.may_update;
    let (changed, gone) = (entry.changed, entry.gone);
    let edit = move || if may_update.get() { "Edit" } else { "View" };
    view! {
        <tr
            role="row"
            data-row=id
            aria-selected=move || may_delete.get().then(|| selected.get().to_string())
            data-changed=move || changed.get().then_some("")
            data-gone=move || gone.get().then_some("")
        >
            <Show when=move || may_delete.get()>
                <td class="col-check" role="cell">
                    <SelectRow registry id name selected/>
                </td>
            </Show>
            <td class="col-name" role="cell">
                <a class="registry-name" href=move || card.get()>{move || name.get()}</a>
            </td>
            {S::cells(row, registry.tools)}
            <td class="col-action" role="cell">
                <a
                    class="row-action"
                    href=move || card.get()
                    aria-label=move || format!("Edit {}", name.get())
                    data-tip=edit
                    data-tip-side="end"
                >
                    <Icon name="pencil"/>
                </a>
            </td>
            <Show when=move || may_delete.get()>
                <td class="col-action" role="cell">
                    <button
                        class="row-action row-action-danger needs-js"
                        type="button"
                        aria-label=move || format!("Delete {}", name.get())
                        data-tip="Delete"
                        data-tip-side="end"
                        on:click=move |_| registry.doomed.set(vec![(id, name.get_untracked())])
                    >
                        <Icon name="trash"/>
                    </button>
                </td>
            </Show>
        </tr>
    }
}

#[component]
fn SelectRow<S: Section>(registry: Registry<S>, id: i64, name: Memo<String>, selected: Memo<bool>) -> impl IntoView {
    let click = move |event: MouseEvent| {
        let on = event_target_checked(&event);
        registry
            .selection
            .click(&registry.page_names(), id, on, event.shift_key());
    };
    view! {
        <input
            class="checkbox needs-js"
            type="checkbox"
            autocomplete="off"
            aria-label=move || format!("Select {}", name.get())
            prop:checked=move || selected.get()
            on:click=click
        />
    }
}
