//! What secrets look like, so that a wrong paste is noticed before it is sealed away.

/// The look of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretShape {
    /// Any text without spaces.
    Any,
    /// A Telegram bot's token; it may be pasted with the whole message that contains it.
    BotToken,
    /// What webhooks are signed with: any text without spaces, or `whsec_` and the key in base 64.
    Webhook,
    /// What may stand in a path as it is: 16 or more letters, digits, `-` and `_`.
    Path,
}

/// The shortest secret in a path, in characters.
const SHORTEST_PATH: usize = 16;

/// How a secret begins that is a key in base 64 and not the key itself.
const WEBHOOK_PREFIX: &str = "whsec_";

impl SecretShape {
    /// What a person pasted, reduced to the secret.
    #[must_use]
    pub fn clean(self, text: &str) -> &str {
        let text = text.trim();
        match self {
            Self::Any | Self::Webhook | Self::Path => text,
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
            Self::Webhook => text.strip_prefix(WEBHOOK_PREFIX).map_or(Ok(()), check_webhook_key),
            Self::Path if is_path(text) => Ok(()),
            Self::Path => Err(format!(
                "Use {SHORTEST_PATH} or more letters, digits, “-” and “_”, or generate one: it stands in an address."
            )),
            Self::BotToken if bot_token(text) == Some(text) => Ok(()),
            Self::BotToken => {
                Err("This is no bot token: one is a number, a colon and at least 30 letters and digits.".to_owned())
            }
        }
    }
}

fn is_path(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    text.len() >= SHORTEST_PATH && text.bytes().all(fits)
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

/// Checks what follows `whsec_`; a key that can't be read would fit no signature.
fn check_webhook_key(text: &str) -> Result<(), String> {
    let digits = text.trim_end_matches('=');
    let is_digit = |c: u8| c.is_ascii_alphanumeric() || c == b'+' || c == b'/';
    // So many digits are 24 to 64 bytes, and one digit over a multiple of four is none.
    let fits = (32..=86).contains(&digits.len()) && digits.len() % 4 != 1 && text.len() - digits.len() <= 2;
    if fits && digits.bytes().all(is_digit) {
        Ok(())
    } else {
        Err("Behind “whsec_” write 24 to 64 bytes in base 64, or generate a secret.".to_owned())
    }
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

    #[test]
    fn a_webhook_secret_is_any_text_or_a_key_in_base_64() {
        let fits = |text: &str| SecretShape::Webhook.check(text).is_ok();
        assert!(fits("old-app-secret"));
        assert!(fits("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assert!(fits(&format!("whsec_{}=", "A".repeat(43))));
        for wrong in [
            "",
            "AAAA",
            "hunter2",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-w",
            &"A".repeat(33),
            &"A".repeat(90),
        ] {
            let error = SecretShape::Webhook.check(&format!("whsec_{wrong}")).unwrap_err();
            assert!(wrong.is_empty() || !error.contains(wrong), "{error}");
        }
    }

    #[test]
    fn a_secret_in_a_path_needs_no_escapes_and_is_long() {
        assert_eq!(SecretShape::Path.check("abcDEF-123_xyz-0"), Ok(()));
        for wrong in [
            "",
            "tooshort",
            "abcDEF-123_xyz-0/",
            "abcDEF-123_xyz-0%20",
            "паролепаролепаро",
        ] {
            let error = SecretShape::Path.check(wrong).unwrap_err();
            assert!(wrong.is_empty() || !error.contains(wrong), "{error}");
        }
    }
}
