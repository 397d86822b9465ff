//! Signing in.

mod next;

use crate::{
    api::{self, Posted},
    components::{icon::Icon, page_title::PageTitle},
    error::AppError,
    frame::Brand,
};
use leptos::{ev::SubmitEvent, html, prelude::*, server::SharedValue, task::spawn_local};
use leptos_router::hooks::use_query_map;
use next::safe_next;

/// What was posted to this page without JavaScript and refused.
#[must_use]
pub fn use_posted() -> Option<Posted> {
    #[cfg(feature = "ssr")]
    let read = api::ssr::posted;
    #[cfg(not(feature = "ssr"))]
    let read = || None;
    SharedValue::<Option<Posted>>::new(read).into_inner()
}

/// The page that asks for name and password; without JavaScript the server takes its form.
#[component]
pub fn SignInPage() -> impl IntoView {
    let posted = use_posted().unwrap_or_default();
    let typed = posted.fields.get("name").to_owned();
    let problem = RwSignal::new(Some(posted.error).filter(|error| error.status != 0));
    let next = match posted.fields.get("next") {
        "" => use_query_map()
            .with_untracked(|query| query.get("next"))
            .unwrap_or_default(),
        next => next.to_owned(),
    };
    let next = StoredValue::new(safe_next(&next).to_owned());
    let (name, password) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let busy = RwSignal::new(false);

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(name), Some(password)) = (name.get_untracked(), password.get_untracked()) else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match api::sign_in(name.value(), password.value()).await {
                // A whole new page: everything on it belongs to the new session.
                Ok(_) => _ = location().assign(&next.get_value()),
                Err(error) => {
                    busy.set(false);
                    problem.set(Some(error));
                    password.select();
                }
            }
        });
    };
    view! {
        <PageTitle text="Sign in"/>
        <div class="gate-panel">
            <Brand href="/"/>
            <h1 class="gate-title">"Sign in"</h1>
            <form class="gate-form" method="post" action="/sign-in" on:submit=submit>
                <Problem problem/>
                <input type="hidden" name="next" value=next.get_value()/>
                <div class="field">
                    <label class="field-label" for="name">"Name"</label>
                    <div class="field-control">
                        <input
                            class="input"
                            id="name"
                            name="name"
                            type="text"
                            autocomplete="username"
                            autocapitalize="none"
                            spellcheck="false"
                            required
                            autofocus
                            value=typed
                            node_ref=name
                        />
                    </div>
                </div>
                <div class="field">
                    <label class="field-label" for="password">"Password"</label>
                    <div class="field-control">
                        <input
                            class="input"
                            id="password"
                            name="password"
                            type="password"
                            autocomplete="current-password"
                            required
                            node_ref=password
                        />
                    </div>
                </div>
                <button class="button button-primary button-wide" type="submit" aria-busy=move || busy.get().to_string()>
                    "Sign in"
                </button>
            </form>
        </div>
    }
}

/// Why the form was refused, in the place of a page for which one signs in or chooses a password.
#[component]
pub fn Problem(
    /// What was wrong the last time.
    problem: RwSignal<Option<AppError>>,
) -> impl IntoView {
    view! {
        <Show when=move || problem.with(Option::is_some)>
            <div class="banner banner-error" role="alert">
                <Icon name="alert"/>
                <div class="banner-body">
                    <p class="banner-title">{move || problem.get().map(|error| error.message)}</p>
                </div>
            </div>
        </Show>
    }
}
