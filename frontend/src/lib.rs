//! Starts the page in the browser: takes over what the server rendered.
#![cfg(target_arch = "wasm32")]

mod stopped;

/// Called once by the page's own script.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    stopped::say_when_it_happens();
    leptos::mount::hydrate_lazy(app::App);
}
