//! The program editor of `/editor.js`, behind types.
//!
//! The file is large, so it is imported when an editor is first put on a page, and only then. Places are UTF-16 offsets
//! into the document as the editor has it: its lines end in "\n" alone.

mod bridge;

pub use bridge::{Editor, Options};

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::ops::Range;
use wasm_bindgen::JsValue;

/// An editor that may be on the page: not on the server, and not before its file has been read.
#[derive(Clone, Copy)]
pub struct EditorHandle(RwSignal<Option<SendWrapper<Editor>>>);

impl Default for EditorHandle {
    fn default() -> Self {
        Self::new()
    }
}

impl EditorHandle {
    /// No editor yet. It is taken off the page together with the present owner.
    #[must_use]
    pub fn new() -> Self {
        let handle = Self(RwSignal::new(None));
        on_cleanup(move || {
            if let Some(editor) = handle.0.try_update_untracked(Option::take).flatten() {
                editor.destroy();
            }
        });
        handle
    }

    /// Puts an editor into an element.
    ///
    /// # Errors
    ///
    /// The file could not be read, or the browser cannot run it.
    pub async fn mount(self, host: web_sys::HtmlElement, options: impl FnOnce() -> Options) -> Result<(), JsValue> {
        let bundle = bridge::load().await?;
        // The page may have been left in the meantime.
        if self.0.is_disposed() {
            return Ok(());
        }
        let editor = bundle.mount(&host, &options())?;
        self.0.set(Some(SendWrapper::new(editor)));
        Ok(())
    }

    /// Whether there is one; not followed.
    #[must_use]
    pub fn is_there(self) -> bool {
        self.with(|_| ()).is_some()
    }

    /// Whether there is one; followed.
    #[must_use]
    pub fn is_mounted(self) -> bool {
        self.0.with(Option::is_some)
    }

    /// Does something with it, if it is there.
    pub fn with<T>(self, act: impl FnOnce(&Editor) -> T) -> Option<T> {
        self.0
            .try_with_untracked(|editor| editor.as_ref().map(|editor| act(editor)))
            .flatten()
    }

    /// Selects a range and takes the focus there; tells whether there is an editor.
    pub fn go_to(self, range: &Range<usize>) -> bool {
        let (from, to) = (offset(range.start), offset(range.end));
        self.with(|editor| editor.go_to(from, to)).is_some()
    }

    /// Marks the node that runs.
    pub fn highlight(self, range: &Range<usize>) {
        let (from, to) = (offset(range.start), offset(range.end));
        self.with(|editor| editor.highlight(from, to));
    }

    /// No node runs any more.
    pub fn clear_highlight(self) {
        self.with(Editor::clear_highlight);
    }
}

/// A program is far shorter than what does not fit.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
