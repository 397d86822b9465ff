//! A conversation, had twice: once as it goes, and once stored and read again before each event, with somebody listening.

use crate::turns::{Answer, Turn};
use flow::run::{Engine, Globals, HttpAnswer};
use flow::{
    CalendarAnswer, CalendarKey, Cause, Effect, Event, Message, Programs, State, Step, TraceLine, World, locate, step,
};
use serde_json::Value as Json;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Monday, 23 November 2026, ten o'clock in Kyiv.
const MONDAY: i64 = 1_795_420_800_000;

/// Steps that one event can lead to: as many as there may be between two waits, before and behind a wait that is over, and
/// once more for what runs at the end. Each limit is told by the step that goes beyond it.
const MOST_STEPS: usize = 3 * 10_001;

/// Events behind the last turn until a conversation is over: each asks for one call.
const MOST_LEFT: usize = 20_000;

/// Bytes of variables.
const MOST_VARIABLES: usize = 1 << 20;

/// Bytes of a stored state: in JSON a sign may take six.
const MOST_STORED: usize = 8 << 20;

/// What each look at the stopwatch adds to it, so that scripts run out of time, and in all runs alike.
const TICK: Duration = Duration::from_millis(2);

thread_local! {
    // Starting its thread for each conversation would take longer than most of them.
    static ENGINE: Engine = {
        let looks = AtomicU32::new(0);
        Engine::timed_by(move || TICK * looks.fetch_add(1, Ordering::Relaxed))
    };
}

/// A conversation.
pub struct Talk<'p> {
    programs: &'p Programs,
    text: &'p str,
    state: State,
    globals: Globals,
    calendar: CalendarAnswer,
    now: i64,
    chance: u64,
    call: u64,
    closed: bool,
    /// Whether a script was stopped by the clock on the wall, which is the same for no two runs.
    slow: bool,
}

impl<'p> Talk<'p> {
    /// One that has not begun.
    pub fn new(programs: &'p Programs, text: &'p str) -> Self {
        let globals = Globals::from([("g".to_owned(), "global".to_owned())]);
        let calendar = CalendarAnswer::Open;
        Self {
            programs,
            text,
            state: State::new(),
            globals,
            calendar,
            now: MONDAY,
            chance: 1,
            call: 0,
            closed: false,
            slow: false,
        }
    }

    /// From the first message to the end.
    pub fn whole(mut self, message: Message, turns: &[Turn]) {
        let variables = [
            ("tag", "t1"),
            ("f", "f"),
            ("minus", "-1"),
            ("peer_name", "<Ann>"),
            ("gateway_name", "Bot"),
        ];
        let variables = variables
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .to_vec();
        self.happen(&Event::Start { message, variables });
        for turn in turns {
            self.turn(turn);
        }
        self.happen(&Event::PeerLeft);
        let mut left = 0;
        while !self.state.is_over() && !self.slow {
            let answer = HttpAnswer {
                status: 200,
                ..HttpAnswer::default()
            };
            self.happen(&Event::HttpAnswered {
                number: self.call,
                result: Ok(answer),
            });
            left += 1;
            assert!(left < MOST_LEFT, "it comes to its end");
        }
        let over = self.state.clone();
        self.happen(&Event::Time);
        assert!(self.slow || self.state == over, "nothing happens behind the end");
    }

    fn turn(&mut self, turn: &Turn) {
        let event = match turn {
            Turn::Says(message) => Event::Message(message.clone()),
            Turn::Passes(milliseconds) => {
                self.now = self.now.saturating_add(*milliseconds);
                Event::Time
            }
            Turn::Due => {
                self.now = self.state.due().unwrap_or(self.now).max(self.now);
                Event::Time
            }
            Turn::Answered { late, result } => self.answered(*late, result),
            Turn::Calendar(answer) => return self.calendar = answer.clone(),
            Turn::Damaged { which, with } => return self.damaged(*which, *with),
            Turn::Leaves => Event::PeerLeft,
        };
        self.happen(&event);
    }

    fn answered(&self, late: u64, result: &Answer) -> Event {
        Event::HttpAnswered {
            number: self.call.wrapping_add(late),
            result: result.clone(),
        }
    }

    /// Takes the step both ways.
    fn happen(&mut self, event: &Event) {
        if self.slow {
            return;
        }
        let stored = self.state.to_json();
        assert!(stored.len() < MOST_STORED, "a stored state stays small");
        let read = State::from_json(&stored).expect("what was stored can be read");
        assert_eq!(read, self.state, "what is read is what was stored");
        let was_closed = self.closed;
        let mut lines = Vec::new();
        let chance = self.chance;
        let heard = self.step(read, event.clone(), Some(&mut lines));
        self.chance = chance;
        let state = std::mem::take(&mut self.state);
        let Step { state, effects } = self.step(state, event.clone(), None);
        self.state = state;
        self.slow = slow(&effects) || slow(&heard.effects);
        if self.slow {
            return;
        }
        assert_eq!(effects, heard.effects, "who listens, and storing, changes nothing");
        assert_eq!(self.state, heard.state, "who listens, and storing, changes nothing");
        assert!(lines.len() <= MOST_STEPS, "{} steps", lines.len());
        self.look_at(&effects, was_closed);
    }

    fn step(&mut self, state: State, event: Event, lines: Option<&mut Vec<TraceLine>>) -> Step {
        let (chance, calendar) = (&mut self.chance, &self.calendar);
        let mut random = || {
            *chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *chance
        };
        let listens = lines.is_some();
        let mut nobody = Vec::new();
        let lines = lines.unwrap_or(&mut nobody);
        let mut tell = |line| lines.push(line);
        ENGINE.with(|engine| {
            let mut world = World {
                now: self.now,
                zone: "Europe/Kyiv",
                random: &mut random,
                globals: &self.globals,
                calendars: &|_: CalendarKey<'_>| calendar.clone(),
                scripts: engine,
                trace: if listens { Some(&mut tell) } else { None },
            };
            step(self.programs, state, event, &mut world)
        })
    }

    /// What every step promises.
    fn look_at(&mut self, effects: &[Effect], was_closed: bool) {
        self.closed = was_closed;
        for (index, effect) in effects.iter().enumerate() {
            match effect {
                Effect::Send(_) | Effect::Action(_) => assert!(!self.closed, "nothing is sent behind the end"),
                Effect::CallHttp { number, .. } => {
                    assert!(*number > self.call, "each call has a number of its own");
                    self.call = *number;
                }
                Effect::Failed { path, .. } => {
                    assert!(
                        path.starts_with("flow 60 ") || locate(self.text, path).is_some(),
                        "no node is at {path}"
                    );
                }
                Effect::Close { cause, why } => {
                    assert!(!self.closed, "it ends once");
                    assert!(*cause != Cause::FlowErr || why.is_some(), "an error is told");
                    assert!(
                        !why.as_deref().unwrap_or_default().contains("does not fit"),
                        "a state fits its program"
                    );
                    self.closed = true;
                }
                Effect::Wait { until, .. } => {
                    assert_eq!(index + 1, effects.len(), "a wait is the last effect");
                    assert_eq!(Some(*until), self.state.due());
                }
                Effect::Log(_) => {}
            }
        }
        assert_eq!(
            self.state.due().is_some(),
            matches!(effects.last(), Some(Effect::Wait { .. }))
        );
        assert_eq!(self.closed, self.state.ended().is_some());
        assert!(
            self.state.variables().bytes() <= MOST_VARIABLES,
            "variables have their limit"
        );
        if !self.state.is_over() {
            let place = self.state.place(self.programs).expect("it stands somewhere");
            assert!(
                place.starts_with("flow 60 ") || locate(self.text, &place).is_some(),
                "no node is at {place}"
            );
        }
    }

    /// Takes a step with a state in which something is otherwise than it was stored. It only has to come to an end.
    fn damaged(&mut self, which: u16, with: i32) {
        let mut stored: Json = serde_json::from_str(&self.state.to_json()).expect("a stored state is JSON");
        let mut left = usize::from(which) % count(&stored).max(1);
        damage(&mut stored, &mut left, with);
        let Ok(state) = State::from_json(&stored.to_string()) else {
            return;
        };
        let chance = self.chance;
        for event in [Event::Time, Event::PeerLeft] {
            let stepped = self.step(state.clone(), event, None);
            let again = State::from_json(&stepped.state.to_json()).expect("what was stored can be read");
            self.step(again, Event::Time, None);
        }
        self.chance = chance;
    }
}

fn slow(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| match effect {
        Effect::Failed { why, .. } => why.contains("longer than a second") || why.contains("keep the engine busy"),
        _ => false,
    })
}

/// Numbers, texts and truths in a value.
fn count(value: &Json) -> usize {
    match value {
        Json::Array(values) => values.iter().map(count).sum(),
        Json::Object(fields) => fields.values().map(count).sum(),
        _ => 1,
    }
}

/// Puts something else in the place of the number, text or truth behind so many others.
fn damage(value: &mut Json, left: &mut usize, with: i32) {
    match value {
        Json::Array(values) => values.iter_mut().for_each(|value| damage(value, left, with)),
        Json::Object(fields) => fields.values_mut().for_each(|value| damage(value, left, with)),
        leaf => {
            if *left == 0 {
                *leaf = match leaf {
                    Json::String(_) => "60".into(),
                    Json::Bool(truth) => (!*truth).into(),
                    _ if with % 2 == 0 => (with / 2 % 8).into(),
                    _ => with.into(),
                };
            }
            *left = left.wrapping_sub(1);
        }
    }
}
