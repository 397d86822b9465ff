//! What other servers have observed of gateways; it is in no audit line, for nobody has done it.

use super::Changes;
use crate::Context;
use model::{GatewayId, Timestamp};
use std::{collections::HashMap, time::Duration};

/// So far back is looked, because the clocks of servers differ and a commit comes after the moment that it names.
const BACK: Duration = Duration::from_mins(1);
/// So many changes are found with one look.
const MOST: u64 = 10_000;

/// The changes of the last minute, so that each is told once.
#[derive(Debug)]
pub(super) struct Elsewhere {
    known: HashMap<GatewayId, Timestamp>,
}

impl Elsewhere {
    /// Knows what is there already.
    pub async fn new(cx: &Context) -> Result<Self, store::Error> {
        let mut elsewhere = Self { known: HashMap::new() };
        elsewhere.find(cx).await?;
        Ok(elsewhere)
    }

    /// Tells what has changed since the last look.
    pub async fn look(&mut self, cx: &Context, changes: &Changes) -> Result<(), store::Error> {
        for gateway in self.find(cx).await? {
            changes.observed(gateway);
        }
        Ok(())
    }

    async fn find(&mut self, cx: &Context) -> Result<Vec<GatewayId>, store::Error> {
        if !store::leases::are_needed(cx.store.read()) {
            return Ok(Vec::new());
        }
        let back = i64::try_from(BACK.as_millis()).unwrap_or(i64::MAX);
        let after = Timestamp(cx.now().0.saturating_sub(back));
        let changed = store::health::changed(cx.store.read(), after, MOST).await?;
        self.known.retain(|_, since| *since > after);
        let news = changed
            .into_iter()
            .filter(|(gateway, since)| self.known.insert(*gateway, *since) != Some(*since));
        Ok(news.map(|(gateway, _)| gateway).collect())
    }
}
