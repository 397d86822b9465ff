//! Looking a program over, with what only the server knows: which other flow schemas there are and what they call.

use crate::{Context, GetError, access::Actor};
use flow::{Called, Mistake, MistakeKind, Program};
use model::{FlowId, Letter, Section};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};
use store::{Connection, Tx, flow_calls::Reached};

/// So many other flow schemas may be reached from one.
const MOST_REACHED: usize = 1_000;

/// So many mistakes are told in a sentence at the field.
const TOLD: usize = 3;

/// Everything that is wrong with a program; `id` is the flow schema that it is the program of, if it was saved before.
///
/// # Errors
///
/// When the actor may not see flow schemas, or the database failed.
pub async fn check(cx: &Context, actor: &Actor, id: Option<FlowId>, program: &str) -> Result<Vec<Mistake>, GetError> {
    actor.may(Section::Flows, Letter::Read)?;
    let checked = look_over(cx.store.read(), id, program).await?;
    Ok(checked.err().unwrap_or_default())
}

/// A program without mistakes.
#[derive(Debug)]
pub(crate) struct Checked {
    /// The program.
    pub program: Program,
    /// The flow schemas that it calls itself.
    pub calls: Vec<FlowId>,
    /// Those that it can reach.
    pub reached: BTreeMap<FlowId, Reached>,
}

/// Checks a program among the flow schemas that there are.
pub(crate) async fn look_over(
    conn: &impl Connection,
    id: Option<FlowId>,
    program: &str,
) -> Result<Result<Checked, Vec<Mistake>>, store::Error> {
    let asked = asked(id, program);
    let reached = store::flow_calls::reached(conn, &asked, MOST_REACHED).await?;
    Ok(judge(id, program, reached))
}

/// The same before a save: until the transaction ends, nobody changes what the program can reach, so that two who save at
/// the same time can't close a ring together.
pub(super) async fn hold(
    tx: &Tx,
    id: Option<FlowId>,
    program: &str,
) -> Result<Result<Checked, Vec<Mistake>>, store::Error> {
    let asked = asked(id, program);
    let mut held = BTreeSet::new();
    loop {
        let reached = store::flow_calls::reached(tx, &asked, MOST_REACHED).await?;
        let ids: BTreeSet<FlowId> = reached.keys().copied().chain(id).collect();
        if reached.is_empty() || reached.len() > MOST_REACHED || ids.is_subset(&held) {
            return Ok(judge(id, program, reached));
        }
        let all: Vec<FlowId> = ids.iter().copied().collect();
        store::flows::hold(tx, &all).await?;
        held = ids;
    }
}

/// The flow schemas that a program names, also one with mistakes.
fn asked(id: Option<FlowId>, program: &str) -> Vec<FlowId> {
    let asked = RefCell::new(BTreeSet::new());
    let find = |text: &str| {
        asked.borrow_mut().extend(flow_id(text));
        None
    };
    let own = id.map(|id| id.to_string());
    let context = flow::Context {
        id: own.as_deref(),
        flows: Some(&find),
    };
    // What is wrong is told once everything is known.
    let _ = flow::parse(program, &context);
    asked.into_inner().into_iter().collect()
}

fn judge(id: Option<FlowId>, program: &str, reached: BTreeMap<FlowId, Reached>) -> Result<Checked, Vec<Mistake>> {
    if reached.len() > MOST_REACHED {
        return Err(vec![too_many()]);
    }
    let find = |text: &str| {
        let flow = reached.get(&flow_id(text)?)?;
        Some(Called {
            name: flow.name.clone(),
            calls: flow.calls.iter().map(FlowId::to_string).collect(),
        })
    };
    let own = id.map(|id| id.to_string());
    let context = flow::Context {
        id: own.as_deref(),
        flows: Some(&find),
    };
    let program = flow::parse(program, &context)?;
    let calls = flow::calls(&program);
    Ok(Checked {
        calls: calls.iter().filter_map(|text| flow_id(text)).collect(),
        program,
        reached,
    })
}

/// An id as a program writes it; ids compare as text, so `07` is none.
fn flow_id(text: &str) -> Option<FlowId> {
    let id: FlowId = text.parse().ok()?;
    (id.to_string() == text).then_some(id)
}

fn too_many() -> Mistake {
    Mistake {
        path: String::new(),
        line: 1,
        column: 1,
        bytes: 0..0,
        utf16: 0..0,
        kind: MistakeKind::Limit,
        message: format!("This program calls, itself or through others, more than {MOST_REACHED} flow schemas."),
    }
}

/// What stands at the field of a program that has mistakes: the first of them, and how many more there are.
pub(super) fn refusal(mistakes: &[Mistake]) -> String {
    let mut sentence = match mistakes.len() {
        1 => "The program has a mistake.".to_owned(),
        count => format!("The program has {count} mistakes."),
    };
    for mistake in mistakes.iter().take(TOLD) {
        let Mistake {
            path, line, message, ..
        } = mistake;
        let place = if path.is_empty() {
            String::new()
        } else {
            format!(", {path}")
        };
        // Writing into a String cannot fail.
        let _ = write!(sentence, " Line {line}{place}: {message}");
    }
    match mistakes.len().saturating_sub(TOLD) {
        0 => {}
        1 => sentence.push_str(" And one more."),
        more => {
            let _ = write!(sentence, " And {more} more.");
        }
    }
    sentence
}
