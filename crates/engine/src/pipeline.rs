//! Messages on their way: from the providers' door through a flow to the provider's answer.
//!
//! What comes in is stored before it is acknowledged, and what a flow says is stored with the step that said it; from
//! there each is taken on until it has come to its end. The database alone says what is still to be done. Memory only
//! knows it sooner:
//!
//! - [`Writer`](writer): everything that is written, many writes with one commit.
//! - [`lanes`]: what is done one after the other: the events of one peer, the messages to one peer.
//! - [`turn`]: one event of a conversation: its files, the flow's step and everything that follows from it, in one commit.
//! - [`outbox`]: sends, in order and at the messenger's pace.
//! - [`timers`]: waits that come to their end.
//! - [`share`]: which gateways are this server's, when there are several.
//! - [`scan`]: finds what is to be done after a start, from another server, or after a time of plenty.

mod account;
mod calls;
mod choices;
mod door;
mod fetching;
mod lanes;
mod meters;
mod outbox;
mod pace;
mod programs;
mod retention;
mod scan;
mod share;
mod summary;
mod timers;
mod turn;
mod writer;

pub use account::Line;
pub(crate) use account::put_door_secret;
pub(crate) use door::take_in;
pub use door::{Answer, Knock, knock};
pub use retention::Retention;
pub(crate) use turn::{TRIED, end_body};

use crate::Context;
use account::Accounts;
use fetching::Fetching;
use lanes::{LaneKey, Lanes};
use model::{DeliveryId, GatewayId};
use outbox::Outgoing;
use pace::Paces;
use programs::ProgramCache;
use providers::Endpoints;
use share::Share;
use std::{
    collections::HashSet,
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};
use timers::Timers;
use tokio::sync::{Notify, RwLock, Semaphore, watch};
use turn::{Conversations, Work};
use writer::Writer;

/// So many items are in memory at most; the rest waits in the database.
const MOST_IN_HAND: usize = 5_000;
/// So many messages are being sent at a time.
const MOST_SENDING: usize = 256;
/// So many programs that may take long run at a time.
const MOST_HEAVY: usize = 4;

/// What the operator decides about messengers.
#[derive(Clone)]
pub struct Outside {
    /// Calls messengers.
    pub client: fetch::Client,
    /// Where they are.
    pub endpoints: Arc<Endpoints>,
    /// Whether the operator has named a public address.
    pub is_public: bool,
    /// Whether messengers' limits on the pace of messages are kept; not needed where the messenger is one's own.
    pub keeps_pace: bool,
}

/// The pipeline of one server; clones share it.
#[derive(Clone)]
pub struct Pipeline(Arc<Inner>);

pub(crate) struct Inner {
    pub outside: Outside,
    pub writer: Writer,
    pub turns: Lanes<Work>,
    pub sends: Lanes<Outgoing>,
    pub conversations: Conversations,
    pub accounts: Accounts,
    pub programs: ProgramCache,
    pub paces: Paces,
    pub timers: Timers,
    pub share: Share,
    pub sending: Arc<Semaphore>,
    pub fetching: Fetching,
    pub heavy: Arc<Semaphore>,
    /// Deliveries that are in memory, so that none is taken up twice.
    in_hand: Mutex<HashSet<DeliveryId>>,
    /// Whether the database holds more than memory: then the scan alone takes things up, in their order.
    behind: AtomicBool,
    /// Held by whoever stores and takes up something new; the scan closes it to catch up for good.
    pub gate: RwLock<()>,
    /// How many workers are at work; none is left when a stop is complete.
    pub at_work: AtomicUsize,
    pub idle: Notify,
    pub rescan: Notify,
    stop: watch::Sender<bool>,
}

impl Pipeline {
    /// A pipeline that does nothing yet; [`Pipeline::run`] sets it to work.
    #[must_use]
    pub fn new(outside: Outside, server: String) -> Self {
        let keeps_pace = outside.keeps_pace;
        Self(Arc::new(Inner {
            outside,
            writer: Writer::new(),
            turns: Lanes::default(),
            sends: Lanes::default(),
            conversations: Conversations::default(),
            accounts: Accounts::default(),
            programs: ProgramCache::default(),
            paces: Paces::new(keeps_pace),
            timers: Timers::default(),
            share: Share::new(server),
            sending: Arc::new(Semaphore::new(MOST_SENDING)),
            fetching: Fetching::default(),
            heavy: Arc::new(Semaphore::new(MOST_HEAVY)),
            in_hand: Mutex::default(),
            behind: AtomicBool::new(true),
            gate: RwLock::new(()),
            at_work: AtomicUsize::new(0),
            idle: Notify::new(),
            rescan: Notify::new(),
            stop: watch::Sender::new(false),
        }))
    }

    /// Works until [`Pipeline::stop`] is called; then ends what is in hand.
    pub async fn run(cx: Context) {
        let inner = Arc::clone(&cx.pipeline.0);
        let writing = writer::start(&cx);
        share::start(&cx).await;
        tokio::spawn(account::follow(cx.clone()));
        let tasks = [
            tokio::spawn(share::renew(cx.clone())),
            tokio::spawn(scan::scan(cx.clone())),
            tokio::spawn(scan::hear(cx.clone())),
            tokio::spawn(timers::ring(cx.clone())),
            tokio::spawn(retention::clear(cx.clone())),
            tokio::spawn(crate::reconciler::run(cx.clone())),
        ];
        inner.stopped().await;
        for task in &tasks {
            task.abort();
        }
        inner.drained().await;
        crate::reconciler::stopped(&cx).await;
        share::leave(&cx).await;
        inner.writer.close();
        writing.wait().await;
    }

    /// Begins nothing new from now on.
    pub fn stop(&self) {
        self.0.stop.send_replace(true);
    }

    /// Whether it begins nothing new.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.0.is_stopping()
    }

    /// What it works with.
    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    /// Forgets what is known of a gateway, so that it is read anew.
    pub(crate) fn forget(&self, gateway: GatewayId) {
        self.0.accounts.forget(gateway);
        self.0.paces.release(gateway);
    }

    /// Has the database looked through for something to do.
    pub(crate) fn wake(&self) {
        self.0.rescan.notify_one();
    }

    /// What operators measure.
    #[must_use]
    pub fn in_memory(&self) -> usize {
        self.0.hand().len()
    }
}

impl Inner {
    fn hand(&self) -> MutexGuard<'_, HashSet<DeliveryId>> {
        self.in_hand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a delivery up, unless it is in hand already.
    pub fn take_up(&self, id: DeliveryId) -> bool {
        self.hand().insert(id)
    }

    /// Whether a delivery is in hand.
    pub fn is_in_hand(&self, id: DeliveryId) -> bool {
        self.hand().contains(&id)
    }

    /// Leaves only those of these deliveries that are not in hand.
    pub fn leave_out_what_is_in_hand(&self, ids: &mut Vec<DeliveryId>) {
        let hand = self.hand();
        ids.retain(|id| !hand.contains(id));
    }

    /// Lets a delivery go that has come to its end, or that somebody else takes on.
    pub fn let_go(&self, id: DeliveryId) {
        self.hand().remove(&id);
    }

    /// For how many more there is room in memory.
    pub fn room(&self) -> usize {
        MOST_IN_HAND.saturating_sub(self.hand().len())
    }

    /// Whether something is being done for gateways of this shard.
    fn is_busy(&self, shard: i64) -> bool {
        self.turns.are_busy(shard) || self.sends.are_busy(shard)
    }

    pub fn is_behind(&self) -> bool {
        self.behind.load(Ordering::Acquire)
    }

    pub fn set_behind(&self, behind: bool) {
        self.behind.store(behind, Ordering::Release);
    }

    pub fn is_stopping(&self) -> bool {
        *self.stop.borrow()
    }

    /// Waits until everything is to stop.
    pub async fn stopped(&self) {
        let mut stop = self.stop.subscribe();
        // The sender lives as long as this does.
        let _ = stop.wait_for(|stop| *stop).await;
    }

    /// Waits until no worker is at work.
    async fn drained(&self) {
        loop {
            let idle = self.idle.notified();
            if self.at_work.load(Ordering::Acquire) == 0 {
                return;
            }
            idle.await;
        }
    }

    /// Begins to do what a lane has to do, unless somebody does.
    pub fn begin_turns(&self, cx: &Context, key: LaneKey, work: Work) {
        if self.turns.push(&key, work) {
            let (cx, worker) = (cx.clone(), AtWork::new(cx));
            tokio::spawn(async move {
                turn::work(&cx, &key).await;
                drop(worker);
            });
        }
    }

    /// Begins to send what a lane has to send, unless somebody does.
    pub fn begin_sends(&self, cx: &Context, key: LaneKey, outgoing: Outgoing) {
        if self.sends.push(&key, outgoing) {
            let (cx, worker) = (cx.clone(), AtWork::new(cx));
            tokio::spawn(async move {
                outbox::work(&cx, &key).await;
                drop(worker);
            });
        }
    }
}

/// Counts a worker for as long as it lives, also one that panics.
pub(crate) struct AtWork(Pipeline);

impl AtWork {
    pub fn new(cx: &Context) -> Self {
        cx.pipeline.0.at_work.fetch_add(1, Ordering::AcqRel);
        Self(cx.pipeline.clone())
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        if self.0.0.at_work.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.0.0.idle.notify_waiters();
        }
    }
}

impl fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pipeline").finish_non_exhaustive()
    }
}
