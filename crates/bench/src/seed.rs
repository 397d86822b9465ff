//! The data of the bench: the same at every run, written through the store like an administrator's own.

mod chance;
mod flows;
mod gateways;
pub mod names;
mod programs;

use crate::{failure::Fallible, scale::Scale};
use model::{FlowId, Timestamp};
use store::Store;

/// Who has made the data.
const BY: &str = "bench";
/// When the first object was made: 2025-01-01.
const BEGINNING: Timestamp = Timestamp(1_735_689_600_000);

/// Makes flow schemas and chat gateways in an empty, migrated database; returns a flow schema that is written as code.
pub async fn seed(store: &Store, scale: Scale) -> Fallible<FlowId> {
    let mut chance = chance::Chance::new(1);
    let flows = flows::make(store, scale.flows, &mut chance).await?;
    gateways::make(store, scale.gateways, &flows, &mut chance).await?;
    flows::written_as_code(store, &flows).await
}
