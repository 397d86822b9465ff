//! The way back: which search, order and page of a registry somebody came from.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::Section;

/// The address of each section's registry as it was last seen in this window.
#[derive(Clone, Copy)]
struct Trail(RwSignal<[Option<String>; 4]>);

/// Remembers, from now on, how each registry was last seen; called once, within the router.
pub fn provide_trail() {
    let trail = Trail(RwSignal::new([const { None }; 4]));
    provide_context(trail);
    let location = use_location();
    Effect::new(move || {
        let (path, query) = (location.pathname.get(), location.search.get());
        let section = Section::ALL.into_iter().find(|section| section.path() == path);
        if let Some(section) = section {
            let address = if query.is_empty() {
                path
            } else {
                format!("{path}?{}", query.trim_start_matches('?'))
            };
            trail.0.update(|seen| seen[section as usize] = Some(address));
        }
    });
}

/// The address to go back to: the registry as it was left, or its first page.
#[must_use]
pub fn use_registry_address(section: Section) -> Signal<String> {
    let trail = use_context::<Trail>();
    Signal::derive(move || {
        let seen = trail.and_then(|trail| trail.0.with(|seen| seen[section as usize].clone()));
        seen.unwrap_or_else(|| section.path().to_owned())
    })
}
