//! Contenders that take turns and time themselves.

use crate::{latencies::Latencies, scale::Scale};
use std::time::{Duration, Instant};

/// Does something once and tells how long the part took that counts.
pub type Contender<'a> = &'a mut dyn FnMut() -> Duration;

/// Lets each repeat for a slice of time, in turns, for several rounds; the round before the first one doesn't count.
pub fn take<const N: usize>(scale: Scale, mut contenders: [Contender<'_>; N]) -> [Latencies; N] {
    let mut all = [const { Latencies::new() }; N];
    for round in 0..=scale.rounds {
        for (contender, latencies) in contenders.iter_mut().zip(&mut all) {
            let end = Instant::now() + scale.slice;
            loop {
                let time = contender();
                if round > 0 {
                    latencies.add(time);
                }
                if Instant::now() >= end {
                    break;
                }
            }
        }
    }
    all
}
