//! Removing rows: the question, the request, what could not be removed.

use super::{
    focus::FocusPlan,
    section::Section,
    state::{Reason, Registry},
};
use crate::{
    components::{dialog::Dialog, icon::Icon},
    error::AppError,
};
use leptos::{prelude::*, task::spawn_local};
use model::Removal;

/// So many names are listed in the question.
const NAMED: usize = 5;

/// The dialog "Confirm deletion"; open as long as there are rows to ask about.
#[component]
pub fn ConfirmDialog<S: Section>(registry: Registry<S>) -> impl IntoView {
    let open = RwSignal::new(false);
    let request = Request {
        registry,
        busy: RwSignal::new(false),
        problem: RwSignal::new(None),
    };
    let Request { busy, problem, .. } = request;
    Effect::new(move || open.set(registry.doomed.with(|doomed| !doomed.is_empty())));
    view! {
        <Dialog id="confirm" open title="Confirm deletion" cross=true size="dialog-small" on_close=Callback::new(move |()| request.forget())>
            <div class="dialog-body">
                <Question registry/>
                <p class="field-error" role="alert">{move || problem.get()}</p>
            </div>
            <footer class="dialog-footer">
                <button class="button" type="button" data-focus-first="" on:click=move |_| request.forget()>"No"</button>
                <button
                    class="button button-danger-solid"
                    type="button"
                    aria-busy=move || busy.get().to_string()
                    on:click=move |_| request.send()
                >
                    "Yes"
                </button>
            </footer>
        </Dialog>
    }
}

/// The request that the dialog is about.
struct Request<S: Section> {
    registry: Registry<S>,
    busy: RwSignal<bool>,
    problem: RwSignal<Option<String>>,
}

impl<S: Section> Clone for Request<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Section> Copy for Request<S> {}

impl<S: Section> Request<S> {
    /// Takes the question back.
    fn forget(self) {
        self.registry.doomed.set(Vec::new());
        self.problem.set(None);
    }

    /// Removes the rows; after signing in again, when the session has ended meanwhile.
    fn send(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        let under_way = self.registry.tools.under_way;
        under_way.update_value(|count| *count += 1);
        let doomed = self.registry.doomed.get_untracked();
        spawn_local(async move {
            let answer = S::remove(doomed.iter().map(|(id, _)| *id).collect()).await;
            _ = under_way.try_update_value(|count| *count -= 1);
            if self.busy.try_set(false).is_some() {
                // The page was left.
                return;
            }
            match answer {
                Ok(removals) => {
                    self.forget();
                    finished(self.registry, &doomed, removals);
                }
                Err(error) if error.is(AppError::SIGNED_OUT) => {
                    self.registry.gate.open(Callback::new(move |()| self.send()));
                }
                Err(error) => self.problem.set(Some(error.message)),
            }
        });
    }
}

/// Names what is to be removed.
#[component]
fn Question<S: Section>(registry: Registry<S>) -> impl IntoView {
    let text = move || {
        registry.doomed.with(|doomed| match doomed.as_slice() {
            [(_, name)] => format!("Delete “{name}”?"),
            doomed => format!("Delete {} {}?", doomed.len(), S::OBJECTS),
        })
    };
    let names = move || {
        registry.doomed.with(|doomed| {
            let more = doomed.len().saturating_sub(NAMED);
            let listed = doomed.iter().take(NAMED).map(|(_, name)| name.clone());
            let rest = (more > 0).then(|| format!("and {more} more"));
            let names: Vec<String> = listed.chain(rest).collect();
            (doomed.len() > 1).then(|| {
                let item = |name| view! { <li>{name}</li> };
                view! { <ul class="dialog-names">{names.into_iter().map(item).collect_view()}</ul> }
            })
        })
    };
    view! {
        <p>{text}</p>
        {names}
        {S::REMOVAL_NOTE.map(|note| view! { <p class="muted">{note}</p> })}
    }
}

/// Says what is gone, keeps what was refused selected, and loads what is left.
fn finished<S: Section>(registry: Registry<S>, asked: &[(i64, String)], removals: Vec<Removal>) {
    let (gone, refused): (Vec<_>, Vec<_>) = removals.into_iter().partition(|removal| removal.refused.is_none());
    let gone: Vec<i64> = gone.into_iter().map(|removal| removal.id).collect();
    let shown: Vec<i64> = registry
        .rows
        .with_untracked(|rows| rows.iter().map(|entry| entry.id).collect());
    let control = if asked.len() > 1 {
        ".checkbox"
    } else {
        ".row-action-danger"
    };
    registry.selection.forget(&gone);
    match gone.as_slice() {
        [] => {}
        [id] => {
            let name = asked
                .iter()
                .find(|(asked, _)| asked == id)
                .map_or("", |(_, name)| name.as_str());
            registry.toasts.say(format!("“{name}” is deleted."));
        }
        gone => registry
            .toasts
            .say(format!("{} {} are deleted.", gone.len(), S::OBJECTS)),
    }
    registry.refused.set(refused);
    if !gone.is_empty() {
        registry
            .focus
            .set_value(Some(FocusPlan::after_removal(&shown, &gone, control)));
        registry.load(Reason::Asked);
    }
}

/// The rows that could not be removed, each with the reason.
#[component]
pub fn RefusedBanner<S: Section>(registry: Registry<S>) -> impl IntoView {
    let item = |removal: Removal| {
        view! {
            <li>
                <strong>{removal.name}</strong>
                ": "
                {removal.refused}
            </li>
        }
    };
    view! {
        <Show when=move || registry.refused.with(|refused| !refused.is_empty())>
            <div class="banner banner-error" role="alert">
                <Icon name="alert"/>
                <div class="banner-body">
                    <p class="banner-title">"Not everything was deleted."</p>
                    <ul>{move || registry.refused.get().into_iter().map(item).collect_view()}</ul>
                </div>
                <div class="banner-actions">
                    <button class="button button-small" type="button" on:click=move |_| registry.refused.set(Vec::new())>
                        "Dismiss"
                    </button>
                </div>
            </div>
        </Show>
    }
}
