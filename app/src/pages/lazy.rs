//! Pages that the browser fetches when they are first opened: all but signing in and the registry of gateways.
//!
//! They come in three parts, each one fetch with what its pages share. More parts would be smaller and far more files: with
//! “Try it” and the versions of a program as parts of their own the card of a flow schema was 28 KB smaller, in 13 files
//! in place of 4.

use super::{
    add::{NewFlowChoicePage, NewGatewayChoicePage},
    flow_card::{FlowPage, NewFlowPage},
    gateway_card::{GatewayPage, NewGatewayPage},
    password::PasswordPage,
    registries::{FlowsPage, RolesPage, UsersPage},
    role_card::{NewRolePage, RolePage},
    user_card::{NewUserPage, UserPage},
};
use leptos::prelude::*;
use leptos_router::{Lazy, LazyRoute, hooks::use_url, lazy_route};

macro_rules! parts {
    ($($lazy:ident: $route:ident($view:ident), $about:literal;)*) => {$(
        #[doc = $about]
        pub type $lazy = Lazy<$route>;

        #[doc = concat!("What the router knows of a [`", stringify!($lazy), "`].")]
        #[derive(Debug)]
        pub struct $route;

        #[lazy_route]
        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            fn view(part: Self) -> AnyView {
                let $route = part;
                let url = use_url();
                url.with_untracked(|url| $view(&segments(url.path())))
            }
        }
    )*};
}

parts! {
    Registry: RegistryRoute(registry), "The registries of flow schemas, users and roles.";
    Card: CardRoute(card), "The cards of gateways, users and roles, and what is seldom needed.";
    FlowCard: FlowCardRoute(flow_card), "The card of a flow schema.";
}

/// Fetches what the page at this path is made of. A page that the server has rendered is taken over in one go, so all of
/// it must be there.
pub async fn fetch(path: &str) {
    match segments(path).as_slice() {
        ["flows" | "users" | "roles"] => RegistryRoute::preload().await,
        ["flows", "new"] | ["chat-gateways" | "users" | "roles", _, ..] | ["password"] => CardRoute::preload().await,
        ["flows", _, ..] => FlowCardRoute::preload().await,
        _ => {}
    }
}

fn registry(path: &[&str]) -> AnyView {
    match path {
        ["flows", ..] => FlowsPage().into_any(),
        ["users", ..] => UsersPage().into_any(),
        _ => RolesPage().into_any(),
    }
}

fn card(path: &[&str]) -> AnyView {
    match path {
        ["password", ..] => PasswordPage().into_any(),
        ["flows", ..] => NewFlowChoicePage().into_any(),
        ["chat-gateways", "new"] => NewGatewayChoicePage().into_any(),
        ["chat-gateways", "new", ..] => NewGatewayPage().into_any(),
        ["chat-gateways", ..] => GatewayPage().into_any(),
        ["users", "new", ..] => NewUserPage().into_any(),
        ["users", ..] => UserPage().into_any(),
        ["roles", "new", ..] => NewRolePage().into_any(),
        _ => RolePage().into_any(),
    }
}

fn flow_card(path: &[&str]) -> AnyView {
    match path {
        ["flows", "new", ..] => NewFlowPage().into_any(),
        _ => FlowPage().into_any(),
    }
}

fn segments(path: &str) -> Vec<&str> {
    path.split('/').filter(|segment| !segment.is_empty()).collect()
}
