//! What is shown while the first rows are on their way.

use super::section::Section;
use leptos::prelude::*;
use std::marker::PhantomData;

/// The page with bars in the place of words.
#[component]
pub fn Skeleton<S: Section>(
    /// The section.
    section: PhantomData<S>,
) -> impl IntoView {
    _ = section;
    let cells = || {
        let cell = |(i, class): (usize, &'static str)| {
            let length = ["skeleton skeleton-s", "skeleton skeleton-l", "skeleton skeleton-m"][i % 3];
            view! { <td class=class><span class=length></span></td> }
        };
        S::HEADINGS
            .iter()
            .map(|heading| heading.class)
            .enumerate()
            .map(cell)
            .collect_view()
    };
    let row = move |_| view! { <tr class="registry-skeleton" aria-hidden="true">{cells()}</tr> };
    view! {
        <div class="page" aria-busy="true">
            <header class="page-header">
                <h1 class="page-title">{S::SECTION.label()}</h1>
            </header>
            <div class="toolbar"></div>
            <div class="registry-frame" aria-busy="true">
                <table class=S::TABLE_CLASS aria-hidden="true">
                    <tbody>{(0..6).map(row).collect_view()}</tbody>
                </table>
            </div>
        </div>
    }
}
