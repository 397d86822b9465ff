//! How long ago something was, or how soon it is to be, with the exact moment beside it.

use leptos::prelude::*;
use model::Timestamp;
#[cfg(feature = "hydrate")]
use std::time::Duration;

/// The browser's time, to the minute; unknown on the server and until the page is taken over, so that both write the
/// same text.
#[derive(Clone, Copy)]
struct Clock(RwSignal<Option<Timestamp>>);

/// Starts the clock that everything below reads.
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

/// The browser's time, to the minute; nothing on the server and until the page is taken over.
#[must_use]
pub fn use_now() -> Signal<Option<Timestamp>> {
    use_context::<Clock>().map_or_else(|| Signal::stored(None), |clock| clock.0.into())
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
    let now = use_now();
    let text = move || match now.get() {
        Some(now) => at.get().relative(now.max(at.get())),
        None => at.get().to_string(),
    };
    view! {
        <time datetime=move || at.get().rfc3339() title=move || at.get().to_string()>{text}</time>
    }
}

/// A moment that is to come: "in 5 minutes", exact in the tooltip; exact at once until the page is taken over.
#[component]
pub fn TimeAhead(
    /// The moment.
    #[prop(into)]
    at: Signal<Timestamp>,
) -> impl IntoView {
    let now = use_now();
    let text = move || match now.get() {
        Some(now) => ahead(at.get(), now),
        None => at.get().to_string(),
    };
    view! {
        <time datetime=move || at.get().rfc3339() title=move || at.get().to_string()>{text}</time>
    }
}

/// How soon a moment is, seen from `now`; one that has passed is due.
fn ahead(at: Timestamp, now: Timestamp) -> String {
    // The distance is the same in either direction.
    let distance = now.relative(at.max(now));
    distance
        .strip_suffix(" ago")
        .map_or_else(|| "at once".to_owned(), |distance| format!("in {distance}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_come_is_said_in_the_largest_fitting_unit() {
        let from = |seconds: i64| ahead(Timestamp(seconds * 1_000), Timestamp(0));
        assert_eq!(from(0), "at once");
        assert_eq!(from(-90), "at once");
        assert_eq!(from(120), "in 2 minutes");
        assert_eq!(from(7_200), "in 2 hours");
    }
}
