//! Flow schemas.

use super::{BEGINNING, BY, chance::Chance, names, programs};
use crate::failure::Fallible;
use model::{Fields, FlowId, FlowInput, FlowKind};
use std::time::Duration;
use store::Store;

/// Makes so many, and returns their ids.
pub async fn make(store: &Store, count: u32, chance: &mut Chance) -> Fallible<Vec<FlowId>> {
    let mut ids = Vec::new();
    let tx = store.begin().await?;
    for index in 0..count {
        let fields = Fields::from_pairs([
            ("name".to_owned(), names::flow(index, chance)),
            (
                "description".to_owned(),
                "Answers first, then hands over to a person.".to_owned(),
            ),
            ("program".to_owned(), programs::make(chance)),
            ("tags".to_owned(), "support, магазин".to_owned()),
        ]);
        let input = FlowInput::parse(&fields).map_err(|errors| format!("a flow schema: {errors:?}"))?;
        let kind = *chance.pick(&FlowKind::ALL);
        let at = BEGINNING.after(Duration::from_mins(u64::from(index)));
        ids.push(store::flows::insert(&tx, kind, &input, at, BY).await?);
    }
    tx.commit().await?;
    Ok(ids)
}

/// The first of them that is written as code.
pub async fn written_as_code(store: &Store, ids: &[FlowId]) -> Fallible<FlowId> {
    for &id in ids {
        let flow = store::flows::get(store.read(), id).await?;
        if flow.is_some_and(|flow| flow.kind == FlowKind::Code) {
            return Ok(id);
        }
    }
    Err("no flow schema is written as code".into())
}
