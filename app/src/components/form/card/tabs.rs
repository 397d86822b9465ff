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
    /// How many things behind it need somebody; nothing is said of none.
    pub trouble: Option<RwSignal<u64>>,
}

impl TabLink {
    /// A tab behind which nothing is counted.
    #[must_use]
    pub const fn new(segment: &'static str, label: &'static str) -> Self {
        Self {
            segment,
            label,
            trouble: None,
        }
    }
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
                {tab.trouble.map(|trouble| view! { <Trouble trouble/> })}
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

/// A number behind the label of a tab.
#[component]
fn Trouble(trouble: RwSignal<u64>) -> impl IntoView {
    move || {
        let count = trouble.get();
        let needs = if count == 1 {
            " needs attention"
        } else {
            " need attention"
        };
        (count > 0).then(|| {
            view! {
                <span class="tab-count tab-trouble">
                    {shown_count(count)}
                    <span class="visually-hidden">{needs}</span>
                </span>
            }
        })
    }
}

/// A count that stops at a thousand.
#[must_use]
pub fn shown_count(count: u64) -> String {
    if count < 1_000 {
        count.to_string()
    } else {
        "1000+".to_owned()
    }
}

/// What one tab shows. It stays in the form while another is open, so that a plain form posts everything.
#[component]
pub fn TabPanel(
    /// The tab's part of the URL.
    segment: &'static str,
    /// The open tab.
    open: Signal<String>,
    /// Whether it is shown without JavaScript while another is open; it is posted in any case.
    #[prop(into)]
    unfolded: Signal<bool>,
    /// The content.
    children: Children,
) -> impl IntoView {
    let class = move || {
        if unfolded.get() {
            "tab-panel shown-without-js"
        } else {
            "tab-panel"
        }
    };
    view! {
        <div class=class hidden=move || open.with(|open| open != segment)>
            {children()}
        </div>
    }
}
