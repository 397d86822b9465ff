//! The gateway's form: a panel for each tab.

use super::{facebook::FacebookPanel, facts::GatewayFacts, history::History, object::shown_tabs, switch::EnableSwitch};
use crate::{
    api::GatewayCard,
    components::{
        emblem::Emblem,
        form::{
            bound::Bound,
            card::{CardFrame, CardState, TabLink, TabPanel},
            controls::{FieldControl, FlowSource, Sources},
            group::FormSection,
            state::FormState,
        },
    },
};
use leptos::prelude::*;
use model::{FlowRef, Provider, form::Tab, settings};

/// The tab that every saved gateway has besides those of its provider.
const HISTORY: TabLink = TabLink {
    segment: "history",
    label: "History",
};

/// Whether a provider's card has a tab.
pub(super) fn has_tab(provider: Provider, saved: bool, segment: &str) -> bool {
    let of_provider = settings::tabs(provider)
        .iter()
        .any(|tab| tab.segment == segment && (saved || !tab.saved_only));
    of_provider || (saved && segment == HISTORY.segment)
}

/// The form of one gateway.
#[component]
pub(super) fn GatewayForm(
    /// The gateway as it was read.
    card: GatewayCard,
    /// The first flow schemas to choose from.
    flows: Vec<FlowRef>,
    /// Whether the viewer may see flow schemas.
    readable: bool,
    /// The open tab.
    tab: Memo<String>,
) -> impl IntoView {
    let provider = card.provider;
    let saved = card.id;
    let tabs: Vec<&'static Tab> = shown_tabs(&card).collect();
    let mut links: Vec<_> = tabs
        .iter()
        .map(|tab| TabLink {
            segment: tab.segment,
            label: tab.label,
        })
        .collect();
    if saved.is_some() {
        links.push(HISTORY);
    }
    let chosen = card.flow.clone();
    let state = CardState::new(card, tab.into());
    let form = state.form;
    let flow = FlowSource {
        chosen: RwSignal::new(chosen_flow(form, chosen, &flows)),
        first: StoredValue::new(flows),
        readable,
    };
    let state = state.on_load(move |card| {
        let id = card.flow.as_ref().map(|flow| flow.id.to_string()).unwrap_or_default();
        // What was chosen while the save was under way stays chosen.
        if form.peek("flow") == id {
            flow.chosen.set(card.flow);
        }
    });
    let sources = Sources {
        saved: Signal::derive(move || state.is_saved()),
        callback_base: Signal::derive(move || state.card.with(|card| card.callback_base.clone())),
        flow,
        secrets: Signal::derive(move || state.card.with(|card| card.secrets.clone())),
    };
    let panels = tabs.into_iter().map(move |tab| {
        view! {
            <TabPanel segment=tab.segment open=state.tab>
                <Groups form tab sources/>
                {(provider == Provider::Messenger && tab.segment == "facebook").then(|| view! { <FacebookPanel state/> })}
            </TabPanel>
        }
    });
    let is_history = Memo::new(move |_| state.tab.with(|open| open == HISTORY.segment));
    view! {
        <CardFrame
            state
            subtitle=provider.label()
            tabs=links
            picture=move || view! { <Emblem provider large=true silent=true/> }
            actions=move || saved.map(|id| view! { <EnableSwitch state id/> })
            aside=move || view! { <GatewayFacts state/> }
        >
            {panels.collect_view()}
            {saved.map(|id| move || is_history.get().then(|| view! { <History state id/> }))}
        </CardFrame>
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
