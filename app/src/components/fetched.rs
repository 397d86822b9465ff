//! Parts of a page that the browser fetches when somebody first wants them.

use leptos::{prelude::*, task::spawn_local};
use std::future::Future;

/// What draws a part, once it is there.
pub type Draw<T> = fn(T) -> AnyView;

/// Fetches a part as soon as it is wanted; nothing until then, and nothing on the server. `part` is a `#[lazy]` function, whose
/// result is in the file that is fetched.
pub fn fetched<T, F>(wanted: impl Fn() -> bool + 'static, part: impl Fn() -> F + 'static) -> RwSignal<Option<Draw<T>>>
where
    T: 'static,
    F: Future<Output = Draw<T>> + 'static,
{
    let draw = RwSignal::new(None);
    Effect::new(move || {
        if wanted() && draw.with_untracked(Option::is_none) {
            let part = part();
            spawn_local(async move {
                let there = part.await;
                // The page may have been left meanwhile.
                draw.try_set(Some(there));
            });
        }
    });
    draw
}
