//! The registry of flow schemas.

use crate::{
    api,
    components::{
        icon::Icon,
        registry::{Empty, Heading, RowTools, Section},
        time_ago::TimeAgo,
    },
    error::AppError,
    pages::add::NewFlowDialog,
};
use leptos::prelude::*;
use model::{FlowColumn, FlowKind, FlowRow, ListQuery, Page, Removal};

/// The section of flow schemas.
pub struct Flows;

impl Section for Flows {
    type Row = FlowRow;
    type Column = FlowColumn;

    const SECTION: model::Section = model::Section::Flows;
    const TABLE_CLASS: &'static str = "registry";
    const OBJECTS: &'static str = "flow schemas";
    const HAS_ADD_DIALOG: bool = true;
    const HEADINGS: &'static [Heading<FlowColumn>] = &[
        Heading {
            label: "Name",
            class: "col-name",
            sort: Some(FlowColumn::Name),
        },
        Heading {
            label: "Kind",
            class: "col-text",
            sort: Some(FlowColumn::Kind),
        },
        Heading {
            label: "Tags",
            class: "col-text",
            sort: None,
        },
        Heading {
            label: "Used by",
            class: "col-num",
            sort: None,
        },
        Heading {
            label: "Changed",
            class: "col-time",
            sort: Some(FlowColumn::Changed),
        },
    ];
    const EMPTY: Empty = Empty {
        picture: "no-flows",
        title: "No flow schema yet",
        text: "A flow schema is the program that answers the conversations of chat gateways.",
    };

    fn id(row: &FlowRow) -> i64 {
        row.id.0
    }

    fn name(row: &FlowRow) -> &str {
        &row.name
    }

    fn card(row: &FlowRow) -> String {
        let tab = match row.kind {
            FlowKind::Code => "general",
            FlowKind::Diagram => "constructor",
        };
        format!("/flows/{}/{tab}", row.id)
    }

    fn cells(row: RwSignal<FlowRow>, _tools: RowTools) -> AnyView {
        let kind = Memo::new(move |_| row.with(|row| row.kind));
        let tags = Memo::new(move |_| row.with(|row| row.tags.clone()));
        let changed = Signal::derive(move || row.with(|row| row.updated_at));
        view! {
            <td class="col-text" role="cell" data-label="Kind">
                {move || view! { <Kind kind=kind.get()/> }}
            </td>
            <td class="col-text" role="cell" data-label="Tags">
                <span class="tags">
                    {move || tags.get().into_iter().map(|tag| view! { <span class="tag">{tag}</span> }).collect_view()}
                </span>
            </td>
            <td class="col-num" role="cell" data-label="Used by">
                <UsedBy row/>
            </td>
            <td class="col-time" role="cell" data-label="Changed">
                <TimeAgo at=changed/>
            </td>
        }
        .into_any()
    }

    fn list(query: ListQuery) -> impl Future<Output = Result<Page<FlowRow>, AppError>> + Send + 'static {
        api::list_flows(query)
    }

    fn remove(ids: Vec<i64>) -> impl Future<Output = Result<Vec<Removal>, AppError>> + Send + 'static {
        api::remove_flows(ids)
    }

    fn add_dialog(open: RwSignal<bool>) -> Option<AnyView> {
        Some(view! { <NewFlowDialog open/> }.into_any())
    }
}

#[component]
fn Kind(kind: FlowKind) -> impl IntoView {
    view! {
        <span class="kind">
            <Icon name=kind.code()/>
            {kind.label()}
        </span>
    }
}

/// How many gateways use it; leads to them.
#[component]
fn UsedBy(row: RwSignal<FlowRow>) -> impl IntoView {
    let used = Memo::new(move |_| row.with(|row| (row.id, row.used_by, row.name.clone())));
    move || match used.get() {
        (_, 0, _) => view! { <span class="muted">"0"</span> }.into_any(),
        (id, count, name) => {
            let label = format!("{count} chat gateways use {name}");
            view! { <a href=format!("/chat-gateways?flow={id}") aria-label=label>{count}</a> }.into_any()
        }
    }
}
