//! Loops, limits and jumps.

use super::{Stop, Walk, node_at};
use crate::program::{Action, Limit, ListId, Node, Place, Program, Script};
use crate::run::insert;
use crate::step::Cause;
use crate::step::limits::JUMPS;

/// Rounds of a loop that names no number.
const ROUNDS: u32 = 1_000;

impl<'p> Walk<'p, '_, '_> {
    /// Counts an arrival at a node with a limit. Whether it may run once more.
    pub(super) fn within(&mut self, limit: &Limit, place: Place) -> bool {
        let Some(call) = self.state.calls.last_mut() else {
            return false;
        };
        let found = call.limits.iter().position(|(node, _)| *node == place);
        let ran = match found {
            Some(at) => call.limits[at].1,
            None => 0,
        };
        if ran >= limit.max {
            return false;
        }
        match found {
            Some(at) => call.limits[at].1 += 1,
            None => call.limits.push((place, 1)),
        }
        true
    }

    /// Goes where a limit leads. A jump that cannot be made ends the run.
    pub(super) fn failover(&mut self, program: &'p Program, limit: &Limit) {
        match self.jump(program, &limit.failover) {
            Ok(()) => {
                self.say(|| format!("ran {} times already, goes to “{}”", limit.max, limit.failover));
                self.close_line();
                self.check_depth();
            }
            Err(why) => {
                self.say(|| format!("ran {} times already; {why}, so the run ends", limit.max));
                self.end(Cause::FlowEnd, Some(why));
            }
        }
    }

    /// Goes to a tag of the scope in which it stands.
    pub fn jump(&mut self, program: &'p Program, tag: &str) -> Result<(), String> {
        if self.state.jumps >= JUMPS {
            return Err(format!("{JUMPS} jumps were made in this conversation, and no more are"));
        }
        let scope = self
            .here()
            .and_then(|(_, place)| program.lists.get(place.list.0 as usize))
            .map(|list| list.scope);
        let target = scope
            .and_then(|scope| program.scopes.get(scope.0 as usize))
            .and_then(|scope| scope.tags.get(tag));
        let target = *target.ok_or_else(|| format!("there is no tag “{tag}” here"))?;
        self.state.jumps += 1;
        let around = loops_around(program, target.list);
        let Some(call) = self.state.calls.last_mut() else {
            return Err("it stands nowhere".to_owned());
        };
        call.place = target;
        call.rounds.retain(|(place, _)| around.contains(place));
        let entered: Vec<Place> = around
            .into_iter()
            .filter(|place| !call.rounds.iter().any(|(known, _)| known == place))
            .collect();
        for place in entered {
            // The jump is the entry into the loop, and the round that it begins the first.
            let left = self.rounds(program, place).unwrap_or(1).saturating_sub(1);
            if let Some(call) = self.state.calls.last_mut() {
                call.rounds.push((place, left));
            }
        }
        Ok(())
    }

    /// How many rounds the loop at a place has.
    fn rounds(&self, program: &Program, place: Place) -> Result<u32, Stop> {
        let Some(Action::While {
            max_steps: Some(most), ..
        }) = node_at(program, place).map(|node| &node.action)
        else {
            return Ok(ROUNDS);
        };
        let most = self.with(|scope| insert::number(most, scope))??;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast from a float saturates"
        )]
        Ok(most as u32)
    }

    /// Goes into a loop, or past it if it has no rounds.
    pub fn first_round(&mut self, program: &'p Program, place: Place, body: ListId) -> Result<super::Go, Stop> {
        let most = self.rounds(program, place)?;
        let Some(call) = self.state.calls.last_mut() else {
            return Ok(super::Go::Next);
        };
        call.rounds.retain(|(known, _)| *known != place);
        if most == 0 {
            self.say(|| "has no rounds".to_owned());
            return Ok(super::Go::Next);
        }
        call.rounds.push((place, most - 1));
        self.say(|| "begins its first round".to_owned());
        Ok(super::Go::Enter(body))
    }

    /// Tests a loop behind a round: it goes round once more or ends.
    pub(super) fn next_round(&mut self, node: &Node, place: Place, condition: &Script, body: ListId) {
        if !self.count_step() {
            return;
        }
        self.open_line(node);
        let rounds = self
            .state
            .calls
            .last()
            .map(|call| call.rounds.as_slice())
            .unwrap_or_default();
        let left = rounds
            .iter()
            .find(|(known, _)| *known == place)
            .map_or(0, |(_, left)| *left);
        let again = if left == 0 { Ok(false) } else { self.is_true(condition) };
        match again {
            Err(Stop::Limit(why)) => return self.limit(why),
            Err(Stop::Failed(why)) => self.fail(&why),
            Ok(true) => {
                self.say(|| "goes round once more".to_owned());
                self.close_line();
                if let Some(call) = self.state.calls.last_mut() {
                    if let Some(round) = call.rounds.iter_mut().find(|(known, _)| *known == place) {
                        round.1 -= 1;
                    }
                    call.place = Place { list: body, index: 0 };
                }
                return;
            }
            Ok(false) => {}
        }
        self.say(|| "ends".to_owned());
        self.close_line();
        if let Some(call) = self.state.calls.last_mut() {
            call.rounds.retain(|(known, _)| *known != place);
        }
        self.behind();
    }
}

/// The loops whose bodies a list is in, the innermost first.
fn loops_around(program: &Program, mut list: ListId) -> Vec<Place> {
    let mut around = Vec::new();
    while let Some(holder) = program.lists.get(list.0 as usize).and_then(|list| list.holder) {
        if matches!(
            node_at(program, holder).map(|node| &node.action),
            Some(Action::While { .. })
        ) {
            around.push(holder);
        }
        list = holder.list;
    }
    around
}
