//! The choice as a dialog over the registry.

use super::{Offer, choices::Choices};
use crate::components::dialog::Dialog;
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The dialog "New chat gateway".
#[component]
pub fn NewGatewayDialog(open: RwSignal<bool>) -> impl IntoView {
    view! { <OfferDialog offer=Offer::GATEWAY open/> }
}

/// The dialog "New flow schema".
#[component]
pub fn NewFlowDialog(open: RwSignal<bool>) -> impl IntoView {
    view! { <OfferDialog offer=Offer::FLOW open/> }
}

#[component]
fn OfferDialog(offer: Offer, open: RwSignal<bool>) -> impl IntoView {
    let choices = (offer.choices)();
    let first = choices.first().map_or("", |choice| choice.value);
    let chosen = RwSignal::new(first);
    let navigate = use_navigate();
    let create = move |event: SubmitEvent| {
        event.prevent_default();
        open.set(false);
        navigate(&offer.card(chosen.get_untracked()), NavigateOptions::default());
    };
    // The next time it starts with the first choice again.
    let closed = Callback::new(move |()| chosen.set(first));
    view! {
        <Dialog id="new" open title=offer.title on_close=closed>
            <form class="dialog-form" method="get" action=offer.page() on:submit=create>
                <div class="dialog-body">
                    <Choices key=offer.key legend=offer.legend choices chosen/>
                </div>
                <footer class="dialog-footer">
                    <button class="button" type="button" on:click=move |_| open.set(false)>"Close"</button>
                    <button class="button button-primary" type="submit">"Create"</button>
                </footer>
            </form>
        </Dialog>
    }
}
