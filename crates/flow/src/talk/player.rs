//! One talk, step by step.

mod verdict;

use super::case::{Case, Clock, Scalar, Talk, TalkStep};
use super::item::Item;
use super::stub::{self, Stub};
use super::{Difference, said};
use crate::run::{Engine, Globals, HttpRequest};
use crate::step::{CalendarAnswer, CalendarKey, Effect, Event, Message, Programs, State, Step, World, step};
use model::message::{Button, ButtonAction};
use std::collections::{BTreeMap, HashMap};

/// Events of one talk. A program that pauses for a millisecond again and again would keep a talk busy for hours.
const MOST_EVENTS: usize = 200_000;

/// A talk that is being played.
pub(super) struct Player<'c> {
    talk: &'c Talk,
    programs: &'c Programs,
    engine: &'c Engine,
    globals: Globals,
    calendars: HashMap<&'c str, &'c CalendarAnswer>,
    start: Vec<(String, String)>,
    zone: String,
    now: i64,
    stubs: Vec<(&'c Stub, u32)>,
    chance: u64,
    state: State,
    events: usize,
    /// What was sent and not yet told.
    sent: Vec<Item>,
    buttons: Vec<Button>,
    log: Vec<String>,
    failures: Vec<(String, String)>,
    requests: Vec<HttpRequest>,
    why: Option<String>,
}

impl<'c> Player<'c> {
    pub fn new(case: &'c Case, talk: &'c Talk, programs: &'c Programs, engine: &'c Engine) -> Result<Self, Difference> {
        let (now, zone) = clock(&case.clock, &talk.clock)?;
        let mut start = defaults();
        for (name, text) in case.start.iter().chain(&talk.start) {
            start.insert(name.clone(), text.text());
        }
        let globals = case.globals.iter().chain(&talk.globals);
        let calendars = case.calendars.iter().chain(&talk.calendars);
        Ok(Self {
            talk,
            programs,
            engine,
            globals: globals
                .map(|(name, text): (&String, &Scalar)| (name.clone(), text.text()))
                .collect(),
            calendars: calendars.map(|(key, answer)| (key.as_str(), &answer.0)).collect(),
            start: start.into_iter().collect(),
            zone,
            now,
            stubs: talk.http.iter().chain(&case.http).map(|stub| (stub, 0)).collect(),
            chance: 0x9e37_79b9_7f4a_7c15,
            state: State::new(),
            events: 0,
            sent: Vec::new(),
            buttons: Vec::new(),
            log: Vec::new(),
            failures: Vec::new(),
            requests: Vec::new(),
            why: None,
        })
    }

    /// Plays all steps and looks at what has come of them. How many there were.
    pub fn play(mut self) -> Result<usize, Difference> {
        for (index, step) in self.talk.steps.iter().enumerate() {
            self.take(index, step).map_err(|difference| Difference {
                step: Some((index + 1, said::told(step).into())),
                ..difference
            })?;
        }
        self.nothing_left()?;
        self.end()?;
        self.variables()?;
        self.lists()?;
        Ok(self.talk.steps.len())
    }

    fn take(&mut self, index: usize, step: &TalkStep) -> Result<(), Difference> {
        if said::count(step) != 1 {
            return Err(Difference::of("a step has exactly one key"));
        }
        if let Some(told) = &step.out {
            return self.told(told);
        }
        self.nothing_left()?;
        if let Some(seconds) = step.wait {
            return self.wait(seconds);
        }
        if step.disconnect == Some(false) {
            return Err(Difference::of("disconnect is written with true"));
        }
        if step.disconnect.is_some() {
            return self.happen(Event::PeerLeft);
        }
        let message = match &step.button {
            Some(label) => self.press(label)?,
            None => said::message(step).ok_or_else(|| Difference::of("the step says nothing"))?,
        };
        if let Some(cause) = self.state.ended() {
            let why = self.why.as_deref().unwrap_or("nothing is answered any more");
            return Err(Difference::of(format!(
                "the conversation has ended already with {cause}: {why}"
            )));
        }
        if index == 0 {
            let variables = std::mem::take(&mut self.start);
            return self.happen(Event::Start { message, variables });
        }
        self.happen(Event::Message(message))
    }

    fn press(&self, label: &str) -> Result<Message, Difference> {
        let Some(button) = self.buttons.iter().find(|button| button.title == label) else {
            let labels: Vec<&str> = self.buttons.iter().map(|button| button.title.as_str()).collect();
            return Err(Difference::of("there is no such button").expecting(label, labels.join(", ")));
        };
        let payload = match &button.action {
            ButtonAction::Reply { payload } => payload.clone(),
            ButtonAction::Url { url } => {
                return Err(Difference::of(format!("the button opens {url} and says nothing")));
            }
            _ => String::new(),
        };
        Ok(Message::Button {
            payload,
            title: Some(button.title.clone()),
        })
    }

    fn wait(&mut self, seconds: f64) -> Result<(), Difference> {
        if !(0.0..=1e12).contains(&seconds) {
            return Err(Difference::of("wait is a number of seconds"));
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is a small number")]
        let until = self.now + (seconds * 1_000.0).round() as i64;
        while let Some(due) = self.state.due().filter(|due| *due <= until) {
            self.now = self.now.max(due);
            self.happen(Event::Time)?;
        }
        self.now = until;
        Ok(())
    }

    /// Lets an event happen, and all the HTTP calls that follow from it.
    fn happen(&mut self, event: Event) -> Result<(), Difference> {
        let mut next = Some(event);
        while let Some(event) = next.take() {
            self.events += 1;
            if self.events > MOST_EVENTS {
                return Err(Difference::of("the program never comes to rest"));
            }
            for effect in self.step(event) {
                if let Some(item) = Item::of(&effect) {
                    self.sent.push(item);
                }
                match effect {
                    Effect::Send(message) if !message.buttons.is_empty() => {
                        self.buttons = message.buttons.into_iter().flatten().collect();
                    }
                    Effect::CallHttp { number, request } => {
                        let result = self.answer(&request)?.give();
                        self.requests.push(request);
                        next = Some(Event::HttpAnswered { number, result });
                    }
                    Effect::Log(text) => self.log.push(text),
                    Effect::Failed { path, why } => self.failures.push((path, why)),
                    Effect::Close { why, .. } => self.why = why,
                    Effect::Send(_) | Effect::Action(_) | Effect::Wait { .. } => {}
                }
            }
        }
        Ok(())
    }

    fn step(&mut self, event: Event) -> Vec<Effect> {
        let chance = &mut self.chance;
        let mut random = || {
            *chance ^= *chance << 13;
            *chance ^= *chance >> 7;
            *chance ^= *chance << 17;
            *chance
        };
        let calendars = |key: CalendarKey<'_>| {
            let (CalendarKey::Id(key) | CalendarKey::Name(key)) = key;
            self.calendars
                .get(key)
                .map_or(CalendarAnswer::None, |answer| (*answer).clone())
        };
        let mut world = World {
            now: self.now,
            zone: &self.zone,
            random: &mut random,
            globals: &self.globals,
            calendars: &calendars,
            scripts: self.engine,
            trace: None,
        };
        let Step { state, effects } = step(self.programs, std::mem::take(&mut self.state), event, &mut world);
        self.state = state;
        effects
    }

    fn answer(&mut self, request: &HttpRequest) -> Result<&'c stub::Answer, Difference> {
        let open = |stub: &Stub, used: u32| stub.times.is_none_or(|times| used < times);
        let fits = |stub: &Stub| stub.request.difference(request).is_none();
        match self
            .stubs
            .iter_mut()
            .find(|(stub, used)| open(stub, *used) && fits(stub))
        {
            Some((stub, used)) => {
                *used += 1;
                Ok(&stub.answer)
            }
            None => Err(Difference::of(format!(
                "no stub answers the request {}",
                stub::told(request)
            ))),
        }
    }
}

fn defaults() -> BTreeMap<String, String> {
    let defaults = [
        ("uuid", "0d2f6a52-7b1c-4c55-9a51-3f1c2f6e9b10"),
        ("gateway_id", "gw-7"),
        ("gateway_name", "Test gateway"),
        ("provider", "telegram_bot"),
        ("peer_id", "501"),
        ("peer_name", "Olena"),
    ];
    defaults
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect()
}

/// The instant and the zone of a talk's clock.
fn clock(case: &Clock, talk: &Clock) -> Result<(i64, String), Difference> {
    let now = talk
        .now
        .as_ref()
        .or(case.now.as_ref())
        .map_or("2026-11-23T10:00:00+02:00", String::as_str);
    let zone = talk
        .timezone
        .as_ref()
        .or(case.timezone.as_ref())
        .map_or("Europe/Kyiv", String::as_str);
    let now: jiff::Timestamp = now
        .parse()
        .map_err(|error| Difference::of(format!("the clock's “{now}” is no instant as in RFC 3339: {error}")))?;
    if jiff::tz::TimeZone::get(zone).is_err() {
        return Err(Difference::of(format!("there is no time zone “{zone}”")));
    }
    Ok((now.as_millisecond(), zone.to_owned()))
}
