//! What follows from a failure to send.

use crate::Rng;
use model::{
    DeliveryResult, Timestamp,
    message::{ErrorClass, ProviderError},
};
use std::time::Duration;

/// The first pause; each further one is twice as long.
const FIRST: Duration = Duration::from_secs(1);
/// The longest pause.
const LONGEST: Duration = Duration::from_mins(5);

/// The longest pause that a messenger gets for the asking. What waits has expired by then, and one wrong number must not silence
/// a gateway for good.
const LONGEST_ASKED: Duration = Duration::from_hours(1);

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It has come to this end.
    Ended(DeliveryResult),
    /// It is tried again then.
    Again(Timestamp),
    /// Everything of the gateway waits until then.
    AllWait(Timestamp),
    /// The gateway's credentials are of no use: everything of it waits for the administrator.
    Refused,
}

/// Judges a failure after so many attempts; `knows_keys` says that the messenger shows a repeated message once.
pub(super) fn judge(error: &ProviderError, attempts: u32, knows_keys: bool, now: Timestamp, rng: &dyn Rng) -> Verdict {
    match error.class {
        ErrorClass::Auth => Verdict::Refused,
        ErrorClass::RateLimited { retry_after } => {
            let pause = retry_after.map_or_else(|| pause(attempts, rng), |seconds| Duration::from_secs(seconds.into()));
            Verdict::AllWait(now.after(pause.clamp(Duration::from_millis(200), LONGEST_ASKED)))
        }
        ErrorClass::Transient => Verdict::Again(now.after(pause(attempts, rng))),
        ErrorClass::Ambiguous if knows_keys => Verdict::Again(now.after(pause(attempts, rng))),
        ErrorClass::Ambiguous => Verdict::Ended(DeliveryResult::Ambiguous),
        _ => Verdict::Ended(DeliveryResult::Failed),
    }
}

/// Somewhere between half and the whole of a pause that doubles: never nothing, and never the same for all.
fn pause(attempts: u32, rng: &dyn Rng) -> Duration {
    let whole = FIRST
        .saturating_mul(1 << attempts.saturating_sub(1).min(16))
        .min(LONGEST);
    let share = u32::from(rng.bytes::<1>()[0]);
    whole / 2 + whole / 2 * share / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u8);

    impl Rng for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    fn verdict(class: ErrorClass, attempts: u32, knows_keys: bool) -> Verdict {
        let error = ProviderError {
            class,
            http: None,
            code: None,
            subcode: None,
            message: String::new(),
            trace_id: None,
        };
        judge(&error, attempts, knows_keys, Timestamp(0), &Fixed(255))
    }

    #[test]
    fn a_passing_trouble_is_tried_again_with_pauses_that_double() {
        for (attempts, ms) in [(1, 1_000), (2, 2_000), (5, 16_000), (20, 300_000)] {
            assert_eq!(
                verdict(ErrorClass::Transient, attempts, false),
                Verdict::Again(Timestamp(ms))
            );
        }
        assert_eq!(pause(1, &Fixed(0)), Duration::from_millis(500));
    }

    #[test]
    fn a_messenger_that_asks_for_time_gets_it() {
        let class = ErrorClass::RateLimited { retry_after: Some(7) };
        assert_eq!(verdict(class, 1, false), Verdict::AllWait(Timestamp(7_000)));
    }

    #[test]
    fn nobody_is_silent_for_more_than_an_hour() {
        let class = ErrorClass::RateLimited {
            retry_after: Some(u32::MAX),
        };
        assert_eq!(verdict(class, 1, false), Verdict::AllWait(Timestamp(3_600_000)));
    }

    #[test]
    fn what_may_have_arrived_is_sent_again_only_with_a_key() {
        assert_eq!(
            verdict(ErrorClass::Ambiguous, 1, false),
            Verdict::Ended(DeliveryResult::Ambiguous)
        );
        assert_eq!(
            verdict(ErrorClass::Ambiguous, 1, true),
            Verdict::Again(Timestamp(1_000))
        );
    }

    #[test]
    fn what_is_refused_for_good_is_not_tried_again() {
        for class in [
            ErrorClass::Invalid,
            ErrorClass::Blocked,
            ErrorClass::WindowClosed,
            ErrorClass::TooLarge,
            ErrorClass::NotFound,
        ] {
            assert_eq!(verdict(class, 1, true), Verdict::Ended(DeliveryResult::Failed));
        }
        assert_eq!(verdict(ErrorClass::Auth, 1, true), Verdict::Refused);
    }
}
