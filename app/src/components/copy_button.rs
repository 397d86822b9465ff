//! A button that copies a text.

use crate::components::{icon::Icon, toast::use_toasts};
use leptos::prelude::*;

/// Copies `text` to the clipboard; a message says so, or shows the text when the browser forbids copying.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// The button's name: "Copy callback URL of NAME".
    #[prop(into)]
    label: Signal<String>,
    /// What the message calls the text: "The callback URL".
    #[prop(optional, into)]
    what: Option<&'static str>,
    /// The button's classes.
    #[prop(default = "row-action needs-js")]
    class: &'static str,
) -> impl IntoView {
    let toasts = use_toasts();
    let copy = move |_| {
        let text = text.get_untracked();
        let what = what.unwrap_or("The text");
        leptos::task::spawn_local(async move {
            if write_clipboard(&text).await {
                toasts.say(format!("{what} is copied."));
            } else {
                toasts.fail(format!("The browser did not allow copying. {what}: {text}"));
            }
        });
    };
    view! {
        <button class=class type="button" aria-label=move || label.get() data-tip="Copy" on:click=copy>
            <Icon name="copy"/>
        </button>
    }
}

/// Whether the browser took the text; without https it has no clipboard to offer.
#[cfg(feature = "hydrate")]
async fn write_clipboard(text: &str) -> bool {
    let navigator = window().navigator();
    let offered =
        js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| !clipboard.is_undefined());
    offered
        && wasm_bindgen_futures::JsFuture::from(navigator.clipboard().write_text(text))
            .await
            .is_ok()
}

#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "the same shape as in the browser")]
async fn write_clipboard(_text: &str) -> bool {
    false
}
