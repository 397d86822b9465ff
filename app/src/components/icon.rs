//! A small drawing beside or instead of a word.

use leptos::prelude::*;

/// Draws one icon of `/icons.svg`; it says nothing to a screen reader, its neighbour does.
#[component]
pub fn Icon(
    /// The drawing's id in the file.
    name: &'static str,
    /// Its classes.
    #[prop(default = "icon")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=class aria-hidden="true">
            <use_ href=format!("/icons.svg#{name}")></use_>
        </svg>
    }
}
