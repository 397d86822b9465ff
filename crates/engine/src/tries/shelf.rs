//! Where the runs are kept, and when they are forgotten.

use super::{TryError, run::Run};
use model::{Timestamp, UserId, trying::TryRun};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::Semaphore;

/// So long a run is kept without being used.
const KEPT: Duration = Duration::from_mins(30);
/// So many runs a user has; the one that was not used for the longest time makes room.
const MOST_OF_USER: usize = 5;
/// So many runs there are.
const MOST: usize = 200;
/// So many bytes all runs take, about.
const MOST_BYTES: usize = 256 << 20;
/// So many programs run at the same time.
const STEPPING: usize = 4;
/// So many calls over HTTP are made at the same time.
const CALLING: usize = 16;

/// Who began a run; none for the product itself.
pub(super) type Owner = Option<UserId>;

/// The runs of this server; cheap to clone.
#[derive(Clone, Debug)]
pub struct Tries {
    shelf: Arc<Mutex<Shelf>>,
    stepping: Arc<Semaphore>,
    calling: Arc<Semaphore>,
}

#[derive(Default)]
struct Shelf {
    runs: HashMap<TryRun, Kept>,
    /// One program of each user runs at a time.
    lanes: HashMap<Owner, Arc<Semaphore>>,
}

struct Kept {
    owner: Owner,
    used: Timestamp,
    bytes: usize,
    run: Place,
}

/// Where a run is, and what it must wait for before it goes on.
#[derive(Clone)]
pub(super) struct Place {
    pub run: Arc<tokio::sync::Mutex<Run>>,
    pub lane: Arc<Semaphore>,
}

impl Default for Tries {
    fn default() -> Self {
        Self {
            shelf: Arc::default(),
            stepping: Arc::new(Semaphore::new(STEPPING)),
            calling: Arc::new(Semaphore::new(CALLING)),
        }
    }
}

impl Tries {
    /// How many runs there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.lock().runs.len()
    }

    /// What every step takes a part of.
    pub(super) fn stepping(&self) -> Arc<Semaphore> {
        Arc::clone(&self.stepping)
    }

    /// What every call takes a part of.
    pub(super) fn calling(&self) -> Arc<Semaphore> {
        Arc::clone(&self.calling)
    }

    /// What the programs of one user take turns by.
    pub(super) fn lane(&self, owner: Owner) -> Arc<Semaphore> {
        let mut all = self.lock();
        all.lanes.retain(|_, lane| Arc::strong_count(lane) > 1);
        let lane = all.lanes.entry(owner).or_insert_with(|| Arc::new(Semaphore::new(1)));
        Arc::clone(lane)
    }

    /// Keeps a new run; the ones that were not used for the longest time make room.
    pub(super) fn put(&self, id: &TryRun, owner: Owner, bytes: usize, run: Place, now: Timestamp) {
        let mut all = self.lock();
        all.sweep(now);
        while all.runs.values().filter(|kept| kept.owner == owner).count() >= MOST_OF_USER {
            all.forget_oldest(|_, kept| kept.owner == owner);
        }
        while all.runs.len() >= MOST {
            all.forget_oldest(|_, _| true);
        }
        let kept = Kept {
            owner,
            used: now,
            bytes,
            run,
        };
        all.runs.insert(id.clone(), kept);
        all.make_room(id);
    }

    /// Finds a run of this user, and uses it.
    pub(super) fn find(&self, id: &TryRun, owner: Owner, now: Timestamp) -> Result<Place, TryError> {
        let mut all = self.lock();
        all.sweep(now);
        let kept = all.runs.get_mut(id).filter(|kept| kept.owner == owner);
        let kept = kept.ok_or(TryError::NoSuchRun)?;
        kept.used = now;
        Ok(kept.run.clone())
    }

    /// Notes how much a run takes by now.
    pub(super) fn weigh(&self, id: &TryRun, bytes: usize) {
        let mut all = self.lock();
        if let Some(kept) = all.runs.get_mut(id) {
            kept.bytes = bytes;
            all.make_room(id);
        }
    }

    /// Forgets a run that broke down.
    pub(super) fn forget_broken(&self, id: &TryRun) {
        self.lock().runs.remove(id);
    }

    /// Forgets a run of this user.
    pub(super) fn forget(&self, id: &TryRun, owner: Owner) {
        let mut all = self.lock();
        if all.runs.get(id).is_some_and(|kept| kept.owner == owner) {
            all.runs.remove(id);
        }
    }

    /// Forgets what nobody has used for long.
    pub(super) fn sweep(&self, now: Timestamp) {
        self.lock().sweep(now);
    }

    fn lock(&self) -> MutexGuard<'_, Shelf> {
        // Nothing that is done under the lock can leave it half done.
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    fn sweep(&mut self, now: Timestamp) {
        self.runs.retain(|_, kept| now < kept.used.after(KEPT));
    }

    fn forget_oldest(&mut self, which: impl Fn(&TryRun, &Kept) -> bool) {
        let fitting = self.runs.iter().filter(|(id, kept)| which(id, kept));
        let oldest = fitting.min_by_key(|(_, kept)| kept.used).map(|(id, _)| id.clone());
        if let Some(id) = oldest {
            self.runs.remove(&id);
        }
    }

    fn make_room(&mut self, but: &TryRun) {
        while self.runs.len() > 1 && self.runs.values().map(|kept| kept.bytes).sum::<usize>() > MOST_BYTES {
            self.forget_oldest(|id, _| id != but);
        }
    }
}

impl std::fmt::Debug for Shelf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shelf")
            .field("runs", &self.runs.len())
            .finish_non_exhaustive()
    }
}
