//! Deliveries in order: what belongs to one chat waits for what came before it, chats don't wait for each other.

use std::{
    collections::{HashMap, VecDeque},
    future::Future,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The delivery is over, well or not.
    Done,
    /// It is to be tried again after this time.
    Again(Duration),
}

/// Lanes of deliveries, one for each key. A lane has a task while there is something in it.
#[derive(Debug)]
pub(crate) struct Lanes<K, J> {
    queues: Mutex<HashMap<K, VecDeque<J>>>,
    /// Ends the waiting of every lane.
    hurry: Notify,
    under_way: watch::Sender<usize>,
    stop: CancellationToken,
}

impl<K, J> Lanes<K, J>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    J: Clone + Send + Sync + 'static,
{
    pub fn new(stop: CancellationToken) -> Arc<Self> {
        Arc::new(Self {
            queues: Mutex::new(HashMap::new()),
            hurry: Notify::new(),
            under_way: watch::Sender::new(0),
            stop,
        })
    }

    /// Puts a delivery at the end of its lane. `attempt` is told the delivery and how often it failed.
    pub fn push<A, F>(self: &Arc<Self>, key: K, job: J, attempt: A)
    where
        A: Fn(J, u32) -> F + Send + Sync + 'static,
        F: Future<Output = Verdict> + Send,
    {
        self.under_way.send_modify(|count| *count += 1);
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = queues.get_mut(&key) {
            queue.push_back(job);
            return;
        }
        queues.insert(key.clone(), VecDeque::from([job]));
        drop(queues);
        let lanes = self.clone();
        let run = async move { lanes.run(&key, attempt).await };
        tokio::spawn(self.stop.clone().run_until_cancelled_owned(run));
    }

    async fn run<A, F>(&self, key: &K, attempt: A)
    where
        A: Fn(J, u32) -> F,
        F: Future<Output = Verdict>,
    {
        while let Some(job) = self.first(key) {
            let mut failures = 0;
            while let Verdict::Again(after) = attempt(job.clone(), failures).await {
                failures += 1;
                tokio::select! {
                    () = tokio::time::sleep(after) => {}
                    () = self.hurry.notified() => {}
                }
            }
            self.forget_first(key);
            self.under_way.send_modify(|count| *count -= 1);
        }
    }

    fn first(&self, key: &K) -> Option<J> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        let first = queues.get(key).and_then(|queue| queue.front().cloned());
        if first.is_none() {
            queues.remove(key);
        }
        first
    }

    fn forget_first(&self, key: &K) {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = queues.get_mut(key) {
            queue.pop_front();
        }
    }

    /// Tries at once what waits to be tried again.
    pub fn hurry(&self) {
        self.hurry.notify_waiters();
    }

    /// How many deliveries are not over.
    pub fn under_way(&self) -> watch::Receiver<usize> {
        self.under_way.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_lane_is_serial_and_does_not_hold_up_another() {
        let lanes = Lanes::new(CancellationToken::new());
        let (told, mut tells) = tokio::sync::mpsc::unbounded_channel();
        let gate = Arc::new(tokio::sync::Semaphore::new(0));
        for (key, job) in [("a", 1), ("a", 2), ("b", 3)] {
            let (told, gate) = (told.clone(), gate.clone());
            lanes.push(key, job, move |job, _| {
                let (told, gate) = (told.clone(), gate.clone());
                async move {
                    if job == 1 {
                        gate.acquire().await.unwrap().forget();
                    }
                    told.send(job).unwrap();
                    Verdict::Done
                }
            });
        }
        assert_eq!(tells.recv().await, Some(3));
        gate.add_permits(1);
        assert_eq!((tells.recv().await, tells.recv().await), (Some(1), Some(2)));
        let mut under_way = lanes.under_way();
        under_way.wait_for(|count| *count == 0).await.unwrap();
    }

    #[tokio::test]
    async fn what_failed_is_tried_again_and_can_be_hurried() {
        let lanes = Lanes::new(CancellationToken::new());
        let (told, mut tells) = tokio::sync::mpsc::unbounded_channel();
        lanes.push("a", (), move |(), failures| {
            told.send(failures).unwrap();
            async move {
                match failures {
                    0 => Verdict::Again(Duration::ZERO),
                    1 => Verdict::Again(Duration::from_hours(1)),
                    _ => Verdict::Done,
                }
            }
        });
        assert_eq!((tells.recv().await, tells.recv().await), (Some(0), Some(1)));
        let third = async {
            loop {
                lanes.hurry();
                match tells.try_recv() {
                    Ok(third) => break third,
                    Err(_) => tokio::task::yield_now().await,
                }
            }
        };
        assert_eq!(tokio::time::timeout(Duration::from_secs(30), third).await, Ok(2));
    }
}
