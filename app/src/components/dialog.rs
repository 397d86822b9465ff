//! A modal window on the native `<dialog>`: it keeps the focus inside, closes on Escape, and gives the focus back to
//! whatever opened it.

use crate::components::icon::Icon;
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

/// A modal window.
///
/// The children are its `.dialog-body` and `.dialog-footer`, or a `form.dialog-form` that holds both.
#[component]
pub fn Dialog(
    /// The id of the element; `-title` is added for its heading.
    id: &'static str,
    /// Whether it is open; set to `false` when it is closed by × or Escape.
    #[prop(into)]
    open: RwSignal<bool>,
    /// Its name.
    #[prop(into)]
    title: Signal<String>,
    /// Whether a × stands beside the title.
    #[prop(optional)]
    cross: bool,
    /// `dialog-small` or `dialog-large`.
    #[prop(optional)]
    size: &'static str,
    /// Told whenever it has been closed, in whichever way.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() {
            // A frame later, when its content is drawn: then the first control gets the focus.
            request_animation_frame(move || {
                if open.try_get_untracked() == Some(true) && !dialog.open() {
                    _ = dialog.show_modal();
                    focus_first(&dialog);
                }
            });
        } else if dialog.open() {
            dialog.close();
        }
    });
    let closed = move |_| {
        open.set(false);
        if let Some(on_close) = on_close {
            on_close.run(());
        }
    };
    view! {
        <dialog class=format!("dialog {size}") id=id aria-labelledby=format!("{id}-title") node_ref=node on:close=closed>
            <div class="dialog-form">
                <header class="dialog-header">
                    <h2 class="dialog-title" id=format!("{id}-title")>{move || title.get()}</h2>
                    {cross.then(|| view! {
                        <button
                            class="button button-quiet button-icon"
                            type="button"
                            aria-label="Close"
                            on:click=move |_| open.set(false)
                        >
                            <Icon name="x"/>
                        </button>
                    })}
                </header>
                {children()}
            </div>
        </dialog>
    }
}

/// Gives the focus to the control that is marked for it. `autofocus` would do that too, but browsers also follow it in a
/// closed dialog, whenever a page comes with one.
fn focus_first(dialog: &web_sys::HtmlDialogElement) {
    let marked = dialog.query_selector("[data-focus-first]").ok().flatten();
    if let Some(control) = marked.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        _ = control.focus();
    }
}
