//! Starts the page in the browser: takes over what the server rendered.
#![cfg(target_arch = "wasm32")]

mod stopped;

use leptos::{mount::hydrate_body, prelude::window};

/// Called once by the page's own script.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    stopped::say_when_it_happens();
    wasm_bindgen_futures::spawn_local(async {
        let path = window().location().pathname().unwrap_or_default();
        app::fetch(&path).await;
        // At once and not with `hydrate_lazy`: what reacts to the first part must not change the rest under way.
        hydrate_body(app::App);
    });
}
