//! The search behind the choice of a flow schema.

use super::flow::FlowSource;
use crate::{api, components::form::bound::Bound};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use model::FlowRef;
use std::time::Duration;

/// How long typing must rest before the server is asked.
const REST: Duration = Duration::from_millis(250);

/// What is typed into the choice, what was found for it, and which option is the active one.
#[derive(Clone, Copy)]
pub struct FlowSearch {
    bound: Bound,
    source: FlowSource,
    typed: RwSignal<Option<String>>,
    found: RwSignal<Vec<FlowRef>>,
    active: RwSignal<Option<usize>>,
    open: RwSignal<bool>,
    problem: RwSignal<Option<String>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl FlowSearch {
    /// A closed choice that has found the first schemas.
    pub fn new(bound: Bound, source: FlowSource) -> Self {
        Self {
            bound,
            source,
            typed: RwSignal::new(None),
            found: RwSignal::new(source.first.get_value()),
            active: RwSignal::new(None),
            open: RwSignal::new(false),
            problem: RwSignal::new(None),
            timer: StoredValue::new(None),
        }
    }

    /// What stands in the input: what is typed, or else the name of the chosen schema.
    pub fn shown(self) -> String {
        self.typed
            .get()
            .unwrap_or_else(|| self.source.chosen.get().map(|flow| flow.name).unwrap_or_default())
    }

    /// What was found.
    pub fn found(self) -> Vec<FlowRef> {
        self.found.get()
    }

    /// Whether the list is open.
    pub fn is_open(self) -> bool {
        self.open.get()
    }

    /// Why nothing could be found, if the server said so.
    pub fn problem(self) -> Option<String> {
        self.problem.get()
    }

    /// The number of the active option.
    pub fn active(self) -> Option<usize> {
        self.active.get()
    }

    /// Takes a key press as typed and asks once typing rests.
    pub fn search(self, text: String) {
        self.typed.set(Some(text));
        self.open.set(true);
        self.active.set(None);
        self.ask_in(REST);
    }

    /// Opens the list with everything, the chosen one active.
    pub fn unfold(self) {
        if self.open.get_untracked() {
            return;
        }
        self.open.set(true);
        self.ask_in(Duration::ZERO);
    }

    /// Moves the active option by one, round the ends.
    pub fn step(self, down: bool) {
        if !self.open.get_untracked() {
            self.unfold();
            return;
        }
        let count = self.found.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        let next = match (self.active.get_untracked(), down) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        self.active.set(Some(next));
    }

    /// Chooses the active option; `false` when none is.
    pub fn choose_active(self) -> bool {
        let at = self.active.get_untracked().filter(|_| self.open.get_untracked());
        let flow = at.and_then(|at| self.found.with_untracked(|found| found.get(at).cloned()));
        let chosen = flow.is_some();
        if let Some(flow) = flow {
            self.choose(Some(flow));
        }
        chosen
    }

    /// Takes a choice, or none; the first choice also names a gateway that has no name yet.
    pub fn choose(self, flow: Option<FlowRef>) {
        let form = self.bound.form;
        if let Some(flow) = flow.as_ref().filter(|_| form.peek("name").trim().is_empty()) {
            form.enter("name", &flow.name);
        }
        self.bound
            .enter(flow.as_ref().map(|flow| flow.id.to_string()).unwrap_or_default());
        self.source.chosen.set(flow);
        self.close();
    }

    /// Closes the list; what was typed is forgotten, an emptied input means no schema.
    pub fn leave(self) {
        let emptied = self
            .typed
            .with_untracked(|typed| typed.as_deref().is_some_and(|typed| typed.trim().is_empty()));
        if emptied {
            self.choose(None);
        }
        self.close();
        self.bound.leave();
    }

    /// Closes the list and shows the chosen schema again; `false` when there was nothing to close.
    pub fn close(self) -> bool {
        let was_open = self.open.get_untracked() || self.typed.with_untracked(Option::is_some);
        self.open.set(false);
        self.typed.set(None);
        self.active.set(None);
        was_open
    }

    fn ask_in(self, rest: Duration) {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
        }
        self.timer
            .set_value(set_timeout_with_handle(move || self.ask(), rest).ok());
    }

    fn ask(self) {
        let Some(typed) = self.typed.try_get_untracked() else {
            return;
        };
        leptos::task::spawn_local(async move {
            let answer = api::flow_choices(typed.clone().unwrap_or_default()).await;
            // An answer to what isn't asked any more is dropped.
            if self.typed.try_get_untracked() != Some(typed) {
                return;
            }
            match answer {
                Ok(found) => {
                    let chosen = self.source.chosen.get_untracked().map(|flow| flow.id);
                    self.active.set(found.iter().position(|flow| Some(flow.id) == chosen));
                    self.found.set(found);
                    self.problem.set(None);
                }
                Err(error) => self.problem.set(Some(error.message)),
            }
        });
    }
}
