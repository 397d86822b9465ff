//! What the interpreter allocates: counted by a binary of its own, so that nothing else is measured with its allocator.

use super::talk::{self, float};
use crate::failure::Fallible;
use flow::run::Engine;
use serde::{Deserialize, Serialize};
use std::{env, hint::black_box, process::Command};

/// The binary, which is built together with this one.
const BINARY: &str = "bench-allocations";

/// What one message takes from the heap, on average over a conversation.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Allocations {
    /// Pieces.
    pub count: f64,
    /// Bytes of all of them.
    pub bytes: f64,
}

/// Asks the binary that counts.
///
/// # Errors
///
/// If it is missing or fails.
pub fn ask() -> Fallible<Vec<Allocations>> {
    let path = env::current_exe()?.with_file_name(BINARY);
    if !path.is_file() {
        return Err(format!(
            "{} is missing; build it with `cargo build --package bench`",
            path.display()
        )
        .into());
    }
    let output = Command::new(path).output()?;
    if output.status.success() {
        Ok(serde_json::from_slice(&output.stdout)?)
    } else {
        Err(format!("{BINARY} has failed: {}", String::from_utf8_lossy(&output.stderr)).into())
    }
}

/// Counts in each talk; `measure` runs what it is given and tells the allocations of this thread and their bytes. Scripts
/// run on a thread of their own, in an engine with a heap of its own.
///
/// # Errors
///
/// If a program is refused.
pub fn count(measure: impl Fn(&mut dyn FnMut()) -> (u64, u64)) -> Fallible<Vec<Allocations>> {
    let scripts = Engine::new();
    let mut all = Vec::new();
    for talk in talk::all()? {
        let mut interpreter = talk.interpreter(&scripts);
        let mut events = talk.events().into_iter();
        let (count, bytes) = measure(&mut || {
            for event in events.by_ref() {
                black_box(interpreter.take(event));
            }
        });
        let a_message = |total: u64| float(usize::try_from(total).unwrap_or(usize::MAX)) / float(talk.messages());
        all.push(Allocations {
            count: a_message(count),
            bytes: a_message(bytes),
        });
    }
    Ok(all)
}
