//! Many writes with one commit.

use super::{NotWritten, Op, Turn, Turned};
use crate::Context;
use model::{ConversationId, DeliveryId, DeliveryResult};
use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};
use store::{
    conversations::{NewConversation, Progress},
    deliveries::{NewDelivery, Outcome},
};

/// Writes with one commit; if that fails, each with its own, so that one can't take the others with it.
pub(super) async fn write(cx: &Context, ops: &mut Vec<Op>) {
    let failed = match try_write(cx, ops).await {
        Ok(Ok(done)) => return answer(ops, done),
        // Some were done before: without them it is tried again.
        Ok(Err(before)) => return apart(cx, ops, &before).await,
        Err(error) => error,
    };
    // Without a database each would fail as all did, only later.
    if ops.len() == 1 || cx.store.ping().await.is_err() {
        return refuse(ops, failed);
    }
    for op in std::mem::take(ops) {
        let mut one = vec![op];
        match try_write(cx, &one).await {
            Ok(Ok(done)) => answer(&mut one, done),
            Ok(Err(_)) => one.drain(..).for_each(|op| tell(op, NotWritten::Done)),
            Err(error) => refuse(&mut one, error),
        }
    }
}

/// Tells those that were done before, and writes the others.
async fn apart(cx: &Context, ops: &mut Vec<Op>, before: &[bool]) {
    let mut rest = Vec::with_capacity(ops.len());
    for (op, before) in ops.drain(..).zip(before) {
        if *before {
            tell(op, NotWritten::Done);
        } else {
            rest.push(op);
        }
    }
    if !rest.is_empty() {
        Box::pin(write(cx, &mut rest)).await;
    }
}

/// What is told to each, in the order in which they came.
enum Done {
    Accepted(Vec<Option<DeliveryId>>),
    Turned(Turned),
    Nothing,
    Counted(u64),
    Before,
    Lost,
}

/// Writes with one commit, or nothing at all: then either the database failed, or some steps were done before.
async fn try_write(cx: &Context, ops: &[Op]) -> Result<Result<Vec<Done>, Vec<bool>>, store::Error> {
    let tx = cx.store.begin().await?;
    let lost = lost(cx, &tx, ops).await?;
    let ours = || ops.iter().zip(&lost).filter(|(_, lost)| !**lost).map(|(op, _)| op);

    let new: Vec<&NewDelivery> = ours()
        .flat_map(|op| if let Op::Accept(new, _) = op { &new[..] } else { &[] })
        .collect();
    let accepted = store::deliveries::insert(&tx, &new).await?;
    tell_others(cx, &tx, &new, &accepted).await?;
    let mut accepted = accepted.into_iter();

    let turns = || ours().filter_map(|op| if let Op::Turn(turn, _) = op { Some(turn) } else { None });
    let before = done_before(&tx, ops, &lost, turns().map(AsRef::as_ref)).await?;
    if before.iter().any(|before| *before) {
        return Ok(Err(before));
    }
    let begun: Vec<&NewConversation> = turns().filter_map(|turn| turn.begin.as_ref()).collect();
    let mut begun = store::conversations::insert(&tx, &begun).await?.into_iter();
    let conversations: Vec<Option<ConversationId>> = turns()
        .map(|turn| match (&turn.begin, &turn.go_on) {
            (Some(_), _) => begun.next(),
            (None, Some((id, _))) => Some(*id),
            (None, None) => None,
        })
        .collect();
    let mut out = Vec::new();
    let mut placed = Vec::new();
    for (turn, conversation) in turns().zip(&conversations) {
        if let (Some(outcome), Some(_), Some(_)) = (&turn.outcome, &turn.begin, conversation) {
            placed.push((outcome.id, *conversation));
        }
        out.extend(turn.out.iter().cloned().map(|new| NewDelivery {
            conversation: *conversation,
            ..new
        }));
    }
    store::deliveries::place(&tx, &placed).await?;
    let out: Vec<&NewDelivery> = out.iter().collect();
    let mut out = store::deliveries::insert(&tx, &out).await?.into_iter();
    let claims: Vec<DeliveryId> = ours()
        .filter_map(|op| if let Op::Claim(_, id, _) = op { Some(*id) } else { None })
        .collect();
    let claimed: HashSet<DeliveryId> = store::deliveries::claim(&tx, &claims).await?.into_iter().collect();
    let settled = ours().filter_map(|op| {
        if let Op::Settle(_, outcome, _) = op {
            Some(outcome.as_ref())
        } else {
            None
        }
    });
    let settled: Vec<&Outcome> = settled.collect();
    store::deliveries::settle(&tx, &settled).await?;
    let mut counts = Vec::new();
    for op in ours() {
        if let Op::Receipt(receipt, _) = op {
            counts.push(store::deliveries::receipts(&tx, &[receipt]).await?);
        }
    }
    tx.commit().await?;

    let (mut conversations, mut counts) = (conversations.into_iter(), counts.into_iter());
    let done = ops.iter().zip(lost).map(|(op, lost)| match op {
        _ if lost => Done::Lost,
        Op::Accept(new, _) => Done::Accepted(accepted.by_ref().take(new.len()).collect()),
        Op::Turn(turn, _) => Done::Turned(Turned {
            conversation: conversations.next().flatten(),
            out: out.by_ref().take(turn.out.len()).collect(),
        }),
        Op::Claim(_, id, _) if !claimed.contains(id) => Done::Before,
        Op::Claim(..) | Op::Settle(..) => Done::Nothing,
        Op::Receipt(..) => Done::Counted(counts.next().unwrap_or_default()),
    });
    Ok(Ok(done.collect()))
}

/// Tells the servers that look after them of new events that are not for this one.
async fn tell_others(
    cx: &Context,
    tx: &store::Tx,
    new: &[&NewDelivery],
    stored: &[Option<DeliveryId>],
) -> Result<(), store::Error> {
    if !store::leases::are_needed(tx) {
        return Ok(());
    }
    let share = &cx.pipeline.inner().share;
    let is_theirs = |new: &NewDelivery| new.result == DeliveryResult::Received && !share.has(new.gateway);
    let theirs: BTreeSet<i64> = new
        .iter()
        .zip(stored)
        .filter(|(new, id)| id.is_some() && is_theirs(new))
        .map(|(new, _)| store::deliveries::shard(new.gateway))
        .collect();
    store::arrivals::tell(tx, theirs).await
}

/// Takes note of the events and the steps, and says which of them had been taken before.
///
/// A commit whose answer was lost may have happened; then its event is no longer open, or its conversation has gone on.
async fn done_before<'t>(
    tx: &store::Tx,
    ops: &[Op],
    lost: &[bool],
    turns: impl Iterator<Item = &'t Turn> + Clone,
) -> Result<Vec<bool>, store::Error> {
    let outcomes: Vec<Outcome> = turns
        .clone()
        .filter_map(|turn| {
            let conversation = turn.go_on.as_ref().map(|(id, _)| *id);
            turn.outcome.clone().map(|outcome| Outcome {
                conversation,
                ..outcome
            })
        })
        .collect();
    let outcomes: Vec<&Outcome> = outcomes.iter().collect();
    let settled: HashSet<DeliveryId> = store::deliveries::settle(tx, &outcomes).await?.into_iter().collect();
    let progress: Vec<(ConversationId, &Progress)> = turns
        .filter_map(|turn| turn.go_on.as_ref().map(|(id, progress)| (*id, progress)))
        .collect();
    let updated: HashSet<ConversationId> = store::conversations::update(tx, &progress).await?.into_iter().collect();
    let was_before = |turn: &Turn| {
        let event = turn
            .outcome
            .as_ref()
            .is_some_and(|outcome| !settled.contains(&outcome.id));
        let step = turn.go_on.as_ref().is_some_and(|(id, _)| !updated.contains(id));
        event || step
    };
    let before = ops.iter().zip(lost).map(|(op, lost)| match op {
        Op::Turn(turn, _) => !lost && was_before(turn),
        _ => false,
    });
    Ok(before.collect())
}

/// Which writes are for gateways that belong to another server by now.
async fn lost(cx: &Context, tx: &store::Tx, ops: &[Op]) -> Result<Vec<bool>, store::Error> {
    if !store::leases::are_needed(tx) {
        return Ok(vec![false; ops.len()]);
    }
    let shard = |op: &Op| match op {
        Op::Turn(turn, _) => Some(turn.shard),
        Op::Claim(shard, ..) | Op::Settle(shard, ..) => Some(*shard),
        Op::Accept(..) | Op::Receipt(..) => None,
    };
    let mut shards: Vec<i64> = ops.iter().filter_map(shard).collect();
    if shards.is_empty() {
        return Ok(vec![false; ops.len()]);
    }
    shards.sort_unstable();
    shards.dedup();
    let held = store::leases::hold(tx, cx.pipeline.inner().share.server(), &shards).await?;
    Ok(ops
        .iter()
        .map(|op| shard(op).is_some_and(|shard| !held.contains(&shard)))
        .collect())
}

fn answer(ops: &mut Vec<Op>, done: Vec<Done>) {
    // Who does not listen any more has gone away meanwhile.
    for (op, done) in ops.drain(..).zip(done) {
        match (op, done) {
            (Op::Accept(_, reply), Done::Accepted(ids)) => drop(reply.send(Ok(ids))),
            (Op::Turn(_, reply), Done::Turned(turned)) => drop(reply.send(Ok(turned))),
            (Op::Claim(_, _, reply) | Op::Settle(_, _, reply), Done::Nothing) => drop(reply.send(Ok(()))),
            (Op::Receipt(_, reply), Done::Counted(count)) => drop(reply.send(Ok(count))),
            (op, Done::Before) => tell(op, NotWritten::Done),
            (op, _) => tell(op, NotWritten::Lost),
        }
    }
}

fn refuse(ops: &mut Vec<Op>, error: store::Error) {
    let error = Arc::new(error);
    for op in ops.drain(..) {
        tell(op, NotWritten::Failed(Arc::clone(&error)));
    }
}

fn tell(op: Op, why: NotWritten) {
    match op {
        Op::Accept(_, reply) => drop(reply.send(Err(why))),
        Op::Turn(_, reply) => drop(reply.send(Err(why))),
        Op::Claim(_, _, reply) | Op::Settle(_, _, reply) => drop(reply.send(Err(why))),
        Op::Receipt(_, reply) => drop(reply.send(Err(why))),
    }
}
