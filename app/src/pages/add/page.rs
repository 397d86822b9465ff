//! The choice as a page, for browsers without JavaScript.

use super::{
    Offer,
    choices::Choices,
    starters::{self, Starters, of_code},
};
use crate::{
    components::{page_title::PageTitle, viewer::use_may},
    pages::{errors::ForbiddenPage, redirect::Redirect},
};
use flow::Starter;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::Letter;

/// The page on which the provider of a new gateway is chosen.
#[component]
pub fn NewGatewayChoicePage() -> impl IntoView {
    view! { <OfferPage offer=Offer::GATEWAY/> }
}

/// The page on which the kind of a new flow schema is chosen.
#[component]
pub fn NewFlowChoicePage() -> impl IntoView {
    view! { <OfferPage offer=Offer::FLOW/> }
}

#[component]
fn OfferPage(offer: Offer) -> impl IntoView {
    let may_create = use_may(offer.section, Letter::Create);
    let choices = (offer.choices)();
    let (asked, starter) =
        use_query_map().with_untracked(|query| (query.get(offer.key), query.get(starters::KEY).unwrap_or_default()));
    let known = asked.filter(|asked| choices.iter().any(|choice| choice.value == asked));
    if !may_create.get_untracked() {
        return view! { <ForbiddenPage/> }.into_any();
    }
    if let Some(chosen) = known {
        return view! { <Redirect to=offer.card(&chosen, of_code(&starter))/> }.into_any();
    }
    let chosen = RwSignal::new(choices.first().map_or("", |choice| choice.value));
    let starter = RwSignal::new(Starter::Empty.code());
    view! {
        <PageTitle text=offer.title/>
        <div class="page page-narrow">
            <header class="page-header">
                <h1 class="page-title">{offer.title}</h1>
            </header>
            <form class="dialog-form" method="get" action=offer.page()>
                <div class="dialog-body">
                    <Choices key=offer.key legend=offer.legend choices chosen/>
                    {offer.has_starters().then(|| view! { <Starters offer chosen starter/> })}
                </div>
                <footer class="dialog-footer">
                    <a class="button" href=offer.section.path()>"Close"</a>
                    <button class="button button-primary" type="submit">"Create"</button>
                </footer>
            </form>
        </div>
    }
    .into_any()
}
