//! What one tab shows: the accounts of its kind, and how to connect some.

use super::{
    addresses::Addresses,
    connect::{SignInButton, TokenField},
    state::Accounts,
    table::AccountTable,
    things,
};
use crate::components::{form::group::FormSection, icon::Icon};
use leptos::{ev::MouseEvent, prelude::*};
use model::MetaKind;

/// The accounts of one kind.
#[component]
pub(in super::super) fn MetaPanel(
    /// Which kind.
    kind: MetaKind,
    /// The accounts.
    accounts: Accounts,
) -> impl IntoView {
    let title = match kind {
        MetaKind::Facebook => "Pages",
        MetaKind::Instagram => "Accounts",
        MetaKind::WhatsApp => "Numbers",
    };
    let empty = Memo::new(move |_| accounts.rows.with(|rows| rows.iter().all(|row| row.kind != kind)));
    view! {
        <FormSection title wide=true>
            <div class="meta-panel">
                <Tools kind accounts empty/>
                <Problem kind accounts/>
                <Show when=move || !empty.get() fallback=move || view! { <Nothing kind accounts/> }>
                    <AccountTable kind accounts/>
                </Show>
            </div>
        </FormSection>
        {kind.has_sign_in().then(|| view! {
            <TokenField kind accounts/>
            <Addresses kind accounts/>
        })}
    }
}

/// The buttons above the table.
#[component]
fn Tools(kind: MetaKind, accounts: Accounts, empty: Memo<bool>) -> impl IntoView {
    view! {
        <div class="meta-tools">
            <Show when=move || kind.has_sign_in() && !empty.get()>
                <SignInButton kind accounts label=format!("Add or remove {}", things(kind)) primary=false/>
            </Show>
            <span class="toolbar-space"></span>
            <Show when=move || !empty.get() || kind == MetaKind::WhatsApp>
                <RefreshButton kind accounts/>
            </Show>
        </div>
    }
}

/// Asks Meta how the accounts stand; without JavaScript it is a form.
#[component]
fn RefreshButton(kind: MetaKind, accounts: Accounts) -> impl IntoView {
    let reason = accounts.locked();
    let (locked, tip) = (reason.is_some(), reason.clone());
    let click = move |event: MouseEvent| {
        event.prevent_default();
        accounts.ask(kind, None, Callback::new(|()| {}));
    };
    view! {
        <span data-tip=tip data-tip-side="end">
            <button
                class="button"
                type="submit"
                form="card-action"
                formaction=format!("/chat-gateways/{}/refresh/{}", accounts.live.id, kind.code())
                disabled=locked
                aria-description=reason
                aria-busy=move || (accounts.asking.get() == Some(kind)).then_some("true")
                on:click=click
            >
                <Icon name="refresh"/>
                "Refresh"
            </button>
        </span>
    }
}

/// Why Meta's last answer was none, in its own words.
#[component]
fn Problem(kind: MetaKind, accounts: Accounts) -> impl IntoView {
    let problem = Memo::new(move |_| {
        let problem = accounts.problem.get();
        problem
            .filter(|(about, _)| *about == kind)
            .map(|(_, sentence)| sentence)
    });
    view! {
        <div role="alert">
            {move || problem.get().map(|sentence| view! {
                <div class="banner banner-error">
                    <Icon name="alert"/>
                    <div class="banner-body">
                        <p class="banner-title">"That did not work"</p>
                        <p>{sentence}</p>
                    </div>
                </div>
            })}
        </div>
    }
}

/// What to do while nothing is connected.
#[component]
fn Nothing(kind: MetaKind, accounts: Accounts) -> impl IntoView {
    let (title, text) = match kind {
        MetaKind::Facebook => (
            "No page is connected yet",
            "Sign in with Meta and choose the pages, or put in a token that you have made yourself.",
        ),
        MetaKind::Instagram => (
            "No account is connected yet",
            "It must be a professional account that is linked to a page. Sign in with Meta and choose that page, or put in a token.",
        ),
        MetaKind::WhatsApp => (
            "No number is connected yet",
            "Make a token for a system user in Meta's Business settings, save it as Token, and then refresh.",
        ),
    };
    view! {
        <div class="empty meta-empty">
            <h3 class="empty-title">{title}</h3>
            <p class="empty-text">{text}</p>
            <div class="empty-actions">
                {kind.has_sign_in().then(|| view! {
                    <SignInButton kind accounts label="Sign in with Meta".to_owned() primary=true/>
                })}
            </div>
        </div>
    }
}
