//! Programs that are ready to run, kept for as long as somebody runs them.
//!
//! A conversation names the programs that it began with, by flow schema and version: its own and those that it can reach.
//! They stay as they were, whatever becomes of the flow schemas.

use crate::Context;
use flow::{Context as CheckContext, Program, Programs, parse, program::Action};
use model::{FlowId, Version};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// So many sets of programs are kept.
const MOST: usize = 256;
/// A set of programs that has more nodes is not run beside requests.
const MOST_LIGHT: usize = 300;
/// So many flow schemas can be reached.
const MOST_REACHED: usize = 1_000;

/// Programs that are ready to run.
#[derive(Debug)]
pub(crate) struct Ready {
    /// The flow schema that it all begins with.
    pub flow: FlowId,
    /// What a conversation keeps of them: a JSON list of flow schemas and versions, the own one first.
    pub names: String,
    pub programs: Programs,
    /// Whether a step is always done in a moment: no loops, no scripts, no patterns.
    pub is_light: bool,
}

/// Why programs are not ready.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotReady {
    /// The flow schema is gone, or this program of it.
    #[error("The program that this conversation began with is no longer there.")]
    Gone,
    /// It can't be run by this version.
    #[error("The program has mistakes: {0}")]
    Mistakes(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

#[derive(Debug, Default)]
pub(crate) struct ProgramCache(Mutex<Cache>);

#[derive(Debug, Default)]
struct Cache {
    ready: HashMap<String, Arc<Ready>>,
    /// What a new conversation begins with.
    present: HashMap<FlowId, Arc<Ready>>,
    forgotten: u64,
}

impl ProgramCache {
    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has new conversations begin with what is saved now.
    pub fn forget_present(&self) {
        let mut cache = self.cache();
        cache.present.clear();
        cache.forgotten += 1;
    }

    /// What a new conversation with a flow schema begins with.
    pub async fn present(&self, cx: &Context, flow: FlowId) -> Result<Arc<Ready>, NotReady> {
        let before = {
            let cache = self.cache();
            if let Some(ready) = cache.present.get(&flow) {
                return Ok(Arc::clone(ready));
            }
            cache.forgotten
        };
        let reader = cx.store.read();
        let reached = store::flow_calls::reached(reader, &[flow], MOST_REACHED).await?;
        let mut ids = vec![flow];
        ids.extend(reached.keys().copied().filter(|id| *id != flow));
        let versions: HashMap<FlowId, Version> =
            store::flows::newest_versions(reader, &ids).await?.into_iter().collect();
        let names: Vec<(i64, i64)> = ids
            .iter()
            .filter_map(|id| versions.get(id).map(|version| (id.0, version.0)))
            .collect();
        if names.first().is_none_or(|(id, _)| *id != flow.0) {
            return Err(NotReady::Gone);
        }
        let names = serde_json::to_string(&names).unwrap_or_default();
        let ready = self.named(cx, &names).await?;
        let mut cache = self.cache();
        if cache.forgotten == before {
            cache.present.insert(flow, Arc::clone(&ready));
        }
        Ok(ready)
    }

    /// The programs that a conversation names.
    pub async fn named(&self, cx: &Context, names: &str) -> Result<Arc<Ready>, NotReady> {
        if let Some(ready) = self.cache().ready.get(names) {
            return Ok(Arc::clone(ready));
        }
        let list: Vec<(i64, i64)> = serde_json::from_str(names).map_err(|_| NotReady::Gone)?;
        let mut texts = Vec::with_capacity(list.len());
        for (flow, version) in list {
            let flow = FlowId(flow);
            let program = store::flows::program(cx.store.read(), flow, Version(version)).await?;
            texts.push((flow, program.ok_or(NotReady::Gone)?.program));
        }
        let names = names.to_owned();
        let prepare = move || prepare(names, &texts);
        let ready = tokio::task::spawn_blocking(prepare)
            .await
            .map_err(|_| NotReady::Gone)??;
        let ready = Arc::new(ready);
        let mut cache = self.cache();
        if cache.ready.len() >= MOST {
            cache.ready.retain(|_, ready| Arc::strong_count(ready) > 1);
            if cache.ready.len() >= MOST {
                cache.ready.clear();
            }
        }
        cache.ready.insert(ready.names.clone(), Arc::clone(&ready));
        Ok(ready)
    }
}

fn prepare(names: String, texts: &[(FlowId, String)]) -> Result<Ready, NotReady> {
    let mut programs: Option<Programs> = None;
    let (mut is_light, mut nodes, mut first) = (true, 0, None);
    for (flow, text) in texts {
        let program = parse(text, &CheckContext::default())
            .map_err(|mistakes| NotReady::Mistakes(mistakes.first().map(ToString::to_string).unwrap_or_default()))?;
        nodes += program.lists.iter().map(|list| list.nodes.len()).sum::<usize>();
        is_light &= is_light_alone(&program);
        let program = Arc::new(program);
        programs = Some(match programs {
            None => {
                first = Some(*flow);
                Programs::new(Arc::clone(&program)).with(flow.to_string(), program)
            }
            Some(programs) => programs.with(flow.to_string(), program),
        });
    }
    Ok(Ready {
        flow: first.ok_or(NotReady::Gone)?,
        names,
        programs: programs.ok_or(NotReady::Gone)?,
        is_light: is_light && nodes <= MOST_LIGHT,
    })
}

fn is_light_alone(program: &Program) -> bool {
    let mut nodes = program.lists.iter().flat_map(|list| &list.nodes);
    nodes.all(|node| {
        matches!(
            node.action,
            Action::Receive { .. }
                | Action::Send(_)
                | Action::SendAction(_)
                | Action::Switch { .. }
                | Action::Set(_)
                | Action::Unset(_)
                | Action::Break
                | Action::Sleep(_)
        )
    })
}
