//! The addresses of a gateway's conversations.

use crate::components::registry::address::with_query;
use leptos_router::params::ParamsMap;
use model::{ConversationId, GatewayId};

/// What the list is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Query {
    /// Only what has not ended.
    pub(super) only_running: bool,
    /// Only what began before this one.
    pub(super) before: Option<ConversationId>,
}

/// What the query string asks for; what it doesn't know is left out.
pub(super) fn read(params: &ParamsMap) -> Query {
    Query {
        only_running: params.get_str("state") == Some("running"),
        before: params.get_str("before").and_then(|id| id.parse().ok()),
    }
}

/// The list as it is asked for.
pub(super) fn list(id: GatewayId, query: &Query) -> String {
    write(format!("/chat-gateways/{id}/conversations"), query)
}

/// One conversation; the rest of the address is the way back to the list.
pub(super) fn one(id: GatewayId, conversation: ConversationId, query: &Query) -> String {
    write(format!("/chat-gateways/{id}/conversations/{conversation}"), query)
}

fn write(path: String, query: &Query) -> String {
    let before = query.before.map(|id| id.to_string());
    let state = query.only_running.then_some(("state", "running"));
    let before = before.as_deref().map(|id| ("before", id));
    with_query(&path, state.into_iter().chain(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_conversation_keeps_what_the_list_was_asked_for() {
        let query = Query {
            only_running: true,
            before: Some(ConversationId(40)),
        };
        let address = one(GatewayId(3), ConversationId(9), &query);
        assert_eq!(address, "/chat-gateways/3/conversations/9?state=running&before=40");
        assert_eq!(list(GatewayId(3), &Query::default()), "/chat-gateways/3/conversations");
    }
}
