//! The programs that a flow schema has had.
//!
//! To restore one its text is saved like any other: it is checked again, and makes a version of its own.

use crate::{
    Context, GetError,
    access::{Actor, Denied},
};
use model::{FlowId, Letter, ProgramVersion, SavedProgram, Section, Version};

/// Programs on one page of the history.
const PROGRAMS: u64 = 50;

/// Why a program of the history could not be given.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such flow schema, or no longer.
    #[error("This flow schema does not exist, or it was removed.")]
    NoFlow,
    /// No program came with this version, or it is no longer kept.
    #[error(
        "No program was saved with version {}, or it is no longer kept: the newest {} of a flow schema are.",
        .0.0,
        store::flows::KEPT
    )]
    NoProgram(Version),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Gives the programs that a flow schema has had, the newest first, at most 50, beginning behind the version `older`. The
/// first one is the program of today; its version is lower than the flow schema's when only other fields were saved since.
///
/// # Errors
///
/// [`GetError::NotFound`] when there is no such flow schema.
pub async fn programs(
    cx: &Context,
    actor: &Actor,
    id: FlowId,
    older: Option<Version>,
) -> Result<Vec<ProgramVersion>, GetError> {
    actor.may(Section::Flows, Letter::Read)?;
    let found = store::flows::programs(cx.store.read(), id, older, PROGRAMS).await?;
    if found.is_empty() && store::flows::reference(cx.store.read(), id).await?.is_none() {
        return Err(GetError::NotFound(Section::Flows));
    }
    Ok(found)
}

/// Gives the program that came with a version of a flow schema.
///
/// # Errors
///
/// [`ProgramError::NoProgram`] when none came with it, or it is no longer kept.
pub async fn program(cx: &Context, actor: &Actor, id: FlowId, version: Version) -> Result<SavedProgram, ProgramError> {
    actor.may(Section::Flows, Letter::Read)?;
    match store::flows::program(cx.store.read(), id, version).await? {
        Some(program) => Ok(program),
        None if store::flows::reference(cx.store.read(), id).await?.is_none() => Err(ProgramError::NoFlow),
        None => Err(ProgramError::NoProgram(version)),
    }
}
