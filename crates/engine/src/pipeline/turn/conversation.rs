//! Conversations in memory, and the step that takes one on.

use super::TurnError;
use crate::{
    Context,
    pipeline::{
        lanes::LaneKey,
        programs::{NotReady, Ready},
    },
};
use flow::{CalendarAnswer, Cause, Effect, Event, State, Step, World, run::Engine, run::Globals};
use model::{
    ConversationId, Timestamp,
    message::{EventKey, Peer, Thread},
};
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::conversations::{NewConversation, Progress};

/// So many conversations are kept in memory, and so many bytes of their states.
const MOST: usize = 10_000;
const MOST_BYTES: usize = 16 << 20;

/// A conversation between two events.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub id: Option<ConversationId>,
    pub ready: Result<Arc<Ready>, String>,
    pub state: State,
    pub due_at: Option<Timestamp>,
    pub call: Option<String>,
    pub choices: Option<String>,
    pub steps: u32,
    pub heard: u32,
    pub said: u32,
    pub peer: Peer,
    pub peer_name: String,
    pub thread: Thread,
    /// The last that was heard of the peer; not known after a start until something comes.
    pub last: Option<EventKey>,
}

/// A conversation that begins, or one that goes on.
pub(super) enum Place {
    New(Box<Kept>),
    Running(Box<Kept>),
}

impl Place {
    pub fn into_kept(self) -> Box<Kept> {
        match self {
            Self::New(kept) | Self::Running(kept) => kept,
        }
    }
}

impl Kept {
    /// A conversation that begins.
    pub fn new(ready: Arc<Ready>, peer: Peer, thread: Thread, peer_name: String) -> Self {
        Self {
            ready: Ok(ready),
            ..Self::none(peer, thread, peer_name)
        }
    }

    /// A peer who is answered without a conversation.
    pub fn none(peer: Peer, thread: Thread, peer_name: String) -> Self {
        Self {
            id: None,
            ready: Err(String::new()),
            state: State::new(),
            due_at: None,
            call: None,
            choices: None,
            steps: 0,
            heard: 1,
            said: 0,
            peer,
            peer_name,
            thread,
            last: None,
        }
    }

    /// Whether its wait is over.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.due_at.is_some_and(|due| due <= now)
    }

    /// As it is stored after a step.
    pub fn progress(&self, at: Timestamp, ended: Option<(String, String)>) -> Progress {
        let goes_on = ended.is_none();
        Progress {
            state: self.state.to_json(),
            due_at: self.due_at.filter(|_| goes_on),
            call: self.call.clone().filter(|_| goes_on),
            choices: self.choices.clone().filter(|_| goes_on),
            steps: self.steps + 1,
            heard: self.heard,
            said: self.said,
            at,
            ended,
        }
    }

    /// As it is stored when it begins.
    pub fn begin(&self, key: &LaneKey, progress: &Progress) -> NewConversation {
        let (flow, programs) = match &self.ready {
            Ok(ready) => (ready.flow, ready.names.clone()),
            Err(_) => (model::FlowId(0), "[]".to_owned()),
        };
        NewConversation {
            gateway: key.gateway,
            lane: key.lane.to_string(),
            thread: serde_json::to_string(&self.thread).unwrap_or_default(),
            peer: serde_json::to_string(&self.peer).unwrap_or_default(),
            peer_name: self.peer_name.clone(),
            flow,
            programs,
            at: progress.at,
            progress: progress.clone(),
        }
    }
}

/// The conversations in memory; for a lane that is known to have none, that.
#[derive(Debug, Default)]
pub(crate) struct Conversations(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    lanes: HashMap<LaneKey, Option<Box<Kept>>>,
    bytes: usize,
}

impl Conversations {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the conversation of a lane out of memory, or out of the database.
    pub(super) async fn get(&self, cx: &Context, key: &LaneKey) -> Result<Option<Box<Kept>>, TurnError> {
        {
            let mut known = self.known();
            if let Some(kept) = known.lanes.remove(key) {
                known.bytes = known.bytes.saturating_sub(weight(kept.as_deref()));
                return Ok(kept);
            }
        }
        let Some(stored) = store::conversations::of_lane(cx.store.read(), key.gateway, &key.lane).await? else {
            return Ok(None);
        };
        let ready = match cx.pipeline.inner().programs.named(cx, &stored.programs).await {
            Ok(ready) => Ok(ready),
            Err(NotReady::Store(error)) => return Err(error.into()),
            Err(error) => Err(error.to_string()),
        };
        let (state, ready) = match State::from_json(&stored.state) {
            Ok(state) => (state, ready),
            Err(error) => (State::new(), Err(error.to_string())),
        };
        let peer: Peer = serde_json::from_str(&stored.peer).unwrap_or_default();
        Ok(Some(Box::new(Kept {
            id: Some(stored.id),
            ready,
            state,
            due_at: stored.due_at,
            call: stored.call,
            choices: stored.choices,
            steps: stored.steps,
            heard: stored.heard,
            said: stored.said,
            peer_name: String::new(),
            thread: serde_json::from_str(&stored.thread).unwrap_or_default(),
            peer,
            last: None,
        })))
    }

    /// Keeps the conversation of a lane, or that it has none.
    pub(super) fn put(&self, key: &LaneKey, kept: Option<Box<Kept>>) {
        let mut known = self.known();
        let bytes = weight(kept.as_deref());
        if known.lanes.len() >= MOST || known.bytes + bytes > MOST_BYTES {
            known.lanes.clear();
            known.bytes = 0;
        }
        known.bytes += bytes;
        if let Some(before) = known.lanes.insert(key.clone(), kept) {
            known.bytes = known.bytes.saturating_sub(weight(before.as_deref()));
        }
    }

    /// Has the conversation of a lane read anew.
    pub fn forget(&self, key: &LaneKey) {
        let mut known = self.known();
        if let Some(kept) = known.lanes.remove(key) {
            known.bytes = known.bytes.saturating_sub(weight(kept.as_deref()));
        }
    }

    /// Has all of them read anew.
    pub fn clear(&self) {
        let mut known = self.known();
        known.lanes.clear();
        known.bytes = 0;
    }
}

fn weight(kept: Option<&Kept>) -> usize {
    const REST: usize = 512;
    REST + kept.map_or(0, |kept| 2 * kept.state.variables().bytes())
}

/// Takes the interpreter on by one event; one that may take long runs beside the others.
pub(super) async fn step(
    cx: &Context,
    kept: &mut Kept,
    event: Event,
    now: Timestamp,
) -> Result<Vec<Effect>, TurnError> {
    let ready = match &kept.ready {
        Ok(ready) => Arc::clone(ready),
        Err(why) => {
            return Ok(vec![Effect::Close {
                cause: Cause::FlowErr,
                why: Some(why.clone()),
            }]);
        }
    };
    let inner = cx.pipeline.inner();
    let state = std::mem::take(&mut kept.state);
    let run = {
        let (ready, cx) = (Arc::clone(&ready), cx.clone());
        move || run(&cx, &ready, state, event, now)
    };
    let stepped = if ready.is_light {
        run()
    } else {
        // The semaphore is never closed.
        let permit = Arc::clone(&inner.heavy).acquire_owned().await;
        let stepped = tokio::task::spawn_blocking(run).await;
        drop(permit);
        stepped.unwrap_or_else(|_| Err(TurnError::Broken("The step did not come to its end.".to_owned())))
    };
    let Step { state, effects } = stepped?;
    kept.state = state;
    Ok(effects)
}

fn run(cx: &Context, ready: &Ready, state: State, event: Event, now: Timestamp) -> Result<Step, TurnError> {
    let scripts = Engine::new();
    let globals = Globals::new();
    let mut random = || u64::from_ne_bytes(cx.rng.bytes());
    let mut world = World {
        now: now.0,
        zone: &cx.policy.timezone,
        random: &mut random,
        globals: &globals,
        calendars: &|_| CalendarAnswer::None,
        scripts: &scripts,
        trace: None,
    };
    // A fault of the interpreter must not take the lane's worker with it.
    let stepped = catch_unwind(AssertUnwindSafe(|| {
        flow::step(&ready.programs, state, event, &mut world)
    }));
    stepped.map_err(|_| {
        TurnError::Broken("The interpreter failed on this event; this is a fault of the product.".to_owned())
    })
}
