//! The table itself.

use super::{head::Head, row::Row, section::Section, state::Registry};
use leptos::prelude::*;

/// The rows under their heads.
#[component]
pub fn Table<S: Section>(registry: Registry<S>) -> impl IntoView {
    view! {
        <div class="registry-frame" aria-busy=move || registry.busy.get().to_string()>
            <table class=S::TABLE_CLASS role="table" aria-label=S::SECTION.label()>
                <Head registry/>
                <tbody role="rowgroup">
                    <For each=move || registry.rows.get() key=|entry| entry.id let:entry>
                        <Row registry entry/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}
