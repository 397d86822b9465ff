//! A list that grows at its top: what came and went through a gateway, its conversations.
//!
//! The address says what is asked for. While the first page is seen it looks for news by itself; rows that are shown
//! change in place, and nothing moves under somebody who reads.

mod instead;
mod reader;
mod tools;

pub use instead::{Instead, OneMissing};
pub use tools::{Newer, PageLinks, Refresh};

use crate::{
    components::session_gate::{SessionGate, use_session_gate},
    error::AppError,
};
use leptos::{prelude::*, task::spawn_local};
use std::{collections::HashMap, fmt, future::Future, time::Duration};

/// How often news are looked for.
const POLL: Duration = Duration::from_secs(5);

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portion<T> {
    /// The newest first.
    pub rows: Vec<T>,
    /// What leads to the rows behind these, if there are any.
    pub older: Option<i64>,
    /// How many rows of all pages are of a kind that is counted.
    pub count: u64,
}

/// Where the rows come from.
pub trait Source: Clone + Send + Sync + 'static {
    /// What is asked for.
    type Query: Clone + PartialEq + Send + Sync + 'static;
    /// A row.
    type Row: Clone + fmt::Debug + PartialEq + Send + Sync + 'static;

    /// The id of a row; later ones are larger.
    fn id(row: &Self::Row) -> i64;
    /// Whether a question is about the newest rows.
    fn is_newest(query: &Self::Query) -> bool;
    /// A page of the list.
    fn read(self, query: Self::Query) -> impl Future<Output = Result<Portion<Self::Row>, AppError>> + Send + 'static;
}

/// A row on the screen: it keeps its place in the document while its content changes.
#[derive(Debug)]
pub struct Item<T: 'static> {
    /// The row's id.
    pub id: i64,
    /// The row.
    pub row: ArcRwSignal<T>,
}

impl<T> Clone for Item<T> {
    fn clone(&self) -> Self {
        Self {
            id: self.id,
            row: self.row.clone(),
        }
    }
}

/// Why rows are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    /// The viewer asked for them.
    Asked,
    /// Time has passed.
    News,
}

/// A list on the screen; a handle, cheap to copy.
pub struct Feed<S: Source> {
    /// What the address asks for.
    pub query: Memo<S::Query>,
    /// The rows on the screen.
    pub items: RwSignal<Vec<Item<S::Row>>>,
    /// What leads to the rows behind these.
    pub older: RwSignal<Option<i64>>,
    /// How many rows of all pages are of the kind that is counted.
    pub count: RwSignal<u64>,
    /// Why there are no rows to show.
    pub problem: RwSignal<Option<AppError>>,
    /// Whether an answer is awaited that the viewer asked for.
    pub busy: RwSignal<bool>,
    /// Newer rows that wait until the viewer wants to see them.
    waiting: RwSignal<Option<Portion<S::Row>>>,
    source: StoredValue<S>,
    last_read: StoredValue<u32>,
    under_way: StoredValue<bool>,
    gate: SessionGate,
}

#[expect(
    clippy::expl_impl_clone_on_copy,
    reason = "deriving would ask for questions that can be copied"
)]
impl<S: Source> Clone for Feed<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Source> Copy for Feed<S> {}

impl<S: Source> Feed<S> {
    /// The list with its first answer; reads again whenever the address asks for something else.
    pub fn new(
        source: S,
        query: Memo<S::Query>,
        answered: S::Query,
        answer: Result<Portion<S::Row>, AppError>,
    ) -> Self {
        let feed = Self {
            query,
            items: RwSignal::new(Vec::new()),
            older: RwSignal::new(None),
            count: RwSignal::new(0),
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
            waiting: RwSignal::new(None),
            source: StoredValue::new(source),
            last_read: StoredValue::new(0),
            under_way: StoredValue::new(false),
            gate: use_session_gate(),
        };
        match answer {
            Ok(portion) => feed.show(portion),
            Err(error) => feed.problem.set(Some(error)),
        }
        let answered = StoredValue::new(answered);
        Effect::new(move || {
            let asked = query.get();
            if asked != answered.get_value() {
                answered.set_value(asked);
                feed.read(Reason::Asked);
            }
        });
        every_poll(move || feed.look());
        feed
    }

    /// Reads what the address asks for once more.
    pub fn refresh(self) {
        self.read(Reason::Asked);
    }

    /// Whether there are rows to show; followed.
    pub fn has_rows(self) -> bool {
        self.problem.with(Option::is_none) && self.items.with(|items| !items.is_empty())
    }

    /// Shows the rows that were waiting.
    pub fn show_waiting(self) {
        if let Some(portion) = self.waiting.try_update(Option::take).flatten() {
            self.show(portion);
        }
    }

    /// How many rows wait; followed.
    pub fn newer(self) -> usize {
        let newest = self.items.with(|items| items.first().map_or(0, |item| item.id));
        let is_newer = |row: &&S::Row| S::id(row) > newest;
        self.waiting.with(|waiting| {
            waiting
                .as_ref()
                .map_or(0, |portion| portion.rows.iter().filter(is_newer).count())
        })
    }

    /// Looks for news, if anybody would see them.
    fn look(self) {
        let newest = self.query.try_with_untracked(S::is_newest).unwrap_or(false);
        let rests = self.under_way.try_get_value() == Some(false);
        let works = self.problem.try_with_untracked(Option::is_none).unwrap_or(false);
        if newest && rests && works {
            self.read(Reason::News);
        }
    }

    fn read(self, reason: Reason) {
        let number = self.last_read.get_value() + 1;
        self.last_read.set_value(number);
        self.under_way.set_value(true);
        if reason == Reason::Asked {
            self.busy.set(true);
        }
        let query = self.query.get_untracked();
        let answer = self.source.get_value().read(query);
        spawn_local(async move {
            let answer = answer.await;
            if self.last_read.try_get_value() != Some(number) {
                return;
            }
            self.under_way.set_value(false);
            self.busy.set(false);
            match answer {
                Ok(portion) => self.arrived(reason, portion),
                // Nobody asked; the next look may go well.
                Err(_) if reason == Reason::News => {}
                Err(error) if error.is(AppError::SIGNED_OUT) => {
                    self.gate.open(Callback::new(move |()| self.refresh()));
                }
                Err(error) => self.problem.set(Some(error)),
            }
        });
    }

    fn arrived(self, reason: Reason, portion: Portion<S::Row>) {
        let moves = self.items.with_untracked(|items| is_rearranged::<S>(items, &portion));
        if reason == Reason::News && moves && reader::reads() {
            self.count.set(portion.count);
            self.refresh_shown(&portion);
            self.waiting.set(Some(portion));
        } else {
            self.show(portion);
        }
    }

    fn show(self, portion: Portion<S::Row>) {
        let shown = self.items.get_untracked();
        let known = self.refresh_shown(&portion);
        if is_rearranged::<S>(&shown, &portion) {
            let keep = |row: S::Row| {
                let known = known.get(&S::id(&row)).cloned();
                known.unwrap_or_else(|| Item {
                    id: S::id(&row),
                    row: ArcRwSignal::new(row),
                })
            };
            self.items.set(portion.rows.into_iter().map(keep).collect());
        }
        set_if_new(self.older, portion.older);
        set_if_new(self.count, portion.count);
        set_if_new(self.problem, None);
        if self.waiting.with_untracked(Option::is_some) {
            self.waiting.set(None);
        }
    }

    /// Gives the rows that are shown their new content; tells which they are.
    fn refresh_shown(self, portion: &Portion<S::Row>) -> HashMap<i64, Item<S::Row>> {
        let shown = self.items.get_untracked();
        let known: HashMap<i64, Item<S::Row>> = shown.into_iter().map(|item| (item.id, item)).collect();
        for row in &portion.rows {
            if let Some(item) = known.get(&S::id(row))
                && item.row.with_untracked(|before| before != row)
            {
                item.row.set(row.clone());
            }
        }
        known
    }
}

/// Does something every five seconds while the page is seen, until the present owner is cleaned up.
pub fn every_poll(act: impl Fn() + Clone + 'static) {
    Effect::new(move || {
        let act = act.clone();
        let tick = move || {
            if !document().hidden() {
                act();
            }
        };
        if let Ok(handle) = set_interval_with_handle(tick, POLL) {
            on_cleanup(move || handle.clear());
        }
    });
}

fn set_if_new<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|present| *present != value) {
        signal.set(value);
    }
}

/// Whether a page shows other rows.
fn is_rearranged<S: Source>(shown: &[Item<S::Row>], portion: &Portion<S::Row>) -> bool {
    !shown.iter().map(|item| item.id).eq(portion.rows.iter().map(S::id))
}
