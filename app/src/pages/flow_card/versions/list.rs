//! The list of versions.

use super::state::History;
use crate::components::time_ago::TimeAgo;
use leptos::prelude::*;
use model::ProgramVersion;

/// Who saved the program and when, the newest first, and older ones on demand.
#[component]
pub(super) fn VersionList(history: History) -> impl IntoView {
    let busy = move || history.busy.get().then_some("true");
    view! {
        <div class="versions-side">
            <ol class="versions-list" aria-label="Versions" aria-busy=busy>
                <For each=move || history.versions.get() key=|it| it.version.0 let:version>
                    <li><VersionRow history version/></li>
                </For>
            </ol>
            <div role="alert">
                {move || history.failure.get().map(|why| view! { <p class="field-error">{why}</p> })}
            </div>
            <Show when=move || history.failure.with(Option::is_some)>
                <button class="button button-small" type="button" on:click=move |_| history.read_more()>
                    "Try again"
                </button>
            </Show>
            <Show when=move || history.older.get() && history.failure.with(Option::is_none)>
                <button class="button button-small" type="button" aria-busy=busy on:click=move |_| history.read_more()>
                    "Show older"
                </button>
            </Show>
        </div>
    }
}

#[component]
fn VersionRow(history: History, version: ProgramVersion) -> impl IntoView {
    let ProgramVersion {
        version,
        saved_at,
        saved_by,
        chars,
    } = version;
    let current = move || (history.chosen.get() == Some(version)).then_some("true");
    let newest = move || {
        history
            .versions
            .with(|all| all.first().is_some_and(|it| it.version == version))
    };
    let who = if saved_by.is_empty() {
        "Unknown".to_owned()
    } else {
        saved_by
    };
    let size = match chars {
        1 => "1 character".to_owned(),
        chars => format!("{chars} characters"),
    };
    view! {
        <button class="version" type="button" aria-current=current on:click=move |_| history.chosen.set(Some(version))>
            <span class="version-who">
                {who}
                <Show when=newest><span class="tag tag-accent">"Present"</span></Show>
            </span>
            <span class="version-when"><TimeAgo at=saved_at/> " · " {size}</span>
        </button>
    }
}
