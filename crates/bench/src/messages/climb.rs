//! The highest rate without loss: steps upwards until it is too much, then halves of what lies between.

use super::{order, order::Told, telegram::Telegram};
use crate::{failure::Fallible, scale::Amount};
use std::{net::SocketAddr, time::Duration};

/// Where it begins, in messages a second.
const FIRST: u32 = 500;
/// Nothing is tried beyond this: there it would be the load generator that is measured.
pub const LAST: u32 = 30_000;
/// How often what lies between is halved.
const HALVES: u32 = 4;
/// Who keeps up is through with the last tenth of the load so soon; who is a twentieth too slow is not.
const KEPT_UP: Duration = Duration::from_millis(250);

/// Who is loaded.
#[derive(Clone, Copy, Debug)]
pub enum Load<'a> {
    /// Servers, which answer each update.
    Servers(&'a [SocketAddr]),
    /// A floor, which only acknowledges.
    Floor(SocketAddr),
}

/// The rates that are tried, one after the other.
#[derive(Clone, Copy, Debug)]
struct Climb {
    held: u32,
    failed: Option<u32>,
    halves: u32,
}

impl Climb {
    const fn new() -> Self {
        Self {
            held: 0,
            failed: None,
            halves: 0,
        }
    }

    /// What to try next; nothing when it is known well enough.
    fn next(&self) -> Option<u32> {
        match self.failed {
            None if self.held == 0 => Some(FIRST),
            None => Some(self.held.saturating_mul(3) / 2).filter(|rate| *rate <= LAST),
            Some(_) if self.halves >= HALVES => None,
            Some(failed) => Some(u32::midpoint(self.held, failed)).filter(|rate| *rate > self.held),
        }
    }

    fn note(&mut self, rate: u32, held: bool) {
        self.halves += u32::from(self.failed.is_some());
        if held {
            self.held = rate;
        } else {
            self.failed = Some(rate);
        }
    }
}

/// The highest rate that was held; a rate that was not is tried twice, since others use the machine, too. A rate that is
/// given is taken as it is.
pub async fn highest(telegram: &mut Telegram, load: Load<'_>, amount: Amount) -> Fallible<u32> {
    if let Some(rate) = amount.rate {
        return Ok(rate);
    }
    let mut climb = Climb::new();
    while let Some(rate) = climb.next() {
        let count = order::count(rate, amount.attempt);
        let mut held = false;
        for _ in 0..2 {
            let told = match load {
                Load::Servers(addresses) => telegram.load(addresses, rate, count).await?,
                Load::Floor(address) => telegram.knock(address, rate, count).await?,
            };
            held = is_held(&told);
            if held {
                break;
            }
        }
        climb.note(rate, held);
    }
    if climb.held == 0 {
        return Err("not one of the rates that were tried went without loss".into());
    }
    Ok(climb.held)
}

fn is_held(told: &Told) -> bool {
    told.is_whole() && told.last.p99 <= KEPT_UP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_climb_ends_near_what_can_be_held() {
        for most in [600, 4_500, 5_100, 20_000] {
            let mut climb = Climb::new();
            let mut tries = 0;
            while let Some(rate) = climb.next() {
                climb.note(rate, rate <= most);
                tries += 1;
            }
            assert!(
                climb.held <= most && climb.held * 20 >= most * 19,
                "{climb:?} for {most}"
            );
            assert!(tries < 20);
        }
    }

    #[test]
    fn a_server_that_holds_nothing_is_not_tried_for_ever() {
        let mut climb = Climb::new();
        while let Some(rate) = climb.next() {
            climb.note(rate, false);
        }
        assert_eq!(climb.held, 0);
    }

    #[test]
    fn a_backlog_that_grows_is_not_held() {
        let told = Told {
            sent: 10,
            acknowledged: 10,
            replied: 10,
            awaited: true,
            ..Told::default()
        };
        assert!(is_held(&told));
        let mut late = told;
        late.last.p99 = KEPT_UP * 2;
        assert!(!is_held(&late));
    }
}
