//! What the panel knows of its run.

use crate::pages::flow_card::program::Program;
use flow::Mistake;
use leptos::prelude::*;
use model::{
    Timestamp,
    trying::{TryCame, TryDone, TryEnd, TryLine, TryMessage, TryReport, TryRun, TryVariable, TryWait},
};
use std::collections::VecDeque;

/// What a run begins with when nothing is typed.
pub(super) const FIRST: &str = "Hello";

/// What is being typed below the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// A text.
    Text,
    /// The address of a file.
    File,
    /// A phone number.
    Phone,
}

/// Something to be asked of the server.
pub(super) type Question = Box<dyn FnOnce() + Send + Sync>;

/// The panel's run; the editor may change meanwhile, the run goes on with the program it began with.
#[derive(Clone, Copy)]
pub(in crate::pages::flow_card) struct TryIt {
    /// Whether the panel is shown.
    pub(in crate::pages::flow_card) open: RwSignal<bool>,
    /// The program that is tried.
    pub(super) program: Program,
    /// The run, from its start until the next one.
    pub(super) run: RwSignal<Option<TryRun>>,
    /// The number of the last thing that was told.
    pub(super) last: StoredValue<u64>,
    /// What was said.
    pub(super) messages: RwSignal<Vec<TryMessage>>,
    /// What the program did.
    pub(super) trace: RwSignal<Vec<TryLine>>,
    /// Whether the beginning of both is no longer kept.
    pub(super) missed: RwSignal<bool>,
    /// The variables as they stand.
    pub(super) variables: RwSignal<Vec<TryVariable>>,
    /// What is waited for.
    pub(super) waiting: RwSignal<Option<TryWait>>,
    /// When that ends, by the browser's clock.
    pub(super) due: StoredValue<Option<Timestamp>>,
    /// How many seconds that still is.
    pub(super) left: RwSignal<Option<u64>>,
    /// How the run ended.
    pub(super) ended: RwSignal<Option<TryEnd>>,
    /// Why the program did not start.
    pub(super) mistakes: RwSignal<Vec<Mistake>>,
    /// Why the last request came to nothing.
    pub(super) failure: RwSignal<Option<String>>,
    /// Whether a request is under way.
    pub(super) busy: RwSignal<bool>,
    /// Whether the next run makes calls over HTTP.
    pub(super) http: RwSignal<bool>,
    /// What is asked once that has been answered, in order.
    pub(super) next: StoredValue<VecDeque<Question>>,
    /// What sort of thing is being typed.
    pub(super) mode: RwSignal<Mode>,
    /// What is being typed.
    pub(super) draft: RwSignal<String>,
    /// What was typed and sent and not yet heard.
    pub(super) sent: StoredValue<Option<(Mode, String)>>,
    /// The first message of the run, for the next start.
    pub(super) first: StoredValue<String>,
    /// The program that runs.
    pub(super) started: StoredValue<String>,
}

impl TryIt {
    /// A closed panel without a run. A run ends together with the present owner.
    pub(in crate::pages::flow_card) fn new(program: Program) -> Self {
        let trial = Self {
            open: RwSignal::new(false),
            program,
            run: RwSignal::new(None),
            last: StoredValue::new(0),
            messages: RwSignal::new(Vec::new()),
            trace: RwSignal::new(Vec::new()),
            missed: RwSignal::new(false),
            variables: RwSignal::new(Vec::new()),
            waiting: RwSignal::new(None),
            due: StoredValue::new(None),
            left: RwSignal::new(None),
            ended: RwSignal::new(None),
            mistakes: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            http: RwSignal::new(false),
            next: StoredValue::new(VecDeque::new()),
            mode: RwSignal::new(Mode::Text),
            draft: RwSignal::new(String::new()),
            sent: StoredValue::new(None),
            first: StoredValue::new(FIRST.to_owned()),
            started: StoredValue::new(String::new()),
        };
        trial.keep_time();
        on_cleanup(move || trial.forget());
        trial
    }

    /// Whether there is a run, also one that has ended; followed.
    pub(super) fn has_run(self) -> bool {
        self.run.with(Option::is_some)
    }

    /// Whether something can be said to the run; followed.
    pub(super) fn is_running(self) -> bool {
        self.has_run() && self.ended.with(Option::is_none)
    }

    /// Whether a run is being begun: nothing can be said to it yet.
    pub(super) fn is_starting(self) -> bool {
        self.busy.get_untracked() && self.run.with_untracked(Option::is_none)
    }

    /// Whether the program is typed as it was begun with; followed.
    pub(super) fn is_as_begun(self) -> bool {
        // Read, not only tracked: what nobody has read does not follow the field yet.
        let as_begun = |_: &String| self.started.with_value(|started| *started == self.program.text());
        self.program.bound.text().with(as_begun)
    }

    /// Shows or hides the panel.
    pub(super) fn toggle(self) {
        let open = !self.open.get_untracked();
        self.open.set(open);
        if open {
            self.show_place(None);
            focus_compose();
        } else {
            self.program.editor.clear_highlight();
        }
    }

    /// Forgets everything of the run before.
    pub(super) fn clear(self) {
        self.run.set(None);
        self.last.set_value(0);
        self.messages.update(Vec::clear);
        self.trace.update(Vec::clear);
        self.missed.set(false);
        self.variables.update(Vec::clear);
        self.waiting.set(None);
        self.due.set_value(None);
        self.left.set(None);
        self.ended.set(None);
        self.mistakes.update(Vec::clear);
        self.next.update_value(VecDeque::clear);
        self.sent.set_value(None);
        self.mode.set(Mode::Text);
        self.program.editor.clear_highlight();
    }

    /// Takes what has happened since the last report.
    pub(super) fn take(self, report: TryReport) {
        self.sent.set_value(None);
        self.last.set_value(report.last);
        self.run.set(Some(report.run));
        if report.missed {
            self.missed.set(true);
        }
        // Who reads what was said before is not taken away from it by a report of nothing.
        if !report.messages.is_empty() {
            self.messages.update(|all| all.extend(report.messages));
        }
        if !report.trace.is_empty() {
            self.trace.update(|all| {
                for line in report.trace {
                    forget_pending(all, &line);
                    all.push(line);
                }
            });
        }
        if self.variables.with_untracked(|known| *known != report.variables) {
            self.variables.set(report.variables);
        }
        let seconds = report.waiting.and_then(|wait| wait.seconds);
        self.due.set_value(seconds.map(super::actions::in_seconds));
        self.left.set(seconds);
        self.waiting.set(report.waiting);
        if report.ended.is_some() {
            self.mode.set(Mode::Text);
        }
        self.ended.set(report.ended);
        self.show_place(report.path.as_deref());
    }

    /// Marks the node at which the run stands, as long as the program is the one that runs.
    fn show_place(self, path: Option<&str>) {
        self.program.editor.clear_highlight();
        let same = untrack(move || self.is_as_begun());
        if let Some(place) = path.filter(|_| same).and_then(|path| self.program.locate(path)) {
            self.program.editor.highlight(&place);
        }
    }
}

/// A call that was under way is told again once it is answered; the line before is dropped.
fn forget_pending(trace: &mut Vec<TryLine>, line: &TryLine) {
    let TryDone::Call(answered) = &line.what else { return };
    let pending = trace.iter().rposition(|before| {
        matches!(&before.what, TryDone::Call(call) if call.came == TryCame::Pending && call.path == answered.path)
    });
    if let Some(at) = pending {
        trace.remove(at);
    }
}

/// Takes the focus to where one types.
pub(super) fn focus_compose() {
    request_animation_frame(|| {
        use wasm_bindgen::JsCast;
        let found = document().get_element_by_id("try-it-text");
        if let Some(input) = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            _ = input.focus();
        }
    });
}
