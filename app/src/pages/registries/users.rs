//! The registry of users.

use crate::{
    api,
    components::{
        registry::{Empty, Heading, RowTools, Section},
        time_ago::TimeAgo,
    },
    error::AppError,
};
use leptos::prelude::*;
use model::{ListQuery, Page, Removal, UserColumn, UserRow};

/// The section of users.
pub struct Users;

impl Section for Users {
    type Row = UserRow;
    type Column = UserColumn;

    const SECTION: model::Section = model::Section::Users;
    const TABLE_CLASS: &'static str = "registry";
    const OBJECTS: &'static str = "users";
    const REMOVAL_NOTE: Option<&'static str> = Some("Their sessions end at once.");
    const HEADINGS: &'static [Heading<UserColumn>] = &[
        Heading {
            label: "Name",
            class: "col-name",
            sort: Some(UserColumn::Name),
        },
        Heading {
            label: "Roles",
            class: "col-text",
            sort: None,
        },
        Heading {
            label: "State",
            class: "col-state",
            sort: Some(UserColumn::State),
        },
        Heading {
            label: "Last seen",
            class: "col-time",
            sort: None,
        },
    ];
    const EMPTY: Empty = Empty {
        picture: "no-access",
        title: "No user yet",
        text: "A user signs in and does what their roles grant.",
    };

    fn id(row: &UserRow) -> i64 {
        row.id.0
    }

    fn name(row: &UserRow) -> &str {
        &row.name
    }

    fn card(row: &UserRow) -> String {
        format!("/users/{}", row.id)
    }

    fn cells(row: RwSignal<UserRow>, _tools: RowTools) -> AnyView {
        let roles = Memo::new(move |_| row.with(|row| row.roles.clone()));
        let disabled = Memo::new(move |_| row.with(|row| row.disabled));
        let seen = Memo::new(move |_| row.with(|row| row.last_seen_at));
        let last_seen = move || match seen.get() {
            Some(at) => view! { <TimeAgo at/> }.into_any(),
            None => view! { <span class="muted">"—"</span> }.into_any(),
        };
        view! {
            <td class="col-text" role="cell" data-label="Roles">
                <span class="tags">
                    {move || roles.get().into_iter().map(|role| view! { <span class="tag">{role}</span> }).collect_view()}
                </span>
            </td>
            <td class="col-state" role="cell" data-label="State">
                <span class=move || if disabled.get() { "tag tag-warn" } else { "tag tag-ok" }>
                    {move || if disabled.get() { "Disabled" } else { "Enabled" }}
                </span>
            </td>
            <td class="col-time" role="cell" data-label="Last seen">
                {last_seen}
            </td>
        }
        .into_any()
    }

    fn list(query: ListQuery) -> impl Future<Output = Result<Page<UserRow>, AppError>> + Send + 'static {
        api::list_users(query)
    }

    fn remove(ids: Vec<i64>) -> impl Future<Output = Result<Vec<Removal>, AppError>> + Send + 'static {
        api::remove_users(ids)
    }
}
