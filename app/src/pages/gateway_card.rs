//! The card of a chat gateway: one form over all the tabs of its provider.

mod connection;
mod conversations;
mod deliveries;
mod facts;
mod form;
mod health;
mod history;
mod history_entry;
mod live;
mod meta;
mod object;
mod remedy;
mod switch;
mod tabs;

use crate::{
    api::{GatewayCard, delivery_trouble, flow_choices, get_gateway, meta_accounts, new_gateway},
    components::{form::card::missing, page_error::PageError, viewer::use_may},
    error::AppError,
};
use form::GatewayForm;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{FlowRef, GatewayId, Letter, MetaRow, Provider, Section};
use serde::{Deserialize, Serialize};
use std::future::Future;
use tabs::{Shown, has_tab};

/// What a card begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Loaded {
    /// The gateway.
    card: GatewayCard,
    /// The first flow schemas to choose from.
    flows: Vec<FlowRef>,
    /// How many entries of its log somebody has to look at.
    trouble: u64,
    /// The accounts of a Messenger gateway.
    accounts: Vec<MetaRow>,
}

/// A gateway that is not saved yet; no row exists until it is.
#[component]
pub fn NewGatewayPage() -> impl IntoView {
    let params = use_params_map();
    let provider = Memo::new(move |_| params.with(|params| params.get_str("provider").map(str::to_owned)));
    let may = use_may(Section::Flows, Letter::Read);
    let loaded = Resource::new(
        move || provider.get(),
        move |code| {
            let choose = may.get_untracked();
            async move {
                let provider = code.as_deref().and_then(|code| code.parse::<Provider>().ok());
                match provider {
                    Some(provider) => load(new_gateway(provider), choose).await,
                    None => Err(missing(
                        "There is no such messenger. Go back to the chat gateways and choose one.",
                    )),
                }
            }
        },
    );
    view! { <LoadedGateway loaded readable=may/> }
}

/// A saved gateway.
#[component]
pub fn GatewayPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse::<GatewayId>().ok())));
    let may = use_may(Section::Flows, Letter::Read);
    let loaded = Resource::new(
        move || id.get(),
        move |id| {
            let choose = may.get_untracked();
            async move {
                match id {
                    Some(id) => load(get_gateway(id), choose).await,
                    None => Err(missing("This address names no chat gateway.")),
                }
            }
        },
    );
    view! { <LoadedGateway loaded readable=may/> }
}

async fn load(card: impl Future<Output = Result<GatewayCard, AppError>>, choose: bool) -> Result<Loaded, AppError> {
    let card = card.await?;
    let flows = if choose {
        flow_choices(String::new()).await?
    } else {
        Vec::new()
    };
    let trouble = match card.id {
        Some(id) => delivery_trouble(id).await?,
        None => 0,
    };
    let accounts = match card.id {
        Some(id) if card.provider == Provider::Messenger => meta_accounts(id).await?,
        _ => Vec::new(),
    };
    Ok(Loaded {
        card,
        flows,
        trouble,
        accounts,
    })
}

/// The card once it is read, or why it can't be shown. Another tab of the same card reads nothing again.
#[component]
fn LoadedGateway(loaded: Resource<Result<Loaded, AppError>>, readable: Memo<bool>) -> impl IntoView {
    let params = use_params_map();
    let shown = Shown {
        tab: Memo::new(move |_| params.with(|params| params.get_str("tab").unwrap_or("general").to_owned())),
        entry: Memo::new(move |_| params.with(|params| params.get_str("entry").map(str::to_owned))),
    };
    let again = Callback::new(move |()| loaded.refetch());
    let show = move || {
        Suspend::new(async move {
            match loaded.await {
                Ok(loaded) => {
                    let (provider, saved) = (loaded.card.provider, loaded.card.id.is_some());
                    let known = Memo::new(move |_| has_tab(provider, saved, shown));
                    let no_tab = || missing("This chat gateway has no such tab.");
                    view! {
                        <Show when=move || known.get() fallback=move || view! { <PageError error=no_tab()/> }>
                            <GatewayForm loaded=loaded.clone() readable=readable.get_untracked() shown/>
                        </Show>
                    }
                    .into_any()
                }
                Err(error) => view! { <PageError error retry=again/> }.into_any(),
            }
        })
    };
    view! { <Suspense fallback=|| view! { <p class="page" aria-busy="true">"Loading…"</p> }>{show}</Suspense> }
}
