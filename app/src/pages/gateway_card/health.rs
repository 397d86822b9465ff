//! How the gateway fares, in full: since when, why, who it is, and what can be done.

use super::{
    live::Live,
    remedy::{Remedies, RemedyButton},
};
use crate::components::{
    health::{sentence, word},
    icon::Icon,
    time_ago::TimeAgo,
};
use leptos::prelude::*;
use model::Timestamp;

/// The health beside the form.
#[component]
pub(super) fn HealthFacts(
    /// What is observed.
    live: Live,
    /// What can be done about it.
    remedies: Remedies,
) -> impl IntoView {
    let health = live.health;
    let state = Memo::new(move |_| health.with(|health| health.state));
    let why = Memo::new(move |_| health.with(|health| sentence(health).to_owned()));
    let since = Memo::new(move |_| health.with(|health| known(Some(health.since))));
    let checked = Memo::new(move |_| health.with(|health| known(health.checked_at)));
    let identity = Memo::new(move |_| health.with(|health| health.identity.clone()));
    let to_do = Memo::new(move |_| health.with(|health| health.to_do.clone()));
    view! {
        <section class="facts health-facts" id="health" aria-labelledby="health-title">
            <h2 class="facts-title" id="health-title">"Health"</h2>
            <div aria-live="polite">
                <p><span class="health" data-health=move || state.get().code()>{move || word(state.get())}</span></p>
                <p class="facts-text">{move || why.get()}</p>
            </div>
            <ToDo to_do/>
            <RemedyButton live remedies/>
            <dl class="facts-list">
                {move || since.get().map(|at| view! { <div><dt>"Since"</dt><dd><TimeAgo at/></dd></div> })}
                {move || checked.get().map(|at| view! { <div><dt>"Checked"</dt><dd><TimeAgo at/></dd></div> })}
                {move || {
                    let identity = identity.get();
                    (!identity.is_empty()).then(|| view! { <div><dt>"Known as"</dt><dd>{identity}</dd></div> })
                }}
            </dl>
        </section>
    }
}

/// What the administrator has to do at the messenger by hand; nothing if there is nothing.
#[component]
fn ToDo(to_do: Memo<String>) -> impl IntoView {
    move || {
        let to_do = to_do.get();
        (!to_do.is_empty()).then(|| {
            view! {
                <div class="banner health-to-do" role="note">
                    <Icon name="info"/>
                    <div class="banner-body">
                        <p class="banner-title">"To do at the messenger"</p>
                        <p class="as-typed">{to_do}</p>
                    </div>
                </div>
            }
        })
    }
}

/// A moment that there was; what was never observed has none.
fn known(at: Option<Timestamp>) -> Option<Timestamp> {
    at.filter(|at| *at != Timestamp::default())
}
