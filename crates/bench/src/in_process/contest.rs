//! Three contenders that take turns.

use crate::{failure::Fallible, latencies::Latencies, scale::Scale};
use std::{hint::black_box, time::Duration, time::Instant};

/// Runs each contender for a slice of time, in turns, for several rounds; the round before the first one doesn't count.
pub async fn contest(
    scale: Scale,
    first: impl AsyncFn() -> Fallible<usize>,
    second: impl AsyncFn() -> Fallible<usize>,
    third: impl AsyncFn() -> Fallible<usize>,
) -> Fallible<[Latencies; 3]> {
    let mut all: [Latencies; 3] = Default::default();
    for round in 0..=scale.rounds {
        let slice = if round == 0 { scale.slice / 4 } else { scale.slice };
        let turn = [
            repeat(&first, slice).await?,
            repeat(&second, slice).await?,
            repeat(&third, slice).await?,
        ];
        if round > 0 {
            for (sum, latencies) in all.iter_mut().zip(turn) {
                sum.append(latencies);
            }
        }
    }
    Ok(all)
}

async fn repeat(contender: &impl AsyncFn() -> Fallible<usize>, slice: Duration) -> Fallible<Latencies> {
    let mut latencies = Latencies::default();
    let end = Instant::now() + slice;
    loop {
        let started = Instant::now();
        black_box(contender().await?);
        let now = Instant::now();
        latencies.add(now - started);
        if now >= end {
            return Ok(latencies);
        }
    }
}
