//! How many files are fetched at a time: each is in memory for a moment, and one messenger that is slow to give them out must
//! not keep the others' from coming.

use model::GatewayId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// So many files are fetched at a time.
const MOST: usize = 16;
/// So many of them for one gateway.
const MOST_OF_ONE: usize = 4;

/// The places for files.
#[derive(Debug)]
pub(crate) struct Fetching {
    all: Arc<Semaphore>,
    gateways: Mutex<HashMap<GatewayId, Arc<Semaphore>>>,
}

/// A place, as long as it is held.
#[derive(Debug)]
pub(crate) struct Place(#[expect(dead_code, reason = "held for their drop")] [Option<OwnedSemaphorePermit>; 2]);

impl Default for Fetching {
    fn default() -> Self {
        Self {
            all: Arc::new(Semaphore::new(MOST)),
            gateways: Mutex::default(),
        }
    }
}

impl Fetching {
    /// Waits for a place for a file of a gateway.
    pub async fn place(&self, gateway: GatewayId) -> Place {
        let own = {
            let mut gateways = self.gateways.lock().unwrap_or_else(PoisonError::into_inner);
            // Those that nobody holds or waits for are known by themselves.
            gateways.retain(|id, own| *id == gateway || Arc::strong_count(own) > 1);
            let own = gateways.entry(gateway);
            Arc::clone(own.or_insert_with(|| Arc::new(Semaphore::new(MOST_OF_ONE))))
        };
        // The semaphores are never closed. The gateway's own place comes first: whoever waits for it must hold no other.
        let own = own.acquire_owned().await.ok();
        Place([own, Arc::clone(&self.all).acquire_owned().await.ok()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::time::timeout;

    async fn is_free(fetching: &Fetching, gateway: i64) -> bool {
        let waiting = timeout(Duration::from_millis(10), fetching.place(GatewayId(gateway)));
        waiting.await.is_ok()
    }

    #[tokio::test]
    async fn one_gateway_does_not_take_every_place() {
        let fetching = Fetching::default();
        let mut held = Vec::new();
        for _ in 0..MOST_OF_ONE {
            held.push(fetching.place(GatewayId(1)).await);
        }
        assert!(!is_free(&fetching, 1).await);
        assert!(is_free(&fetching, 2).await);
        held.pop();
        assert!(is_free(&fetching, 1).await);
    }

    #[tokio::test]
    async fn there_is_an_end_for_all_together() {
        let fetching = Fetching::default();
        let mut held = Vec::new();
        for number in 0..MOST {
            held.push(
                fetching
                    .place(GatewayId(i64::try_from(number / MOST_OF_ONE).unwrap_or_default()))
                    .await,
            );
        }
        assert!(!is_free(&fetching, 99).await);
        held.clear();
        assert!(is_free(&fetching, 99).await);
        assert_eq!(fetching.gateways.lock().map(|known| known.len()).ok(), Some(1));
    }
}
