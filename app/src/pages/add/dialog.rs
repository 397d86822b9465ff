//! The choice as a dialog over the registry.

use super::{
    Offer,
    choices::Choices,
    starters::{Starters, of_code},
};
use crate::components::dialog::Dialog;
use flow::Starter;
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
    let starter = RwSignal::new(Starter::Empty.code());
    let navigate = use_navigate();
    let create = move |event: SubmitEvent| {
        event.prevent_default();
        open.set(false);
        let card = offer.card(chosen.get_untracked(), of_code(starter.get_untracked()));
        navigate(&card, NavigateOptions::default());
    };
    // The next time it starts with the first choice again.
    let closed = Callback::new(move |()| {
        chosen.set(first);
        starter.set(Starter::Empty.code());
    });
    view! {
        <Dialog id="new" open title=offer.title size=offer.size() on_close=closed>
            <form class="dialog-form" method="get" action=offer.page() on:submit=create>
                <div class="dialog-body">
                    <Choices key=offer.key legend=offer.legend choices chosen/>
                    {offer.has_starters().then(|| view! { <Starters offer chosen starter/> })}
                </div>
                <footer class="dialog-footer">
                    <button class="button" type="button" on:click=move |_| open.set(false)>"Close"</button>
                    <button class="button button-primary" type="submit">"Create"</button>
                </footer>
            </form>
        </Dialog>
    }
}
