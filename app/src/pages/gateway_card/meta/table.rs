//! The table of one kind of accounts.

use super::{row::AccountRow, state::Accounts};
use leptos::prelude::*;
use model::MetaKind;

type Heading = (&'static str, &'static str);

const FACEBOOK: &[Heading] = &[("Name", "meta-name"), ("ID", "meta-id"), ("State", "meta-state")];
const INSTAGRAM: &[Heading] = &[
    ("Name", "meta-name"),
    ("Instagram", "meta-text"),
    ("Page", "meta-text"),
    ("ID", "meta-id"),
    ("State", "meta-state"),
];
const WHATSAPP: &[Heading] = &[
    ("Name", "meta-name"),
    ("Phone number", "meta-text"),
    ("Review", "meta-tag"),
    ("Quality", "meta-tag"),
    ("ID", "meta-id"),
    ("State", "meta-state"),
];
const LAST: &[Heading] = &[("Subscribed", "meta-switch"), ("Remove", "meta-action")];

/// The accounts under their heads.
#[component]
pub(super) fn AccountTable(kind: MetaKind, accounts: Accounts) -> impl IntoView {
    let (label, headings) = match kind {
        MetaKind::Facebook => ("Facebook pages", FACEBOOK),
        MetaKind::Instagram => ("Instagram accounts", INSTAGRAM),
        MetaKind::WhatsApp => ("WhatsApp numbers", WHATSAPP),
    };
    let head = |(label, class): &Heading| {
        let shown = match *class {
            "meta-action" => view! { <span class="visually-hidden">{*label}</span> }.into_any(),
            _ => (*label).into_any(),
        };
        view! { <th class=*class role="columnheader" scope="col">{shown}</th> }
    };
    let ids = Memo::new(move |_| accounts.of(kind).into_iter().map(|row| row.id).collect::<Vec<_>>());
    view! {
        <div class="feed" aria-busy=move || (accounts.asking.get() == Some(kind)).to_string()>
            <table class="log meta-table" role="table" aria-label=label>
                <thead role="rowgroup"><tr role="row">{headings.iter().chain(LAST).map(head).collect_view()}</tr></thead>
                <tbody role="rowgroup">
                    <For each=move || ids.get() key=Clone::clone let:id>
                        <AccountRow kind id accounts/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}
