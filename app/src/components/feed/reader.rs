//! Whether somebody reads the list, so that nothing may move.

use leptos::prelude::*;

/// Whether the pointer or the focus is among the rows, or the list's beginning is scrolled away.
pub(super) fn reads() -> bool {
    let find = |selector| document().query_selector(selector).ok().flatten();
    let in_use = find(".feed tbody:is(:hover, :focus-within)").is_some();
    let scrolled = || find(".feed").is_some_and(|list| list.get_bounding_client_rect().top() < 0.0);
    in_use || scrolled()
}
