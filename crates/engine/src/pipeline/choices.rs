//! Buttons that were told as a numbered list: whoever answers with the number or the title has pressed the button.

use flow::Message;
use model::message::Inbound;
use serde::{Deserialize, Serialize};

/// A button of the list, as it is stored with the conversation.
#[derive(Debug, Serialize, Deserialize)]
struct Choice {
    n: usize,
    t: String,
    p: String,
}

/// The list as it is stored; nothing for an empty one.
pub(super) fn write(choices: &[providers::Choice]) -> Option<String> {
    let stored: Vec<Choice> = choices
        .iter()
        .map(|choice| Choice {
            n: choice.number,
            t: choice.title.clone(),
            p: choice.payload.clone(),
        })
        .collect();
    (!stored.is_empty()).then(|| serde_json::to_string(&stored).unwrap_or_default())
}

/// What a message means to a conversation that was told such a list.
pub(super) fn hear(stored: Option<&str>, message: Inbound) -> Message {
    let choices: Vec<Choice> = stored
        .and_then(|stored| serde_json::from_str(stored).ok())
        .unwrap_or_default();
    let words = message.words();
    let said = words.trim();
    let number = said.trim_end_matches(['.', ')']).parse::<usize>().ok();
    let chosen = choices.into_iter().find(|choice| {
        (choice.n > 0 && number == Some(choice.n)) || said.to_lowercase() == choice.t.trim().to_lowercase()
    });
    match chosen {
        Some(choice) => Message::Button {
            payload: choice.p,
            title: Some(choice.t),
        },
        None => Message::Inbound(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::message::Part;

    fn heard(said: &str) -> Message {
        let choice = |number, title: &str| providers::Choice {
            number,
            title: title.into(),
            payload: title.to_lowercase(),
        };
        let stored = write(&[choice(1, "Yes"), choice(2, "Ні")]).unwrap();
        hear(Some(&stored), Inbound::of(Part::text(said)))
    }

    #[test]
    fn a_number_or_a_title_presses_the_button() {
        for (said, payload) in [("1", "yes"), (" 2. ", "ні"), ("yes", "yes"), ("НІ", "ні")] {
            let Message::Button { payload: pressed, .. } = heard(said) else {
                panic!("{said} is a button");
            };
            assert_eq!(pressed, payload);
        }
    }

    #[test]
    fn a_button_that_is_shown_is_known_by_its_title_alone() {
        let shown = providers::Choice {
            number: 0,
            title: "Stop".into(),
            payload: "stop".into(),
        };
        let stored = write(&[shown]).unwrap();
        let said = |text: &str| hear(Some(&stored), Inbound::of(Part::text(text)));
        assert!(matches!(said("stop"), Message::Button { .. }));
        assert!(matches!(said("0"), Message::Inbound(_)));
    }

    #[test]
    fn anything_else_is_a_message() {
        for said in ["3", "yes please", "", "12"] {
            assert!(matches!(heard(said), Message::Inbound(_)), "{said}");
        }
        assert!(matches!(hear(None, Inbound::of(Part::text("1"))), Message::Inbound(_)));
        assert_eq!(write(&[]), None);
    }
}
