//! The card of a flow schema: what it is called, and its program.

mod object;
mod program;
mod try_it;
mod versions;

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
use leptos_router::{
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};
use model::{
    FlowId, FlowInput, FlowKind,
    form::{Control, Field},
};
use program::{Program, ProgramControl};
use try_it::{TryIt, TryItPanel, TryItToggle};
use versions::Versions;

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
const GENERAL: TabLink = TabLink::new("general", "General");

/// A flow schema that is not saved yet.
#[component]
pub fn NewFlowPage() -> impl IntoView {
    let params = use_params_map();
    let kind = Memo::new(move |_| {
        let kind = params.with(|params| params.get_str("kind").and_then(|kind| kind.parse::<FlowKind>().ok()));
        kind.filter(|_| is_tab(params, &["general"]))
    });
    // Another starter in the address would be another new flow schema; this one is begun already.
    let starter = use_query_map().with_untracked(|query| query.get("starter"));
    let loaded = Resource::new(
        move || (kind.get(), starter.clone()),
        |(kind, starter)| async move {
            match kind {
                Some(kind) => new_flow(kind, starter).await,
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
    let id = Signal::derive(move || state.card.with(|card| card.id));
    let program = Program::new(Bound { form, field: &PROGRAM }, id, kind);
    let trial = TryIt::new(program);
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
                <div class="desk" data-open=move || trial.open.get().then_some("true")>
                    <ProgramControl program>
                        <Versions program/>
                        <TryItToggle trial/>
                    </ProgramControl>
                    <TryItPanel trial/>
                </div>
            </FormSection>
        </CardFrame>
    }
}
