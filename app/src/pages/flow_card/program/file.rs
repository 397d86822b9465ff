//! A flow schema as a file: read into the form, and written out of it.

use super::Program;
use crate::components::{icon::Icon, toast::use_toasts};
use flow::MistakeKind;
use leptos::{ev, html, prelude::*, task::spawn_local};
use model::{Fields, FlowFile, FlowKind, MAX_FLOW_FILE_BYTES};
use std::ops::Range;
use wasm_bindgen::{JsCast, JsValue};

/// Chooses a file and reads it into the form: the program is replaced, what stands in other fields stays.
#[component]
pub(super) fn ImportFile(program: Program) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let toasts = use_toasts();
    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |event: ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        program.said.set(None);
        spawn_local(async move {
            let read = read(&file).await;
            // The same file may be chosen again, mended.
            input.set_value("");
            if program.said.is_disposed() {
                return;
            }
            match read {
                Ok(flow) => {
                    take(program, &flow);
                    toasts.say(format!("“{}” is imported, but not saved yet.", file.name()));
                }
                Err(sentence) => program
                    .said
                    .set(Some(format!("“{}” was not imported. {sentence}", file.name()))),
            }
        });
    };
    view! {
        <input
            class="visually-hidden"
            type="file"
            accept=".json,application/json"
            tabindex="-1"
            aria-hidden="true"
            node_ref=input
            on:change=chosen
        />
        <button class="button button-small button-quiet needs-js" type="button" on:click=choose>
            <Icon name="upload"/>
            "Import"
        </button>
    }
}

/// Gives the flow schema as a file: the saved one from the server, changed or new ones as they are typed.
#[component]
pub(super) fn ExportFile(program: Program) -> impl IntoView {
    let form = program.bound.form;
    let typed = move |event: ev::MouseEvent| {
        if form.is_dirty_now() || program.flow.get_untracked().is_none() {
            event.prevent_default();
            program.said.set(give(program).err());
        }
    };
    let saved = move || program.flow.get().map(|id| format!("/flows/{id}/export.json"));
    view! {
        <Show
            when=move || program.flow.get().is_some()
            fallback=move || view! {
                <button class="button button-small button-quiet needs-js" type="button" on:click=typed>
                    <Icon name="download"/>
                    "Export"
                </button>
            }
        >
            <a class="button button-small button-quiet" href=saved download="" on:click=typed>
                <Icon name="download"/>
                "Export"
            </a>
        </Show>
    }
}

/// Reads a flow schema out of a file, or says why it can't be.
async fn read(file: &web_sys::File) -> Result<FlowFile, String> {
    #[expect(clippy::cast_precision_loss, reason = "a limit far below what a float holds exactly")]
    if file.size() > MAX_FLOW_FILE_BYTES as f64 {
        return Err(format!("A file has at most {} MiB.", MAX_FLOW_FILE_BYTES >> 20));
    }
    let bytes = bytes_of(file).await;
    let bytes = bytes.map_err(|_| "The browser could not read it. Choose it again.".to_owned())?;
    let text = String::from_utf8(bytes).map_err(|_| "It is no text in UTF-8.".to_owned())?;
    FlowFile::parse(&text)
        .map(|flow| flow.named_after(&file.name()))
        .map_err(|error| error.to_string())
}

#[cfg(feature = "hydrate")]
async fn bytes_of(file: &web_sys::File) -> Result<Vec<u8>, JsValue> {
    let buffer = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "the same shape as in the browser")]
async fn bytes_of(_file: &web_sys::File) -> Result<Vec<u8>, JsValue> {
    Ok(Vec::new())
}

/// Takes a file into the form.
fn take(program: Program, flow: &FlowFile) {
    let form = program.bound.form;
    let others = [
        ("name", flow.name.clone()),
        ("description", flow.description.clone()),
        ("tags", flow.tags.join(", ")),
    ];
    for (key, text) in others {
        if form.peek(key).trim().is_empty() && !text.is_empty() {
            form.enter(key, text);
        }
    }
    program.replace(&flow.program);
}

/// Makes the file of what is typed; says why, if it can't.
fn give(program: Program) -> Result<(), String> {
    let text = match program.text() {
        text if text.is_empty() => "[]".to_owned(),
        text => text,
    };
    if let Err((why, place)) = exportable(&text) {
        program.go_to(&place);
        return Err(why);
    }
    let fields = program.bound.form.all();
    let file = file_of(&fields, program.kind, text);
    let name = match file.name.as_str() {
        "" => "Flow schema",
        name => name,
    };
    save(&format!("{name}.json"), &file.to_json()).map_err(|_| "The browser did not take the file.".to_owned())
}

/// Whether a file with this program can be read again; if not, why and where.
fn exportable(program: &str) -> Result<(), (String, Range<usize>)> {
    match flow::readable(program) {
        Ok(()) if program.trim_start().starts_with('[') => Ok(()),
        Ok(()) => {
            let why = "The program cannot be exported before it is a list: begin it with “[” and end it with “]”.";
            Err((why.to_owned(), 0..0))
        }
        Err(mistake) => {
            let why = match mistake.kind {
                MistakeKind::Limit => "The program cannot be exported",
                _ => "The program cannot be exported before it is JSON",
            };
            Err((format!("{why}: {}", mistake.message), mistake.utf16))
        }
    }
}

fn file_of(fields: &Fields, kind: FlowKind, program: String) -> FlowFile {
    let tags = fields
        .get("tags")
        .split(',')
        .map(str::trim)
        .filter(|tag| !tag.is_empty());
    FlowFile {
        name: fields.get("name").trim().to_owned(),
        description: fields.get("description").trim().to_owned(),
        kind,
        tags: tags.map(str::to_owned).collect(),
        program,
    }
}

/// Hands a text over as a file.
fn save(name: &str, text: &str) -> Result<(), JsValue> {
    let kind = web_sys::BlobPropertyBag::new();
    kind.set_type("application/json");
    let parts = js_sys::Array::of1(&text.into());
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlElement = document().create_element("a")?.unchecked_into();
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.click();
    web_sys::Url::revoke_object_url(&address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(program: &str) -> String {
        exportable(program).unwrap_err().0
    }

    #[test]
    fn a_program_that_is_too_large_only_once_it_is_formatted_can_be_exported() {
        // Formatted, each of these values has a line of its own behind hundreds of spaces.
        let deep = format!("[{}{}{}]", "[".repeat(290), vec!["1"; 5_000].join(","), "]".repeat(290));
        assert_eq!(flow::format(&deep).unwrap_err().kind, MistakeKind::Limit);
        assert_eq!(exportable(&deep), Ok(()));
    }

    #[test]
    fn a_program_with_mistakes_can_be_exported() {
        assert_eq!(exportable("\n [{\"sendTxt\": \"Hello\"}, 1]"), Ok(()));
    }

    #[test]
    fn what_no_import_would_take_is_refused_in_words_and_with_its_place() {
        let wrong = "[{\"sendText\": \"Привіт\" x}]";
        let (why, place) = exportable(wrong).unwrap_err();
        assert!(
            why.starts_with("The program cannot be exported before it is JSON: Here a comma"),
            "{why}"
        );
        assert_eq!(place, 23..24);
        assert!(refused("{}").contains("before it is a list"));
        let large = format!("[\"{}\"]", "x".repeat(model::MAX_PROGRAM_BYTES));
        assert!(refused(&large).starts_with("The program cannot be exported: A program has at most"));
    }
}
