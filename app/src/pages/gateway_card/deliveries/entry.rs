//! One entry of the log, with everything that is known of it.

use super::{
    address,
    again::Again,
    exchange::Exchanges,
    log_of_thread,
    message::{EventView, MessageView},
    result::{ResultTag, is_open, meaning, way_label},
};
use crate::{
    api::get_delivery,
    components::{
        feed::{OneMissing, every_poll},
        form::{card::missing, group::FormSection},
        icon::Icon,
        time_ago::{TimeAgo, TimeAhead},
    },
};
use leptos::{prelude::*, task::spawn_local};
use model::{Delivery, DeliveryId, DeliveryQuery, GatewayId, Way, message::ProviderError};

/// What is said of an entry that is not there.
const MISSING: &str = "The log has no such entry, or it was forgotten.";

/// The entry that the address names, or why it can't be shown.
#[component]
pub(super) fn EntryPage(
    /// The gateway.
    id: GatewayId,
    /// The entry as it stands in the address.
    named: String,
    /// The way back to the log.
    query: Memo<DeliveryQuery>,
) -> impl IntoView {
    let delivery = named.parse::<DeliveryId>().ok();
    let read = Resource::new(
        || (),
        move |()| async move {
            match delivery {
                Some(delivery) => get_delivery(id, delivery).await,
                None => Err(missing(MISSING)),
            }
        },
    );
    let again = Callback::new(move |()| read.refetch());
    let show = move || {
        Suspend::new(async move {
            match read.await {
                Ok(delivery) => view! { <Entry first=delivery id/> }.into_any(),
                Err(error) => view! { <OneMissing error missing=MISSING again/> }.into_any(),
            }
        })
    };
    view! {
        <section class="entry" aria-label="Entry of the log">
            <p class="entry-back">
                <a href=move || query.with(|query| address::log(id, query))>
                    <Icon name="chevron-left"/>
                    "All deliveries"
                </a>
            </p>
            <Suspense fallback=|| view! { <p aria-busy="true">"Loading…"</p> }>{show}</Suspense>
        </section>
    }
}

/// The entry; while something will still happen to it, it is looked at again.
#[component]
fn Entry(first: Delivery, id: GatewayId) -> impl IntoView {
    let fixed = first.row.clone();
    let shown = RwSignal::new(first);
    let result = Memo::new(move |_| shown.with(|delivery| delivery.row.result));
    let look = move || {
        spawn_local(async move {
            // Nobody asked: a failure is not told.
            if let Ok(delivery) = get_delivery(id, fixed.id).await
                && shown.try_with_untracked(|before| *before != delivery) == Some(true)
            {
                shown.set(delivery);
            }
        });
    };
    every_poll(move || {
        if result.try_get_untracked().is_some_and(is_open) {
            look();
        }
    });
    let title = match fixed.way {
        Way::In => format!("From {}", fixed.peer),
        Way::Out => format!("To {}", fixed.peer),
    };
    view! {
        <header class="entry-head">
            <h2 class="entry-title">{title}</h2>
            {move || view! { <ResultTag result=result.get()/> }}
            <span class="toolbar-space"></span>
            <Again id delivery=fixed.id way=fixed.way result done=Callback::new(move |()| look())/>
        </header>
        <p class="entry-meaning" role="status">{move || meaning(result.get())}</p>
        <Failure shown/>
        <Said shown/>
        <Notes shown/>
        <Facts shown id/>
        <Wire shown/>
    }
}

/// Why it failed, or what stands in its way.
#[component]
fn Failure(shown: RwSignal<Delivery>) -> impl IntoView {
    let error = Memo::new(move |_| shown.with(|delivery| delivery.error.clone()));
    move || error.get().map(|error| view! { <FailureBanner error/> })
}

#[component]
fn FailureBanner(error: ProviderError) -> impl IntoView {
    let code = match (error.code, error.subcode) {
        (Some(code), Some(subcode)) => Some(format!("{code}, {subcode}")),
        (code, subcode) => code.or(subcode),
    };
    let known = [
        ("HTTP status", error.http.map(|status| status.to_string())),
        ("The messenger’s code", code),
        ("For the messenger’s support", error.trace_id),
    ];
    let known: Vec<String> = known
        .into_iter()
        .filter_map(|(label, value)| value.map(|value| format!("{label}: {value}")))
        .collect();
    view! {
        <div class="banner banner-error">
            <Icon name="alert"/>
            <div class="banner-body">
                <p class="banner-title as-typed">{error.message}</p>
                {(!known.is_empty()).then(|| view! { <p>{known.join(" · ")}</p> })}
            </div>
        </div>
    }
}

/// What came, or what goes out.
#[component]
fn Said(shown: RwSignal<Delivery>) -> impl IntoView {
    let event = Memo::new(move |_| shown.with(|delivery| delivery.event.clone()));
    let message = Memo::new(move |_| shown.with(|delivery| delivery.message.clone()));
    view! {
        <FormSection title="Message" wide=true>
            {move || event.get().map(|event| view! { <EventView event/> })}
            {move || message.get().map(|message| view! { <MessageView message/> })}
            {move || {
                let wish = event.with(Option::is_none) && message.with(Option::is_none);
                wish.then(|| view! { <p>{shown.with_untracked(|delivery| delivery.row.summary.clone())}</p> })
            }}
        </FormSection>
    }
}

/// What the messenger could not carry, and what stands in its place.
#[component]
fn Notes(shown: RwSignal<Delivery>) -> impl IntoView {
    let notes = Memo::new(move |_| shown.with(|delivery| delivery.notes.clone()));
    move || {
        let notes = notes.get();
        (!notes.is_empty()).then(|| {
            let notes: Vec<_> = notes.into_iter().map(|note| view! { <li>{note}</li> }).collect();
            view! {
                <FormSection title="What the messenger could not carry" wide=true>
                    <ul class="banner-list">{notes}</ul>
                </FormSection>
            }
        })
    }
}

/// When, who, how often, and under which names.
#[component]
fn Facts(shown: RwSignal<Delivery>, id: GatewayId) -> impl IntoView {
    let delivery = Memo::new(move |_| shown.get());
    let facts = move || {
        let Delivery {
            row,
            done_at,
            key,
            thread,
            external_id,
            conversation,
            ..
        } = delivery.get();
        let all_of_thread = log_of_thread(id, thread.clone());
        view! {
            <dl class="entry-facts">
                <div><dt>"Direction"</dt><dd>{way_label(row.way)}</dd></div>
                <div><dt>"Kind"</dt><dd>{row.kind}</dd></div>
                <div><dt>"Stored"</dt><dd><TimeAgo at=row.at/></dd></div>
                {done_at.map(|at| view! { <div><dt>"Done"</dt><dd><TimeAgo at/></dd></div> })}
                <div><dt>"Attempts"</dt><dd>{row.attempts}</dd></div>
                {row.next_try_at.map(|at| view! { <div><dt>"Next try"</dt><dd><TimeAhead at/></dd></div> })}
                <div>
                    <dt>"Thread"</dt>
                    <dd><a href=all_of_thread>{thread}</a></dd>
                </div>
                {conversation.map(|conversation| view! {
                    <div>
                        <dt>"Conversation"</dt>
                        <dd>
                            <a href=format!("/chat-gateways/{id}/conversations/{conversation}")>{conversation.to_string()}</a>
                        </dd>
                    </div>
                })}
                {external_id.map(|name| view! { <div><dt>"The messenger’s id"</dt><dd><code>{name}</code></dd></div> })}
                <div><dt>"Key"</dt><dd><code>{key}</code></dd></div>
            </dl>
        }
    };
    view! { <FormSection title="What is known of it" wide=true>{facts}</FormSection> }
}

/// What went over the wire, as long as it is kept.
#[component]
fn Wire(shown: RwSignal<Delivery>) -> impl IntoView {
    let exchange = Memo::new(move |_| shown.with(|delivery| delivery.exchange.clone()));
    view! {
        <FormSection title="HTTP exchange" wide=true>
            {move || match exchange.get() {
                Some(text) => view! { <Exchanges text/> }.into_any(),
                None => view! { <p class="muted">"None, or it is not kept any more."</p> }.into_any(),
            }}
        </FormSection>
    }
}
