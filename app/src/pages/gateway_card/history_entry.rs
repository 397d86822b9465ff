//! One line of the history.

use crate::components::time_ago::TimeAgo;
use leptos::prelude::*;
use model::{Action, AuditLine, FieldChange};

/// Who did what and when, and which fields were changed.
#[component]
pub(super) fn HistoryEntry(
    /// The line.
    line: AuditLine,
) -> impl IntoView {
    let what = match (line.action, line.changes.len()) {
        (Action::Changed, 1) => "changed 1 field".to_owned(),
        (Action::Changed, count) => format!("changed {count} fields"),
        (Action::AccountsChanged, 1) => "changed 1 account".to_owned(),
        (Action::AccountsChanged, count) => format!("changed {count} accounts"),
        (action, _) => format!("{} the chat gateway", action.label()),
    };
    // A secret has no values here; the first one replaces nothing.
    let secret = if line.action == Action::Created {
        "set"
    } else {
        "replaced"
    };
    let changes = line
        .changes
        .into_iter()
        .map(|change| view! { <Change change secret/> })
        .collect::<Vec<_>>();
    view! {
        <li class="history-entry" data-action=kind(line.action)>
            <p class="history-head">
                <strong>{line.actor}</strong>
                " "
                {what}
                " "
                <TimeAgo at=line.at/>
            </p>
            {(!changes.is_empty()).then(|| view! { <dl class="changes">{changes}</dl> })}
        </li>
    }
}

/// The mark of the line, as the style names it.
const fn kind(action: Action) -> &'static str {
    match action {
        Action::Created => "create",
        Action::Enabled => "enable",
        Action::Disabled => "disable",
        Action::Removed => "delete",
        Action::Changed
        | Action::AccountsChanged
        | Action::PasswordSet
        | Action::SignedIn
        | Action::SignedOut
        | Action::Observed => "update",
    }
}

/// One field: from what to what; of a secret only that it was set or replaced.
#[component]
fn Change(change: FieldChange, secret: &'static str) -> impl IntoView {
    let label = if change.label.is_empty() {
        change.field
    } else {
        change.label
    };
    let value = match (change.from, change.to) {
        (None, None) => view! { <span class="muted">{secret}</span> }.into_any(),
        (None, Some(to)) => view! { <ins>{shown(to)}</ins> }.into_any(),
        (Some(from), to) => view! {
            <del>{shown(from)}</del>
            <span class="change-arrow" aria-hidden="true">" → "</span>
            <span class="visually-hidden">" changed to "</span>
            <ins>{shown(to.unwrap_or_default())}</ins>
        }
        .into_any(),
    };
    view! { <div class="change"><dt>{label}</dt><dd>{value}</dd></div> }
}

/// A value; an empty one in a word.
fn shown(value: String) -> String {
    if value.is_empty() { "(empty)".to_owned() } else { value }
}
