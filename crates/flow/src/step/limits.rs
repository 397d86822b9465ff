//! What a run may not go beyond.

use std::time::Duration;

/// Steps between two waits.
pub(crate) const STEPS: u32 = 10_000;

/// Bytes of variables, names included.
pub(crate) const VARIABLES: usize = 1 << 20;

/// Lists entered and not left.
pub(crate) const DEPTH: u32 = 64;

/// Jumps in a conversation.
pub(crate) const JUMPS: u32 = 1_000;

/// Messages that are kept until they are asked for, or collected by one `recvMessage`.
pub(crate) const KEPT: usize = 100;

/// Bytes of messages that are kept or collected.
pub(crate) const KEPT_BYTES: usize = 1 << 18;

/// What all scripts of one step may take together: whoever waits behind a conversation waits for them. What runs at the
/// end has the same once more, and the script that goes beyond it comes to its own limit first.
pub(crate) const SCRIPT_TIME: Duration = Duration::from_secs(2);

/// Bytes of variables that may be handled between two waits: ten thousand steps over all that fits into memory would
/// take minutes.
pub(crate) const WORK: u64 = 1 << 29;

/// Bytes of variables that are handled without being counted.
pub(crate) const LIGHT: usize = 1 << 16;

/// Buttons of a message.
pub(crate) const BUTTONS: usize = 1_000;

/// The longest wait, in milliseconds: ten years.
pub(crate) const LONGEST_WAIT: f64 = 315_360_000_000.0;

/// Bytes that are said and logged in one step.
pub(crate) const SAID: usize = 8 << 20;
