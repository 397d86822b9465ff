//! The conversation, as a messenger would show it.

use super::{bubble::Bubble, state::TryIt};
use leptos::{html, prelude::*};

/// Who said what; what is new is read aloud and brought into view.
#[component]
pub(super) fn Talk(trial: TryIt) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    Effect::new(move || {
        trial.messages.track();
        let Some(log) = node.get() else { return };
        // A frame later, when it is drawn.
        request_animation_frame(move || log.set_scroll_top(log.scroll_height()));
    });
    view! {
        <div class="talk" role="log" aria-label="Conversation" tabindex="0" node_ref=node>
            <Show when=move || trial.missed.get()>
                <p class="talk-note">"What was said first is no longer kept."</p>
            </Show>
            <Show when=move || !trial.has_run()>
                <p class="talk-note">
                    "Say something, and the flow answers: as it is typed now, saved or not, without any messenger."
                </p>
            </Show>
            <For each=move || trial.messages.get() key=|message| message.number let:message>
                <Bubble trial message/>
            </For>
        </div>
    }
}
