//! A group of radio buttons, each with a mark, a name and a line that says what it needs.

use crate::components::{emblem::Emblem, icon::Icon};
use leptos::prelude::*;
use model::Provider;

/// What stands beside the name.
#[derive(Clone, Copy, Debug)]
pub enum Mark {
    /// A messenger's emblem.
    Emblem(Provider),
    /// An icon.
    Icon(&'static str),
}

/// One of the choices.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The value in a form.
    pub value: &'static str,
    /// The name.
    pub title: &'static str,
    /// What it needs.
    pub hint: &'static str,
    /// What stands beside the name.
    pub mark: Mark,
}

/// The choices; `chosen` is always one of them.
#[component]
pub fn Choices(
    /// The name of the input in a form.
    key: &'static str,
    /// What is chosen.
    legend: &'static str,
    choices: Vec<Choice>,
    chosen: RwSignal<&'static str>,
) -> impl IntoView {
    let legend_id = format!("{key}-legend");
    view! {
        <fieldset class="choices" role="radiogroup" aria-labelledby=legend_id.clone()>
            <legend class="visually-hidden" id=legend_id.clone()>{legend}</legend>
            {choices.into_iter().map(|choice| view! { <OneChoice key choice chosen/> }).collect_view()}
        </fieldset>
    }
}

#[component]
fn OneChoice(key: &'static str, choice: Choice, chosen: RwSignal<&'static str>) -> impl IntoView {
    let Choice {
        value,
        title,
        hint,
        mark,
    } = choice;
    let mark = match mark {
        Mark::Emblem(provider) => view! { <Emblem provider silent=true/> }.into_any(),
        Mark::Icon(name) => view! { <Icon name/> }.into_any(),
    };
    view! {
        <label class="choice">
            <input
                class="radio"
                type="radio"
                name=key
                value=value
                aria-labelledby=format!("{key}-{value}")
                aria-describedby=format!("{key}-{value}-hint")
                checked=chosen.get_untracked() == value
                prop:checked=move || chosen.get() == value
                on:change=move |_| chosen.set(value)
            />
            {mark}
            <span class="choice-text">
                <span class="choice-title" id=format!("{key}-{value}")>{title}</span>
                <span class="choice-hint" id=format!("{key}-{value}-hint")>{hint}</span>
            </span>
        </label>
    }
}
