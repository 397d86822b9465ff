//! The switch in the head of the card that turns the gateway on and off.

use super::live::Live;
use crate::{
    api::{GatewayCard, set_gateway_enabled},
    components::{
        form::card::CardState,
        session_gate::{SessionGate, use_session_gate},
        toast::{Toasts, use_toasts},
    },
    error::AppError,
};
use leptos::{prelude::*, task::spawn_local};
use model::GatewayRow;

/// "Enable NAME": switches at once, and back with the reason when it is refused.
#[component]
pub(super) fn EnableSwitch(
    /// The card.
    state: CardState<GatewayCard>,
    /// What is observed of the saved gateway.
    live: Live,
) -> impl IntoView {
    let enabled = Memo::new(move |_| state.card.with(|card| card.enabled));
    let shown = RwSignal::new(enabled.get_untracked());
    let busy = RwSignal::new(false);
    let switch = Switch {
        state,
        live,
        shown,
        busy,
        toasts: use_toasts(),
        gate: use_session_gate(),
    };
    Effect::new(move || shown.set(enabled.get()));
    let reason = state.locked.get_value();
    let locked = reason.is_some();
    view! {
        <label class="card-switch needs-js" data-tip=reason>
            "Enabled"
            <input
                class="switch"
                type="checkbox"
                role="switch"
                autocomplete="off"
                aria-label=move || format!("Enable {}", state.name())
                aria-busy=move || busy.get().then_some("true")
                checked=enabled.get_untracked()
                prop:checked=shown
                disabled=move || locked || busy.get()
                on:change=move |event| switch.turn(event_target_checked(&event))
            />
        </label>
    }
}

/// What a turn of the switch needs.
#[derive(Clone, Copy)]
struct Switch {
    state: CardState<GatewayCard>,
    live: Live,
    shown: RwSignal<bool>,
    busy: RwSignal<bool>,
    toasts: Toasts,
    gate: SessionGate,
}

impl Switch {
    fn turn(self, on: bool) {
        if self.busy.get_untracked() {
            return;
        }
        self.shown.set(on);
        self.busy.set(true);
        let version = self.state.card.with_untracked(|card| card.version);
        spawn_local(async move {
            let answer = set_gateway_enabled(self.live.id, version, on).await;
            if self.busy.try_set(false).is_none() {
                self.answered(answer, on);
            }
        });
    }

    fn answered(self, answer: Result<GatewayRow, AppError>, on: bool) {
        match answer {
            Ok(row) => {
                self.live.take(&row.health);
                self.state.amend(row.version, |card| {
                    card.enabled = row.enabled;
                    card.version = row.version;
                });
            }
            Err(error) => {
                self.shown.set(self.state.card.with_untracked(|card| card.enabled));
                if error.is(AppError::SIGNED_OUT) {
                    self.gate.open(Callback::new(move |()| self.turn(on)));
                } else {
                    self.toasts.fail(sentence(&error));
                }
            }
        }
    }
}

/// Why it was refused, in one message: the sentences about fields are the useful part.
fn sentence(error: &AppError) -> String {
    let fields: Vec<_> = error.fields.iter().map(|(_, sentence)| sentence).collect();
    if fields.is_empty() {
        error.message.clone()
    } else {
        format!("{} {}", error.message, fields.join(" "))
    }
}
