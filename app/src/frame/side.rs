//! The sections, and the tools at their foot.

use super::{account_menu::AccountMenu, shortcuts::use_shortcuts};
use crate::components::{icon::Icon, viewer::use_may};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{Letter, Section};

/// The side of the window: brand, sections, help, account.
#[component]
pub fn Side() -> impl IntoView {
    let shortcuts = use_shortcuts();
    view! {
        <header class="app-side">
            <Brand href="/chat-gateways"/>
            <nav class="app-nav" aria-label="Sections">
                {Section::ALL.map(|section| view! { <SectionLink section/> })}
            </nav>
            <div class="app-tools">
                <button
                    class="app-tool needs-js"
                    type="button"
                    aria-label="Help and keyboard shortcuts"
                    data-tip="Help (?)"
                    data-tip-side="top"
                    on:click=move |_| shortcuts.show_help()
                >
                    <Icon name="help"/>
                </button>
                <AccountMenu/>
            </div>
        </header>
    }
}

/// The product's mark and name.
#[component]
pub fn Brand(
    /// Where it leads.
    href: &'static str,
) -> impl IntoView {
    view! {
        <a class="brand" href=href>
            <Icon name="mark" class="brand-mark"/>
            <span class="brand-name">"Chat Gateways"</span>
        </a>
    }
}

/// The link to a section, if the viewer may read it.
#[component]
fn SectionLink(section: Section) -> impl IntoView {
    let may_read = use_may(section, Letter::Read);
    let path = use_location().pathname;
    let current = move || {
        let inside = path.with(|path| {
            path.strip_prefix(section.path())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        inside.then_some("page")
    };
    let icon = match section {
        Section::ChatGateways => "plug",
        Section::Flows => "flow",
        Section::Users => "users",
        Section::Roles => "shield",
    };
    view! {
        <Show when=move || may_read.get()>
            <a class="app-nav-link" href=section.path() aria-current=current>
                <Icon name=icon/>
                <span class="app-nav-text">{section.label()}</span>
            </a>
        </Show>
    }
}
