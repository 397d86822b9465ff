//! The addresses of a gateway's log.

use crate::components::registry::address::with_query;
use leptos_router::params::ParamsMap;
use model::{DeliveryId, DeliveryQuery, GatewayId};

/// What the query string asks for.
pub(super) fn read(params: &ParamsMap) -> DeliveryQuery {
    let value = |key| params.get_str(key).unwrap_or_default().to_owned();
    DeliveryQuery {
        way: value("way"),
        result: value("result"),
        thread: value("thread"),
        before: value("before"),
    }
}

/// The log as it is asked for.
pub(super) fn log(id: GatewayId, query: &DeliveryQuery) -> String {
    with_query(&format!("/chat-gateways/{id}/deliveries"), pairs(query))
}

/// One entry; the rest of the address is the way back to the log.
pub(super) fn entry(id: GatewayId, delivery: DeliveryId, query: &DeliveryQuery) -> String {
    with_query(&format!("/chat-gateways/{id}/deliveries/{delivery}"), pairs(query))
}

fn pairs(query: &DeliveryQuery) -> impl Iterator<Item = (&str, &str)> {
    let all = [
        ("way", &query.way),
        ("result", &query.result),
        ("thread", &query.thread),
        ("before", &query.before),
    ];
    all.into_iter()
        .map(|(key, value)| (key, value.as_str()))
        .filter(|(_, value)| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_an_entry_keeps_what_the_log_was_asked_for() {
        let query = DeliveryQuery {
            result: "trouble".to_owned(),
            thread: "a/1 &2".to_owned(),
            ..DeliveryQuery::default()
        };
        let address = entry(GatewayId(3), DeliveryId(9), &query);
        assert_eq!(
            address,
            "/chat-gateways/3/deliveries/9?result=trouble&thread=a%2F1%20%262"
        );
        assert_eq!(
            log(GatewayId(3), &DeliveryQuery::default()),
            "/chat-gateways/3/deliveries"
        );
    }
}
