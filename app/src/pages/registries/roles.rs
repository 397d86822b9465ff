//! The registry of roles.

use crate::{
    api,
    components::registry::{Empty, Heading, RowTools, Section},
    error::AppError,
};
use leptos::prelude::*;
use model::{ListQuery, Page, Removal, RoleColumn, RoleRow};

/// The section of roles.
pub struct Roles;

impl Section for Roles {
    type Row = RoleRow;
    type Column = RoleColumn;

    const SECTION: model::Section = model::Section::Roles;
    const TABLE_CLASS: &'static str = "registry";
    const OBJECTS: &'static str = "roles";
    const HEADINGS: &'static [Heading<RoleColumn>] = &[
        Heading {
            label: "Name",
            class: "col-name",
            sort: Some(RoleColumn::Name),
        },
        Heading {
            label: "Description",
            class: "col-text",
            sort: Some(RoleColumn::Description),
        },
        Heading {
            label: "Users",
            class: "col-num",
            sort: None,
        },
        Heading {
            label: "Origin",
            class: "col-num",
            sort: None,
        },
    ];
    const EMPTY: Empty = Empty {
        picture: "no-access",
        title: "No role yet",
        text: "A role grants rights in the sections to its users.",
    };

    fn id(row: &RoleRow) -> i64 {
        row.id.0
    }

    fn name(row: &RoleRow) -> &str {
        &row.name
    }

    fn card(row: &RoleRow) -> String {
        format!("/roles/{}", row.id)
    }

    fn cells(row: RwSignal<RoleRow>, _tools: RowTools) -> AnyView {
        let description = Memo::new(move |_| row.with(|row| row.description.clone()));
        let users = Memo::new(move |_| row.with(|row| row.users));
        let built_in = Memo::new(move |_| row.with(|row| row.built_in));
        view! {
            <td class="col-text" role="cell" data-label="Description">
                {move || description.get()}
            </td>
            <td class="col-num" role="cell" data-label="Users">
                {move || users.get()}
            </td>
            <td class="col-num" role="cell" data-label="Origin">
                <span class=move || if built_in.get() { "tag" } else { "muted" }>
                    {move || if built_in.get() { "Built in" } else { "Own" }}
                </span>
            </td>
        }
        .into_any()
    }

    fn list(query: ListQuery) -> impl Future<Output = Result<Page<RoleRow>, AppError>> + Send + 'static {
        api::list_roles(query)
    }

    fn remove(ids: Vec<i64>) -> impl Future<Output = Result<Vec<Removal>, AppError>> + Send + 'static {
        api::remove_roles(ids)
    }
}
