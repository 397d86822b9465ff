//! How long the check of a program takes.

use super::{programs, talk, turns};
use crate::{failure::Fallible, latencies::Latencies, scale::Scale};
use flow::Context;
use serde_json::Value;
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// Sections of a shop that make 2,000 nodes and a few more.
const SECTIONS: usize = 91;

/// A program that was checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Its nodes.
    pub nodes: usize,
    /// Bytes of its text.
    pub bytes: usize,
    /// Mistakes that are found in it.
    pub mistakes: usize,
    /// The floor: its JSON is read, and that is all.
    pub floor: Latencies,
    /// `flow::parse`.
    pub check: Latencies,
}

/// Checks a program that is right, and the same with the nodes misspelt that hold no others.
///
/// # Errors
///
/// If the first one has mistakes, or the second one none.
pub fn measure(scale: Scale) -> Fallible<[Checked; 2]> {
    let right = programs::shop(SECTIONS).to_string();
    let nodes = talk::parse(&right)?.lists.iter().map(|list| list.nodes.len()).sum();
    let wrong = right
        .replace("\"sendText\":", "\"sendTxet\":")
        .replace("\"set\":{", "\"sett\":{");
    let wrong = checked(&wrong, nodes, scale);
    if wrong.mistakes == 0 {
        return Err("no misspelt node is noticed".into());
    }
    Ok([checked(&right, nodes, scale), wrong])
}

fn checked(text: &str, nodes: usize, scale: Scale) -> Checked {
    let [floor, check] = turns::take(
        scale,
        [&mut || timed(|| serde_json::from_str::<Value>(text)), &mut || {
            timed(|| flow::parse(text, &Context::default()))
        }],
    );
    let mistakes = flow::parse(text, &Context::default())
        .err()
        .map_or(0, |mistakes| mistakes.len());
    Checked {
        nodes,
        bytes: text.len(),
        mistakes,
        floor,
        check,
    }
}

/// How long something takes, until its result is dropped.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let started = Instant::now();
    drop(black_box(work()));
    started.elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_has_two_thousand_nodes_and_misspelt_ones_are_mistakes() {
        let [right, wrong] = measure(Scale::QUICK).unwrap();
        assert!((2_000..2_050).contains(&right.nodes), "{}", right.nodes);
        assert_eq!(right.mistakes, 0);
        assert!(wrong.mistakes > 500, "{}", wrong.mistakes);
    }
}
