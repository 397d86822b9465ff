//! Everything that the pipeline writes, many writes with one commit: who writes while a commit is under way shares the next.

mod commit;

use crate::Context;
use model::{ConversationId, DeliveryId};
use std::sync::{Arc, Mutex, PoisonError};
use store::{
    conversations::{NewConversation, Progress},
    deliveries::{NewDelivery, Outcome, Receipt},
};
use tokio::{
    sync::{Mutex as AsyncMutex, mpsc, oneshot},
    task::JoinSet,
};

/// So many writes wait at most; whoever comes then waits before it.
const WAITING: usize = 4_096;
/// So many writes share a commit.
const MOST: usize = 512;
/// So many commits are under way at a time where the database can do that.
const WRITERS: usize = 4;

/// Why something was not written. Nothing of it was.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum NotWritten {
    /// The gateway belongs to another server now.
    #[error("another server looks after this gateway now")]
    Lost,
    /// It was written before, though nobody said so: the database had done it and its answer was lost.
    #[error("this was done already")]
    Done,
    /// The database failed; whether it has done it all the same nobody knows.
    #[error("{0}")]
    Failed(Arc<store::Error>),
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopped,
}

/// A step of a conversation and what follows from it.
#[derive(Debug, Default)]
pub(crate) struct Turn {
    pub shard: i64,
    pub begin: Option<NewConversation>,
    pub go_on: Option<(ConversationId, Progress)>,
    /// What became of the event.
    pub outcome: Option<Outcome>,
    /// What is said.
    pub out: Vec<NewDelivery>,
}

/// What came of a [`Turn`].
#[derive(Debug, Default)]
pub(crate) struct Turned {
    pub conversation: Option<ConversationId>,
    pub out: Vec<Option<DeliveryId>>,
}

type Reply<T> = oneshot::Sender<Result<T, NotWritten>>;

enum Op {
    Accept(Vec<NewDelivery>, Reply<Vec<Option<DeliveryId>>>),
    Turn(Box<Turn>, Reply<Turned>),
    Claim(i64, DeliveryId, Reply<()>),
    Settle(i64, Box<Outcome>, Reply<()>),
    Receipt(Receipt, Reply<u64>),
}

/// Takes writes.
pub(crate) struct Writer {
    sender: Mutex<Option<mpsc::Sender<Op>>>,
    receiver: Mutex<Option<mpsc::Receiver<Op>>>,
}

impl Writer {
    pub fn new() -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        Self {
            sender: Mutex::new(Some(sender)),
            receiver: Mutex::new(Some(receiver)),
        }
    }

    /// Takes no more writes.
    pub fn close(&self) {
        self.sender.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    async fn write<T>(&self, op: impl FnOnce(Reply<T>) -> Op) -> Result<T, NotWritten> {
        let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (reply, answer) = oneshot::channel();
        let sender = sender.ok_or(NotWritten::Stopped)?;
        sender.send(op(reply)).await.map_err(|_| NotWritten::Stopped)?;
        // Whoever stops waits for the writes, not with a sender in its hand.
        drop(sender);
        answer.await.unwrap_or(Err(NotWritten::Stopped))
    }

    /// Stores what came in; gives the id of each that is new.
    pub async fn accept(&self, new: Vec<NewDelivery>) -> Result<Vec<Option<DeliveryId>>, NotWritten> {
        self.write(|reply| Op::Accept(new, reply)).await
    }

    /// Stores a step of a conversation.
    pub async fn turn(&self, turn: Turn) -> Result<Turned, NotWritten> {
        self.write(|reply| Op::Turn(Box::new(turn), reply)).await
    }

    /// Records that a message is being sent from now on; [`NotWritten::Done`] when it has come to its end before.
    pub async fn claim(&self, shard: i64, id: DeliveryId) -> Result<(), NotWritten> {
        self.write(|reply| Op::Claim(shard, id, reply)).await
    }

    /// Records what became of a message or an event.
    pub async fn settle(&self, shard: i64, outcome: Outcome) -> Result<(), NotWritten> {
        self.write(|reply| Op::Settle(shard, Box::new(outcome), reply)).await
    }

    /// Records a receipt; says how many messages it was for.
    pub async fn receipt(&self, receipt: Receipt) -> Result<u64, NotWritten> {
        self.write(|reply| Op::Receipt(receipt, reply)).await
    }
}

/// The tasks that write.
pub(crate) struct Writing(JoinSet<()>);

impl Writing {
    /// Waits until everything is written.
    pub async fn wait(mut self) {
        while self.0.join_next().await.is_some() {}
    }
}

/// Starts to write.
pub(crate) fn start(cx: &Context) -> Writing {
    let receiver = cx
        .pipeline
        .inner()
        .writer
        .receiver
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    let receiver = Arc::new(AsyncMutex::new(receiver));
    let several = store::leases::are_needed(cx.store.read());
    let mut tasks = JoinSet::new();
    for _ in 0..if several { WRITERS } else { 1 } {
        let (cx, receiver) = (cx.clone(), Arc::clone(&receiver));
        tasks.spawn(async move {
            let mut ops = Vec::with_capacity(MOST);
            loop {
                let count = match receiver.lock().await.as_mut() {
                    Some(receiver) => receiver.recv_many(&mut ops, MOST).await,
                    None => 0,
                };
                if count == 0 {
                    return;
                }
                commit::write(&cx, &mut ops).await;
            }
        });
    }
    Writing(tasks)
}
