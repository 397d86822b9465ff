//! What a role grants: a checkbox for each section and letter.

use crate::components::form::{
    bound::id_of,
    check::{CheckInput, field_error},
    field::FieldError,
    state::FormState,
};
use leptos::prelude::*;
use model::{Letter, RoleInput, Section};

/// The matrix; its checkboxes are named "Chat gateways: Create" and so on.
#[component]
pub(super) fn Matrix(
    /// The form.
    form: FormState,
) -> impl IntoView {
    let heads = Letter::ALL.map(|letter| view! { <th scope="col">{letter.label()}</th> });
    let rows = Section::ALL.map(|section| view! { <MatrixRow form section/> });
    let errors = Section::ALL.map(|section| {
        let key = RoleInput::grant_key(section, Letter::Read);
        view! { <FieldError id=id_of(&key) error=field_error(form, &key)/> }
    });
    view! {
        <table class="matrix" aria-label="Permissions">
            <thead>
                <tr>
                    <th scope="col">"Section"</th>
                    {heads.into_iter().collect_view()}
                </tr>
            </thead>
            <tbody>{rows.into_iter().collect_view()}</tbody>
        </table>
        {errors.into_iter().collect_view()}
    }
}

#[component]
fn MatrixRow(form: FormState, section: Section) -> impl IntoView {
    let cells = Letter::ALL.map(|letter| {
        let label = format!("{}: {}", section.label(), letter.label());
        view! { <td><CheckInput form key=RoleInput::grant_key(section, letter) label/></td> }
    });
    view! {
        <tr>
            <th scope="row">{section.label()}</th>
            {cells.into_iter().collect_view()}
        </tr>
    }
}
