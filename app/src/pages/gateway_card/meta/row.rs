//! One account of the table.

use super::state::Accounts;
use crate::components::{copy_button::CopyButton, icon::Icon};
use leptos::{ev::MouseEvent, prelude::*};
use model::{HealthState, MetaKind, MetaRow};

/// One account; it follows what is known of it.
#[component]
pub(super) fn AccountRow(kind: MetaKind, id: String, accounts: Accounts) -> impl IntoView {
    let first = accounts.rows.with_untracked(|rows| {
        let found = rows.iter().find(|row| row.kind == kind && row.id == id);
        found.cloned()
    });
    let (named, copied) = (id.clone(), id.clone());
    // What was removed is shown as it was until the row is gone.
    let row = Memo::new(move |before: Option<&Option<MetaRow>>| {
        let now = accounts.one(kind, &named);
        now.or_else(|| before.cloned().flatten()).or_else(|| first.clone())
    });
    let text = move |read: fn(&MetaRow) -> String| {
        Signal::derive(move || row.with(|row| row.as_ref().map(read).unwrap_or_default()))
    };
    let label = text(|row| row.label().to_owned());
    let trouble = text(|row| row.details.trouble.clone());
    let page = text(|row| row.details.page.clone());
    let username = text(|row| row.details.username.clone());
    let phone = text(|row| row.details.phone.clone());
    let review = text(|row| row.details.name_status.clone());
    let quality = text(|row| row.details.quality.clone());
    let of_kind = match kind {
        MetaKind::Facebook => ().into_any(),
        MetaKind::Instagram => view! {
            <td class="meta-text" role="cell">
                {move || Some(username.get()).filter(|name| !name.is_empty()).map(|name| format!("@{name}"))}
            </td>
            <td class="meta-text" role="cell" data-label="Page">{move || page.get()}</td>
        }
        .into_any(),
        MetaKind::WhatsApp => view! {
            <td class="meta-text" class:meta-blank=move || phone.with(String::is_empty) role="cell">
                {move || phone.get()}
            </td>
            <td class="meta-tag" role="cell" data-label="Review"><Verdict word=review/></td>
            <td class="meta-tag" role="cell" data-label="Quality"><Verdict word=quality/></td>
        }
        .into_any(),
    };
    view! {
        <tr role="row" data-account=id.clone()>
            <td class="meta-name" role="cell">
                <span class="meta-label">{move || label.get()}</span>
                <Trouble row trouble/>
            </td>
            {of_kind}
            <td class="meta-id" role="cell" data-label="ID">
                <span class="uri">
                    <code class="uri-text">{id.clone()}</code>
                    <CopyButton text=copied label=Signal::derive(move || format!("Copy ID of {}", label.get())) what="The ID"/>
                </span>
            </td>
            <td class="meta-state" role="cell"><StateTag row accounts/></td>
            <td class="meta-switch" role="cell" data-label="Subscribed"><SubscribeSwitch row label accounts/></td>
            <td class="meta-action" role="cell"><RemoveButton row label accounts/></td>
        </tr>
    }
}

/// Why it is gone.
#[component]
fn Trouble(row: Memo<Option<MetaRow>>, trouble: Signal<String>) -> impl IntoView {
    let is_gone = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.gone_at.is_some())));
    view! { <Show when=move || is_gone.get()><p class="meta-trouble">{move || trouble.get()}</p></Show> }
}

/// Whether its messages come now.
#[component]
fn StateTag(row: Memo<Option<MetaRow>>, accounts: Accounts) -> impl IntoView {
    let health = Memo::new(move |_| accounts.live.health.with(|health| health.state));
    let state = Memo::new(move |_| {
        let (gone, subscribed) = row.with(|row| {
            let row = row.as_ref();
            let gone = row.is_some_and(|row| row.gone_at.is_some());
            (gone, row.is_some_and(|row| row.subscribed))
        });
        match (gone, subscribed, health.get()) {
            (true, ..) => ("tag tag-danger", "gone"),
            (false, false, _) => ("tag", "not subscribed"),
            (false, true, HealthState::Connected | HealthState::Degraded) => ("tag tag-ok", "connected"),
            (false, true, HealthState::Disabled) => ("tag", "gateway disabled"),
            (false, true, HealthState::Connecting) => ("tag tag-accent", "connecting"),
            (false, true, _) => ("tag tag-warn", "see health"),
        }
    });
    view! { <span class=move || state.get().0>{move || state.get().1}</span> }
}

/// A word of Meta's about a number.
#[component]
fn Verdict(word: Signal<String>) -> impl IntoView {
    let class = move || match word.get().as_str() {
        "APPROVED" | "AVAILABLE_WITHOUT_REVIEW" | "GREEN" => "tag tag-ok",
        "PENDING_REVIEW" | "YELLOW" => "tag tag-warn",
        "DECLINED" | "EXPIRED" | "RED" => "tag tag-danger",
        _ => "tag",
    };
    let shown = move || match word.get() {
        word if word.is_empty() => "unknown".to_owned(),
        word => word.to_lowercase().replace('_', " "),
    };
    view! { <span class=class>{shown}</span> }
}

/// "Subscribe NAME": switches at once, and back with the reason when it is refused.
#[component]
fn SubscribeSwitch(row: Memo<Option<MetaRow>>, label: Signal<String>, accounts: Accounts) -> impl IntoView {
    let busy = RwSignal::new(false);
    let on = Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.subscribed)));
    let reason = accounts.locked();
    let locked = reason.is_some();
    let click = move |event: MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        }
    };
    view! {
        <span class="state-switch" data-tip=reason data-tip-side="end">
            <input
                class="switch"
                type="checkbox"
                role="switch"
                autocomplete="off"
                aria-label=move || format!("Subscribe {}", label.get())
                aria-checked=move || on.get().to_string()
                aria-disabled=move || busy.get().then_some("true")
                disabled=locked
                checked=on.get_untracked()
                prop:checked=move || on.get()
                on:click=click
                on:change=move |event| {
                    if let Some(row) = row.get_untracked() {
                        accounts.subscribe(row, event_target_checked(&event), busy);
                    }
                }
            />
        </span>
    }
}

/// "Remove NAME", which asks first.
#[component]
fn RemoveButton(row: Memo<Option<MetaRow>>, label: Signal<String>, accounts: Accounts) -> impl IntoView {
    let reason = accounts.locked();
    let locked = reason.is_some();
    view! {
        <button
            class="row-action row-action-danger needs-js"
            type="button"
            aria-label=move || format!("Remove {}", label.get())
            data-tip="Remove"
            data-tip-side="end"
            disabled=locked
            aria-description=reason
            on:click=move |_| accounts.doomed.set(row.get_untracked())
        >
            <Icon name="trash"/>
        </button>
    }
}
