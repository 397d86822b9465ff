//! Puts the editor in the place of the plain field, and keeps both in step.

use super::{Program, completions};
use crate::{
    api::check_flow,
    components::editor::{Editor, Options},
};
use flow::{Context, Mistake};
use leptos::{html, prelude::*, task::spawn_local};
use serde::Serialize;
use std::time::Duration;
use wasm_bindgen::JsValue;

/// How long a program rests, after the check in the browser, before the server is asked.
const PATIENCE: Duration = Duration::from_millis(400);

/// A mistake as the editor takes it.
#[derive(Serialize)]
struct Marked<'a> {
    from: usize,
    to: usize,
    message: &'a str,
    path: &'a str,
}

/// Mounts the editor once its host is on the page; `failed` says that it could not be.
pub(super) fn mount(program: Program, host: NodeRef<html::Div>, failed: RwSignal<bool>) {
    Effect::new(move || {
        let Some(host) = host.get() else { return };
        spawn_local(async move {
            let mounted = program.editor.mount(host.into(), || options(program)).await;
            if mounted.is_err() {
                failed.try_set(true);
            }
        });
    });
    // What the page puts into the form: what was saved elsewhere, or discarded.
    let text = program.bound.text();
    Effect::new(move || {
        text.with(|text| {
            let shown = program.editor.with(|editor| editor.set_doc(text));
            if shown.is_none() {
                program.rest(text);
            }
        });
    });
}

fn options(program: Program) -> Options {
    let bound = program.bound;
    let text = program.text();
    if program.has_focus() {
        // It would be lost with the field that is hidden.
        request_animation_frame(move || program.focus());
    }
    Options::new(&text, bound.field.label, &format!("{}-error", bound.id()))
        .read_only(bound.form.is_read_only())
        .completions(&to_js(&completions::all()), &to_js(&completions::siblings()))
        .on_change(move |text| program.type_in(text))
        .on_caret(move |line, column| program.caret.set((line, column)))
        .check(move |text| checked(program, text))
}

/// Checks what is in the editor, which rests; the server is asked for what only it can know.
fn checked(program: Program, text: String) -> JsValue {
    match flow::parse(&text, &Context::default()) {
        _ if text.is_empty() => marks(&program.rest(&text)),
        Err(_) => marks(&program.rest(&text)),
        Ok(parsed) => {
            program.rest(&text);
            if !flow::calls(&parsed).is_empty() && !program.bound.form.is_read_only() {
                set_timeout(move || ask(program, text), PATIENCE);
            }
            marks(&[])
        }
    }
}

/// Asks the server about a program that calls other flows, unless it has changed since.
fn ask(program: Program, text: String) {
    if program.editor.with(Editor::doc).as_deref() != Some(&text) {
        return;
    }
    spawn_local(async move {
        let id = program.flow.try_get_untracked().flatten();
        // A server that does not answer is no mistake of the program; saving asks again.
        if let Ok(found) = check_flow(id, text.clone()).await {
            program.take_theirs(&text, found);
        }
    });
}

/// Mistakes as the editor takes them.
pub(super) fn marks(mistakes: &[Mistake]) -> JsValue {
    let marked: Vec<_> = mistakes
        .iter()
        .map(|mistake| Marked {
            from: mistake.utf16.start,
            to: mistake.utf16.end,
            message: &mistake.message,
            path: &mistake.path,
        })
        .collect();
    to_js(&marked)
}

/// A value as JavaScript has it.
fn to_js(value: &impl Serialize) -> JsValue {
    let json = serde_json::to_string(value).unwrap_or_default();
    js_sys::JSON::parse(&json).unwrap_or_default()
}
