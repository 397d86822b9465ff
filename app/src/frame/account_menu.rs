//! The menu of the user who is signed in.

use super::{shortcuts::use_shortcuts, theme_switch::ThemeSwitch};
use crate::{
    api,
    components::{icon::Icon, toast::use_toasts, viewer::use_viewer},
    error::AppError,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

/// Who is signed in, the theme, the password, and the way out.
#[component]
pub fn AccountMenu() -> impl IntoView {
    let viewer = use_viewer();
    let shortcuts = use_shortcuts();
    let name =
        Memo::new(move |_| viewer.with(|viewer| viewer.as_ref().map(|viewer| viewer.name.clone()).unwrap_or_default()));
    let letter = move || name.with(|name| name.chars().next().map(|first| first.to_uppercase().to_string()));
    view! {
        <button class="account" type="button" popovertarget="account-menu" aria-label=move || format!("Account {}", name.get())>
            <span class="account-letter" aria-hidden="true">{letter}</span>
            <span class="account-text">
                <span class="account-name">{move || name.get()}</span>
            </span>
        </button>
        <div class="menu account-menu" id="account-menu" popover="auto">
            <p class="menu-title">"Signed in as " <strong>{move || name.get()}</strong></p>
            <ThemeSwitch/>
            <hr class="menu-line"/>
            <a class="menu-item" href="/password">
                <Icon name="key"/>
                "Change password"
            </a>
            <button class="menu-item needs-js" type="button" on:click=move |_| shortcuts.show_help()>
                <Icon name="keyboard"/>
                "Keyboard shortcuts"
            </button>
            <hr class="menu-line"/>
            <SignOut everywhere=false/>
            <SignOut everywhere=true/>
        </div>
    }
}

/// Ends this session, or all of the user's; without JavaScript the server takes the form.
#[component]
fn SignOut(everywhere: bool) -> impl IntoView {
    let toasts = use_toasts();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            let result = if everywhere {
                api::sign_out_everywhere().await
            } else {
                api::sign_out().await
            };
            match result {
                Err(error) if !error.is(AppError::SIGNED_OUT) => toasts.fail(error.message),
                // A whole new page, so that nothing of the old session stays in memory.
                _ => _ = location().assign("/sign-in"),
            }
        });
    };
    let (action, text) = if everywhere {
        ("/sign-out-everywhere", "Sign out everywhere")
    } else {
        ("/sign-out", "Sign out")
    };
    view! {
        <form method="post" action=action on:submit=submit>
            <button class="menu-item" type="submit">
                <Icon name="logout"/>
                {text}
            </button>
        </form>
    }
}
