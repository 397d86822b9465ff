//! Who talks with a flow through a gateway: what can be done with it.

use crate::{Context, GetError, access::Actor, pipeline};
use flow::State;
use model::{
    Conversation, ConversationId, ConversationPage, DeliveryResult, GatewayId, Letter, Section, Timestamp, Way,
};
use store::deliveries::NewDelivery;

/// Conversations on a page.
const PAGE: u64 = 50;
/// So much of a variable is shown, in characters.
const LONGEST: usize = 2_000;
/// So many variables are shown.
const MOST: usize = 500;

/// A page of a gateway's conversations, the newest first, from just below the id `before` if one is given.
///
/// # Errors
///
/// When the actor may not see gateways, or the database failed.
pub async fn list(
    cx: &Context,
    actor: &Actor,
    gateway: GatewayId,
    only_running: bool,
    before: Option<ConversationId>,
) -> Result<ConversationPage, GetError> {
    actor.may(Section::ChatGateways, Letter::Read)?;
    let reader = cx.store.read();
    let mut rows = store::conversations::page(reader, gateway, only_running, before, PAGE + 1).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    Ok(ConversationPage {
        next: rows.last().map(|row| row.id).filter(|_| more),
        rows,
        running: store::conversations::running(reader, gateway).await?,
    })
}

/// One conversation: where it stands and what it knows.
///
/// # Errors
///
/// [`GetError::NotFound`] when there is none, or it was forgotten.
pub async fn get(
    cx: &Context,
    actor: &Actor,
    gateway: GatewayId,
    id: ConversationId,
) -> Result<Conversation, GetError> {
    actor.may(Section::ChatGateways, Letter::Read)?;
    let found = store::conversations::get(cx.store.read(), gateway, id).await?;
    let (row, stored) = found.ok_or(GetError::NotFound(Section::ChatGateways))?;
    let state = State::from_json(&stored.state).ok();
    let ready = cx.pipeline.inner().programs.named(cx, &stored.programs).await.ok();
    let path = state
        .as_ref()
        .zip(ready)
        .and_then(|(state, ready)| state.place(&ready.programs));
    let goes_on = row.ended.is_none();
    let waits = if stored.call.is_some() {
        Some("the answer to a call over HTTP")
    } else {
        state.as_ref().map(|state| {
            if state.is_over() {
                "nothing more"
            } else {
                "a message, or the end of a pause"
            }
        })
    };
    let mut variables: Vec<(String, String)> = state
        .iter()
        .flat_map(|state| state.variables().iter().take(MOST))
        .map(|(name, text)| (name.to_owned(), text.chars().take(LONGEST).collect()))
        .collect();
    variables.sort();
    Ok(Conversation {
        path: path.filter(|_| goes_on),
        waits: waits.filter(|_| goes_on).map(str::to_owned),
        until: stored.due_at,
        variables,
        row,
    })
}

/// Ends a conversation: nothing more is said, and the peer's next message begins another one.
///
/// # Errors
///
/// [`GetError::NotFound`] when there is none; one that has ended already is no error.
pub async fn end(cx: &Context, actor: &Actor, gateway: GatewayId, id: ConversationId) -> Result<(), GetError> {
    actor.may(Section::ChatGateways, Letter::Update)?;
    let found = store::conversations::get(cx.store.read(), gateway, id).await?;
    let (row, stored) = found.ok_or(GetError::NotFound(Section::ChatGateways))?;
    if row.ended.is_some() {
        return Ok(());
    }
    let now = cx.now();
    let wish = NewDelivery {
        gateway,
        way: Way::In,
        key: format!("end:{id}"),
        lane: stored.lane,
        peer: row.peer,
        kind: "end".to_owned(),
        summary: format!("ended by {}", actor.name()),
        body: pipeline::end_body(actor.name()),
        result: DeliveryResult::Received,
        at: now,
        due_at: now,
        expires_at: Timestamp(i64::MAX),
        awaits_receipt: false,
        conversation: Some(id),
        notes: None,
        exchange: None,
    };
    let tx = cx.store.begin().await?;
    store::deliveries::insert(&tx, &[&wish]).await?;
    tx.commit().await?;
    cx.pipeline.wake();
    Ok(())
}
