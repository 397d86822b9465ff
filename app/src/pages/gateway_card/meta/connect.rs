//! The two ways to connect accounts: signing in at Meta, and a token that somebody has made.

use super::{state::Accounts, things};
use crate::components::form::group::FormSection;
use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    prelude::*,
};
use model::MetaKind;

/// The name of the window in which somebody signs in at Meta, and of the form that is sent there.
pub(in super::super) const WINDOW: &str = "meta-sign-in";

/// Opens a window that leads to Meta's dialogue; without JavaScript it is another tab.
#[component]
pub(super) fn SignInButton(
    /// Which accounts are chosen there.
    kind: MetaKind,
    /// The accounts.
    accounts: Accounts,
    /// What stands on it.
    label: String,
    /// Whether it is the first thing to do.
    primary: bool,
) -> impl IntoView {
    let reason = accounts.locked();
    let (locked, tip) = (reason.is_some(), reason.clone());
    let class = if primary { "button button-primary" } else { "button" };
    // The form is sent into it as soon as this is done.
    let open = move |_: MouseEvent| {
        _ = window().open_with_url_and_target_and_features("", WINDOW, "popup,width=600,height=720");
    };
    view! {
        <span data-tip=tip>
            <button
                class=class
                type="submit"
                form=WINDOW
                formaction=format!("/chat-gateways/{}/sign-in/{}", accounts.live.id, kind.code())
                formtarget=WINDOW
                disabled=locked
                aria-description=reason
                on:click=open
            >
                {label}
            </button>
        </span>
    }
}

/// A token of a person, a system user or a page. It is asked with and forgotten; what speaks for each account is kept.
///
/// It is masked by the style, not `type=password`: browsers would offer to remember it as a password of the site.
#[component]
pub(super) fn TokenField(kind: MetaKind, accounts: Accounts) -> impl IntoView {
    let token = RwSignal::new(String::new());
    let locked = accounts.locked().is_some();
    let input = format!("meta-token-{}", kind.code());
    let hint = format!("{input}-hint");
    let find = move || {
        let typed = token.get_untracked();
        if !typed.trim().is_empty() {
            accounts.ask(
                kind,
                Some(typed),
                Callback::new(move |()| _ = token.try_set(String::new())),
            );
        }
    };
    let press = move |event: KeyboardEvent| {
        // Enter would save the card.
        if event.key() == "Enter" {
            event.prevent_default();
            find();
        }
    };
    let nothing = move || token.with(|token| token.trim().is_empty());
    view! {
        <FormSection title="With a token" text="Instead of signing in." needs_js=true>
            <div class="field">
                <label class="field-label" for=input.clone()>"Access token"</label>
                <div class="meta-token">
                    <input
                        class="input mono masked"
                        id=input
                        type="text"
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        maxlength="4096"
                        aria-describedby=hint.clone()
                        disabled=locked
                        prop:value=move || token.get()
                        on:input=move |event| token.set(event_target_value(&event))
                        on:keydown=press
                    />
                    <button
                        class="button"
                        type="button"
                        disabled=move || locked || nothing()
                        aria-busy=move || (accounts.asking.get() == Some(kind)).then_some("true")
                        on:click=move |_| find()
                    >
                        {format!("Find {}", things(kind))}
                    </button>
                </div>
                <p class="field-hint" id=hint>
                    "Of a person, a system user or a page, made with this gateway's app. Meta is asked with it once; only the tokens of the pages are kept, and nobody sees them again."
                </p>
            </div>
        </FormSection>
    }
}
