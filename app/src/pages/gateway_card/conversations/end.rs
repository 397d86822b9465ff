//! Ending a conversation.

use crate::{
    api::end_conversation,
    components::{
        dialog::Dialog,
        session_gate::{SessionGate, use_session_gate},
        toast::{Toasts, use_toasts},
        viewer::use_may,
    },
    error::AppError,
};
use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};
use model::{ConversationId, GatewayId, Letter, Section};

/// Why the button does nothing for some.
const NOT_ALLOWED: &str = "That takes the right to change chat gateways.";

/// An end that is wished for.
#[derive(Clone, Copy)]
struct Ending {
    gateway: GatewayId,
    conversation: ConversationId,
    done: Callback<()>,
    busy: RwSignal<bool>,
    toasts: Toasts,
    gate: SessionGate,
}

impl Ending {
    fn begin(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = end_conversation(self.gateway, self.conversation).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => {
                    self.toasts.say("The conversation is being ended.");
                    self.done.run(());
                }
                Err(error) if error.is(AppError::SIGNED_OUT) => {
                    self.gate.open(Callback::new(move |()| self.begin()));
                }
                Err(error) => self.toasts.fail(error.message),
            }
        });
    }
}

/// "End conversation", after a question; without JavaScript the button alone.
#[component]
pub(super) fn EndConversation(
    /// The gateway.
    id: GatewayId,
    /// The conversation.
    conversation: ConversationId,
    /// Who the flow schema talks with.
    peer: String,
    /// Whether it is under way.
    running: Memo<bool>,
    /// Told when the end is on its way.
    done: Callback<()>,
) -> impl IntoView {
    let may = use_may(Section::ChatGateways, Letter::Update);
    let ending = Ending {
        gateway: id,
        conversation,
        done,
        busy: RwSignal::new(false),
        toasts: use_toasts(),
        gate: use_session_gate(),
    };
    let asking = RwSignal::new(false);
    let ask = move |event: MouseEvent| {
        event.prevent_default();
        asking.set(true);
    };
    let go = move |_| {
        asking.set(false);
        ending.begin();
    };
    view! {
        <Show when=move || running.get()>
            <span data-tip=move || (!may.get()).then_some(NOT_ALLOWED) data-tip-side="end">
                <button
                    class="button button-danger"
                    type="submit"
                    form="card-action"
                    formaction=format!("/chat-gateways/{id}/conversations/{conversation}")
                    disabled=move || !may.get()
                    aria-description=move || (!may.get()).then_some(NOT_ALLOWED)
                    aria-busy=move || ending.busy.get().then_some("true")
                    on:click=ask
                >
                    "End conversation"
                </button>
            </span>
        </Show>
        <Dialog id="end-conversation" open=asking title="End conversation?" size="dialog-small">
            <div class="dialog-body">
                <p>{format!("The flow schema says nothing more to {peer}. Their next message begins another conversation.")}</p>
            </div>
            <footer class="dialog-footer">
                <button class="button" type="button" data-focus-first="" on:click=move |_| asking.set(false)>"Cancel"</button>
                <button class="button button-danger-solid" type="button" on:click=go>"End conversation"</button>
            </footer>
        </Dialog>
    }
}
