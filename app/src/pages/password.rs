//! Changing one's own password; forced at the first sign-in.

use crate::{
    api,
    components::{
        icon::Icon,
        page_title::PageTitle,
        toast::use_toasts,
        viewer::{use_set_viewer, use_viewer},
    },
    frame::Brand,
    pages::sign_in::{Problem, use_posted},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::{FieldErrors, MIN_PASSWORD_CHARS, check_password};

/// The page on which a user chooses a new password; without JavaScript the server takes its form.
#[component]
pub fn PasswordPage() -> impl IntoView {
    let viewer = use_viewer();
    let set_viewer = use_set_viewer();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let posted = use_posted().map(|posted| posted.error).unwrap_or_default();
    let errors = RwSignal::new(posted.fields.clone());
    let problem = RwSignal::new(Some(posted).filter(|error| error.status != 0));
    let [current, new, again] = [(); 3].map(|()| RwSignal::new(String::new()));
    let busy = RwSignal::new(false);
    let forced =
        Memo::new(move |_| viewer.with(|viewer| viewer.as_ref().is_some_and(|viewer| viewer.must_change_password)));

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let name =
            viewer.with_untracked(|viewer| viewer.as_ref().map(|viewer| viewer.name.clone()).unwrap_or_default());
        let found = check(&new.get_untracked(), &again.get_untracked(), &name);
        errors.set(found.clone());
        problem.set(None);
        if busy.get_untracked() || !found.is_empty() {
            return;
        }
        busy.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let answer = api::change_password(current.get_untracked(), new.get_untracked()).await;
            busy.set(false);
            match answer {
                Ok(viewer) => {
                    set_viewer(viewer);
                    toasts.say("Your password is changed.");
                    navigate("/chat-gateways", NavigateOptions::default());
                }
                Err(error) => {
                    errors.set(error.fields.clone());
                    problem.set(Some(error));
                }
            }
        });
    };
    let user_name = move || viewer.with(|viewer| viewer.as_ref().map(|viewer| viewer.name.clone()));
    view! {
        <PageTitle text="Change password"/>
        <div class="gate-panel">
            <Brand href="/"/>
            <h1 class="gate-title">"Choose a new password"</h1>
            <p class="gate-text">
                {move || if forced.get() {
                    "The present one was made for the first sign-in only."
                } else {
                    "Your other sessions end then; this one goes on."
                }}
            </p>
            <form class="gate-form" method="post" action="/password" on:submit=submit>
                <Problem problem/>
                // For password managers: whose password it is.
                <input type="text" autocomplete="username" hidden readonly value=user_name/>
                <PasswordField key="current" label="Present password" autocomplete="current-password" text=current errors/>
                <PasswordField
                    key="new"
                    label="New password"
                    autocomplete="new-password"
                    hint=format!("At least {MIN_PASSWORD_CHARS} characters.")
                    text=new
                    errors
                />
                <PasswordField key="again" label="New password again" autocomplete="new-password" text=again errors/>
                <button class="button button-primary button-wide" type="submit" aria-busy=move || busy.get().to_string()>
                    "Change password"
                </button>
                <Show when=move || !forced.get()>
                    <a href="/chat-gateways">"Back"</a>
                </Show>
            </form>
        </div>
    }
}

fn check(new: &str, again: &str, user_name: &str) -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.take("new", check_password(new, user_name));
    if new != again {
        errors.add("again", "This is not the same as the new password.");
    }
    errors
}

#[component]
fn PasswordField(
    key: &'static str,
    label: &'static str,
    autocomplete: &'static str,
    #[prop(optional, into)] hint: Option<String>,
    text: RwSignal<String>,
    errors: RwSignal<FieldErrors>,
) -> impl IntoView {
    let error = Memo::new(move |_| errors.with(|errors| errors.get(key).map(str::to_owned)));
    view! {
        <div class="field">
            <label class="field-label" for=key>{label}</label>
            <div class="field-control">
                <input
                    class="input"
                    id=key
                    name=key
                    type="password"
                    autocomplete=autocomplete
                    required
                    aria-invalid=move || error.with(Option::is_some).to_string()
                    aria-describedby=format!("{key}-hint {key}-error")
                    bind:value=text
                />
            </div>
            <p class="field-hint" id=format!("{key}-hint")>{hint}</p>
            <p class="field-error" id=format!("{key}-error")>
                {move || error.get().map(|error| view! {
                    <Icon name="alert"/>
                    {error}
                })}
            </p>
        </div>
    }
}
