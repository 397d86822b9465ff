//! One number.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How Infobip proves itself to a gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Guard {
    /// Not at all: the address is the secret.
    #[default]
    Open,
    /// With a name and a password.
    Basic {
        /// The name.
        user: String,
        /// The password.
        password: String,
    },
    /// With HMAC-SHA256 of the body, in hexadecimal.
    Hmac {
        /// In which header.
        header: String,
        /// What stands before the digits.
        prefix: String,
        /// The key.
        secret: String,
    },
}

#[derive(Debug)]
pub(crate) struct Number {
    pub digits: Arc<str>,
    pub key: Arc<str>,
    state: Mutex<NumberState>,
}

#[derive(Debug, Default)]
pub(crate) struct NumberState {
    /// Where events go that nothing else was said about, as it is set in the portal.
    pub webhook: String,
    pub guard: Guard,
    /// The next messages are rejected, under these names.
    pub rejections: VecDeque<String>,
    pub templates: Vec<Value>,
    /// The answers to messages whose id was the caller's.
    pub sent: HashMap<String, Value>,
    /// The messages of peers that were marked as read.
    pub read: Vec<String>,
}

/// So many ids are remembered.
pub(crate) const KEPT: usize = 100_000;

impl Number {
    pub fn new(key: &str, number: &str) -> Self {
        Self {
            digits: number.into(),
            key: key.into(),
            state: Mutex::default(),
        }
    }

    pub fn state(&self) -> MutexGuard<'_, NumberState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
