//! News: what somebody else changes appears without a reload.
//!
//! At most one question a second, and none while a change of this page is on its way, so that own changes don't look
//! like somebody else's.

use super::{
    section::Section,
    state::{Reason, Registry},
};
use crate::components::live::{self, News};
use leptos::prelude::*;
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
    let heard = Heard {
        asks_soon: StoredValue::new(false),
        removed: StoredValue::new(Vec::new()),
    };
    live::listen(move |news| match news {
        News::Changed(change) => changed(registry, heard, &change),
        News::Missed => ask_soon(registry, heard),
    });
}

fn changed<S: Section>(registry: Registry<S>, heard: Heard, change: &Change) {
    let about_flows = S::SECTION == model::Section::ChatGateways && change.section == model::Section::Flows;
    if change.section != S::SECTION && !about_flows {
        return;
    }
    // What is only observed moves no row, so it concerns those that are shown.
    if change.action == Action::Observed && !registry.shows(change.id) {
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
