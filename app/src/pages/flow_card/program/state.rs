//! The program of a card: its text, its mistakes, and the editor that shows both.

use super::{check, mount::marks, refusal};
use crate::components::{
    editor::{Editor, EditorHandle},
    form::bound::Bound,
};
use flow::{Mistake, Positions};
use leptos::{html, prelude::*};
use model::{FlowId, FlowKind};
use std::ops::Range;

/// The program of one card, shared by all that work on it.
#[derive(Clone, Copy)]
pub(in crate::pages::flow_card) struct Program {
    /// The form's field; it holds the text.
    pub(in crate::pages::flow_card) bound: Bound,
    /// The editor, once it is there.
    pub(in crate::pages::flow_card) editor: EditorHandle,
    /// The flow schema that it belongs to, once it is saved.
    pub(in crate::pages::flow_card) flow: Signal<Option<FlowId>>,
    /// How it is edited.
    pub(super) kind: FlowKind,
    /// Why something that was asked of the page could not be done.
    pub(super) said: RwSignal<Option<String>>,
    /// The field without an editor.
    pub(super) area: NodeRef<html::Textarea>,
    /// Line and column of the caret, from 1.
    pub(super) caret: RwSignal<(u32, u32)>,
    /// What the check in the browser found when the text was last at rest.
    own: RwSignal<Vec<Mistake>>,
    /// What only the server can find.
    theirs: RwSignal<Vec<Mistake>>,
}

impl Program {
    /// The program in a field.
    pub(in crate::pages::flow_card) fn new(bound: Bound, flow: Signal<Option<FlowId>>, kind: FlowKind) -> Self {
        Self {
            bound,
            editor: EditorHandle::new(),
            flow,
            kind,
            said: RwSignal::new(None),
            area: NodeRef::new(),
            caret: RwSignal::new((1, 1)),
            own: RwSignal::new(check(&bound.first())),
            theirs: RwSignal::new(Vec::new()),
        }
    }

    /// The text as its reader sees it: the places of mistakes count in this one.
    pub(in crate::pages::flow_card) fn text(self) -> String {
        let shown = self.editor.with(Editor::doc);
        shown.unwrap_or_else(|| self.bound.form.peek(self.bound.key()))
    }

    /// Takes what was typed. What could not be done with the text before it is no longer of interest.
    pub(super) fn type_in(self, text: String) {
        if self.said.with_untracked(Option::is_some) {
            self.said.set(None);
        }
        self.bound.enter(text);
    }

    /// Puts another text in its place, as one step that can be undone.
    pub(in crate::pages::flow_card) fn replace(self, text: &str) {
        self.editor.with(|editor| editor.set_doc(text));
        let shown = self.editor.with(Editor::doc);
        self.bound.enter(shown.unwrap_or_else(|| text.to_owned()));
        self.rest(&self.text());
    }

    /// Checks the text, which is at rest now.
    pub(super) fn rest(self, text: &str) -> Vec<Mistake> {
        let found = check(text);
        self.theirs.update(Vec::clear);
        self.own.set(found.clone());
        found
    }

    /// Takes what the server found in a text that passed the check in the browser.
    pub(super) fn take_theirs(self, checked: &str, found: Vec<Mistake>) {
        if found.is_empty() || self.editor.with(Editor::doc).as_deref() != Some(checked) {
            return;
        }
        self.editor.with(|editor| editor.set_mistakes(&marks(&found)));
        if let Some(sentence) = refusal(&found) {
            self.bound.form.refuse_field(self.bound.key(), &sentence);
        }
        self.theirs.set(found);
    }

    /// Every mistake, in the order of the text; followed.
    pub(in crate::pages::flow_card) fn mistakes(self) -> Vec<Mistake> {
        let mut all = self.own.get();
        if all.is_empty() {
            all = self.theirs.get();
        }
        all
    }

    /// Selects a range of the text, with the caret at its beginning, and takes the focus there.
    pub(in crate::pages::flow_card) fn go_to(self, range: &Range<usize>) {
        if self.editor.go_to(range) {
            return;
        }
        if let Some(area) = self.area.get_untracked() {
            let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            _ = area.focus();
            _ = area.set_selection_range_with_direction(offset(range.start), offset(range.end), "backward");
        }
    }

    /// Goes to the first mistake; into the text, if there is none.
    pub(super) fn enter(self) {
        let first = untrack(move || self.mistakes().into_iter().next());
        match first {
            Some(mistake) => self.go_to(&mistake.utf16),
            None => self.focus(),
        }
    }

    /// Whether the focus is in the plain field.
    pub(super) fn has_focus(self) -> bool {
        let active = document().active_element();
        let area = self.area.get_untracked();
        active
            .zip(area)
            .is_some_and(|(active, area)| active.is_same_node(Some(&area)))
    }

    /// Takes the focus into the text.
    pub(super) fn focus(self) {
        let shown = self.editor.with(Editor::focus);
        if let (None, Some(area)) = (shown, self.area.get_untracked()) {
            _ = area.focus();
        }
    }

    /// Where the value at a path stands in the text.
    pub(in crate::pages::flow_card) fn locate(self, path: &str) -> Option<Range<usize>> {
        let text = self.text();
        let bytes = flow::locate(&text, path)?;
        let positions = Positions::new(&text);
        Some(positions.of(bytes.start).utf16..positions.of(bytes.end).utf16)
    }
}
