//! Pages that the browser fetches when they are first opened: all but signing in and the registry of gateways.

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
use leptos_router::{Lazy, LazyRoute, hooks::use_params_map, lazy_route};

macro_rules! lazy_pages {
    ($($lazy:ident: $route:ident($page:expr);)*) => {$(
        #[doc = concat!("`", stringify!($page), "`, fetched when it is first opened.")]
        pub type $lazy = Lazy<$route>;

        #[doc = concat!("The address of a [`", stringify!($lazy), "`].")]
        #[derive(Debug)]
        pub struct $route;

        #[lazy_route]
        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            fn view(page: Self) -> AnyView {
                let $route = page;
                $page().into_any()
            }
        }
    )*};
}

lazy_pages! {
    Password: PasswordRoute(PasswordPage);
    NewGatewayChoice: NewGatewayChoiceRoute(NewGatewayChoicePage);
    GatewayCard: GatewayCardRoute(gateway_card);
    Flows: FlowsRoute(FlowsPage);
    NewFlowChoice: NewFlowChoiceRoute(NewFlowChoicePage);
    FlowCard: FlowCardRoute(flow_card);
    Users: UsersRoute(UsersPage);
    UserCard: UserCardRoute(user_card);
    Roles: RolesRoute(RolesPage);
    RoleCard: RoleCardRoute(role_card);
}

fn gateway_card() -> AnyView {
    new_or_saved(NewGatewayPage, GatewayPage)
}

fn flow_card() -> AnyView {
    new_or_saved(NewFlowPage, FlowPage)
}

fn user_card() -> AnyView {
    new_or_saved(NewUserPage, UserPage)
}

fn role_card() -> AnyView {
    new_or_saved(NewRolePage, RolePage)
}

/// A card of something that is not saved yet has no id in its address.
fn new_or_saved<New: IntoView + 'static, Saved: IntoView + 'static>(
    new: fn() -> New,
    saved: fn() -> Saved,
) -> AnyView {
    let is_saved = use_params_map().with_untracked(|params| params.get_str("id").is_some());
    if is_saved { saved().into_any() } else { new().into_any() }
}
