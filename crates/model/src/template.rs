//! Texts that are sent on events of a conversation.

use serde::{Deserialize, Serialize};

/// The texts of a gateway, each optional; `${variable}` is replaced when it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Templates {
    /// The title of a new conversation, shown to those who work on it.
    pub title: String,
    /// Sent to the peer when a person joins.
    pub join: String,
    /// Sent to the peer when the conversation ends.
    pub close: String,
    /// Sent to the peer when a person leaves.
    pub left: String,
    /// Sent to the peer instead of a file that is refused.
    pub file_policy_fail: String,
}

impl Templates {
    /// The longest text in characters.
    pub const MAX_CHARS: usize = 4_096;

    /// What may stand between `${` and `}`.
    pub const VARIABLES: [&'static str; 8] = [
        "peer_name",
        "peer_id",
        "first_name",
        "last_name",
        "username",
        "gateway_name",
        "provider",
        "uuid",
    ];

    /// Checks one text.
    ///
    /// # Errors
    ///
    /// A sentence for the field: too long, a `${` that isn't closed, or a variable that doesn't exist.
    pub fn check(text: &str) -> Result<(), String> {
        crate::name::check_text(text, Self::MAX_CHARS)?;
        let mut rest = text;
        while let Some(start) = rest.find("${") {
            let behind = &rest[start + 2..];
            let Some(end) = behind.find('}') else {
                let position = text.len() - rest.len() + start;
                let character = text[..position].chars().count() + 1;
                return Err(format!("Close “${{” with “}}” (character {character})."));
            };
            let name = &behind[..end];
            if !Self::VARIABLES.contains(&name) {
                let known = Self::VARIABLES.join(", ");
                return Err(format!("There is no variable “{name}”. Use one of: {known}."));
            }
            rest = &behind[end + 1..];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_known_variables_are_accepted() {
        for good in ["", "Hello ${first_name}!", "100 $ {x}", "${peer_name}${provider}"] {
            assert_eq!(Templates::check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn an_unknown_variable_is_named() {
        let error = Templates::check("Hi ${nmae}").unwrap_err();
        assert!(error.contains("“nmae”") && error.contains("peer_name"), "{error}");
    }

    #[test]
    fn an_open_brace_is_shown_with_its_place() {
        let error = Templates::check("Привіт ${first_name").unwrap_err();
        assert!(error.contains("character 8"), "{error}");
    }

    #[test]
    fn a_text_that_is_too_long_is_refused() {
        assert!(Templates::check(&"x".repeat(4_097)).is_err());
    }
}
