//! The gateway's form: a panel for each tab.

use super::{
    Loaded,
    connection::{TestConnection, has_connection},
    conversations::Conversations,
    deliveries::Deliveries,
    facts::GatewayFacts,
    history::History,
    live::Live,
    meta::{Accounts, MetaPanel, RemovalDialog, SIGN_IN, kind_of},
    object::shown_tabs,
    remedy::Remedies,
    switch::EnableSwitch,
    tabs::{CONVERSATIONS, DELIVERIES, HISTORY, Shown, is_beside},
};
use crate::{
    api::GatewayCard,
    components::{
        emblem::Emblem,
        form::{
            bound::Bound,
            card::{CardFrame, CardState, TabLink, TabPanel, use_go},
            controls::{FieldControl, FlowSource, Sources},
            group::FormSection,
            state::FormState,
        },
        health::HealthBadge,
    },
};
use leptos::prelude::*;
use model::{FlowRef, GatewayId, Provider, form::Tab};

/// The form of one gateway.
#[component]
pub(super) fn GatewayForm(
    /// What was read.
    loaded: Loaded,
    /// Whether the viewer may see flow schemas.
    readable: bool,
    /// What the address asks for.
    shown: Shown,
) -> impl IntoView {
    let Loaded {
        card,
        flows,
        trouble,
        accounts,
    } = loaded;
    let provider = card.provider;
    let live = card.id.map(|id| Live::new(id, card.health.clone(), trouble));
    let tabs: Vec<&'static Tab> = shown_tabs(&card).collect();
    let links = links(&tabs, live);
    let chosen = card.flow.clone();
    let state = CardState::new(card, shown.tab.into());
    let form = state.form;
    let flow = FlowSource {
        chosen: RwSignal::new(chosen_flow(form, chosen, &flows)),
        first: StoredValue::new(flows),
        readable,
    };
    let state = state.on_load(move |card| {
        if let Some(live) = live {
            live.take(&card.health);
        }
        let id = card.flow.as_ref().map(|flow| flow.id.to_string()).unwrap_or_default();
        // What was chosen while the save was under way stays chosen.
        if form.peek("flow") == id {
            flow.chosen.set(card.flow);
        }
    });
    let accounts = live
        .filter(|_| provider == Provider::Messenger)
        .map(|live| Accounts::new(state, live, accounts));
    let sources = Sources {
        saved: Signal::derive(move || state.is_saved()),
        callback_base: Signal::derive(move || state.card.with(|card| card.callback_base.clone())),
        flow,
        secrets: Signal::derive(move || state.card.with(|card| card.secrets.clone())),
        reveal: RwSignal::new(None),
    };
    let go = use_go();
    let remedies = Remedies {
        state,
        reveal: sources.reveal,
        go,
    };
    let beside = Memo::new(move |_| shown.tab.with(|tab| is_beside(tab)));
    let panels = tabs.into_iter().map(move |tab| {
        let tested = tab.segment == "general" && has_connection(provider);
        let meta = accounts.zip(kind_of(tab.segment));
        let panel = move || meta.map(|(accounts, kind)| view! { <MetaPanel kind accounts/> });
        // A number's token comes first; elsewhere the accounts do.
        let after = tab.segment == "whatsapp";
        view! {
            <TabPanel segment=tab.segment open=state.tab unfolded=Signal::derive(move || !beside.get())>
                {(!after).then(panel)}
                <Groups form tab sources/>
                {after.then(panel)}
                {tested.then(|| view! { <TestConnection state go/> })}
            </TabPanel>
        }
    });
    view! {
        <CardFrame
            state
            subtitle=provider.label()
            tabs=links
            picture=move || view! { <Emblem provider large=true silent=true/> }
            actions=move || live.map(|live| view! { <Fares live/> <EnableSwitch state live/> })
            aside=move || view! { <GatewayFacts state live remedies/> }
            outside=move || live.map(|live| view! { <Outside id=live.id shown accounts/> })
        >
            {panels.collect_view()}
            {live.map(|live| view! { <Beside state live shown/> })}
        </CardFrame>
    }
}

/// The links to the tabs.
fn links(tabs: &[&'static Tab], live: Option<Live>) -> Vec<TabLink> {
    let mut links: Vec<_> = tabs.iter().map(|tab| TabLink::new(tab.segment, tab.label)).collect();
    if let Some(live) = live {
        let deliveries = TabLink {
            trouble: Some(live.trouble),
            ..DELIVERIES
        };
        links.extend([deliveries, CONVERSATIONS, HISTORY]);
    }
    links
}

/// The health in one word, in the head of the card; the rest stands beside the form.
#[component]
fn Fares(live: Live) -> impl IntoView {
    view! { <HealthBadge health=live.health href="#health".to_owned() id="health-in-head" side="end"/> }
}

/// The open tab, if it is no part of the form.
#[component]
fn Beside(state: CardState<GatewayCard>, live: Live, shown: Shown) -> impl IntoView {
    let open = Memo::new(move |_| shown.tab.get());
    move || {
        open.with(|open| match open.as_str() {
            "deliveries" => view! { <Deliveries live entry=shown.entry/> }.into_any(),
            "conversations" => view! { <Conversations id=live.id entry=shown.entry/> }.into_any(),
            "history" => view! { <History state id=live.id/> }.into_any(),
            _ => ().into_any(),
        })
    }
}

/// The forms of the buttons that are no part of the card's own form: one asks for a list, one has something done.
#[component]
fn Outside(id: GatewayId, shown: Shown, accounts: Option<Accounts>) -> impl IntoView {
    let list = move || shown.tab.with(|tab| format!("/chat-gateways/{id}/{tab}"));
    view! {
        <form id="feed-form" method="get" action=list></form>
        <form id="card-action" method="post"></form>
        {accounts.map(|accounts| view! {
            <form id=SIGN_IN method="post" target=SIGN_IN></form>
            <RemovalDialog accounts/>
        })}
    }
}

/// The groups of fields of one tab; the first without a heading of its own has the tab's.
#[component]
fn Groups(form: FormState, tab: &'static Tab, sources: Sources) -> impl IntoView {
    let groups = tab.groups.iter().map(move |group| {
        let title = if group.label.is_empty() { tab.label } else { group.label };
        let fields = group
            .fields
            .iter()
            .map(move |field| view! { <FieldControl bound=Bound { form, field } sources/> });
        view! { <FormSection title text=group.hint>{fields.collect_view()}</FormSection> }
    });
    groups.collect_view()
}

/// The chosen schema: the saved one, or the one that was posted without JavaScript and refused.
fn chosen_flow(form: FormState, saved: Option<FlowRef>, flows: &[FlowRef]) -> Option<FlowRef> {
    let wanted = form.peek("flow");
    let is_wanted = |flow: &FlowRef| flow.id.to_string() == wanted;
    saved
        .filter(is_wanted)
        .or_else(|| flows.iter().find(|flow| is_wanted(flow)).cloned())
}
