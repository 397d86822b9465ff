//! What secrets look like, so that a wrong paste is noticed before it is sealed away.

/// The look of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretShape {
    /// Any text without spaces.
    Any,
    /// A Telegram bot's token; it may be pasted with the whole message that contains it.
    BotToken,
}

impl SecretShape {
    /// What a person pasted, reduced to the secret.
    #[must_use]
    pub fn clean(self, text: &str) -> &str {
        let text = text.trim();
        match self {
            Self::Any => text,
            Self::BotToken => bot_token(text).unwrap_or(text),
        }
    }

    /// Checks a cleaned secret.
    ///
    /// # Errors
    ///
    /// A sentence for the field; it never repeats the secret.
    pub fn check(self, text: &str) -> Result<(), String> {
        match self {
            Self::Any => Ok(()),
            Self::BotToken if bot_token(text) == Some(text) => Ok(()),
            Self::BotToken => {
                Err("This is no bot token: one is a number, a colon and at least 30 letters and digits.".to_owned())
            }
        }
    }
}

/// Finds a Telegram bot token: digits, a colon, 30 or more letters, digits, `_` or `-`.
fn bot_token(text: &str) -> Option<&str> {
    let is_tail = |c: &char| c.is_ascii_alphanumeric() || *c == '_' || *c == '-';
    text.match_indices(':').find_map(|(colon, _)| {
        let digits = text[..colon].bytes().rev().take_while(u8::is_ascii_digit).count();
        let tail = text[colon + 1..].chars().take_while(is_tail).count();
        let fits = (6..=20).contains(&digits) && (30..=64).contains(&tail);
        fits.then(|| &text[colon - digits..=colon + tail])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

    #[test]
    fn a_token_is_found_in_a_pasted_message() {
        let message = format!("Done! Use this token to access the HTTP API:\n{TOKEN}\nKeep it safe.");
        assert_eq!(SecretShape::BotToken.clean(&message), TOKEN);
        assert_eq!(SecretShape::Any.clean(" x y "), "x y");
    }

    #[test]
    fn something_else_is_no_token_and_is_not_repeated() {
        let error = SecretShape::BotToken.check("12:secretword").unwrap_err();
        assert!(!error.contains("secretword"));
        assert_eq!(SecretShape::BotToken.check(TOKEN), Ok(()));
    }
}
