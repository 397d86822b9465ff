//! Where the keyboard is in a table whose rows come and go.

use leptos::prelude::*;
use std::collections::HashSet;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Where the focus goes once rows have been removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FocusPlan {
    /// The rows that may get it, the best one first.
    pub rows: Vec<i64>,
    /// Which control of the row: a selector.
    pub control: &'static str,
}

impl FocusPlan {
    /// After `doomed` have been removed from `shown`: the row that follows the first of them, else the one before it.
    #[must_use]
    pub fn after_removal(shown: &[i64], doomed: &[i64], control: &'static str) -> Self {
        let doomed: HashSet<i64> = doomed.iter().copied().collect();
        let first = shown.iter().position(|id| doomed.contains(id)).unwrap_or(0);
        let (before, behind) = shown.split_at(first);
        let stays = |id: &&i64| !doomed.contains(id);
        let rows = behind
            .iter()
            .filter(stays)
            .chain(before.iter().rev().filter(stays))
            .copied()
            .collect();
        Self { rows, control }
    }

    /// Gives the focus to the best row that is still there, else to the last row, else to "Add" or the search.
    pub fn carry_out(self) {
        // The rows are in the document only after this frame's changes.
        request_animation_frame(move || {
            let control = self.control;
            let mut wanted: Vec<String> = self
                .rows
                .iter()
                .map(|id| format!("tr[data-row='{id}'] {control}"))
                .collect();
            wanted.push(format!("tbody tr:last-child {control}"));
            wanted.push("[data-shortcut=n]".to_owned());
            wanted.push("[data-shortcut='/']".to_owned());
            if let Some(element) = wanted.iter().find_map(|selector| find(selector)) {
                _ = element.focus();
            }
        });
    }
}

/// Whether the pointer or the focus is among the rows, so that none may move.
#[must_use]
pub fn table_is_in_use() -> bool {
    find("table.registry > tbody:is(:hover, :focus-within)").is_some()
}

fn find(selector: &str) -> Option<HtmlElement> {
    document()
        .query_selector(selector)
        .ok()
        .flatten()
        .and_then(|element| element.dyn_into().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(shown: &[i64], doomed: &[i64]) -> Vec<i64> {
        FocusPlan::after_removal(shown, doomed, ".checkbox").rows
    }

    #[test]
    fn the_next_row_gets_the_focus() {
        assert_eq!(rows(&[1, 2, 3], &[2]).first(), Some(&3));
        assert_eq!(rows(&[1, 2, 3, 4], &[2, 3]).first(), Some(&4));
    }

    #[test]
    fn the_previous_row_gets_it_after_the_last_one() {
        assert_eq!(rows(&[1, 2, 3], &[3]), [2, 1]);
    }

    #[test]
    fn nobody_gets_it_when_all_are_gone() {
        assert!(rows(&[1, 2], &[1, 2]).is_empty());
    }
}
