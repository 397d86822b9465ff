//! The programs of a run: its own, and those of the flow schemas that it can reach.

use super::TryError;
use crate::flows::Checked;
use flow::{Context, Mistake, Program, Programs, parse, program::Action};
use model::FlowId;
use std::{collections::BTreeMap, sync::Arc};
use store::Reader;

/// So many bytes the programs that can be reached have together.
const MOST_BYTES: usize = 8 << 20;
/// So many of them are read at a time.
const CHUNK: usize = 8;
/// So many flow schemas, and bytes of their programs, are at hand for calls whose id is known only when they are made.
const SPARE: usize = 1_000;
const SPARE_BYTES: usize = 2 << 20;
/// About how much a node takes in the memory beyond its text.
const NODE: usize = 512;

/// Programs that are ready to run.
pub(super) struct Loaded {
    pub programs: Programs,
    /// About how much of the memory they take.
    pub bytes: usize,
    /// Whether a program calls what is known only when it is called.
    pub is_open: bool,
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

/// Reads programs that might be called by an id that is made up on the way, as far as there is room.
pub(super) async fn spare(reader: &Reader, own: Option<FlowId>, known: &Checked) -> Result<Vec<Other>, TryError> {
    let mut ids = store::flow_calls::first(reader, SPARE).await?;
    ids.retain(|id| Some(*id) != own && !known.reached.contains_key(id));
    let (mut others, mut bytes) = (Vec::new(), 0);
    for ids in ids.chunks(CHUNK) {
        for (id, text) in store::flow_calls::programs(reader, ids).await? {
            bytes += text.len();
            if bytes > SPARE_BYTES {
                return Ok(others);
            }
            let name = String::new();
            others.push(Other { id, name, text });
        }
    }
    Ok(others)
}

impl Loaded {
    /// Makes the programs ready. This takes a while when there are many.
    pub fn new(own_id: Option<FlowId>, own: Program, text: usize, others: Vec<Other>) -> Result<Self, TryError> {
        let (bytes, is_open) = (weight(&own, text), is_open(&own));
        let own = Arc::new(own);
        let mut programs = Programs::new(Arc::clone(&own));
        if let Some(id) = own_id {
            programs = programs.with(id.to_string(), own);
        }
        let mut loaded = Self {
            programs,
            bytes,
            is_open,
        };
        for other in others {
            let program = parse(&other.text, &Context::default()).map_err(|mistakes| mistaken(&other, &mistakes))?;
            loaded = loaded.with(&other, program);
        }
        Ok(loaded)
    }

    /// Adds what might be called; a program with mistakes is as good as none.
    pub fn with_spare(mut self, others: Vec<Other>) -> Self {
        for other in others {
            if let Ok(program) = parse(&other.text, &Context::default()) {
                self = self.with(&other, program);
            }
        }
        self
    }

    fn with(mut self, other: &Other, program: Program) -> Self {
        self.bytes += weight(&program, other.text.len());
        self.is_open |= is_open(&program);
        self.programs = self.programs.with(other.id.to_string(), Arc::new(program));
        self
    }
}

fn is_open(program: &Program) -> bool {
    let mut nodes = program.lists.iter().flat_map(|list| &list.nodes);
    nodes.any(|node| matches!(&node.action, Action::Schema(id) if id.literal().is_none()))
}

fn weight(program: &Program, text: usize) -> usize {
    let nodes: usize = program.lists.iter().map(|list| list.nodes.len()).sum();
    4 * text + NODE * nodes
}

fn mistaken(Other { id, name, .. }: &Other, mistakes: &[Mistake]) -> TryError {
    let first = mistakes.first().map(Mistake::to_string).unwrap_or_default();
    let message = format!("The flow schema “{name}” (id {id}) that is called has mistakes; mend it first. {first}");
    TryError::field("program", message)
}
