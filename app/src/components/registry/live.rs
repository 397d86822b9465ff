//! News: what somebody else changes appears without a reload.
//!
//! A message carries no content; it makes the page ask for what it may see. At most one question a second, and none
//! while a change of this page is on its way, so that own changes don't look like somebody else's.

use super::{
    section::Section,
    state::{Reason, Registry},
};
#[cfg(feature = "hydrate")]
pub use browser::listen;

/// Nothing happens on the server.
#[cfg(not(feature = "hydrate"))]
pub fn listen<S: Section>(registry: Registry<S>) {
    _ = (registry, Reason::News);
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::{Reason, Registry, Section};
    use futures::StreamExt;
    use gloo_net::eventsource::futures::EventSource;
    use leptos::{prelude::*, task::spawn_local};
    use model::{Action, Change};
    use std::time::Duration;

    const BETWEEN: Duration = Duration::from_secs(1);

    /// What was heard and not yet acted upon; a removal of a thousand rows is a thousand messages.
    #[derive(Clone, Copy)]
    struct Heard {
        asks_soon: StoredValue<bool>,
        removed: StoredValue<Vec<i64>>,
    }

    /// Listens as long as the registry is on the screen.
    pub fn listen<S: Section>(registry: Registry<S>) {
        let heard_of = Heard {
            asks_soon: StoredValue::new(false),
            removed: StoredValue::new(Vec::new()),
        };
        Effect::new(move || {
            let Ok(mut source) = EventSource::new("/events") else {
                return;
            };
            let (Ok(mut changes), Ok(mut opened)) = (source.subscribe("change"), source.subscribe("open")) else {
                return;
            };
            // Closed when the page is left, which ends both streams.
            _ = StoredValue::new_local(source);
            spawn_local(async move {
                while let Some(Ok((_, message))) = changes.next().await {
                    let text = message.data().as_string().unwrap_or_default();
                    if let Ok(change) = serde_json::from_str::<Change>(&text) {
                        heard(registry, heard_of, &change);
                    }
                }
            });
            spawn_local(async move {
                let mut first = true;
                while let Some(Ok(_)) = opened.next().await {
                    // Whatever was said while the line was broken was missed.
                    if !std::mem::take(&mut first) {
                        ask_soon(registry, heard_of);
                    }
                }
            });
        });
    }

    fn heard<S: Section>(registry: Registry<S>, heard: Heard, change: &Change) {
        let about_flows = S::SECTION == model::Section::ChatGateways && change.section == model::Section::Flows;
        if change.section != S::SECTION && !about_flows {
            return;
        }
        if change.action == Action::Removed && change.section == S::SECTION {
            heard.removed.try_update_value(|removed| removed.push(change.id));
        }
        ask_soon(registry, heard);
    }

    fn ask_soon<S: Section>(registry: Registry<S>, heard: Heard) {
        if heard.asks_soon.try_get_value() != Some(false) {
            return;
        }
        heard.asks_soon.set_value(true);
        set_timeout(move || ask(registry, heard), BETWEEN);
    }

    fn ask<S: Section>(registry: Registry<S>, heard: Heard) {
        let Some(under_way) = registry.tools.under_way.try_get_value() else {
            return;
        };
        if under_way > 0 || registry.busy.get_untracked() {
            set_timeout(move || ask(registry, heard), BETWEEN);
            return;
        }
        heard.asks_soon.set_value(false);
        if let Some(removed) = heard.removed.try_update_value(std::mem::take) {
            registry.selection.forget(&removed);
        }
        // An error stays until the viewer has read it and tries again.
        if registry.problem.with_untracked(Option::is_none) {
            registry.load(Reason::News);
        }
    }
}
