//! Starts the page in the browser: takes over what the server rendered.
#![cfg(target_arch = "wasm32")]

/// Called once by the page's own script.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
