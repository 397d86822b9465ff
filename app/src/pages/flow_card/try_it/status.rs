//! What the run waits for, or how it ended.

use super::state::{TryIt, focus_compose};
use crate::components::icon::Icon;
use leptos::prelude::*;
use model::trying::{TryWait, TryWaitKind};

/// One line; the seconds run and are not read aloud each time.
#[component]
pub(super) fn TryStatus(trial: TryIt) -> impl IntoView {
    let words = Memo::new(move |_| match (trial.ended.get(), trial.waiting.get()) {
        (Some(end), _) => end.sentence,
        (None, Some(wait)) => waits(&wait).to_owned(),
        (None, None) => String::new(),
    });
    let left = Memo::new(move |_| trial.left.get().filter(|_| trial.waiting.with(Option::is_some)));
    // Always there: what appears together with its words is not read aloud everywhere.
    let look = move || {
        if words.with(String::is_empty) {
            "try-it-status try-it-status-none"
        } else {
            "try-it-status"
        }
    };
    let skip = move |_| {
        trial.skip();
        // The button goes with the wait.
        focus_compose();
    };
    view! {
        <div class=look>
            <span role="status">{move || words.get()}</span>
            <span class="try-it-left">{move || left.get().map(in_words)}</span>
            <Show when=move || left.get().is_some() && trial.ended.with(Option::is_none)>
                <button class="button button-small" type="button" on:click=skip>
                    <Icon name="skip"/>
                    "Skip the wait"
                </button>
            </Show>
        </div>
    }
}

const fn waits(wait: &TryWait) -> &'static str {
    match wait.kind {
        TryWaitKind::Message => "Waits for a message.",
        TryWaitKind::Pause => "Pauses.",
        TryWaitKind::Http => "Waits for the answer to an HTTP call.",
    }
}

/// "1 min 05 s"
fn in_words(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s left"),
        (minutes, seconds) => format!("{minutes} min {seconds:02} s left"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_told_in_words() {
        assert_eq!(in_words(9), "9 s left");
        assert_eq!(in_words(65), "1 min 05 s left");
    }
}
