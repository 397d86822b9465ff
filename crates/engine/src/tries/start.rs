//! Beginning a run.

use super::{
    TryError,
    act::{Turn, advance, in_turn, owner, report},
    input,
    load::{self, Loaded},
    run::Run,
    shelf::Place,
};
use crate::{
    Context,
    access::Actor,
    flows::{Checked, look_over},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use flow::{Event, Mistake};
use model::{
    FlowId, Letter, Section,
    trying::{TryReport, TryRun, TryStart},
};
use std::{collections::BTreeMap, sync::Arc};
use tokio::sync::{Mutex, Semaphore};

/// So many start variables of one's own.
const MOST_VARIABLES: usize = 100;
/// The longest name of somebody who talks, in characters.
const LONGEST_NAME: usize = 200;
/// Who talks, if nobody says it.
const NAME: &str = "Olena";

/// What came of a start.
#[derive(Clone, Debug, PartialEq)]
pub enum Started {
    /// It runs.
    Running(Box<TryReport>),
    /// The program has mistakes, so it was not started.
    Mistakes(Vec<Mistake>),
}

/// Begins a run with its first message.
///
/// # Errors
///
/// [`TryError::Invalid`] names each field that makes no sense. It is [`TryError::Denied`] to switch calls over HTTP on for
/// those who may not change flow schemas.
pub async fn start(cx: &Context, actor: &Actor, start: TryStart) -> Result<Started, TryError> {
    actor.may(Section::Flows, Letter::Read)?;
    if start.http {
        actor.may(Section::Flows, Letter::Update)?;
    }
    let zone = zone(cx, start.timezone.as_deref())?;
    let variables = variables(cx, &start.peer_name, start.variables)?;
    let (message, said) = input::first(start.message)?;
    let checked = match look_over(cx.store.read(), start.flow, &start.program).await? {
        Ok(checked) => checked,
        Err(mistakes) => return Ok(Started::Mistakes(mistakes)),
    };
    let lane = cx.tries.lane(owner(actor));
    let loaded = load(cx, &lane, start.flow, start.program.len(), checked).await?;
    let id = TryRun(BASE64_URL_SAFE_NO_PAD.encode(cx.rng.bytes::<16>()));
    let run = Run::new(id.clone(), loaded, zone, start.http);
    let bytes = run.bytes();
    let run = Arc::new(Mutex::new(run));
    let guard = Arc::clone(&run).lock_owned().await;
    let place = Place { run, lane };
    cx.tries.put(&id, owner(actor), bytes, place.clone(), cx.now());
    let first = move |run: &mut Run, cx: &Context| {
        let now = run.now(cx);
        run.journal.said(now, said);
        run.go_on(cx, Some(Event::Start { message, variables }));
    };
    let guard = advance(cx, &place, guard, Turn::Soon, first).await?;
    Ok(Started::Running(Box::new(report(cx, &place, guard, 0).await)))
}

/// Makes the programs of a run ready.
async fn load(
    cx: &Context,
    lane: &Arc<Semaphore>,
    own: Option<FlowId>,
    size: usize,
    checked: Checked,
) -> Result<Loaded, TryError> {
    let others = load::read(cx.store.read(), own, &checked).await?;
    let program = checked.program.clone();
    let prepare = move || Loaded::new(own, program, size, others);
    let loaded = in_turn(cx, lane, Turn::Soon, prepare).await??;
    if !loaded.is_open {
        return Ok(loaded);
    }
    let spare = load::spare(cx.store.read(), own, &checked).await?;
    in_turn(cx, lane, Turn::Soon, move || loaded.with_spare(spare)).await
}

/// The zone whose clock the program sees.
fn zone(cx: &Context, wanted: Option<&str>) -> Result<String, TryError> {
    let Some(wanted) = wanted.map(str::trim).filter(|zone| !zone.is_empty()) else {
        return Ok(cx.policy.timezone.clone());
    };
    crate::time_zone(wanted).map_err(|message| TryError::field("timezone", message))
}

/// What the program knows from the start.
fn variables(cx: &Context, peer_name: &str, own: BTreeMap<String, String>) -> Result<Vec<(String, String)>, TryError> {
    if own.len() > MOST_VARIABLES {
        let message = format!("Give at most {MOST_VARIABLES} variables.");
        return Err(TryError::field("variables", message));
    }
    if own.keys().any(|name| name.is_empty() || name.contains('.')) {
        return Err(TryError::field(
            "variables",
            "The name of a variable is not empty and has no dot.",
        ));
    }
    if peer_name.chars().count() > LONGEST_NAME {
        let message = format!("A name has at most {LONGEST_NAME} characters.");
        return Err(TryError::field("peer_name", message));
    }
    let peer_name = Some(peer_name.trim()).filter(|name| !name.is_empty()).unwrap_or(NAME);
    let usual = [
        ("uuid", uuid(cx)),
        ("gateway_id", "0".to_owned()),
        ("gateway_name", "Try it".to_owned()),
        ("provider", "try_it".to_owned()),
        ("peer_id", "1".to_owned()),
        ("peer_name", peer_name.to_owned()),
    ];
    let mut variables: BTreeMap<String, String> =
        usual.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
    variables.extend(own);
    Ok(variables.into_iter().collect())
}

/// A random UUID.
pub(crate) fn uuid(cx: &Context) -> String {
    uuid_of(cx.rng.bytes(), 4)
}

/// The UUID of this version that is made of these bytes.
pub(crate) fn uuid_of(mut bytes: [u8; 16], version: u8) -> String {
    bytes[6] = bytes[6] & 0x0f | version << 4;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = format!("{:032x}", u128::from_be_bytes(bytes));
    [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ]
    .join("-")
}
