//! What the removals of all sections have in common.

use crate::error::{MAX_REMOVED, RemoveError};
use model::{Removal, Section};
use std::collections::BTreeMap;

/// Refuses a request for too many objects at once.
pub(crate) fn check_count(ids: &[i64]) -> Result<(), RemoveError> {
    if ids.len() > MAX_REMOVED {
        Err(RemoveError::TooMany(ids.len()))
    } else {
        Ok(())
    }
}

/// The result for each id in the order asked for; one that has no name was gone already.
pub(crate) fn results(
    section: Section,
    ids: &[i64],
    names: &BTreeMap<i64, String>,
    refused: &BTreeMap<i64, String>,
) -> Vec<Removal> {
    let result = |id: &i64| match names.get(id) {
        Some(name) => Removal {
            id: *id,
            name: name.clone(),
            refused: refused.get(id).cloned(),
        },
        None => Removal {
            id: *id,
            name: String::new(),
            refused: Some(format!("This {} was removed already.", section.object())),
        },
    };
    ids.iter().map(result).collect()
}
