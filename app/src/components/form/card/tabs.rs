//! The tabs of a card: links, because each has its own address.

use super::{CardObject, CardState};
use crate::components::icon::Icon;
use leptos::prelude::*;

/// One tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TabLink {
    /// Its part of the URL.
    pub segment: &'static str,
    /// Its label.
    pub label: &'static str,
}

/// The row of tabs; one that contains errors carries a mark.
#[component]
pub(super) fn Tabs<C: CardObject>(
    /// The card.
    state: CardState<C>,
    /// The tabs.
    tabs: Vec<TabLink>,
) -> impl IntoView {
    let link = move |tab: TabLink| {
        let current = move || state.tab.with(|open| open == tab.segment).then_some("page");
        let wrong = Memo::new(move |_| state.form.tab_has_errors(tab.segment));
        view! {
            <a class="tab" href=state.tab_path(tab.segment) aria-current=current data-noscroll="">
                {tab.label}
                {move || wrong.get().then(|| view! {
                    <span class="tab-error">
                        <Icon name="alert"/>
                        <span class="visually-hidden">" has errors"</span>
                    </span>
                })}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label=move || state.name()>
            {tabs.into_iter().map(link).collect_view()}
        </nav>
    }
}

/// What one tab shows. It stays in the form while another is open, so that a plain form posts everything.
#[component]
pub fn TabPanel(
    /// The tab's part of the URL.
    segment: &'static str,
    /// The open tab.
    open: Signal<String>,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="tab-panel shown-without-js" hidden=move || open.with(|open| open != segment)>
            {children()}
        </div>
    }
}
