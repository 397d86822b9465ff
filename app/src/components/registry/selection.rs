//! Which rows are selected: by id, with the name for the dialog, on whichever page they are.

use leptos::prelude::*;
use std::collections::BTreeMap;

/// The selected rows of a registry.
#[derive(Clone, Copy, Debug)]
pub struct Selection {
    chosen: RwSignal<BTreeMap<i64, String>>,
    anchor: StoredValue<Option<i64>>,
}

impl Selection {
    /// Nothing selected.
    #[must_use]
    pub fn new() -> Self {
        Self {
            chosen: RwSignal::new(BTreeMap::new()),
            anchor: StoredValue::new(None),
        }
    }

    /// Whether a row is selected; follows changes.
    #[must_use]
    pub fn contains(self, id: i64) -> bool {
        self.chosen.with(|chosen| chosen.contains_key(&id))
    }

    /// How many rows are selected; follows changes.
    #[must_use]
    pub fn count(self) -> usize {
        self.chosen.with(BTreeMap::len)
    }

    /// The selected rows as they are now.
    #[must_use]
    pub fn chosen(self) -> Vec<(i64, String)> {
        self.chosen
            .with_untracked(|chosen| chosen.iter().map(|(id, name)| (*id, name.clone())).collect())
    }

    /// Selects rows or takes them out, in one step.
    pub fn set(self, rows: impl IntoIterator<Item = (i64, String)>, on: bool) {
        self.chosen.update(|chosen| {
            for (id, name) in rows {
                if on {
                    chosen.insert(id, name);
                } else {
                    chosen.remove(&id);
                }
            }
        });
    }

    /// Takes out rows that are gone.
    pub fn forget(self, ids: &[i64]) {
        if self
            .chosen
            .with_untracked(|chosen| ids.iter().any(|id| chosen.contains_key(id)))
        {
            self.chosen.update(|chosen| {
                for id in ids {
                    chosen.remove(id);
                }
            });
        }
    }

    /// Takes out everything.
    pub fn clear(self) {
        self.anchor.set_value(None);
        if self.chosen.with_untracked(|chosen| !chosen.is_empty()) {
            self.chosen.update(BTreeMap::clear);
        }
    }

    /// A click on the checkbox of one of `page`'s rows; with `extend`, every row since the last click follows it.
    pub fn click(self, page: &[(i64, String)], id: i64, on: bool, extend: bool) {
        let place = |wanted: i64| page.iter().position(|(id, _)| *id == wanted);
        let from = self.anchor.get_value().filter(|_| extend).and_then(place);
        self.anchor.set_value(Some(id));
        let Some(to) = place(id) else { return };
        let from = from.unwrap_or(to);
        self.set(page[from.min(to)..=from.max(to)].iter().cloned(), on);
    }
}

impl Default for Selection {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Vec<(i64, String)> {
        (1..=5).map(|id| (id, format!("row {id}"))).collect()
    }

    fn ids(selection: Selection) -> Vec<i64> {
        selection.chosen().into_iter().map(|(id, _)| id).collect()
    }

    #[test]
    fn a_shift_click_takes_the_range_in_either_direction() {
        Owner::new().with(|| {
            let selection = Selection::new();
            selection.click(&page(), 4, true, false);
            selection.click(&page(), 2, true, true);
            assert_eq!(ids(selection), [2, 3, 4]);
            selection.click(&page(), 3, false, true);
            assert_eq!(ids(selection), [4]);
        });
    }

    #[test]
    fn a_range_from_another_page_is_only_the_row_itself() {
        Owner::new().with(|| {
            let selection = Selection::new();
            selection.click(&[(9, "elsewhere".to_owned())], 9, true, false);
            selection.click(&page(), 3, true, true);
            assert_eq!(ids(selection), [3, 9]);
        });
    }

    #[test]
    fn rows_that_are_gone_are_not_counted() {
        Owner::new().with(|| {
            let selection = Selection::new();
            selection.set(page(), true);
            selection.forget(&[2, 77]);
            assert_eq!(ids(selection), [1, 3, 4, 5]);
        });
    }
}
