//! What is known of the record beside the form.

use super::{CardObject, CardState};
use crate::components::time_ago::TimeAgo;
use leptos::prelude::*;

/// When and by whom the object was created and changed; nothing before the first save.
#[component]
pub fn Record<C: CardObject>(
    /// The card.
    state: CardState<C>,
) -> impl IntoView {
    let stamps = Memo::new(move |_| state.card.with(|card| card.stamps().cloned()));
    let id = Memo::new(move |_| state.card.with(C::id));
    move || {
        stamps.get().map(|stamps| {
            view! {
                {stamps.declared_by.map(|file| view! { <KeptBy file/> })}
                <section class="facts">
                    <h2 class="facts-title">"Record"</h2>
                    <dl class="facts-list">
                        <div><dt>"Created"</dt><dd><TimeAgo at=stamps.created_at/>{by(&stamps.created_by)}</dd></div>
                        <div><dt>"Changed"</dt><dd><TimeAgo at=stamps.updated_at/>{by(&stamps.updated_by)}</dd></div>
                        <div><dt>"Id"</dt><dd><code>{id.get().map(|id| id.to_string())}</code></dd></div>
                    </dl>
                </section>
            }
        })
    }
}

/// The file that keeps the object as it is.
#[component]
fn KeptBy(
    /// Its name.
    file: String,
) -> impl IntoView {
    view! {
        <section class="facts">
            <h2 class="facts-title">"From a file"</h2>
            <p class="facts-text">
                <code>{file}</code>" keeps this. What is changed here and named there is undone when the file is applied again."
            </p>
        </section>
    }
}

/// The name of the person; the product's own roles have none.
fn by(name: &str) -> String {
    if name.is_empty() {
        String::new()
    } else {
        format!(" by {name}")
    }
}
