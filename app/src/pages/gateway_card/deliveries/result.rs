//! How far an entry of the log came, and which way it went, in words.

use crate::components::icon::Icon;
use leptos::prelude::*;
use model::{DeliveryResult, Way};

/// The result as a mark.
#[component]
pub(super) fn ResultTag(
    /// How far it came.
    result: DeliveryResult,
) -> impl IntoView {
    let class = match result {
        DeliveryResult::Received | DeliveryResult::Noted | DeliveryResult::Queued | DeliveryResult::Sending => "tag",
        DeliveryResult::Processed | DeliveryResult::Sent | DeliveryResult::Delivered | DeliveryResult::Read => {
            "tag tag-ok"
        }
        DeliveryResult::Refused | DeliveryResult::Ambiguous | DeliveryResult::Expired => "tag tag-warn",
        DeliveryResult::Dead | DeliveryResult::Failed => "tag tag-danger",
    };
    view! { <span class=class>{result.label()}</span> }
}

/// Which way it went.
#[component]
pub(super) fn WayMark(
    /// The way.
    way: Way,
) -> impl IntoView {
    let icon = match way {
        Way::In => "download",
        Way::Out => "upload",
    };
    view! { <span class="kind"><Icon name=icon/>{way_label(way)}</span> }
}

/// The word for a way.
pub(super) const fn way_label(way: Way) -> &'static str {
    match way {
        Way::In => "In",
        Way::Out => "Out",
    }
}

/// Whether anything will still happen to it.
pub(super) const fn is_open(result: DeliveryResult) -> bool {
    matches!(
        result,
        DeliveryResult::Received | DeliveryResult::Queued | DeliveryResult::Sending
    )
}

/// What a result means, where the word alone does not tell.
pub(super) const fn meaning(result: DeliveryResult) -> &'static str {
    match result {
        DeliveryResult::Received => "It is stored and waits for its turn.",
        DeliveryResult::Processed => "The flow has seen it.",
        DeliveryResult::Noted => "It means nothing to a flow.",
        DeliveryResult::Refused => {
            "No flow schema saw it: the chat gateway was disabled, or the message was a file that is not taken."
        }
        DeliveryResult::Dead => "It could not be processed, again and again.",
        DeliveryResult::Queued => "It waits for its turn.",
        DeliveryResult::Sending => "It is being sent.",
        DeliveryResult::Sent => "The messenger took it.",
        DeliveryResult::Delivered => "It reached the peer’s device.",
        DeliveryResult::Read => "The peer saw it.",
        DeliveryResult::Failed => "The messenger refused it.",
        DeliveryResult::Ambiguous => {
            "The messenger’s answer was lost: nobody knows whether the message arrived, so it is not sent again by itself."
        }
        DeliveryResult::Expired => "It was tried for too long.",
    }
}
