//! The registry of chat gateways.

mod state_switch;

use crate::{
    api,
    components::{
        copy_button::CopyButton,
        emblem::Emblem,
        registry::{Empty, Heading, RowTools, Section},
        viewer::use_viewer,
    },
    error::AppError,
    pages::add::NewGatewayDialog,
};
use leptos::prelude::*;
use model::{FlowKind, FlowRef, GatewayColumn, GatewayRow, ListQuery, Page, Removal};
use state_switch::StateSwitch;

/// The section of chat gateways.
pub struct Gateways;

impl Section for Gateways {
    type Row = GatewayRow;
    type Column = GatewayColumn;

    const SECTION: model::Section = model::Section::ChatGateways;
    const TABLE_CLASS: &'static str = "registry registry-gateways";
    const OBJECTS: &'static str = "chat gateways";
    const HAS_ADD_DIALOG: bool = true;
    const REMOVAL_NOTE: Option<&'static str> = Some("Secrets are not kept.");
    const HEADINGS: &'static [Heading<GatewayColumn>] = &[
        Heading {
            label: "Name",
            class: "col-name",
            sort: Some(GatewayColumn::Name),
        },
        Heading {
            label: "URI",
            class: "col-uri",
            sort: Some(GatewayColumn::Uri),
        },
        Heading {
            label: "Flow",
            class: "col-flow",
            sort: Some(GatewayColumn::Flow),
        },
        Heading {
            label: "Provider",
            class: "col-provider",
            sort: Some(GatewayColumn::Provider),
        },
        Heading {
            label: "State",
            class: "col-state",
            sort: Some(GatewayColumn::State),
        },
    ];
    const EMPTY: Empty = Empty {
        picture: "no-gateways",
        title: "No chat gateway yet",
        text: "A chat gateway connects one messenger to one flow schema.",
    };

    fn id(row: &GatewayRow) -> i64 {
        row.id.0
    }

    fn name(row: &GatewayRow) -> &str {
        &row.name
    }

    fn card(row: &GatewayRow) -> String {
        format!("/chat-gateways/{}/general", row.id)
    }

    fn cells(row: RwSignal<GatewayRow>, tools: RowTools) -> AnyView {
        view! {
            <td class="col-uri" role="cell" data-label="URI">
                <UriCell row/>
            </td>
            <td class="col-flow" role="cell" data-label="Flow">
                <FlowCell row/>
            </td>
            <td class="col-provider" role="cell" data-label="Provider">
                <ProviderCell row/>
            </td>
            <td class="col-state" role="cell" data-label="State">
                <StateSwitch row tools/>
            </td>
        }
        .into_any()
    }

    fn list(query: ListQuery) -> impl Future<Output = Result<Page<GatewayRow>, AppError>> + Send + 'static {
        api::list_gateways(query)
    }

    fn remove(ids: Vec<i64>) -> impl Future<Output = Result<Vec<Removal>, AppError>> + Send + 'static {
        api::remove_gateways(ids)
    }

    fn add_dialog(open: RwSignal<bool>) -> Option<AnyView> {
        Some(view! { <NewGatewayDialog open/> }.into_any())
    }

    fn is_edit(before: &GatewayRow, after: &GatewayRow) -> bool {
        let observed = GatewayRow {
            health: after.health.clone(),
            ..before.clone()
        };
        observed != *after
    }

    fn filter(row: &GatewayRow) -> Option<String> {
        row.flow.as_ref().map(|flow| format!("Flow: {}", flow.name))
    }
}

/// The URI, with a button that copies the whole callback URL.
#[component]
fn UriCell(row: RwSignal<GatewayRow>) -> impl IntoView {
    let viewer = use_viewer();
    let uri = Memo::new(move |_| row.with(|row| row.uri.as_str().to_owned()));
    let callback_url = Signal::derive(move || {
        let base = viewer.with(|viewer| viewer.as_ref().map(|viewer| viewer.callback_base.clone()));
        format!("{}{}", base.unwrap_or_default(), uri.get())
    });
    let label = Signal::derive(move || row.with(|row| format!("Copy callback URL of {}", row.name)));
    view! {
        <span class="uri">
            <code class="uri-text">{move || uri.get()}</code>
            <CopyButton text=callback_url label what="The callback URL"/>
        </span>
    }
}

/// The flow schema: a code schema opens with its General tab, a diagram with its constructor.
#[component]
fn FlowCell(row: RwSignal<GatewayRow>) -> impl IntoView {
    let flow = Memo::new(move |_| row.with(|row| row.flow.clone()));
    let link = |flow: FlowRef| {
        let tab = match flow.kind {
            FlowKind::Code => "general",
            FlowKind::Diagram => "constructor",
        };
        view! { <a href=format!("/flows/{}/{tab}", flow.id)>{flow.name}</a> }.into_any()
    };
    move || {
        flow.get()
            .map_or_else(|| view! { <span class="muted">"—"</span> }.into_any(), link)
    }
}

/// The emblem, which says the provider's name.
#[component]
fn ProviderCell(row: RwSignal<GatewayRow>) -> impl IntoView {
    let provider = Memo::new(move |_| row.with(|row| row.provider));
    view! {
        <span class="emblem-cell" data-tip=move || provider.get().label()>
            {move || view! { <Emblem provider=provider.get()/> }}
        </span>
    }
}
