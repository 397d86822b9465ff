//! How long ago something was, with the exact moment beside it.

use leptos::prelude::*;
use model::Timestamp;
#[cfg(feature = "hydrate")]
use std::time::Duration;

/// The browser's time, to the minute; unknown on the server and until the page is taken over, so that both write the
/// same text.
#[derive(Clone, Copy)]
struct Clock(RwSignal<Option<Timestamp>>);

/// Starts the clock that every [`TimeAgo`] below reads.
pub fn provide_clock() {
    let clock = Clock(RwSignal::new(None));
    provide_context(clock);
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        clock.0.set(Some(now()));
        if let Ok(handle) = set_interval_with_handle(move || clock.0.set(Some(now())), Duration::from_mins(1)) {
            on_cleanup(move || handle.clear());
        }
    });
}

#[cfg(feature = "hydrate")]
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 fit for a long time"
)]
fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// A moment: "5 minutes ago", exact in the tooltip; exact at once until the page is taken over.
#[component]
pub fn TimeAgo(
    /// The moment.
    #[prop(into)]
    at: Signal<Timestamp>,
) -> impl IntoView {
    let clock = use_context::<Clock>();
    let text = move || match clock.and_then(|clock| clock.0.get()) {
        Some(now) => at.get().relative(now.max(at.get())),
        None => at.get().to_string(),
    };
    view! {
        <time datetime=move || at.get().rfc3339() title=move || at.get().to_string()>{text}</time>
    }
}
