//! What `/editor.js` offers, as it is declared in `editor/src/index.ts` and `editor/src/options.ts`.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// Where the build puts the file.
const ADDRESS: &str = "/editor.js";

#[wasm_bindgen]
extern "C" {
    /// The browser's own `import()`.
    #[wasm_bindgen(catch, js_name = import)]
    fn import_module(address: &str) -> Result<Promise, JsValue>;

    /// The file, once it is read.
    pub type Bundle;

    /// Puts an editor into an element.
    #[wasm_bindgen(method, catch)]
    pub fn mount(this: &Bundle, host: &HtmlElement, options: &Options) -> Result<Editor, JsValue>;

    /// An editor on the page.
    #[derive(Clone, Debug)]
    pub type Editor;

    /// The document.
    #[wasm_bindgen(method)]
    pub fn doc(this: &Editor) -> String;

    /// Makes the document this one, as one step that can be undone.
    #[wasm_bindgen(method, js_name = setDoc)]
    pub fn set_doc(this: &Editor, doc: &str);

    /// Shows these mistakes until the next check.
    #[wasm_bindgen(method, js_name = setMistakes)]
    pub fn set_mistakes(this: &Editor, mistakes: &JsValue);

    /// Selects a range and takes the focus there.
    #[wasm_bindgen(method, js_name = goTo)]
    pub fn go_to(this: &Editor, from: u32, to: u32);

    /// Marks the node that runs.
    #[wasm_bindgen(method)]
    pub fn highlight(this: &Editor, from: u32, to: u32);

    /// No node runs any more.
    #[wasm_bindgen(method, js_name = clearHighlight)]
    pub fn clear_highlight(this: &Editor);

    /// Takes the focus.
    #[wasm_bindgen(method)]
    pub fn focus(this: &Editor);

    /// Opens find and replace.
    #[wasm_bindgen(method, js_name = openSearch)]
    pub fn open_search(this: &Editor);

    /// Takes everything away again.
    #[wasm_bindgen(method)]
    pub fn destroy(this: &Editor);

    /// What a page says when it mounts an editor.
    #[wasm_bindgen(extends = js_sys::Object)]
    pub type Options;

    #[wasm_bindgen(method, setter, js_name = doc)]
    fn set_doc_option(this: &Options, doc: &str);

    #[wasm_bindgen(method, setter)]
    fn set_label(this: &Options, label: &str);

    #[wasm_bindgen(method, setter, js_name = describedBy)]
    fn set_described_by(this: &Options, ids: &str);

    #[wasm_bindgen(method, setter, js_name = readOnly)]
    fn set_read_only(this: &Options, read_only: bool);

    #[wasm_bindgen(method, setter)]
    fn set_nonce(this: &Options, nonce: &str);

    #[wasm_bindgen(method, setter)]
    fn set_completions(this: &Options, nodes: &JsValue);

    #[wasm_bindgen(method, setter)]
    fn set_siblings(this: &Options, siblings: &JsValue);

    #[wasm_bindgen(method, setter, js_name = onChange)]
    fn set_on_change(this: &Options, told: &Function);

    #[wasm_bindgen(method, setter, js_name = onCaret)]
    fn set_on_caret(this: &Options, told: &Function);

    #[wasm_bindgen(method, setter)]
    fn set_check(this: &Options, check: &Function);
}

impl Options {
    /// Options for a document with an accessible name, described by elements of these ids.
    #[must_use]
    pub fn new(doc: &str, label: &str, described_by: &str) -> Self {
        let options: Self = js_sys::Object::new().unchecked_into();
        options.set_doc_option(doc);
        options.set_label(label);
        options.set_described_by(described_by);
        options.set_nonce(&nonce());
        options
    }

    /// Whether the document can only be read.
    #[must_use]
    pub fn read_only(self, read_only: bool) -> Self {
        self.set_read_only(read_only);
        self
    }

    /// What is completed: nodes, and what may stand beside the name of any.
    #[must_use]
    pub fn completions(self, nodes: &JsValue, siblings: &JsValue) -> Self {
        self.set_completions(nodes);
        self.set_siblings(siblings);
        self
    }

    /// Told of each change that the user makes.
    #[must_use]
    pub fn on_change(self, told: impl Fn(String) + 'static) -> Self {
        self.set_on_change(&function(Closure::<dyn Fn(String)>::new(told)));
        self
    }

    /// Told where the caret stands: its line and column, from 1.
    #[must_use]
    pub fn on_caret(self, told: impl Fn(u32, u32) + 'static) -> Self {
        self.set_on_caret(&function(Closure::<dyn Fn(u32, u32)>::new(told)));
        self
    }

    /// Finds the mistakes of a document that has been at rest for a moment.
    #[must_use]
    pub fn check(self, check: impl Fn(String) -> JsValue + 'static) -> Self {
        self.set_check(&function(Closure::<dyn Fn(String) -> JsValue>::new(check)));
        self
    }
}

/// A function that lives as long as the browser needs it.
fn function<T: ?Sized + wasm_bindgen::closure::WasmClosure>(closure: Closure<T>) -> Function {
    closure.into_js_value().unchecked_into()
}

/// The nonce that the page's policy asks of a style; the browser shows it to scripts only, as a property.
fn nonce() -> String {
    let script = leptos::prelude::document()
        .query_selector("script[nonce]")
        .ok()
        .flatten();
    script
        .and_then(|script| script.dyn_into::<HtmlElement>().ok())
        .map(|script| script.nonce())
        .unwrap_or_default()
}

/// Reads the file, the first time over the network.
#[cfg(feature = "hydrate")]
pub(super) async fn load() -> Result<Bundle, JsValue> {
    let module = wasm_bindgen_futures::JsFuture::from(import_module(ADDRESS)?).await?;
    Ok(module.unchecked_into())
}

#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "the same shape as in the browser")]
pub(super) async fn load() -> Result<Bundle, JsValue> {
    import_module(ADDRESS).map(JsCast::unchecked_into)
}
