//! The programs of a run: its own, and those of the flow schemas that it can reach.

use super::TryError;
use crate::flows::Checked;
use flow::{Context, Mistake, Program, Programs, parse};
use model::FlowId;
use std::{collections::BTreeMap, sync::Arc};
use store::Reader;

/// So many bytes the programs that can be reached have together.
const MOST_BYTES: usize = 8 << 20;
/// So many of them are read at a time.
const CHUNK: usize = 8;
/// About how much a node takes in the memory beyond its text.
const NODE: usize = 512;

/// Programs that are ready to run.
pub(super) struct Loaded {
    pub programs: Programs,
    /// About how much of the memory they take.
    pub bytes: usize,
}

/// Another program as text.
pub(super) struct Other {
    id: FlowId,
    name: String,
    text: String,
}

/// Reads the programs that can be reached.
pub(super) async fn read(reader: &Reader, own: Option<FlowId>, checked: &Checked) -> Result<Vec<Other>, TryError> {
    let names: BTreeMap<FlowId, &str> = checked
        .reached
        .iter()
        .map(|(id, flow)| (*id, flow.name.as_str()))
        .collect();
    let ids: Vec<FlowId> = names.keys().copied().filter(|id| Some(*id) != own).collect();
    let (mut others, mut bytes) = (Vec::new(), 0);
    for ids in ids.chunks(CHUNK) {
        for (id, text) in store::flow_calls::programs(reader, ids).await? {
            bytes += text.len();
            let name = names.get(&id).copied().unwrap_or_default().to_owned();
            others.push(Other { id, name, text });
        }
        if bytes > MOST_BYTES {
            let message = "The flow schemas that this one calls are too large together to be tried: over 8 MiB.";
            return Err(TryError::field("program", message));
        }
    }
    Ok(others)
}

/// Makes the programs ready. This takes a while when there are many.
pub(super) fn prepare(
    own_id: Option<FlowId>,
    own: Program,
    text: usize,
    others: Vec<Other>,
) -> Result<Loaded, TryError> {
    let mut bytes = weight(&own, text);
    let own = Arc::new(own);
    let mut programs = Programs::new(Arc::clone(&own));
    if let Some(id) = own_id {
        programs = programs.with(id.to_string(), own);
    }
    for Other { id, name, text } in others {
        let program = parse(&text, &Context::default()).map_err(|mistakes| mistaken(id, &name, &mistakes))?;
        bytes += weight(&program, text.len());
        programs = programs.with(id.to_string(), Arc::new(program));
    }
    Ok(Loaded { programs, bytes })
}

fn weight(program: &Program, text: usize) -> usize {
    let nodes: usize = program.lists.iter().map(|list| list.nodes.len()).sum();
    4 * text + NODE * nodes
}

fn mistaken(id: FlowId, name: &str, mistakes: &[Mistake]) -> TryError {
    let first = mistakes.first().map(Mistake::to_string).unwrap_or_default();
    let message = format!("The flow schema “{name}” (id {id}) that is called has mistakes; mend it first. {first}");
    TryError::field("program", message)
}
