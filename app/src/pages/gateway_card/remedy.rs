//! The button that repairs a gateway's health.

use super::{live::Live, object::shown_tabs};
use crate::{
    api::{GatewayCard, register_gateway_again},
    components::{
        dialog::Dialog,
        form::{
            bound::id_of,
            card::{CardState, Go},
        },
        session_gate::{SessionGate, use_session_gate},
        toast::{Toasts, use_toasts},
    },
    error::AppError,
};
use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};
use model::{Remedy, form::Control};

/// What the buttons need.
#[derive(Clone, Copy)]
pub(super) struct Remedies {
    /// The card.
    pub(super) state: CardState<GatewayCard>,
    /// Asks for the input of a secret that is set.
    pub(super) reveal: RwSignal<Option<&'static str>>,
    /// What goes to another tab.
    pub(super) go: Go,
}

/// What can be done about the present health; nothing if nothing.
#[component]
pub(super) fn RemedyButton(live: Live, remedies: Remedies) -> impl IntoView {
    let remedy = Memo::new(move |_| live.health.with(|health| health.remedy));
    let asking = RwSignal::new(false);
    let announcing = Announcing {
        live,
        busy: RwSignal::new(false),
        toasts: use_toasts(),
        gate: use_session_gate(),
    };
    let locked = remedies.state.locked.get_value().is_some();
    let button = move |remedy: Remedy| {
        if locked {
            return view! { <Refused label=remedy.label()/> }.into_any();
        }
        match remedy {
            Remedy::RegisterAgain => view! { <RegisterAgain announcing/> }.into_any(),
            Remedy::TakeOver => view! {
                <button class="button button-small needs-js" type="button" on:click=move |_| asking.set(true)>
                    {remedy.label()}
                </button>
            }
            .into_any(),
            Remedy::ReplaceToken => view! { <ToField label=remedy.label() remedies secret=true/> }.into_any(),
            Remedy::OpenSettings => view! { <ToField label=remedy.label() remedies secret=false/> }.into_any(),
        }
    };
    view! {
        {move || remedy.get().map(|remedy| view! { <p class="health-remedy">{button(remedy)}</p> })}
        <TakeOverDialog state=remedies.state announcing asking/>
    }
}

/// A button for those who may not, with the reason.
#[component]
fn Refused(label: &'static str) -> impl IntoView {
    view! {
        <button class="button button-small" type="button" disabled aria-describedby="remedy-reason">{label}</button>
        <span class="field-hint" id="remedy-reason">" That takes the right to change chat gateways."</span>
    }
}

/// Announces the gateway once more; without JavaScript it is a form.
#[component]
fn RegisterAgain(announcing: Announcing) -> impl IntoView {
    let click = move |event: MouseEvent| {
        event.prevent_default();
        announcing.begin(false);
    };
    view! {
        <button
            class="button button-small"
            type="submit"
            form="card-action"
            formaction=format!("/chat-gateways/{}/register-again", announcing.live.id)
            aria-busy=move || announcing.busy.get().then_some("true")
            on:click=click
        >
            {Remedy::RegisterAgain.label()}
        </button>
    }
}

/// Leads to a field of the card: the first secret, with its input open, or the first setting.
#[component]
fn ToField(label: &'static str, remedies: Remedies, secret: bool) -> impl IntoView {
    let Remedies { state, reveal, go } = remedies;
    let field = move || {
        state.card.with_untracked(|card| {
            let mut fields = shown_tabs(card).flat_map(|tab| tab.fields().map(move |field| (tab.segment, field)));
            let wanted = |control: &Control| match control {
                Control::Secret { .. } => secret,
                Control::Uri { .. } | Control::Flow => false,
                _ => !secret,
            };
            // The name is the first field of every provider, and no setting.
            fields.find(|(_, field)| field.key != "name" && wanted(&field.control))
        })
    };
    let found = field();
    let href = found.map_or_else(
        || state.tab_path("general"),
        |(tab, field)| format!("{}#{}", state.tab_path(tab), id_of(field.key)),
    );
    let show = move |event: MouseEvent| {
        if let Some((tab, field)) = found {
            event.prevent_default();
            if secret {
                reveal.set(Some(field.key));
            }
            state.show_field(field.key, tab, go);
        }
    };
    view! { <a class="button button-small" href=href on:click=show>{label}</a> }
}

/// Says whose events are taken, and takes them.
#[component]
fn TakeOverDialog(
    state: CardState<GatewayCard>,
    announcing: Announcing,
    /// Whether it is open.
    asking: RwSignal<bool>,
) -> impl IntoView {
    let health = announcing.live.health;
    let text = move || {
        let who = health.with(|health| health.identity.clone());
        let whose = if who.is_empty() {
            "The events of this account".to_owned()
        } else {
            format!("The events of {who}")
        };
        format!("{whose} will come to “{}”, and to nobody else.", state.name())
    };
    let take = move |_| {
        asking.set(false);
        announcing.begin(true);
    };
    view! {
        <Dialog id="take-over" open=asking title="Take over?" size="dialog-small">
            <div class="dialog-body">
                <p>{text}</p>
                <p class="muted">{move || health.with(|health| health.sentence.clone())}</p>
            </div>
            <footer class="dialog-footer">
                <button class="button" type="button" data-focus-first="" on:click=move |_| asking.set(false)>"Cancel"</button>
                <button class="button button-danger-solid" type="button" on:click=take>"Take over"</button>
            </footer>
        </Dialog>
    }
}

/// Announcing a gateway once more.
#[derive(Clone, Copy)]
struct Announcing {
    live: Live,
    busy: RwSignal<bool>,
    toasts: Toasts,
    gate: SessionGate,
}

impl Announcing {
    fn begin(self, take_over: bool) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = register_gateway_again(self.live.id, take_over).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => {
                    self.toasts.say("The messenger is asked. The health tells how it goes.");
                    self.live.look();
                }
                Err(error) if error.is(AppError::SIGNED_OUT) => {
                    self.gate.open(Callback::new(move |()| self.begin(take_over)));
                }
                Err(error) => self.toasts.fail(error.message),
            }
        });
    }
}
