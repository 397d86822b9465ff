//! The switch that enables and disables a gateway, and how the gateway fares.

use super::Gateways;
use crate::{
    api,
    components::{
        health::HealthBadge,
        registry::{RowTools, Section},
        session_gate::use_session_gate,
        toast::use_toasts,
    },
    error::AppError,
};
use leptos::{
    ev::{Event, MouseEvent},
    prelude::*,
    task::spawn_local,
};
use model::GatewayRow;

/// Switches at once, and back with the reason when it is refused; inert while a request is on its way.
#[component]
pub fn StateSwitch(row: RwSignal<GatewayRow>, tools: RowTools) -> impl IntoView {
    let enabled = Memo::new(move |_| row.with(|row| row.enabled));
    let health = Memo::new(move |_| row.with(|row| row.health.clone()));
    let (id, card) = row.with_untracked(|row| (row.id, format!("{}#health", Gateways::card(row))));
    let busy = RwSignal::new(false);
    let toasts = use_toasts();
    let gate = use_session_gate();

    let request = move |on: bool| {
        let (id, version, name) = row.with_untracked(|row| (row.id, row.version, row.name.clone()));
        busy.set(true);
        row.update(|row| row.enabled = on);
        tools.under_way.update_value(|count| *count += 1);
        spawn_local(async move {
            let answer = api::set_gateway_enabled(id, version, on).await;
            _ = tools.under_way.try_update_value(|count| *count -= 1);
            _ = busy.try_set(false);
            match answer {
                Ok(saved) => _ = row.try_set(saved),
                Err(error) => {
                    _ = row.try_update(|row| row.enabled = !on);
                    if error.is(AppError::SIGNED_OUT) {
                        gate.open(tools.reload);
                    } else {
                        let done = if on { "enabled" } else { "disabled" };
                        toasts.fail(format!("“{name}” was not {done}: {}", error.message));
                    }
                    if error.is(AppError::CONFLICT) || error.is(AppError::NOT_FOUND) {
                        tools.reload.run(());
                    }
                }
            }
        });
    };
    let click = move |event: MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        }
    };
    let change = move |event: Event| request(event_target_checked(&event));
    let may_update = tools.may_update;
    let reason = move || (!may_update.get()).then_some("You have no right to enable or disable chat gateways");
    view! {
        <span class="state">
            <span class="state-switch" data-tip=reason>
                <input
                    class="switch"
                    type="checkbox"
                    role="switch"
                    autocomplete="off"
                    aria-label=move || row.with(|row| format!("Enable {}", row.name))
                    aria-checked=move || enabled.get().to_string()
                    aria-disabled=move || busy.get().then_some("true")
                    disabled=move || !may_update.get()
                    checked=enabled.get_untracked()
                    prop:checked=move || enabled.get()
                    on:click=click
                    on:change=change
                />
            </span>
            <HealthBadge health href=card id=format!("health-{id}")/>
        </span>
    }
}
