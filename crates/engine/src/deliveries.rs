//! The log of what came in through a gateway and went out: what can be done with it.

use crate::{Context, GetError, ListError, access::Actor, media, pipeline};
use model::{
    Delivery, DeliveryId, DeliveryPage, DeliveryQuery, DeliveryResult, FieldErrors, GatewayId, Letter, Section, Way,
};
use store::deliveries::LogFilter;

/// Entries on a page.
const PAGE: u64 = 50;
/// So many entries are tried again at a time.
const MOST: usize = 1_000;

/// A page of a gateway's log, the newest first.
///
/// # Errors
///
/// [`ListError::Invalid`] names each parameter that can't be served.
pub async fn list(
    cx: &Context,
    actor: &Actor,
    gateway: GatewayId,
    query: &DeliveryQuery,
) -> Result<DeliveryPage, ListError> {
    actor.may(Section::ChatGateways, Letter::Read)?;
    let filter = parse(query)?;
    let mut rows = store::deliveries::page(cx.store.read(), gateway, &filter, PAGE + 1).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    Ok(DeliveryPage {
        next: rows.last().map(|row| row.id).filter(|_| more),
        rows,
        trouble: store::deliveries::trouble(cx.store.read(), gateway).await?,
    })
}

fn parse(query: &DeliveryQuery) -> Result<LogFilter, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut filter = LogFilter {
        lane: Some(query.thread.clone()).filter(|thread| !thread.is_empty()),
        ..LogFilter::default()
    };
    match query.way.as_str() {
        "" => {}
        "in" => filter.way = Some(Way::In),
        "out" => filter.way = Some(Way::Out),
        other => errors.add("way", format!("Choose “in” or “out”; “{other}” is neither.")),
    }
    match query.result.as_str() {
        "" => {}
        "trouble" => filter.trouble = true,
        code => match code.parse::<DeliveryResult>() {
            Ok(result) => filter.result = Some(result),
            Err(error) => errors.add("result", error.to_string()),
        },
    }
    match query.before.as_str() {
        "" => {}
        id => match id.parse() {
            Ok(id) => filter.before = Some(id),
            Err(_) => errors.add("before", format!("“{id}” is no entry’s id.")),
        },
    }
    errors.into_result(filter)
}

/// One entry of a gateway's log. The addresses of files that are kept lead to this server, without its name, and work for
/// an hour.
///
/// # Errors
///
/// [`GetError::NotFound`] when there is none, or it was forgotten.
pub async fn get(cx: &Context, actor: &Actor, gateway: GatewayId, id: DeliveryId) -> Result<Delivery, GetError> {
    actor.may(Section::ChatGateways, Letter::Read)?;
    let found = store::deliveries::get(cx.store.read(), gateway, id).await?;
    let found = found.ok_or(GetError::NotFound(Section::ChatGateways))?;
    Ok(media::shown(cx, found).await?)
}

/// Has entries processed or sent once more; those whose result does not allow it are passed over. Gives how many there were.
///
/// What was ambiguous may reach the peer twice: that is what whoever asks for it decides.
///
/// # Errors
///
/// When the actor may not change gateways, or the database failed.
pub async fn again(cx: &Context, actor: &Actor, gateway: GatewayId, ids: &[DeliveryId]) -> Result<usize, GetError> {
    actor.may(Section::ChatGateways, Letter::Update)?;
    let ids = &ids[..ids.len().min(MOST)];
    let tx = cx.store.begin().await?;
    let now = cx.now();
    let reopened = store::deliveries::reopen(&tx, gateway, ids, now, now.after(pipeline::TRIED)).await?;
    tx.commit().await?;
    tracing::info!(
        gateway.id = gateway.0,
        user.name = actor.name(),
        "{} deliveries are tried again",
        reopened.len()
    );
    cx.pipeline.wake();
    Ok(reopened.len())
}

/// Has everything tried once more that somebody has to look at, up to 1,000 entries. Gives how many there were.
///
/// # Errors
///
/// When the actor may not change gateways, or the database failed.
pub async fn all_again(cx: &Context, actor: &Actor, gateway: GatewayId) -> Result<usize, GetError> {
    actor.may(Section::ChatGateways, Letter::Update)?;
    let filter = LogFilter {
        trouble: true,
        ..LogFilter::default()
    };
    let rows = store::deliveries::page(cx.store.read(), gateway, &filter, MOST as u64).await?;
    let ids: Vec<DeliveryId> = rows.iter().map(|row| row.id).collect();
    again(cx, actor, gateway, &ids).await
}
