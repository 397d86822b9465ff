//! The application: what every page shares, and which address shows which page.

use crate::{
    components::{
        form::back::provide_back_gate, session_gate::provide_session_gate, time_ago::provide_clock,
        toast::provide_toasts, viewer::provide_viewer,
    },
    frame::{Frame, shortcuts::provide_shortcuts},
    pages::{
        errors::NotFoundPage,
        lazy,
        redirect::{ToFirstTab, ToGateways},
        registries::GatewaysPage,
        sign_in::SignInPage,
    },
    theme::provide_theme,
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

/// The root of every page.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_viewer();
    provide_theme();
    provide_toasts();
    provide_session_gate();
    provide_clock();
    provide_back_gate();
    provide_shortcuts();
    Effect::new(|| {
        // Tells tests and tools that the page has been taken over and reacts.
        if let Some(root) = document().document_element() {
            _ = root.set_attribute("data-hydrated", "");
        }
    });
    view! {
        <Router>
            <Frame>
                <Pages/>
            </Frame>
        </Router>
    }
}

/// Which address shows which page; every page is rendered whole before it is sent.
#[component]
fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=NotFoundPage>
            <Route path=path!("/") view=ToGateways ssr=SsrMode::Async/>
            <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
            <Route path=path!("/password") view=lazy::Card::new() ssr=SsrMode::Async/>
            <Route path=path!("/chat-gateways") view=GatewaysPage ssr=SsrMode::Async/>
            <Route path=path!("/chat-gateways/new") view=lazy::Card::new() ssr=SsrMode::Async/>
            <Route path=path!("/chat-gateways/new/:provider") view=ToFirstTab ssr=SsrMode::Async/>
            <Route path=path!("/chat-gateways/new/:provider/:tab") view=lazy::Card::new() ssr=SsrMode::Async/>
            <Route path=path!("/chat-gateways/:id") view=ToFirstTab ssr=SsrMode::Async/>
            <Route path=path!("/chat-gateways/:id/:tab/:entry?") view=lazy::Card::new() ssr=SsrMode::Async/>
            <Route path=path!("/flows") view=lazy::Registry::new() ssr=SsrMode::Async/>
            <Route path=path!("/flows/new") view=lazy::Card::new() ssr=SsrMode::Async/>
            <Route path=path!("/flows/new/:kind") view=ToFirstTab ssr=SsrMode::Async/>
            <Route path=path!("/flows/new/:kind/general") view=lazy::FlowCard::new() ssr=SsrMode::Async/>
            <Route path=path!("/flows/:id") view=ToFirstTab ssr=SsrMode::Async/>
            <Route path=path!("/flows/:id/general") view=lazy::FlowCard::new() ssr=SsrMode::Async/>
            <Route path=path!("/flows/:id/constructor") view=lazy::FlowCard::new() ssr=SsrMode::Async/>
            <Route path=path!("/users") view=lazy::Registry::new() ssr=SsrMode::Async/>
            <Route path=path!("/users/new") view=lazy::Card::new() ssr=SsrMode::Async/>
            <Route path=path!("/users/:id") view=lazy::Card::new() ssr=SsrMode::Async/>
            <Route path=path!("/roles") view=lazy::Registry::new() ssr=SsrMode::Async/>
            <Route path=path!("/roles/new") view=lazy::Card::new() ssr=SsrMode::Async/>
            <Route path=path!("/roles/:id") view=lazy::Card::new() ssr=SsrMode::Async/>
        </FlatRoutes>
    }
}
