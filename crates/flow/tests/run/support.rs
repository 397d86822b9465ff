//! A conversation for tests. Its state is written to JSON and read again before each event.

use flow::run::{Engine, Globals, HttpAnswer, HttpRequest};
use flow::{
    CalendarAnswer, CalendarKey, Cause, Context, Effect, Event, HttpFailure, Message, Programs, State, Step, TraceLine,
    World, parse, step,
};
use model::message::{ChatAction, Inbound, Outbound, Part};
use serde_json::Value as Json;
use std::sync::Arc;

/// 2026-11-23 10:00:00 in Kyiv, a Monday.
pub const MONDAY: i64 = 1_795_420_800_000;

/// A conversation.
pub struct Talk {
    programs: Programs,
    pub state: State,
    pub now: i64,
    pub engine: Engine,
    pub globals: Globals,
    pub variables: Vec<(String, String)>,
    pub calendar: CalendarAnswer,
    pub sent: Vec<Outbound>,
    pub actions: Vec<ChatAction>,
    pub log: Vec<String>,
    pub failed: Vec<(String, String)>,
    pub calls: Vec<(u64, HttpRequest)>,
    pub closed: Option<(Cause, Option<String>)>,
    pub wait: Option<(bool, i64)>,
    pub trace: Vec<TraceLine>,
    pub effects: Vec<Effect>,
}

/// The checked program.
pub fn program(program: &Json) -> Arc<flow::Program> {
    match parse(&program.to_string(), &Context::default()) {
        Ok(program) => Arc::new(program),
        Err(mistakes) => panic!("{mistakes:#?}"),
    }
}

impl Talk {
    /// A conversation that has not begun.
    pub fn of(json: &Json) -> Self {
        Self::with(Programs::new(program(json)))
    }

    pub fn with(programs: Programs) -> Self {
        Self {
            programs,
            state: State::new(),
            now: MONDAY,
            engine: Engine::new(),
            globals: Globals::new(),
            variables: vec![
                ("peer_name".into(), "Ann".into()),
                ("gateway_name".into(), "Bot".into()),
            ],
            calendar: CalendarAnswer::None,
            sent: Vec::new(),
            actions: Vec::new(),
            log: Vec::new(),
            failed: Vec::new(),
            calls: Vec::new(),
            closed: None,
            wait: None,
            trace: Vec::new(),
            effects: Vec::new(),
        }
    }

    /// Adds a flow that can be called.
    pub fn and_flow(mut self, id: &str, json: &Json) -> Self {
        self.programs = self.programs.with(id, program(json));
        self
    }

    /// Begins with a message.
    pub fn start(json: &Json) -> Self {
        let mut talk = Self::of(json);
        talk.begin("hi");
        talk
    }

    pub fn begin(&mut self, text: &str) {
        let message = Inbound::of(Part::text(text)).into();
        let variables = std::mem::take(&mut self.variables);
        self.happen(Event::Start { message, variables });
    }

    pub fn says(&mut self, text: &str) {
        self.happen(Event::Message(Inbound::of(Part::text(text)).into()));
    }

    pub fn sends(&mut self, part: Part) {
        self.happen(Event::Message(Inbound::of(part).into()));
    }

    pub fn presses(&mut self, payload: &str) {
        self.happen(Event::Message(Message::Button {
            payload: payload.into(),
            title: None,
        }));
    }

    /// So many seconds pass; what is due in them happens.
    pub fn after(&mut self, seconds: i64) {
        let until = self.now + seconds * 1_000;
        while let Some(due) = self.state.due().filter(|due| *due <= until) {
            self.now = due;
            self.happen(Event::Time);
        }
        self.now = until;
    }

    /// The last HTTP call is answered.
    pub fn answers(&mut self, status: u16, kind: &str, body: &str) {
        let answer = HttpAnswer {
            status,
            content_type: Some(kind.into()),
            body: body.as_bytes().to_vec(),
            cookies: Vec::new(),
        };
        self.answers_with(Ok(answer));
    }

    pub fn answers_with(&mut self, result: Result<HttpAnswer, HttpFailure>) {
        let number = self.calls.last().expect("a call was made").0;
        self.happen(Event::HttpAnswered { number, result });
    }

    pub fn leaves(&mut self) {
        self.happen(Event::PeerLeft);
    }

    pub fn happen(&mut self, event: Event) {
        let stored = self.state.to_json();
        let state = State::from_json(&stored).unwrap();
        assert_eq!(state, self.state, "a state that is stored and read again is the same");
        let mut random = || 7;
        let calendars = |_: CalendarKey<'_>| self.calendar.clone();
        let mut lines = Vec::new();
        let mut tell = |line| lines.push(line);
        let mut world = World {
            now: self.now,
            zone: "Europe/Kyiv",
            random: &mut random,
            globals: &self.globals,
            calendars: &calendars,
            scripts: &self.engine,
            trace: Some(&mut tell),
        };
        let Step { state, effects } = step(&self.programs, state, event, &mut world);
        self.state = state;
        self.trace.extend(lines);
        self.wait = None;
        self.effects.clone_from(&effects);
        for effect in effects {
            match effect {
                Effect::Send(message) => self.sent.push(message),
                Effect::Action(action) => self.actions.push(action),
                Effect::CallHttp { number, request } => self.calls.push((number, request)),
                Effect::Log(text) => self.log.push(text),
                Effect::Failed { path, why } => self.failed.push((path, why)),
                Effect::Close { cause, why } => self.closed = Some((cause, why)),
                Effect::Wait { message, until } => self.wait = Some((message, until)),
            }
        }
    }

    /// A variable, or what stands at a path in one.
    pub fn var(&self, path: &str) -> String {
        self.state.variables().text(path).into_owned()
    }

    /// The texts that were sent since this was asked last.
    pub fn texts(&mut self) -> Vec<String> {
        let text = |message: &Outbound| message.parts.first().and_then(Part::words).unwrap_or_default();
        self.sent.drain(..).map(|message| text(&message)).collect()
    }

    /// The only message that was sent.
    pub fn message(&mut self) -> Outbound {
        assert_eq!(self.sent.len(), 1, "{:?}", self.sent);
        self.sent.remove(0)
    }

    /// The paths of the nodes that failed.
    pub fn failures(&self) -> Vec<&str> {
        self.failed.iter().map(|(path, _)| path.as_str()).collect()
    }

    pub fn cause(&self) -> Option<Cause> {
        self.closed.as_ref().map(|(cause, _)| *cause)
    }

    /// Why it ended, in words.
    pub fn why(&self) -> &str {
        self.closed
            .as_ref()
            .and_then(|(_, why)| why.as_deref())
            .unwrap_or_default()
    }
}
