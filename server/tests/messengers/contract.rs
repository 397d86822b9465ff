//! What every messenger's gateway does in the same way.
//!
//! [`contract!`] makes a test of each promise for one messenger, on both databases.

mod answers;
mod door;
mod media;
mod replies;
mod standing;

pub use crate::attacks::{genuine_nonsense_leaves_nothing_behind, strangers_are_turned_away_and_leave_nothing_behind};
pub use answers::*;
pub use door::*;
pub use media::*;
pub use replies::*;
pub use standing::*;

/// Every promise, for one messenger.
macro_rules! contract {
    ($messenger:ty) => {
        crate::contract::contract! { $messenger:
            a_message_enters_once_and_its_reply_leaves
            a_message_that_comes_twice_is_one
            what_is_forged_is_refused_and_leaves_nothing_behind
            an_event_of_an_unknown_kind_is_taken_and_hurts_nobody
            half_a_character_does_not_lose_its_message
            a_body_that_is_too_large_is_refused_unread
            everything_a_flow_says_arrives_as_the_messenger_wants_it
            a_messenger_that_wants_a_pause_gets_it
            credentials_that_are_refused_show_and_are_not_hammered_at
            a_message_that_can_not_arrive_fails_visibly
            whatever_a_messenger_answers_nothing_is_lost_in_silence_or_doubled
            a_file_of_a_peer_is_fetched_while_it_is_there_and_nothing_else
            a_file_of_a_peer_reaches_the_flow_and_outlives_its_address
            a_file_that_is_not_taken_is_answered_with_the_template
            a_file_that_can_not_be_had_reaches_the_flow_in_words
            a_file_on_its_way_holds_up_its_peer_alone_and_survives_a_restart
            a_file_that_is_sent_on_can_be_had_by_its_messenger
            a_gateway_is_announced_and_taken_off
            a_connected_gateway_is_looked_at_again_and_says_what_is_wrong
            what_is_left_to_do_is_told_until_a_message_comes
            events_that_go_elsewhere_stay_there_until_somebody_takes_over
            strangers_are_turned_away_and_leave_nothing_behind
            genuine_nonsense_leaves_nothing_behind
            while_the_database_is_away_a_messenger_is_asked_to_come_again
        }
    };
    ($messenger:ty: $($promise:ident)+) => {
        store::databases! {
            $(async fn $promise(store: &TestStore) {
                crate::contract::$promise::<$messenger>(store).await;
            })+
        }
    };
}

pub(crate) use contract;
