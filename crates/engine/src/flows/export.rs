//! Flow schemas as files.

use super::get;
use crate::{Context, GetError, access::Actor};
use model::{FlowFile, FlowId};

/// Gives the file of a flow schema. Whoever may see a flow schema may take it along, so there is no audit line.
///
/// # Errors
///
/// [`GetError::NotFound`] when there is none.
pub async fn export(cx: &Context, actor: &Actor, id: FlowId) -> Result<FlowFile, GetError> {
    Ok(FlowFile::of(&get(cx, actor, id).await?))
}
