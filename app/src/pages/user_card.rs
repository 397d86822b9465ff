//! The card of a user: who signs in, and what they may do.

mod object;
mod password;

use crate::{
    api::{UserCard, get_user, new_user},
    components::form::{
        bound::Bound,
        card::{CardFrame, CardState, Record, missing},
        check::CheckField,
        controls::TextControl,
        group::FormSection,
        loaded::LoadedCard,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    UserId, UserInput,
    form::{Control, Field},
};
use object::whole;
use password::PasswordField;

const NAME: Field = Field {
    key: "name",
    label: "Name",
    hint: "The name to sign in with.",
    control: Control::Text {
        max: model::MAX_NAME_CHARS,
    },
    required: true,
    default: "",
    when: "",
};

/// A user who is not saved yet.
#[component]
pub fn NewUserPage() -> impl IntoView {
    let loaded = Resource::new(|| (), |()| async { whole(new_user().await) });
    view! { <LoadedCard loaded form=|card| view! { <UserForm card/> }.into_any()/> }
}

/// A saved user.
#[component]
pub fn UserPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse::<UserId>().ok())));
    let loaded = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => whole(get_user(id).await),
                None => Err(missing("This address names no user.")),
            }
        },
    );
    view! { <LoadedCard loaded form=|card| view! { <UserForm card/> }.into_any()/> }
}

#[component]
fn UserForm(card: UserCard) -> impl IntoView {
    let saved = card.id.is_some();
    let roles = card.roles.clone();
    let state = CardState::new(card, Signal::stored(String::new()));
    let form = state.form;
    let roles = roles
        .into_iter()
        .map(move |role| view! { <CheckField form key=UserInput::role_key(role.id) label=role.name/> });
    view! {
        <CardFrame state subtitle="User" aside=move || view! { <Record state/> }>
            <FormSection title="User">
                <TextControl bound=Bound { form, field: &NAME }/>
                <CheckField
                    form
                    key="disabled".to_owned()
                    label="Disabled".to_owned()
                    hint="A disabled user cannot sign in, and is signed out everywhere."
                />
            </FormSection>
            <FormSection title="Roles" text="What the user may do is all that the roles grant together.">
                {roles.collect_view()}
            </FormSection>
            {(!form.is_read_only()).then(|| view! { <PasswordField form saved/> })}
        </CardFrame>
    }
}
