//! The registries of the four sections.

mod flows;
mod gateways;
mod roles;
mod users;

use crate::components::registry::RegistryPage;
use leptos::prelude::*;

/// Chat gateways.
#[component]
pub fn GatewaysPage() -> impl IntoView {
    view! { <RegistryPage<gateways::Gateways>/> }
}

/// Flow schemas.
#[component]
pub fn FlowsPage() -> impl IntoView {
    view! { <RegistryPage<flows::Flows>/> }
}

/// Users.
#[component]
pub fn UsersPage() -> impl IntoView {
    view! { <RegistryPage<users::Users>/> }
}

/// Roles.
#[component]
pub fn RolesPage() -> impl IntoView {
    view! { <RegistryPage<roles::Roles>/> }
}
