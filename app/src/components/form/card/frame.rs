//! The whole card: one form around all its tabs.

use super::{
    CardObject, CardState,
    banners::{ConflictBanner, DiscardDialog, FailureBanner, LockedBanner},
    guard::Guard,
    head::{Breadcrumb, CardActions},
    leave::LeaveDialog,
    saving::use_go,
    shortcuts::save_by_keyboard,
    tabs::{TabLink, Tabs},
};
use crate::components::page_title::PageTitle;
use leptos::{ev::SubmitEvent, prelude::*};

/// A card: head, tabs, banners, and the form that the children fill.
///
/// Without JavaScript it is a plain form that posts every field to the card's own address.
#[component]
pub fn CardFrame<C: CardObject>(
    /// The card.
    state: CardState<C>,
    /// What stands under the name: "Telegram Bot".
    subtitle: &'static str,
    /// Its tabs; none for a card of one page.
    #[prop(optional)]
    tabs: Vec<TabLink>,
    /// A picture before the name.
    #[prop(optional, into)]
    picture: ViewFnOnce,
    /// What stands beside the buttons.
    #[prop(optional, into)]
    actions: ViewFnOnce,
    /// What stands beside the form.
    #[prop(optional, into)]
    aside: Option<ViewFnOnce>,
    /// What stands behind the form: other forms that buttons belong to, since a form can't hold another.
    #[prop(optional, into)]
    outside: ViewFnOnce,
    /// The panels.
    children: Children,
) -> impl IntoView {
    let go = use_go();
    let guard = Guard::new(state);
    let discarding = RwSignal::new(false);
    save_by_keyboard(state, go);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        state.save(go);
    };
    let address = move || state.tab_path(&state.tab.get());
    let lost = Signal::derive(move || format!("Your changes to “{}” are not saved and will be lost.", state.name()));
    let locked = state.locked.get_value();
    view! {
        <PageTitle text=Signal::derive(move || state.name())/>
        <form class="card" method="post" action=address novalidate autocomplete="off" on:submit=submit>
            <input type="hidden" name="version" value=move || state.seen.get().0.to_string()/>
            <header class="card-header">
                <Breadcrumb state/>
                <div class="card-title-row">
                    {picture.run()}
                    <div class="card-heading">
                        <h1 class="card-title">{move || state.name()}</h1>
                        <p class="card-subtitle">{subtitle}</p>
                    </div>
                    <CardActions state guard go>{actions.run()}</CardActions>
                </div>
                {(!tabs.is_empty()).then(|| view! { <Tabs state tabs/> })}
            </header>
            <div class="card-body">
                <div class="card-main">
                    {locked.map(|reason| view! { <LockedBanner reason/> })}
                    <ConflictBanner state asking=discarding go/>
                    <FailureBanner state/>
                    {children()}
                </div>
                {aside.map(|aside| view! {
                    <div class="card-aside">{aside.run()}</div>
                })}
            </div>
        </form>
        <form id="close-card" method="get" action=C::SECTION.path()></form>
        {outside.run()}
        <LeaveDialog guard go text=lost/>
        <DiscardDialog state asking=discarding go/>
    }
}
