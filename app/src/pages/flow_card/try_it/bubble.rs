//! One message of the conversation.

use super::state::{Mode, TryIt, focus_compose};
use crate::components::icon::Icon;
use leptos::prelude::*;
use model::{
    message::{Button, ButtonAction, ChatAction, FileRef, Part},
    trying::{TryInput, TryMessage, TrySaid},
};

/// What somebody said, or a note of what happened.
#[component]
pub(super) fn Bubble(trial: TryIt, message: TryMessage) -> impl IntoView {
    let TryMessage { number, said, .. } = message;
    match said {
        TrySaid::Heard(inbound) => of_peer(inbound.parts.into_iter().map(part).collect_view()).into_any(),
        TrySaid::Pressed { label, .. } => of_peer(view! { <p class="bubble-text">{label}</p> }).into_any(),
        TrySaid::Left => note("You have left the conversation."),
        TrySaid::Action(ChatAction::Typing) => note("The flow shows that it is typing."),
        TrySaid::Action(ChatAction::Cancel) => note("The flow no longer shows that it is typing."),
        TrySaid::Sent(outbound) => {
            let rows = outbound.buttons.into_iter().map(|row| {
                let buttons: Vec<_> = row
                    .into_iter()
                    .map(|button| view! { <Choice trial number button/> })
                    .collect();
                view! { <div class="bubble-row">{buttons}</div> }
            });
            let rows: Vec<_> = rows.collect();
            view! {
                <div class="bubble-line">
                    <div class="bubble">
                        <span class="visually-hidden">"Flow: "</span>
                        {outbound.parts.into_iter().map(part).collect_view()}
                    </div>
                    {(!rows.is_empty()).then(|| view! { <div class="bubble-buttons">{rows}</div> })}
                    {outbound.no_input.then(|| view! { <p class="talk-note">"The peer is not to type an answer."</p> })}
                </div>
            }
            .into_any()
        }
    }
}

fn of_peer(content: impl IntoView) -> impl IntoView {
    view! {
        <div class="bubble-line bubble-line-own">
            <div class="bubble bubble-own">
                <span class="visually-hidden">"You: "</span>
                {content}
            </div>
        </div>
    }
}

fn note(text: &'static str) -> AnyView {
    view! { <p class="talk-note">{text}</p> }.into_any()
}

/// A piece of a message.
fn part(part: Part) -> AnyView {
    let words = part.words();
    match &part {
        Part::Link { url, title } => link(url, title.as_deref().unwrap_or(url)),
        Part::Contact { name, phones, .. } => {
            let text = [name.as_str(), &phones.join(", ")].join(" ");
            view! { <p class="bubble-text"><Icon name="user"/>{text}</p> }.into_any()
        }
        _ => {
            let file = part.file().cloned().map(attached);
            let words = words.map(|words| view! { <p class="bubble-text">{words}</p> });
            (file, words).into_any()
        }
    }
}

/// A file: its name, leading to its address. Nothing is loaded from there by itself.
fn attached(file: FileRef) -> AnyView {
    let FileRef { url, name, mime, .. } = file;
    let name = name
        .filter(|name| !name.is_empty())
        .or_else(|| url.clone())
        .unwrap_or_default();
    let icon = match mime.as_deref() {
        Some(mime) if mime.starts_with("image/") => "eye",
        _ => "link",
    };
    let name = match url {
        Some(url) => link(&url, &name),
        None => name.into_any(),
    };
    view! { <p class="bubble-file"><Icon name=icon/>{name}</p> }.into_any()
}

/// A link to somewhere else; only the web is linked to.
fn link(url: &str, text: &str) -> AnyView {
    let (url, text) = (url.to_owned(), text.to_owned());
    if url.starts_with("https://") || url.starts_with("http://") {
        view! { <a href=url target="_blank" rel="noopener noreferrer">{text}</a> }.into_any()
    } else {
        text.into_any()
    }
}

/// Why a button cannot be pressed.
const UNSHARED: &str = "This can't be shared here.";

/// A button that opens an address; only the web is opened.
fn opens(url: String, title: String) -> AnyView {
    if url.starts_with("https://") || url.starts_with("http://") {
        view! { <a class="button button-small" href=url target="_blank" rel="noopener noreferrer">{title}</a> }
            .into_any()
    } else {
        view! { <span class="button button-small">{title}</span> }.into_any()
    }
}

/// A button of a message.
#[component]
fn Choice(trial: TryIt, number: u64, button: Button) -> impl IntoView {
    let Button { title, action } = button;
    let label = title.clone();
    let press: Box<dyn Fn() + Send + Sync> = match action {
        ButtonAction::Url { url } => {
            return opens(url, title);
        }
        ButtonAction::Reply { payload } => Box::new(move || {
            trial.send(TryInput::Button {
                message: Some(number),
                label: Some(label.clone()),
                code: Some(payload.clone()),
            });
        }),
        ButtonAction::RequestPhone => Box::new(move || {
            trial.mode.set(Mode::Phone);
            focus_compose();
        }),
        _ => {
            return view! {
                <button class="button button-small" type="button" disabled title=UNSHARED>
                    {title}
                    <span class="visually-hidden">". " {UNSHARED}</span>
                </button>
            }
            .into_any();
        }
    };
    view! {
        <button class="button button-small" type="button" disabled=move || !trial.is_running() on:click=move |_| press()>
            {title}
        </button>
    }
    .into_any()
}
