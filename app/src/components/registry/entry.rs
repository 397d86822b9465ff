//! A row on the screen: it keeps its place in the document while its content changes.

use super::section::Section;
use leptos::prelude::*;
use model::Page;
use std::{collections::HashMap, time::Duration};

const MARKED_FOR: Duration = Duration::from_secs(4);

/// A row that is shown.
#[derive(Debug)]
pub struct Entry<S: Section> {
    /// The object's id.
    pub id: i64,
    /// The object.
    pub row: ArcRwSignal<S::Row>,
    /// Whether somebody else has just changed it.
    pub changed: ArcRwSignal<bool>,
    /// Whether it is no longer on this page, but still under the pointer.
    pub gone: ArcRwSignal<bool>,
}

impl<S: Section> Clone for Entry<S> {
    fn clone(&self) -> Self {
        Self {
            id: self.id,
            row: self.row.clone(),
            changed: self.changed.clone(),
            gone: self.gone.clone(),
        }
    }
}

impl<S: Section> Entry<S> {
    /// A row that wasn't shown before.
    pub fn new(row: S::Row) -> Self {
        Self {
            id: S::id(&row),
            row: ArcRwSignal::new(row),
            changed: ArcRwSignal::new(false),
            gone: ArcRwSignal::new(false),
        }
    }

    /// The object's name as it is now.
    pub fn name(&self) -> String {
        self.row.with_untracked(|row| S::name(row).to_owned())
    }

    /// Takes over what the server says; `mark` shows for a moment that it has changed.
    pub fn take(&self, row: &S::Row, mark: bool) {
        if self.gone.get_untracked() {
            self.gone.set(false);
        }
        if self.row.with_untracked(|shown| shown == row) {
            return;
        }
        let edited = self.row.with_untracked(|shown| S::is_edit(shown, row));
        self.row.set(row.clone());
        if mark && edited {
            self.changed.set(true);
            let changed = self.changed.clone();
            set_timeout(move || changed.set(false), MARKED_FOR);
        }
    }
}

/// The rows of a new page; those that were shown before are the same entries with new content.
pub fn carry_over<S: Section>(shown: &[Entry<S>], page: Vec<S::Row>, mark: bool) -> Vec<Entry<S>> {
    let known: HashMap<i64, &Entry<S>> = shown.iter().map(|entry| (entry.id, entry)).collect();
    let keep = |row: S::Row| match known.get(&S::id(&row)) {
        Some(entry) => {
            entry.take(&row, mark);
            (*entry).clone()
        }
        None => Entry::new(row),
    };
    page.into_iter().map(keep).collect()
}

/// Whether a page shows other rows, or the same in another order.
pub fn is_rearranged<S: Section>(shown: &[Entry<S>], page: &Page<S::Row>) -> bool {
    !shown.iter().map(|entry| entry.id).eq(page.rows.iter().map(S::id))
}
