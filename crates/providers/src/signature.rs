//! Proofs that a request is genuine. Every comparison takes the same time wherever the first difference is.

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

type HmacSha256 = Hmac<Sha256>;

/// Whether two secrets are the same; their lengths don't show either.
#[must_use]
pub fn same(given: &str, expected: &str) -> bool {
    let (given, expected) = (Sha256::digest(given), Sha256::digest(expected));
    given.ct_eq(&expected).into()
}

/// Whether two hashes are the same.
#[must_use]
pub fn same_bytes(given: &[u8; 32], expected: &[u8; 32]) -> bool {
    given.ct_eq(expected).into()
}

/// HMAC-SHA256 of some pieces that follow one another.
///
/// # Panics
///
/// Never: HMAC takes keys of every length.
#[must_use]
pub fn hmac(key: &[u8], pieces: &[&[u8]]) -> [u8; 32] {
    mac(key, pieces).finalize().into_bytes().into()
}

/// HMAC-SHA256 as lower-case hexadecimal.
#[must_use]
pub fn hmac_hex(key: &[u8], pieces: &[&[u8]]) -> String {
    hex_of(&hmac(key, pieces))
}

/// Bytes as lower-case hexadecimal.
pub(crate) fn hex_of(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether `given` is the HMAC-SHA256 in hexadecimal, of either case.
#[must_use]
pub fn is_hmac_hex(given: &str, key: &[u8], pieces: &[&[u8]]) -> bool {
    from_hex(given).is_some_and(|given| is_hmac(&given, key, pieces))
}

/// Whether `given` is the HMAC-SHA256.
#[must_use]
pub fn is_hmac(given: &[u8], key: &[u8], pieces: &[&[u8]]) -> bool {
    mac(key, pieces).verify_slice(given).is_ok()
}

fn mac(key: &[u8], pieces: &[&[u8]]) -> HmacSha256 {
    let mut mac = HmacSha256::new_from_slice(key).expect("HMAC takes keys of every length");
    for piece in pieces {
        mac.update(piece);
    }
    mac
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let value = |digit: u8| {
        char::from(digit)
            .to_digit(16)
            .and_then(|value| u8::try_from(value).ok())
    };
    digits
        .chunks(2)
        .map(|pair| Some(value(pair[0])? << 4 | value(pair[1])?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_the_contracts_hold() {
        let hub = hmac_hex(b"test-app-secret", &[br#"{"object":"page","entry":[]}"#]);
        assert_eq!(hub, "1a82db3abc2fa71a3fffecfedef579a8468a44850cd8a83a0c56974faff81689");
        let proof = hmac_hex(b"test-app-secret", &[b"EAATESTTOKEN"]);
        assert_eq!(
            proof,
            "ba901af273193122e6a09621afeeeca2f0178ec975261a5cb1daeaea1c0635c2"
        );
        let key = b"445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9";
        let body = br#"{"event":"message","timestamp":1700000000000,"message_token":4912661846655238145}"#;
        let viber = "d6286b5aba814e2414cbb411c5de5cc018c307d878794b5af0398c4ebf5a2b5a";
        assert!(is_hmac_hex(viber, key, &[body]));
        assert!(is_hmac_hex(&viber.to_uppercase(), key, &[body]));
    }

    #[test]
    fn what_is_cut_lengthened_or_no_number_is_no_signature() {
        let (key, body): (&[u8], &[&[u8]]) = (b"k", &[b"body"]);
        let right = hmac_hex(key, body);
        assert!(is_hmac_hex(&right, key, body));
        for wrong in [
            "",
            &right[..62],
            &right[..63],
            &format!("{right}00"),
            &right.replace('a', "g"),
            "é".repeat(32).as_str(),
        ] {
            assert!(!is_hmac_hex(wrong, key, body) || *wrong == *right, "{wrong}");
        }
    }

    #[test]
    fn secrets_are_the_same_only_if_they_are() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd"));
        assert!(!same("", "abc"));
        assert!(!same("abcd", "abc"));
    }
}
