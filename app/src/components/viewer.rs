//! Who looks at the page, and what they may do.
//!
//! The page only shows what is allowed; the server decides again on every action.

use leptos::{prelude::*, server::SharedValue};
use model::{Letter, Section, Viewer};

#[derive(Clone, Copy)]
struct CurrentViewer(RwSignal<Option<Viewer>>);

/// Makes the viewer available to everything below; the server's answer carries them into the browser.
pub fn provide_viewer() {
    #[cfg(feature = "ssr")]
    let read = || use_context::<engine::Context>().and_then(|cx| cx.viewer(&crate::api::ssr::actor()));
    #[cfg(not(feature = "ssr"))]
    let read = || None;
    let viewer = SharedValue::<Option<Viewer>>::new(read).into_inner();
    provide_context(CurrentViewer(RwSignal::new(viewer)));
}

/// Who looks at the page; `None` when nobody is signed in.
#[must_use]
pub fn use_viewer() -> Signal<Option<Viewer>> {
    expect_context::<CurrentViewer>().0.into()
}

/// Sets the viewer after somebody has signed in without leaving the page.
pub fn use_set_viewer() -> impl Fn(Viewer) + Copy + Send + Sync {
    let current = expect_context::<CurrentViewer>().0;
    move |viewer| current.set(Some(viewer))
}

/// Whether the viewer may do something in a section.
#[must_use]
pub fn use_may(section: Section, letter: Letter) -> Memo<bool> {
    let viewer = use_viewer();
    Memo::new(move |_| {
        viewer.with(|viewer| {
            viewer
                .as_ref()
                .is_some_and(|viewer| viewer.grants.allows(section, letter))
        })
    })
}
