//! Shows that we type: together with a message of the person, which is marked as read.

use super::message_of;
use crate::{
    Account, MetaAccount, Wire,
    messenger::graph::{Graph, Token},
};
use model::message::{ChatAction, EventKey, ProviderError};
use serde_json::json;

/// Shows that we type under what was heard last; it ends by itself, after 25 seconds or with the next message.
pub(in crate::messenger) async fn act(
    wire: &Wire,
    account: &Account,
    from: &MetaAccount,
    heard: Option<&EventKey>,
    action: ChatAction,
) -> Result<(), ProviderError> {
    let (ChatAction::Typing, Some(message)) = (action, heard.and_then(message_of)) else {
        return Ok(());
    };
    let body = json!({
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": message,
        "typing_indicator": { "type": "text" },
    });
    let path = format!("{}/messages", from.id);
    Graph::new(wire, account)
        .set(&path, &body, &Token::of(account, from))
        .await
}
