//! What is said of a gateway's health.

use model::{Health, HealthState, Timestamp};

/// The state as it begins a line.
#[must_use]
pub const fn word(state: HealthState) -> &'static str {
    match state {
        HealthState::Disabled => "Disabled",
        HealthState::Connecting => "Connecting",
        HealthState::Connected => "Connected",
        HealthState::Degraded => "Degraded",
        HealthState::Misconfigured => "Misconfigured",
        HealthState::BadCredentials => "Bad credentials",
        HealthState::Unreachable => "Unreachable",
        HealthState::SignedOut => "Signed out",
    }
}

/// Why it is so, in any case a sentence.
#[must_use]
pub fn sentence(health: &Health) -> &str {
    if !health.sentence.is_empty() {
        return &health.sentence;
    }
    match health.state {
        HealthState::Disabled => "It takes no messages. Enable it to connect it.",
        HealthState::Connecting => "It is being announced at the messenger.",
        HealthState::Connected if !health.to_do.is_empty() => {
            "The messenger accepts it. Something is left to do before messages come."
        }
        HealthState::Connected => "It receives and sends messages.",
        HealthState::Degraded => "It works, but not as it should.",
        HealthState::Misconfigured => "It can’t work as it is set up.",
        HealthState::BadCredentials => "The messenger does not accept its credentials.",
        HealthState::Unreachable => "The messenger can’t be reached.",
        HealthState::SignedOut => "Its account was signed out.",
    }
}

/// Since when, why, and what to do: a line each. How long ago is said only where the time is known.
#[must_use]
pub fn told(health: &Health, now: Option<Timestamp>) -> String {
    let word = word(health.state);
    // What was never enabled is so since ever.
    let since = (health.since != Timestamp::default()).then_some(health.since);
    let first = match (since, now) {
        (None, _) => format!("{word}."),
        (Some(since), None) => format!("{word} since {since}."),
        (Some(since), Some(now)) => format!("{word} since {since}, {}.", since.relative(now.max(since))),
    };
    let remedy = health
        .remedy
        .map(|remedy| format!("What to do: open the chat gateway and choose “{}”.", remedy.label()));
    let to_do = (!health.to_do.is_empty()).then(|| format!("At the messenger: {}", health.to_do));
    let lines = [Some(first), Some(sentence(health).to_owned()), remedy, to_do];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Remedy;

    fn unreachable() -> Health {
        Health {
            state: HealthState::Unreachable,
            since: Timestamp(1_773_065_131_000),
            sentence: "Nobody answers.".to_owned(),
            remedy: Some(Remedy::RegisterAgain),
            ..Health::disabled()
        }
    }

    #[test]
    fn since_when_why_and_what_to_do_are_told() {
        let now = Timestamp(1_773_065_131_000 + 5 * 60_000);
        assert_eq!(
            told(&unreachable(), Some(now)),
            "Unreachable since 2026-03-09 14:05:31 UTC, 5 minutes ago.\nNobody answers.\n\
             What to do: open the chat gateway and choose “Register again”."
        );
        assert!(told(&unreachable(), None).starts_with("Unreachable since 2026-03-09 14:05:31 UTC.\n"));
    }

    #[test]
    fn what_was_never_enabled_is_not_disabled_since_1970() {
        assert!(told(&Health::disabled(), None).starts_with("Disabled.\n"));
    }

    #[test]
    fn every_state_has_a_word_and_a_sentence() {
        for state in HealthState::ALL {
            let health = Health {
                state,
                ..Health::disabled()
            };
            assert_eq!(word(state).to_lowercase(), state.label());
            assert!(!sentence(&health).is_empty());
        }
    }

    #[test]
    fn a_gateway_with_something_left_to_do_is_not_said_to_receive() {
        let mut health = Health {
            state: HealthState::Connected,
            ..Health::disabled()
        };
        assert_eq!(sentence(&health), "It receives and sends messages.");
        health.to_do = "Paste the callback URL.".to_owned();
        assert_eq!(
            told(&health, None),
            "Connected.\nThe messenger accepts it. Something is left to do before messages come.\n\
             At the messenger: Paste the callback URL."
        );
    }
}
