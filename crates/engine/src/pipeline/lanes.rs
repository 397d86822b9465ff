//! What is done one after the other: one worker at a time for each lane, as many lanes at a time as there are.

use model::GatewayId;
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A peer's thread at a gateway.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct LaneKey {
    /// The gateway.
    pub gateway: GatewayId,
    /// The thread.
    pub lane: Arc<str>,
}

impl LaneKey {
    pub fn new(gateway: GatewayId, lane: impl Into<Arc<str>>) -> Self {
        Self {
            gateway,
            lane: lane.into(),
        }
    }
}

/// The lanes that have something to do; a lane is there exactly as long as its worker is.
#[derive(Debug)]
pub(crate) struct Lanes<T>(Mutex<HashMap<LaneKey, VecDeque<T>>>);

impl<T> Default for Lanes<T> {
    fn default() -> Self {
        Self(Mutex::new(HashMap::new()))
    }
}

impl<T> Lanes<T> {
    fn map(&self) -> MutexGuard<'_, HashMap<LaneKey, VecDeque<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds something at the end of a lane; says whether a worker is to be set to it.
    pub fn push(&self, key: &LaneKey, item: T) -> bool {
        let mut map = self.map();
        if let Some(lane) = map.get_mut(key) {
            lane.push_back(item);
            return false;
        }
        map.insert(key.clone(), VecDeque::from([item]));
        true
    }

    /// The next thing to do; with nothing left the lane is gone, and the worker has to go, too.
    pub fn next(&self, key: &LaneKey) -> Option<T> {
        let mut map = self.map();
        let next = map.get_mut(key).and_then(VecDeque::pop_front);
        if next.is_none() {
            map.remove(key);
        }
        next
    }

    /// Takes away everything that a lane has to do, and the lane.
    pub fn clear(&self, key: &LaneKey) -> VecDeque<T> {
        self.map().remove(key).unwrap_or_default()
    }

    /// Whether somebody works at a lane of this shard.
    pub fn are_busy(&self, shard: i64) -> bool {
        self.map()
            .keys()
            .any(|key| store::deliveries::shard(key.gateway) == shard)
    }

    /// Whether nobody works at a lane.
    pub fn is_idle(&self, key: &LaneKey) -> bool {
        !self.map().contains_key(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_has_one_worker_until_nothing_is_left() {
        let lanes = Lanes::default();
        let (one, two) = (LaneKey::new(GatewayId(1), "a"), LaneKey::new(GatewayId(2), "a"));
        assert!(lanes.push(&one, 1));
        assert!(!lanes.push(&one, 2));
        assert!(lanes.push(&two, 3));
        assert_eq!(lanes.next(&one), Some(1));
        assert!(!lanes.push(&one, 4), "its worker is still there");
        assert_eq!(
            (lanes.next(&one), lanes.next(&one), lanes.next(&one)),
            (Some(2), Some(4), None)
        );
        assert!(lanes.is_idle(&one) && !lanes.is_idle(&two));
        assert!(lanes.push(&one, 5), "a new worker");
    }
}
