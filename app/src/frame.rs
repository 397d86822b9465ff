//! What stands around every page: navigation, messages, help.

mod account_menu;
mod help_dialog;
pub mod shortcuts;
mod side;
mod theme_switch;

use crate::components::{
    form::trail::provide_trail, session_gate::SessionGateDialog, toast::ToastRegion, viewer::use_viewer,
};
use help_dialog::HelpDialog;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
pub use side::Brand;
use side::Side;

/// The frame; the pages for signing in and for the password stand alone.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let viewer = use_viewer();
    let path = use_location().pathname;
    let alone = Memo::new(move |_| {
        let forced = viewer.with(|viewer| viewer.as_ref().is_none_or(|viewer| viewer.must_change_password));
        forced || path.with(|path| path == "/sign-in" || path == "/password")
    });
    shortcuts::listen();
    provide_trail();
    view! {
        <a class="skip-link" href="#main" rel="external">"Skip to content"</a>
        <div class=move || if alone.get() { "alone" } else { "app" }>
            <Show when=move || !alone.get()>
                <Side/>
            </Show>
            <main class=move || if alone.get() { "gate" } else { "app-main" } id="main" tabindex="-1">
                {children()}
            </main>
        </div>
        <ToastRegion/>
        <SessionGateDialog/>
        <HelpDialog/>
    }
}
