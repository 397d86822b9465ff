//! Where one types to the flow.

use super::state::{Mode, TryIt, focus_compose};
use crate::components::icon::Icon;
use leptos::{ev::KeyboardEvent, prelude::*};
use model::trying::TryInput;

/// The line, and what else a peer can do. It stands inside the card's form but is no part of it.
#[component]
pub(super) fn Compose(trial: TryIt) -> impl IntoView {
    let text = trial.draft;
    let label = move || match trial.mode.get() {
        Mode::Text => "Message",
        Mode::File => "Address of the file",
        Mode::Phone => "Phone number",
    };
    let hint = move || match trial.mode.get() {
        Mode::Text if trial.is_running() => "Say something",
        Mode::Text => "Say something to begin",
        Mode::File => "https://example.com/photo.jpg",
        Mode::Phone => "+1 202 555 0100",
    };
    let go = move || {
        let typed = text.get_untracked().trim().to_owned();
        let mode = trial.mode.get_untracked();
        let running = untrack(move || trial.is_running());
        if trial.is_starting() || (running && typed.is_empty()) {
            return;
        }
        text.set(String::new());
        if !running {
            return trial.begin(typed);
        }
        let input = match mode {
            Mode::Text => TryInput::Text { text: typed.clone() },
            Mode::File => file(typed.clone()),
            Mode::Phone => TryInput::Contact {
                phone: typed.clone(),
                name: String::new(),
            },
        };
        trial.send_typed(mode, typed, input);
    };
    let pressed = move |event: KeyboardEvent| match event.key().as_str() {
        // Else it would save the card.
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            go();
        }
        "Escape" => trial.mode.set(Mode::Text),
        _ => {}
    };
    view! {
        <div class="compose">
            <label class="visually-hidden" for="try-it-text">{label}</label>
            <input
                class="input"
                id="try-it-text"
                type="text"
                autocomplete="off"
                placeholder=hint
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
                on:keydown=pressed
            />
            <button class="button" type="button" on:click=move |_| go()>
                <Icon name="send"/>
                {move || if trial.mode.get() == Mode::Text { "Send" } else { "Share" }}
            </button>
        </div>
        <Others trial/>
    }
}

/// A file of this address; by its ending it is a picture or not.
fn file(url: String) -> TryInput {
    let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let mime = match path.rsplit('.').next() {
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("pdf") => "application/pdf",
        _ => "",
    };
    TryInput::File {
        url,
        name: String::new(),
        mime: mime.to_owned(),
        caption: String::new(),
    }
}

/// What a peer does besides writing.
#[component]
fn Others(trial: TryIt) -> impl IntoView {
    let turn = move |mode| {
        trial.mode.set(mode);
        focus_compose();
    };
    view! {
        <div class="compose-others">
            <Show
                when=move || trial.mode.get() == Mode::Text
                fallback=move || view! {
                    <button class="button button-small button-quiet" type="button" on:click=move |_| turn(Mode::Text)>
                        <Icon name="x"/>
                        "Cancel"
                    </button>
                }
            >
                <button
                    class="button button-small button-quiet"
                    type="button"
                    disabled=move || !trial.is_running()
                    on:click=move |_| turn(Mode::File)
                >
                    <Icon name="link"/>
                    "Attach a file by URL"
                </button>
                <button
                    class="button button-small button-quiet"
                    type="button"
                    disabled=move || !trial.is_running()
                    on:click=move |_| {
                        trial.leave();
                        // It goes with the conversation.
                        focus_compose();
                    }
                >
                    <Icon name="logout"/>
                    "The peer leaves"
                </button>
            </Show>
        </div>
    }
}
