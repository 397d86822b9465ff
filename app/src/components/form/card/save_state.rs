//! In words, how the card stands: changed, saved, or what keeps it from being saved.

use super::{CardObject, CardState, saving::Go};
use leptos::prelude::*;

/// How many wrong fields are named; the others are counted.
const NAMED: usize = 3;

/// The line beside the buttons; it also describes why Save takes no click.
#[component]
pub(super) fn SaveState<C: CardObject>(
    /// The card.
    state: CardState<C>,
    /// What leads to a wrong field.
    go: Go,
) -> impl IntoView {
    let wrong = Memo::new(move |_| state.form.wrong_places());
    let dirty = Memo::new(move |_| state.form.is_dirty());
    view! {
        <span class="save-state" id="save-state" role="status">
            {move || {
                if state.form.is_read_only() {
                    ().into_any()
                } else if state.saving.get() {
                    "Saving…".into_any()
                } else if dirty.get() && !wrong.with(Vec::is_empty) {
                    view! { <WrongFields state go/> }.into_any()
                } else if dirty.get() {
                    "Unsaved changes".into_any()
                } else if state.said_saved.get() {
                    "Saved".into_any()
                } else {
                    ().into_any()
                }
            }}
        </span>
    }
}

/// "2 fields need attention: Name, Token": each a link to the field.
#[component]
fn WrongFields<C: CardObject>(state: CardState<C>, go: Go) -> impl IntoView {
    move || {
        let places = state.form.wrong_places();
        let count = places.len();
        let more = count.saturating_sub(NAMED);
        let links = places.into_iter().take(NAMED).enumerate().map(move |(at, place)| {
            let href = format!(
                "{}#{}",
                state.tab_path(&place.tab),
                crate::components::form::bound::id_of(&place.key)
            );
            let label = place.label.clone();
            let show = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                state.show_field(&place.key, &place.tab, go);
            };
            view! { {if at == 0 { " " } else { ", " }} <a href=href on:click=show>{label}</a> }
        });
        let verb = if count == 1 { "field needs" } else { "fields need" };
        (
            format!("{count} {verb} attention:"),
            links.collect_view(),
            (more > 0).then(|| format!(" and {more} more")),
        )
    }
}
