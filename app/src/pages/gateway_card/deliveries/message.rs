//! A message in the one shape that every messenger has here.

use super::{
    exchange::Code,
    said::{Buttons, Parts},
};
use leptos::prelude::*;
use model::message::{Inbound, InboundEvent, InboundKind, Layout, Outbound, Peer};
use serde::Serialize;

/// What came from the messenger.
#[component]
pub(super) fn EventView(
    /// The event.
    event: InboundEvent,
) -> impl IntoView {
    let json = json(&event);
    let peer = peer_facts(&event.peer);
    let (message, facts) = happened(event.kind);
    view! {
        {message.map(|message| view! { <Parts parts=message.parts/> })}
        <FactList facts=facts.into_iter().chain(peer).collect()/>
        <AsJson json/>
    }
}

/// What goes out.
#[component]
pub(super) fn MessageView(
    /// The message.
    message: Outbound,
) -> impl IntoView {
    let json = json(&message);
    let layout = match message.layout {
        Layout::Reply => "In place of the keyboard",
        Layout::Inline => "Under the message",
        Layout::Remove => "The buttons go away",
    };
    let has_layout = !message.buttons.is_empty() || message.layout == Layout::Remove;
    let facts = [
        ("Buttons", has_layout.then(|| layout.to_owned())),
        ("Answers", message.reply_to),
        ("Silent", message.silent.then(|| "yes".to_owned())),
        ("Takes no typed answer", message.no_input.then(|| "yes".to_owned())),
        ("Word", message.kind),
    ];
    view! {
        <Parts parts=message.parts/>
        <Buttons rows=message.buttons/>
        <FactList facts=there(facts)/>
        <AsJson json/>
    }
}

type Fact = (&'static str, String);

fn there<const N: usize>(facts: [(&'static str, Option<String>); N]) -> Vec<Fact> {
    facts
        .into_iter()
        .filter_map(|(label, value)| value.map(|value| (label, value)))
        .collect()
}

/// What happened: a message, or what there is to say of something else.
fn happened(kind: InboundKind) -> (Option<Inbound>, Vec<Fact>) {
    match kind {
        InboundKind::Message(message) => {
            let facts = message_facts(&message);
            (Some(message), facts)
        }
        InboundKind::Edit(message) => {
            let mut facts = vec![("Happened", "A message was changed to this".to_owned())];
            facts.extend(message_facts(&message));
            (Some(message), facts)
        }
        other => (None, event_facts(other)),
    }
}

fn message_facts(message: &Inbound) -> Vec<Fact> {
    let external_id = Some(message.external_id.clone()).filter(|id| !id.is_empty());
    there([
        ("Id", external_id),
        ("Answers", message.reply_to.clone()),
        ("Album", message.group_key.clone()),
        ("Forwarded", message.forwarded.then(|| "yes".to_owned())),
    ])
}

fn event_facts(kind: InboundKind) -> Vec<Fact> {
    let happened = |what: &str| ("Happened", Some(what.to_owned()));
    match kind {
        InboundKind::Delete { external_id } => there([happened("A message was taken back"), ("Id", Some(external_id))]),
        InboundKind::Postback {
            payload,
            title,
            origin_external_id,
        } => there([
            happened("A button was pressed"),
            ("Title", title),
            ("Answer", Some(payload)),
            ("Of the message", origin_external_id),
        ]),
        InboundKind::Reaction {
            external_id,
            emoji,
            removed,
        } => {
            let what = if removed {
                "A mark was taken off a message"
            } else {
                "A message was marked"
            };
            there([happened(what), ("With", emoji), ("Id", Some(external_id))])
        }
        InboundKind::Status(status) => there([
            happened("The messenger told how a message fares"),
            ("Status", Some(format!("{:?}", status.status).to_lowercase())),
            ("Of the message", Some(status.external_id)),
            ("Error", status.error.map(|error| error.message)),
        ]),
        InboundKind::Typing { on } => there([happened(if on {
            "The peer types"
        } else {
            "The peer types no longer"
        })]),
        InboundKind::Subscribed => there([happened("The peer allows us to write")]),
        InboundKind::Unsubscribed { reason } => there([
            happened("The peer no longer allows us to write"),
            ("Reason", Some(reason).filter(|reason| !reason.is_empty())),
        ]),
        InboundKind::ConversationStarted { context } => {
            there([happened("The peer opened the conversation"), ("By the link", context)])
        }
        InboundKind::Referral { reference, source } => there([
            happened("The peer came by a link"),
            ("It carried", Some(reference).filter(|text| !text.is_empty())),
            ("It stood at", Some(source).filter(|text| !text.is_empty())),
        ]),
        _ => there([happened("Something that this version gives no meaning to")]),
    }
}

fn peer_facts(peer: &Peer) -> Vec<Fact> {
    there([
        ("Peer", peer.display_name.clone()),
        ("User name", peer.username.clone()),
        ("Phone", peer.phone.clone()),
        ("Language", peer.locale.clone()),
        ("Peer’s id", Some(peer.external_id.clone())),
    ])
}

#[component]
fn FactList(facts: Vec<Fact>) -> impl IntoView {
    let item = |(label, value): Fact| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    (!facts.is_empty()).then(|| view! { <dl class="entry-facts">{facts.into_iter().map(item).collect_view()}</dl> })
}

/// The whole of it, for those who write programs.
#[component]
fn AsJson(json: String) -> impl IntoView {
    view! {
        <details class="fold">
            <summary class="fold-title">"As JSON"</summary>
            <Code text=json label="As JSON"/>
        </details>
    }
}

/// These structs hold nothing that JSON can't.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::message::{DeliveryState, DeliveryStatus, Part};

    #[test]
    fn a_message_is_shown_itself_and_anything_else_in_words() {
        let (message, facts) = happened(InboundKind::Message(Inbound::of(Part::text("hi"))));
        assert!(message.is_some() && facts.is_empty());
        let (message, facts) = happened(InboundKind::Postback {
            payload: "yes".into(),
            title: None,
            origin_external_id: None,
        });
        assert!(message.is_none());
        assert_eq!(facts[1], ("Answer", "yes".to_owned()));
        let status = DeliveryStatus {
            external_id: "7".into(),
            status: DeliveryState::Read,
            at: model::Timestamp(1),
            error: None,
        };
        assert!(event_facts(InboundKind::Status(status)).contains(&("Status", "read".to_owned())));
    }
}
