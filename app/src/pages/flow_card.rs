//! The card of a flow schema: what it is called, and its program.

mod object;
mod position;
mod program;

use crate::{
    api::{FlowCard, get_flow, new_flow},
    components::form::{
        bound::Bound,
        card::{CardFrame, CardState, Record, TabLink, missing},
        controls::TextControl,
        group::FormSection,
        loaded::LoadedCard,
        text_area::TextAreaControl,
    },
};
use leptos::prelude::*;
use leptos_router::{hooks::use_params_map, params::ParamsMap};
use model::{
    FlowId, FlowInput, FlowKind,
    form::{Control, Field},
};
use program::ProgramControl;

const NAME: Field = Field {
    key: "name",
    label: "Name",
    hint: "",
    control: Control::Text {
        max: model::MAX_NAME_CHARS,
    },
    required: true,
    default: "",
    when: "",
};
const DESCRIPTION: Field = Field {
    key: "description",
    label: "Description",
    hint: "What the flow schema is for.",
    control: Control::Text {
        max: FlowInput::MAX_DESCRIPTION_CHARS,
    },
    required: false,
    default: "",
    when: "",
};
const TAGS: Field = Field {
    key: "tags",
    label: "Tags",
    hint: "Separated by commas.",
    control: Control::Text {
        max: FlowInput::MAX_TAGS * FlowInput::MAX_TAG_CHARS,
    },
    required: false,
    default: "",
    when: "",
};
const PROGRAM: Field = Field {
    key: "program",
    label: "Program",
    hint: "",
    control: Control::Text {
        max: model::MAX_PROGRAM_BYTES,
    },
    required: false,
    default: "[]",
    when: "",
};

/// The only tab so far.
const GENERAL: TabLink = TabLink {
    segment: "general",
    label: "General",
};

/// A flow schema that is not saved yet.
#[component]
pub fn NewFlowPage() -> impl IntoView {
    let params = use_params_map();
    let kind = Memo::new(move |_| {
        let kind = params.with(|params| params.get_str("kind").and_then(|kind| kind.parse::<FlowKind>().ok()));
        kind.filter(|_| is_tab(params, &["general"]))
    });
    let loaded = Resource::new(
        move || kind.get(),
        |kind| async move {
            match kind {
                Some(kind) => new_flow(kind).await,
                None => Err(missing(
                    "There is no such kind of flow schema. Go back to the flow schemas and choose one.",
                )),
            }
        },
    );
    view! { <LoadedCard loaded form=|card| view! { <FlowForm card/> }.into_any()/> }
}

/// A saved flow schema.
#[component]
pub fn FlowPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        let id = params.with(|params| params.get_str("id").and_then(|id| id.parse::<FlowId>().ok()));
        id.filter(|_| is_tab(params, &["general", "constructor"]))
    });
    let loaded = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => get_flow(id).await,
                None => Err(missing("This address leads to no flow schema.")),
            }
        },
    );
    view! { <LoadedCard loaded form=|card| view! { <FlowForm card/> }.into_any()/> }
}

/// Whether the address names one of these tabs.
fn is_tab(params: Memo<ParamsMap>, tabs: &[&str]) -> bool {
    params.with(|params| params.get_str("tab").is_none_or(|tab| tabs.contains(&tab)))
}

#[component]
fn FlowForm(card: FlowCard) -> impl IntoView {
    let kind = card.kind;
    let state = CardState::new(card, Signal::stored(GENERAL.segment.to_owned()));
    let form = state.form;
    let text = match kind {
        FlowKind::Code => "A JSON array of nodes, run from the first to the last.",
        FlowKind::Diagram => {
            "A JSON array of nodes, run from the first to the last. The program of a diagram is edited as JSON here."
        }
    };
    view! {
        <CardFrame state subtitle=kind.label() tabs=vec![GENERAL] aside=move || view! { <Record state/> }>
            <FormSection title="Flow schema" text="How it is called, and how it is found.">
                <TextControl bound=Bound { form, field: &NAME }/>
                <TextAreaControl bound=Bound { form, field: &DESCRIPTION }/>
                <TextControl bound=Bound { form, field: &TAGS }/>
            </FormSection>
            <FormSection title="Program" text wide=true>
                <ProgramControl bound=Bound { form, field: &PROGRAM }/>
            </FormSection>
        </CardFrame>
    }
}
