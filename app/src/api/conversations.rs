//! Who talks with a flow schema through a chat gateway.

use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Conversation, ConversationId, ConversationPage, GatewayId};

#[cfg(feature = "ssr")]
use super::ssr::{actor, answer, context};

/// A page of a gateway's conversations, the newest first, from just below the id `before`.
#[server(prefix = "/api", endpoint = "gateways/conversations", input = Json)]
pub async fn list_conversations(
    id: GatewayId,
    only_running: bool,
    before: Option<ConversationId>,
) -> Result<ConversationPage, AppError> {
    answer(engine::conversations::list(&context(), &actor(), id, only_running, before).await)
}

/// One conversation: where it stands and what it knows.
#[server(prefix = "/api", endpoint = "gateways/conversation", input = Json)]
pub async fn get_conversation(id: GatewayId, conversation: ConversationId) -> Result<Conversation, AppError> {
    answer(engine::conversations::get(&context(), &actor(), id, conversation).await)
}

/// Ends a conversation; one that has ended already is no error.
#[server(prefix = "/api", endpoint = "gateways/end_conversation", input = Json)]
pub async fn end_conversation(id: GatewayId, conversation: ConversationId) -> Result<(), AppError> {
    answer(engine::conversations::end(&context(), &actor(), id, conversation).await)
}
