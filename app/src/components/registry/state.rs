//! What a registry shows and does, shared by its parts.
//!
//! The address is the only place where search, order, page and page size are kept; a change of it loads rows. An answer
//! that arrives after a newer question was asked is dropped.

use super::{
    address,
    entry::{Entry, carry_over, is_rearranged},
    focus::{FocusPlan, table_is_in_use},
    section::{RowTools, Section},
    selection::Selection,
};
use crate::{
    components::{
        session_gate::{SessionGate, use_session_gate},
        toast::{Toasts, use_toasts},
        viewer::use_may,
    },
    error::AppError,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::{Letter, ListQuery, Page, Removal};
use std::collections::HashMap;

/// Why rows are loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The viewer asked for them.
    Asked,
    /// Somebody has changed something.
    News,
}

/// What stands around the rows of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// "first–last of total".
    pub range: String,
    /// The cursor for the next page.
    pub next: Option<String>,
    /// The cursor for the previous page.
    pub previous: Option<String>,
}

/// The state of one registry on the screen; a handle, cheap to copy.
pub struct Registry<S: Section> {
    /// What the address asks for.
    pub query: Memo<ListQuery>,
    /// The rows on the screen.
    pub rows: RwSignal<Vec<Entry<S>>>,
    /// Range and cursors.
    pub around: RwSignal<Around>,
    /// Why there are no rows to show.
    pub problem: RwSignal<Option<AppError>>,
    /// Whether an answer is awaited that the viewer asked for.
    pub busy: RwSignal<bool>,
    /// A page that waits until the viewer wants to see it.
    pub waiting: RwSignal<Option<Page<S::Row>>>,
    /// The selected rows.
    pub selection: Selection,
    /// The rows whose removal is to be confirmed; empty when nothing is asked.
    pub doomed: RwSignal<Vec<(i64, String)>>,
    /// The rows that the last removal had to leave.
    pub refused: RwSignal<Vec<Removal>>,
    /// Whether the dialog of "Add" is open.
    pub adding: RwSignal<bool>,
    /// Whether the viewer may create objects.
    pub may_create: Memo<bool>,
    /// Whether the viewer may remove objects.
    pub may_delete: Memo<bool>,
    /// What cells get.
    pub tools: RowTools,
    /// Where messages are shown.
    pub toasts: Toasts,
    /// Signing in again.
    pub gate: SessionGate,
    /// Where the focus goes once the next rows are there.
    pub focus: StoredValue<Option<FocusPlan>>,
    last_load: StoredValue<u32>,
    go: Callback<(ListQuery, NavigateOptions)>,
}

impl<S: Section> Clone for Registry<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Section> Copy for Registry<S> {}

impl<S: Section> Registry<S> {
    /// The state with its first answer; loads again whenever the address asks for something else.
    pub fn new(query: Memo<ListQuery>, answered: ListQuery, answer: Result<Page<S::Row>, AppError>) -> Self {
        let reload = RwSignal::new(0_u32);
        let navigate = use_navigate();
        let go = Callback::new(move |(query, options): (ListQuery, NavigateOptions)| {
            navigate(&Self::address(&query), options);
        });
        let registry = Self {
            query,
            rows: RwSignal::new(Vec::new()),
            around: RwSignal::new(Around::default()),
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
            waiting: RwSignal::new(None),
            selection: Selection::new(),
            doomed: RwSignal::new(Vec::new()),
            refused: RwSignal::new(Vec::new()),
            adding: RwSignal::new(false),
            may_create: use_may(S::SECTION, Letter::Create),
            may_delete: use_may(S::SECTION, Letter::Delete),
            tools: RowTools {
                may_update: use_may(S::SECTION, Letter::Update),
                under_way: StoredValue::new(0),
                reload: Callback::new(move |()| *reload.write() += 1),
            },
            toasts: use_toasts(),
            gate: use_session_gate(),
            focus: StoredValue::new(None),
            last_load: StoredValue::new(0),
            go,
        };
        match answer {
            Ok(page) => registry.show(page, false),
            Err(error) => registry.problem.set(Some(error)),
        }
        registry.follow_address(answered);
        Effect::watch(move || reload.get(), move |_, _, _| registry.load(Reason::Asked), false);
        registry
    }

    fn follow_address(self, answered: ListQuery) {
        let answered = StoredValue::new(answered);
        Effect::new(move || {
            let asked = self.query.get();
            let before = answered.get_value();
            if asked == before {
                return;
            }
            if (&asked.q, &asked.flow) != (&before.q, &before.flow) {
                self.selection.clear();
            }
            self.refused.set(Vec::new());
            answered.set_value(asked);
            self.load(Reason::Asked);
        });
    }

    /// Changes the address; what is shown follows.
    pub fn go(self, query: ListQuery, replace: bool, scroll: bool) {
        self.go.run((
            query,
            NavigateOptions {
                replace,
                scroll,
                ..NavigateOptions::default()
            },
        ));
    }

    /// The address of a list in this section.
    pub fn address(query: &ListQuery) -> String {
        address::write(S::SECTION.path(), query)
    }

    /// Loads what the address asks for.
    pub fn load(self, reason: Reason) {
        let number = self.last_load.get_value() + 1;
        self.last_load.set_value(number);
        if reason == Reason::Asked {
            self.busy.set(true);
        }
        let query = self.query.get_untracked();
        spawn_local(async move {
            let answer = S::list(query.clone()).await;
            if self.last_load.try_get_value() != Some(number) {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(page) => self.arrived(reason, query, page),
                Err(error) => self.failed(reason, error),
            }
        });
    }

    fn arrived(self, reason: Reason, query: ListQuery, page: Page<S::Row>) {
        let on_first_page = query.after.is_empty() && query.before.is_empty();
        if page.rows.is_empty() && !on_first_page {
            return self.step_back(query, page.previous);
        }
        let rearranged = self.rows.with_untracked(|shown| is_rearranged(shown, &page));
        if reason == Reason::News && rearranged && table_is_in_use() {
            return self.hold(page);
        }
        self.show(page, reason == Reason::News);
        if let Some(plan) = self.focus.try_update_value(Option::take).flatten() {
            plan.carry_out();
        }
    }

    /// The page has become empty: goes to the one before it, or to the first.
    fn step_back(self, query: ListQuery, previous: Option<String>) {
        let known = self.around.with_untracked(|around| around.previous.clone());
        let cursor = previous
            .or(known)
            .filter(|cursor| query.before.is_empty() && !cursor.is_empty());
        self.around.update(|around| around.previous = None);
        self.go(
            ListQuery {
                before: cursor.unwrap_or_default(),
                ..query.first_page()
            },
            true,
            false,
        );
    }

    /// Leaves the rows where they are, since the viewer is about to use one; dims those that are gone.
    fn hold(self, page: Page<S::Row>) {
        let coming: HashMap<i64, &S::Row> = page.rows.iter().map(|row| (S::id(row), row)).collect();
        self.rows.with_untracked(|shown| {
            for entry in shown {
                match coming.get(&entry.id) {
                    Some(row) => entry.take(row, true),
                    None => entry.gone.set(true),
                }
            }
        });
        self.waiting.set(Some(page));
    }

    /// Shows the page that was waiting.
    pub fn show_waiting(self) {
        if let Some(page) = self.waiting.try_update(Option::take).flatten() {
            self.show(page, false);
        }
    }

    fn show(self, page: Page<S::Row>, mark: bool) {
        let around = Around {
            range: page.range(),
            next: page.next.clone(),
            previous: page.previous.clone(),
        };
        let rearranged = self.rows.with_untracked(|shown| is_rearranged(shown, &page));
        let entries = self.rows.with_untracked(|shown| carry_over(shown, page.rows, mark));
        if rearranged {
            self.rows.set(entries);
        }
        self.around.set(around);
        if self.problem.with_untracked(Option::is_some) {
            self.problem.set(None);
        }
        if self.waiting.with_untracked(Option::is_some) {
            self.waiting.set(None);
        }
    }

    fn failed(self, reason: Reason, error: AppError) {
        if reason == Reason::News {
            return;
        }
        if error.is(AppError::SIGNED_OUT) {
            self.gate.open(Callback::new(move |()| self.load(Reason::Asked)));
        } else {
            self.problem.set(Some(error));
        }
    }

    /// Whether an object's row is on the screen.
    pub fn shows(self, id: i64) -> bool {
        let shown = |rows: &Vec<Entry<S>>| rows.iter().any(|entry| entry.id == id);
        self.rows.try_with_untracked(shown).unwrap_or(false)
    }

    /// The rows of this page as the selection wants them.
    pub fn page_names(self) -> Vec<(i64, String)> {
        self.rows
            .with_untracked(|rows| rows.iter().map(|entry| (entry.id, entry.name())).collect())
    }
}
