//! What the window of versions knows.

use crate::{
    api::{flow_difference, flow_program, flow_programs},
    components::toast::{Toasts, use_toasts},
    error::AppError,
    pages::flow_card::program::Program,
};
use leptos::{prelude::*, task::spawn_local};
use model::{Against, FlowId, ProgramDifference, ProgramVersion, Version};

/// So many are read at a time; a shorter page is the last one.
const PAGE: usize = 50;

/// The versions of one flow schema's program, shared by the parts of the window.
#[derive(Clone, Copy)]
pub(super) struct History {
    /// Whether the window is open.
    pub(super) open: RwSignal<bool>,
    /// Those that were read, the newest first.
    pub(super) versions: RwSignal<Vec<ProgramVersion>>,
    /// Whether there are older ones.
    pub(super) older: RwSignal<bool>,
    /// Whether some are being read.
    pub(super) busy: RwSignal<bool>,
    /// Why they could not be read.
    pub(super) failure: RwSignal<Option<String>>,
    /// The one whose difference is shown.
    pub(super) chosen: RwSignal<Option<Version>>,
    /// With what it is compared.
    pub(super) against: RwSignal<Against>,
    /// The difference, or why there is none; nothing while it is read.
    pub(super) difference: RwSignal<Option<Result<ProgramDifference, AppError>>>,
    program: Program,
    flow: FlowId,
    toasts: Toasts,
}

impl History {
    /// Nothing is read before the window is opened.
    pub(super) fn new(program: Program, flow: FlowId) -> Self {
        let history = Self {
            open: RwSignal::new(false),
            versions: RwSignal::new(Vec::new()),
            older: RwSignal::new(false),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            chosen: RwSignal::new(None),
            against: RwSignal::new(Against::Previous),
            difference: RwSignal::new(None),
            program,
            flow,
            toasts: use_toasts(),
        };
        Effect::new(move || {
            let against = history.against.get();
            if let Some(version) = history.chosen.get() {
                history.compare(version, against);
            }
        });
        history
    }

    /// Opens the window with the newest versions.
    pub(super) fn show(self) {
        self.versions.update(Vec::clear);
        self.chosen.set(None);
        self.against.set(Against::Previous);
        self.open.set(true);
        self.read_more();
    }

    /// Reads the versions behind those that are shown.
    pub(super) fn read_more(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        let last = move || {
            self.versions
                .with_untracked(|versions| versions.last().map(|last| last.version))
        };
        let before = last();
        spawn_local(async move {
            let read = flow_programs(self.flow, before).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            if last() != before {
                // The window was closed and opened anew meanwhile.
                return self.read_more();
            }
            match read {
                Ok(page) => {
                    self.older.set(page.len() == PAGE);
                    self.versions.update(|versions| versions.extend(page));
                    if self.chosen.get_untracked().is_none() {
                        let newest = self
                            .versions
                            .with_untracked(|versions| versions.first().map(|it| it.version));
                        self.chosen.set(newest);
                    }
                }
                Err(error) => self.failure.set(Some(error.message)),
            }
        });
    }

    /// Whether the chosen version is the one that is saved now; followed.
    pub(super) fn is_present(self) -> bool {
        let chosen = self.chosen.get();
        self.versions
            .with(|versions| versions.first().map(|newest| newest.version) == chosen)
    }

    fn compare(self, version: Version, against: Against) {
        self.difference.set(None);
        spawn_local(async move {
            let read = flow_difference(self.flow, version, against).await;
            let asked = self.chosen.try_get_untracked().flatten() == Some(version)
                && self.against.try_get_untracked() == Some(against);
            if asked {
                self.difference.set(Some(read));
            }
        });
    }

    /// Puts the chosen program into the editor.
    pub(super) fn restore(self) {
        let Some(version) = self.chosen.get_untracked() else {
            return;
        };
        spawn_local(async move {
            let read = flow_program(self.flow, version).await;
            if self.open.is_disposed() {
                return;
            }
            match read {
                Ok(read) => {
                    self.program.replace(&read.program);
                    self.open.set(false);
                    self.toasts
                        .say("The older program is in the editor, not saved yet. Undo brings back what was there.");
                }
                Err(error) => self.toasts.fail(error.message),
            }
        });
    }
}
