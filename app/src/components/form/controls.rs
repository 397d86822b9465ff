//! One control for each way a field is entered.

mod choice;
mod color;
mod flow;
mod flow_listbox;
mod flow_search;
mod number;
mod secret;
mod secret_value;
mod switch;
mod template;
mod text;
mod uri;

pub use flow::FlowSource;
pub use secret_value::SecretValue;
pub use text::{TextControl, TextInput};

use super::bound::Bound;
use choice::ChoiceControl;
use color::ColorControl;
use flow::FlowControl;
use leptos::prelude::*;
use model::{SecretState, form::Control};
use number::NumberControl;
use secret::SecretControl;
use switch::SwitchControl;
use template::TemplateControl;
use uri::UriControl;

/// What some controls show beside the field's text.
#[derive(Clone, Copy)]
pub struct Sources {
    /// Whether the object is saved: then the URI can't be changed any more.
    pub saved: Signal<bool>,
    /// What stands before the URI in the callback URL.
    pub callback_base: Signal<String>,
    /// The chosen flow schema, and those to choose from.
    pub flow: FlowSource,
    /// Which secrets are set.
    pub secrets: Signal<Vec<SecretState>>,
    /// The key of a secret whose input is asked for from elsewhere on the card.
    pub reveal: RwSignal<Option<&'static str>>,
}

/// Draws a field with the control that its description names.
#[component]
pub fn FieldControl(
    /// The field.
    bound: Bound,
    /// What some controls show beside the text.
    sources: Sources,
) -> impl IntoView {
    match &bound.field.control {
        Control::Uri { shown } => view! { <UriControl bound sources shown=*shown/> }.into_any(),
        Control::Flow => view! { <FlowControl bound source=sources.flow/> }.into_any(),
        Control::Text { .. } => view! { <TextControl bound/> }.into_any(),
        Control::Template => view! { <TemplateControl bound/> }.into_any(),
        Control::Secret { generate, shape, .. } => {
            view! { <SecretControl bound generate=*generate shape=*shape sources/> }.into_any()
        }
        Control::Integer { unit, .. } => view! { <NumberControl bound unit=*unit mode="numeric"/> }.into_any(),
        Control::Decimal { .. } => view! { <NumberControl bound unit="" mode="decimal"/> }.into_any(),
        Control::Switch => view! { <SwitchControl bound/> }.into_any(),
        Control::Choice(choices) => view! { <ChoiceControl bound choices=*choices/> }.into_any(),
        Control::Color => view! { <ColorControl bound/> }.into_any(),
        Control::Address { .. } => view! { <TextControl bound mode="url"/> }.into_any(),
        Control::Origins => view! { <TextControl bound/> }.into_any(),
    }
}
