//! The choice of light, dark, or the system's own look.

use crate::{
    components::icon::Icon,
    theme::{Theme, use_set_theme, use_theme},
};
use leptos::prelude::*;

/// Three buttons, one of them pressed.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let current = use_theme();
    let set = use_set_theme();
    let option = move |theme: Theme| {
        view! {
            <button
                class="theme-switch-option"
                type="button"
                aria-pressed=move || (current.get() == theme).to_string()
                on:click=move |_| set(theme)
            >
                <Icon name=theme.icon()/>
                {theme.label()}
            </button>
        }
    };
    view! {
        <div class="theme-switch needs-js" role="group" aria-label="Theme">
            {Theme::ALL.map(option)}
        </div>
    }
}
