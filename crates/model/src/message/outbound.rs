//! What we tell a messenger.

use super::{Part, Thread};
use serde::{Deserialize, Serialize};

/// A message on its way to a messenger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// The same for each attempt, so that a messenger that knows such keys shows the message once.
    pub idempotency_key: String,
    /// Where it goes.
    pub thread: Thread,
    /// What is said.
    pub message: Outbound,
}

/// What is said to the peer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outbound {
    /// What it consists of.
    pub parts: Vec<Part>,
    /// Buttons by rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Vec<Button>>,
    /// Where the buttons stand.
    pub layout: Layout,
    /// The message that is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// Whether the peer's device stays quiet.
    #[serde(skip_serializing_if = "is_false")]
    pub silent: bool,
    /// Whether the peer shall not type an answer.
    #[serde(skip_serializing_if = "is_false")]
    pub no_input: bool,
    /// A word for a system of the customer's own: letters, digits, underscore.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Where the buttons of a message stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// In place of the keyboard, until one is pressed.
    #[default]
    Reply,
    /// Under the message.
    Inline,
    /// Nowhere: buttons that stand in place of the keyboard go away.
    Remove,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What is written on it.
    #[serde(default)]
    pub title: String,
    /// What it does.
    #[serde(flatten)]
    pub action: ButtonAction,
}

/// What a button does when it is pressed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ButtonAction {
    /// It answers for the peer.
    Reply {
        /// With this.
        #[serde(default)]
        payload: String,
    },
    /// It opens a page.
    Url {
        /// Which.
        #[serde(default)]
        url: String,
    },
    /// It shares the peer's phone.
    RequestPhone,
    /// It shares where the peer is.
    RequestLocation,
    /// It shares the peer's address for electronic mail.
    RequestEmail,
    /// A kind that this version does not know.
    #[serde(other)]
    Unknown,
}

/// What the peer sees us do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatAction {
    /// We type.
    Typing,
    /// We do no longer.
    Cancel,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_back_as_it_was_written() {
        let message = Outbound {
            parts: vec![Part::text("Where?")],
            buttons: vec![vec![
                Button {
                    title: "Here".into(),
                    action: ButtonAction::RequestLocation,
                },
                Button {
                    title: "Site".into(),
                    action: ButtonAction::Url {
                        url: "https://a.example".into(),
                    },
                },
                Button {
                    title: "No".into(),
                    action: ButtonAction::Reply { payload: "-".into() },
                },
            ]],
            no_input: true,
            ..Outbound::default()
        };
        let written = serde_json::to_string(&message).unwrap();
        assert_eq!(serde_json::from_str::<Outbound>(&written).unwrap(), message);
    }

    #[test]
    fn a_button_of_a_later_version_keeps_its_title() {
        let button: Button = serde_json::from_str(r#"{"title":"Pay","type":"pay","sum":3}"#).unwrap();
        assert_eq!(
            button,
            Button {
                title: "Pay".into(),
                action: ButtonAction::Unknown
            }
        );
    }
}
