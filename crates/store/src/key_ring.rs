//! The keys that seal secrets and sign cursors and the addresses of files.
//!
//! The first key seals and signs; every key opens and verifies, so that a key can be replaced without a stop.

use base64::{Engine, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    XChaCha20Poly1305,
    aead::{Aead, KeyInit, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;

/// Length of the tag of [`KeyRing::sign`] in bytes.
pub(crate) const TAG_BYTES: usize = 16;

/// What the signing keys are derived for: what is signed for one purpose is nothing for another.
const CURSOR: &[u8] = b"chat-gateways cursor 1";
const ADDRESS: &[u8] = b"chat-gateways media 1";

type HmacSha256 = Hmac<Sha256>;

/// Keys by id; `Debug` shows the ids only.
#[derive(Clone)]
pub struct KeyRing {
    keys: Vec<Key>,
}

#[derive(Clone)]
struct Key {
    id: String,
    seal: [u8; 32],
    sign: [u8; 32],
    address: [u8; 32],
}

impl Key {
    fn new(id: &str, seal: [u8; 32]) -> Self {
        Self {
            id: id.to_owned(),
            seal,
            sign: mac(&seal, CURSOR),
            address: mac(&seal, ADDRESS),
        }
    }
}

/// Why a text is no key ring; it never shows a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingError {
    /// There is no key.
    #[error("no key is given; write at least one as id:base64")]
    Empty,
    /// An entry is not `id:base64`.
    #[error("key number {0} is not written as id:base64")]
    Shape(usize),
    /// An id has other characters than letters, digits, `-` and `_`, or more than 32 of them.
    #[error("the id of key number {0} needs 1 to 32 letters, digits, “-” or “_”")]
    Id(usize),
    /// A key is not 32 bytes of base64.
    #[error("key “{0}” is not 32 bytes in base64")]
    Length(String),
    /// Two keys have the same id.
    #[error("two keys have the id “{0}”")]
    Twice(String),
}

/// Why a secret could not be sealed or opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The key that sealed it is not in the ring.
    #[error("the secret was sealed with key “{0}”, which is not among the configured keys")]
    UnknownKey(String),
    /// Keys that are in use are not in the ring.
    #[error("secrets in the database were sealed with keys that are not configured: {}", .0.join(", "))]
    MissingKeys(Vec<String>),
    /// A key that is in use has another value in the ring.
    #[error("key “{0}” is not the one that sealed the secrets in the database")]
    WrongKey(String),
    /// The key is there but the sealed bytes don't belong to it or to this place.
    #[error("the sealed secret was damaged or belongs to another place or key")]
    Damaged,
}

/// A sealed secret, as the database holds it.
pub(crate) struct Sealed {
    pub key_id: String,
    pub nonce: Vec<u8>,
    pub bytes: Vec<u8>,
}

impl KeyRing {
    /// Reads `id:base64,id:base64…`, each key 32 bytes in standard base64; the first one seals.
    ///
    /// # Errors
    ///
    /// The first rule that the text breaks.
    pub fn parse(text: &str) -> Result<Self, KeyRingError> {
        let mut keys: Vec<Key> = Vec::new();
        let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        for (index, entry) in entries.enumerate() {
            let number = index + 1;
            let (id, key) = entry.split_once(':').ok_or(KeyRingError::Shape(number))?;
            let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            if !(1..=32).contains(&id.len()) || !id.chars().all(allowed) {
                return Err(KeyRingError::Id(number));
            }
            if keys.iter().any(|known| known.id == id) {
                return Err(KeyRingError::Twice(id.to_owned()));
            }
            let wrong = || KeyRingError::Length(id.to_owned());
            let bytes = STANDARD.decode(key.trim()).map_err(|_| wrong())?;
            let seal: [u8; 32] = bytes.try_into().map_err(|_| wrong())?;
            keys.push(Key::new(id, seal));
        }
        if keys.is_empty() {
            Err(KeyRingError::Empty)
        } else {
            Ok(Self { keys })
        }
    }

    /// Makes a ring of one key from 32 random bytes.
    #[must_use]
    pub fn from_bytes(id: &str, bytes: [u8; 32]) -> Self {
        Self {
            keys: vec![Key::new(id, bytes)],
        }
    }

    /// Whether a key of this id is in the ring.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.keys.iter().any(|key| key.id == id)
    }

    /// Seals a secret for one place; `nonce` must be random.
    pub(crate) fn seal(&self, place: &str, secret: &[u8], nonce: [u8; 24]) -> Result<Sealed, SealError> {
        let key = &self.keys[0];
        let payload = Payload {
            msg: secret,
            aad: place.as_bytes(),
        };
        let bytes = XChaCha20Poly1305::new(&key.seal.into())
            .encrypt(&nonce.into(), payload)
            .map_err(|_| SealError::Damaged)?;
        Ok(Sealed {
            key_id: key.id.clone(),
            nonce: nonce.to_vec(),
            bytes,
        })
    }

    /// Opens what [`KeyRing::seal`] made for the same place.
    pub(crate) fn open(&self, place: &str, sealed: &Sealed) -> Result<Vec<u8>, SealError> {
        let key = self.keys.iter().find(|key| key.id == sealed.key_id);
        let key = key.ok_or_else(|| SealError::UnknownKey(sealed.key_id.clone()))?;
        let nonce: [u8; 24] = sealed.nonce.as_slice().try_into().map_err(|_| SealError::Damaged)?;
        let payload = Payload {
            msg: &sealed.bytes,
            aad: place.as_bytes(),
        };
        XChaCha20Poly1305::new(&key.seal.into())
            .decrypt(&nonce.into(), payload)
            .map_err(|_| SealError::Damaged)
    }

    /// Signs bytes that leave the server and come back.
    pub(crate) fn sign(&self, bytes: &[u8]) -> [u8; TAG_BYTES] {
        let whole = mac(&self.keys[0].sign, bytes);
        std::array::from_fn(|i| whole[i])
    }

    /// Whether any key of the ring signed these bytes; takes the same time for every wrong tag.
    pub(crate) fn verify(&self, bytes: &[u8], tag: &[u8]) -> bool {
        self.keys
            .iter()
            .any(|key| hmac(&key.sign, bytes).verify_truncated_left(tag).is_ok())
    }

    /// Signs the address of a file, whole: it leaves the server for people and messengers.
    pub(crate) fn sign_address(&self, bytes: &[u8]) -> [u8; 32] {
        mac(&self.keys[0].address, bytes)
    }

    /// Whether any key of the ring signed this address; takes the same time for every wrong tag.
    pub(crate) fn verify_address(&self, bytes: &[u8], tag: &[u8]) -> bool {
        self.keys
            .iter()
            .any(|key| hmac(&key.address, bytes).verify_slice(tag).is_ok())
    }
}

fn hmac(key: &[u8; 32], bytes: &[u8]) -> HmacSha256 {
    let mut hmac = <HmacSha256 as Mac>::new_from_slice(key).expect("HMAC takes keys of every length");
    hmac.update(bytes);
    hmac
}

fn mac(key: &[u8; 32], bytes: &[u8]) -> [u8; 32] {
    hmac(key, bytes).finalize().into_bytes().into()
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|key| &key.id)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "old:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    const NEW: &str = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    fn ring(entries: &[&str]) -> KeyRing {
        KeyRing::parse(&entries.join(",")).unwrap()
    }

    #[test]
    fn each_broken_rule_is_named() {
        let twice = format!("{OLD},{OLD}");
        let cases = [
            ("", KeyRingError::Empty),
            (" , ", KeyRingError::Empty),
            ("abc", KeyRingError::Shape(1)),
            ("a b:AAAA", KeyRingError::Id(1)),
            (":AAAA", KeyRingError::Id(1)),
            ("short:AAAA", KeyRingError::Length("short".into())),
            ("odd:%%%", KeyRingError::Length("odd".into())),
            (twice.as_str(), KeyRingError::Twice("old".into())),
        ];
        for (text, error) in cases {
            assert_eq!(KeyRing::parse(text).unwrap_err(), error, "{text}");
        }
    }

    #[test]
    fn a_secret_sealed_with_an_old_key_opens_after_a_new_one_came() {
        let sealed = ring(&[OLD]).seal("a/1/token", b"hunter2", [7; 24]).unwrap();
        let both = ring(&[NEW, OLD]);
        assert_eq!(both.open("a/1/token", &sealed).unwrap(), b"hunter2");
        assert_eq!(both.seal("a/1/token", b"x", [7; 24]).unwrap().key_id, "new");
    }

    #[test]
    fn a_secret_opens_in_its_own_place_only() {
        let ring = ring(&[OLD]);
        let mut sealed = ring.seal("a/1/token", b"hunter2", [7; 24]).unwrap();
        assert_eq!(ring.open("a/2/token", &sealed), Err(SealError::Damaged));
        sealed.bytes[0] ^= 1;
        assert_eq!(ring.open("a/1/token", &sealed), Err(SealError::Damaged));
    }

    #[test]
    fn a_missing_key_is_named() {
        let sealed = ring(&[OLD]).seal("a/1/token", b"hunter2", [7; 24]).unwrap();
        let error = ring(&[NEW]).open("a/1/token", &sealed).unwrap_err();
        assert_eq!(error, SealError::UnknownKey("old".into()));
    }

    #[test]
    fn debug_output_shows_ids_only() {
        assert_eq!(format!("{:?}", ring(&[OLD, NEW])), r#"["old", "new"]"#);
    }

    #[test]
    fn a_signature_survives_a_rotation_and_nothing_else() {
        let tag = ring(&[OLD]).sign(b"text");
        assert!(ring(&[NEW, OLD]).verify(b"text", &tag));
        assert!(!ring(&[NEW]).verify(b"text", &tag));
        assert!(!ring(&[OLD]).verify(b"texT", &tag));
    }

    #[test]
    fn what_is_signed_for_one_purpose_is_nothing_for_another() {
        let ring = ring(&[OLD]);
        let tag = ring.sign_address(b"text");
        assert!(ring.verify_address(b"text", &tag));
        assert!(!ring.verify_address(b"text", &tag[..TAG_BYTES]), "half a tag");
        assert!(!ring.verify(b"text", &tag[..TAG_BYTES]));
        assert!(!ring.verify_address(b"text", &ring.sign(b"text")));
    }
}
