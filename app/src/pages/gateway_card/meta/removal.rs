//! The question before an account is taken off the card.

use super::state::Accounts;
use crate::components::dialog::Dialog;
use leptos::prelude::*;
use model::MetaRow;

/// "Remove NAME?"; open as long as there is an account to ask about.
#[component]
pub(in super::super) fn RemovalDialog(accounts: Accounts) -> impl IntoView {
    let open = RwSignal::new(false);
    // What stands in the dialog stays while it closes.
    let asked = RwSignal::new(None::<MetaRow>);
    Effect::new(move || {
        let doomed = accounts.doomed.get();
        open.set(doomed.is_some());
        if doomed.is_some() {
            asked.set(doomed);
        }
    });
    let name = Memo::new(move |_| asked.with(|row| row.as_ref().map(|row| row.label().to_owned()).unwrap_or_default()));
    let text = move || {
        let what = asked.with(|row| row.as_ref().map_or("account", |row| row.kind.one()));
        format!(
            "The gateway hears nothing more from this {what}, can't answer through it, and forgets its token. Nothing is removed at Meta."
        )
    };
    let forget = move || accounts.doomed.set(None);
    let remove = move |_| {
        if let Some(row) = accounts.doomed.get_untracked() {
            forget();
            accounts.remove(row);
        }
    };
    view! {
        <Dialog
            id="remove-account"
            open
            title=Signal::derive(move || format!("Remove “{}”?", name.get()))
            size="dialog-small"
            on_close=Callback::new(move |()| forget())
        >
            <div class="dialog-body"><p>{text}</p></div>
            <footer class="dialog-footer">
                <button class="button" type="button" data-focus-first="" on:click=move |_| forget()>"Cancel"</button>
                <button class="button button-danger-solid" type="button" on:click=remove>"Remove"</button>
            </footer>
        </Dialog>
    }
}
