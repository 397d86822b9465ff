//! News from the server: what others change, as it happens.
//!
//! A message carries no content; whoever hears it asks for what it may see.

use model::Change;

/// What was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// One object is another one now.
    Changed(Change),
    /// Something may have been missed, so everything may have changed.
    Missed,
}

#[cfg(feature = "hydrate")]
pub use browser::listen;

/// Nothing happens on the server.
#[cfg(not(feature = "hydrate"))]
pub fn listen(heard: impl Fn(News) + Clone + 'static) {
    _ = heard;
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::News;
    use futures::StreamExt;
    use gloo_net::eventsource::futures::EventSource;
    use leptos::{prelude::*, task::spawn_local};

    /// Listens until the present owner is cleaned up.
    pub fn listen(heard: impl Fn(News) + Clone + 'static) {
        Effect::new(move || {
            let Ok(mut source) = EventSource::new("/events") else {
                return;
            };
            let subscribed = (
                source.subscribe("change"),
                source.subscribe("reload"),
                source.subscribe("open"),
            );
            let (Ok(mut changes), Ok(mut reloads), Ok(mut opened)) = subscribed else {
                return;
            };
            // Closed when the page is left, which ends the streams.
            _ = StoredValue::new_local(source);
            let tell = heard.clone();
            spawn_local(async move {
                while let Some(Ok((_, message))) = changes.next().await {
                    let text = message.data().as_string().unwrap_or_default();
                    if let Ok(change) = serde_json::from_str(&text) {
                        tell(News::Changed(change));
                    }
                }
            });
            let tell = heard.clone();
            spawn_local(async move {
                while let Some(Ok(_)) = reloads.next().await {
                    tell(News::Missed);
                }
            });
            let tell = heard.clone();
            spawn_local(async move {
                while let Some(Ok(_)) = opened.next().await {
                    // Whatever was said since the page was made, or while the line was broken, was missed.
                    tell(News::Missed);
                }
            });
        });
    }
}
