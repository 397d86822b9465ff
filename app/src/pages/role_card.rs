//! The card of a role: its name and what it grants.

mod matrix;
mod object;

use crate::{
    api::{RoleCard, get_role, new_role},
    components::form::{
        bound::Bound,
        card::{CardFrame, CardState, Record, missing},
        controls::TextControl,
        group::FormSection,
        loaded::LoadedCard,
        text_area::TextAreaControl,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use matrix::Matrix;
use model::{
    RoleId,
    form::{Control, Field},
};
use object::whole;

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
    hint: "What the role is for.",
    control: Control::Text {
        max: model::RoleInput::MAX_DESCRIPTION_CHARS,
    },
    required: false,
    default: "",
    when: "",
};

/// A role that is not saved yet.
#[component]
pub fn NewRolePage() -> impl IntoView {
    let loaded = Resource::new(|| (), |()| async { whole(new_role().await) });
    view! { <LoadedCard loaded form=|card| view! { <RoleForm card/> }.into_any()/> }
}

/// A saved role.
#[component]
pub fn RolePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse::<RoleId>().ok())));
    let loaded = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => whole(get_role(id).await),
                None => Err(missing("This address names no role.")),
            }
        },
    );
    view! { <LoadedCard loaded form=|card| view! { <RoleForm card/> }.into_any()/> }
}

#[component]
fn RoleForm(card: RoleCard) -> impl IntoView {
    let subtitle = if card.built_in { "Built-in role" } else { "Role" };
    let state = CardState::new(card, Signal::stored(String::new()));
    let form = state.form;
    view! {
        <CardFrame state subtitle aside=move || view! { <Record state/> }>
            <FormSection title="Role" text="A user may have several roles; what they grant adds up.">
                <TextControl bound=Bound { form, field: &NAME }/>
                <TextAreaControl bound=Bound { form, field: &DESCRIPTION }/>
            </FormSection>
            <FormSection title="Permissions" text="Without “Read” a section is not shown at all." wide=true>
                <Matrix form/>
            </FormSection>
        </CardFrame>
    }
}
