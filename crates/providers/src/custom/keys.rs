//! The keys that sign, out of the secrets as they were typed.

use crate::Account;
use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use model::settings::Signature;

/// The secret of today.
const SECRET: &str = "secret.secret";
/// The one before it, for as long as it still counts.
const FORMER: &str = "secret.secret.former";
/// How a secret begins that is its key in base 64.
const PREFIX: &str = "whsec_";

/// Libraries write the padding, people leave it out.
const BASE_64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The keys that count, the present one first; it has no `Debug`.
pub(super) struct Keys(Vec<Vec<u8>>);

impl Keys {
    /// The keys of an account; none when the present secret is missing or is no key, because nothing may be signed with, or
    /// accepted for, a key that nobody chose.
    pub(super) fn of(account: &Account, signature: Signature) -> Option<Self> {
        let present = key(account.secret(SECRET), signature)?;
        let former = key(account.secret(FORMER), signature);
        Some(Self(std::iter::once(present).chain(former).collect()))
    }

    /// The present key.
    pub(super) fn present(&self) -> &[u8] {
        self.0.first().map_or(&[], Vec::as_slice)
    }

    /// Every key that counts.
    pub(super) fn all(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(Vec::as_slice)
    }
}

/// The key of a secret. Systems that sign in the older way know nothing of base 64: there the text itself is the key.
fn key(secret: &str, signature: Signature) -> Option<Vec<u8>> {
    let key = match secret.strip_prefix(PREFIX) {
        Some(text) if signature == Signature::Standard => decode(text)?,
        _ => secret.as_bytes().to_vec(),
    };
    (!key.is_empty()).then_some(key)
}

/// Reads base 64 with or without its padding.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    BASE_64.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_its_own_key_unless_it_says_otherwise() {
        let standard = |secret| key(secret, Signature::Standard);
        assert_eq!(standard("plain-secret").unwrap(), b"plain-secret");
        assert_eq!(standard("whsec_a2V5").unwrap(), b"key");
        assert_eq!(standard("whsec_a2V5cw").unwrap(), b"keys");
        assert_eq!(standard("whsec_a2V5cw==").unwrap(), b"keys");
        assert_eq!(key("whsec_a2V5", Signature::WebitelSign).unwrap(), b"whsec_a2V5");
    }

    #[test]
    fn what_is_no_key_signs_nothing() {
        for secret in ["", "whsec_", "whsec_=", "whsec_no base 64", "whsec_a"] {
            assert_eq!(key(secret, Signature::Standard), None, "{secret}");
        }
    }
}
