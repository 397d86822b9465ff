//! Having entries of the log processed or sent once more.

use super::Log;
use crate::{
    api::{deliver_again, deliver_all_again},
    components::{
        dialog::Dialog,
        feed::Feed,
        form::card::shown_count,
        session_gate::{SessionGate, use_session_gate},
        toast::{Toasts, use_toasts},
        viewer::use_may,
    },
    error::AppError,
};
use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};
use model::{DeliveryId, DeliveryResult, GatewayId, Letter, Section, Way};

/// Why a button does nothing for some.
const NOT_ALLOWED: &str = "That takes the right to change chat gateways.";

/// What is tried again, and what happens then.
#[derive(Clone, Copy)]
struct Retry {
    gateway: GatewayId,
    /// One entry, or all that need somebody.
    delivery: Option<DeliveryId>,
    done: Callback<()>,
    busy: RwSignal<bool>,
    toasts: Toasts,
    gate: SessionGate,
}

impl Retry {
    fn new(gateway: GatewayId, delivery: Option<DeliveryId>, done: Callback<()>) -> Self {
        Self {
            gateway,
            delivery,
            done,
            busy: RwSignal::new(false),
            toasts: use_toasts(),
            gate: use_session_gate(),
        }
    }

    fn begin(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = match self.delivery {
                Some(delivery) => deliver_again(self.gateway, vec![delivery]).await,
                None => deliver_all_again(self.gateway).await,
            };
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(count) => {
                    self.toasts.say(self.said(count));
                    self.done.run(());
                }
                Err(error) if error.is(AppError::SIGNED_OUT) => {
                    self.gate.open(Callback::new(move |()| self.begin()));
                }
                Err(error) => self.toasts.fail(error.message),
            }
        });
    }

    fn said(self, count: usize) -> String {
        match (self.delivery, count) {
            (Some(_), 0) => "Somebody else was faster: it is being tried already.".to_owned(),
            (Some(_), _) => "It is tried again.".to_owned(),
            (None, 1) => "1 entry is tried again.".to_owned(),
            (None, count) => format!("{count} entries are tried again."),
        }
    }
}

/// "Retry all": everything that needs somebody; nothing when nothing does.
#[component]
pub(super) fn RetryAll(feed: Feed<Log>, id: GatewayId) -> impl IntoView {
    let may = use_may(Section::ChatGateways, Letter::Update);
    let retry = Retry::new(id, None, Callback::new(move |()| feed.refresh()));
    let asking = RwSignal::new(false);
    let there = Memo::new(move |_| feed.count.get() > 0);
    let count = move || shown_count(feed.count.get());
    let ask = move |event: MouseEvent| {
        event.prevent_default();
        asking.set(true);
    };
    let go = move |_| {
        asking.set(false);
        retry.begin();
    };
    view! {
        <Show when=move || there.get()>
            <span data-tip=move || (!may.get()).then_some(NOT_ALLOWED) data-tip-side="end">
                <button
                    class="button"
                    type="submit"
                    form="card-action"
                    formaction=format!("/chat-gateways/{id}/deliveries/again")
                    disabled=move || !may.get()
                    aria-description=move || (!may.get()).then_some(NOT_ALLOWED)
                    aria-busy=move || retry.busy.get().then_some("true")
                    on:click=ask
                >
                    {move || format!("Retry all ({})", count())}
                </button>
            </span>
        </Show>
        <Dialog id="retry-all" open=asking title="Retry all?" size="dialog-small">
            <div class="dialog-body">
                <p>
                    "What failed or expired is sent again, what was not processed is processed again: up to 1,000 entries."
                </p>
                <p class="muted">"A message whose fate nobody knows may reach its peer twice."</p>
            </div>
            <footer class="dialog-footer">
                <button class="button" type="button" data-focus-first="" on:click=move |_| asking.set(false)>"Cancel"</button>
                <button class="button button-primary" type="button" on:click=go>"Retry all"</button>
            </footer>
        </Dialog>
    }
}

/// "Send again" or "Process again", where the result allows it.
#[component]
pub(super) fn Again(
    id: GatewayId,
    delivery: DeliveryId,
    way: Way,
    /// How far it came.
    result: Memo<DeliveryResult>,
    /// Told when it is tried again.
    done: Callback<()>,
) -> impl IntoView {
    let may = use_may(Section::ChatGateways, Letter::Update);
    let retry = Retry::new(id, Some(delivery), done);
    let asking = RwSignal::new(false);
    let allowed = Memo::new(move |_| {
        let result = result.get();
        match way {
            Way::In => result.can_be_processed_again(),
            Way::Out => result.can_be_sent_again(),
        }
    });
    let label = match way {
        Way::In => "Process again",
        Way::Out => "Send again",
    };
    let doubtful = move || result.get_untracked() == DeliveryResult::Ambiguous;
    let press = move |event: MouseEvent| {
        event.prevent_default();
        if doubtful() {
            asking.set(true);
        } else {
            retry.begin();
        }
    };
    let go = move |_| {
        asking.set(false);
        retry.begin();
    };
    view! {
        <Show when=move || allowed.get()>
            <span data-tip=move || (!may.get()).then_some(NOT_ALLOWED) data-tip-side="end">
                <button
                    class="button"
                    type="submit"
                    form="card-action"
                    formaction=format!("/chat-gateways/{id}/deliveries/{delivery}")
                    disabled=move || !may.get()
                    aria-description=move || (!may.get()).then_some(NOT_ALLOWED)
                    aria-busy=move || retry.busy.get().then_some("true")
                    on:click=press
                >
                    {label}
                </button>
            </span>
        </Show>
        <Dialog id="send-again" open=asking title="Send again?" size="dialog-small">
            <div class="dialog-body">
                <p>"Nobody knows whether the message arrived. If it did, the peer gets it twice."</p>
            </div>
            <footer class="dialog-footer">
                <button class="button" type="button" data-focus-first="" on:click=move |_| asking.set(false)>"Cancel"</button>
                <button class="button button-primary" type="button" on:click=go>"Send again"</button>
            </footer>
        </Dialog>
    }
}
