//! What is observed of a gateway while its card is open. It stands beside the form, so news never touch what is typed.

use crate::{
    api::{delivery_trouble, gateway_health},
    components::live::{self, News},
};
use leptos::{prelude::*, task::spawn_local};
use model::{Change, GatewayId, Health, Section};

/// What was last observed of a saved gateway; a handle, cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Live {
    /// The gateway.
    pub(super) id: GatewayId,
    /// How it fares.
    pub(super) health: RwSignal<Health>,
    /// How many entries of its log somebody has to look at.
    pub(super) trouble: RwSignal<u64>,
    /// How often something was heard of it.
    pub(super) heard: RwSignal<u32>,
    last_look: StoredValue<u32>,
}

impl Live {
    /// Begins with what was read, and hears what comes.
    pub(super) fn new(id: GatewayId, health: Health, trouble: u64) -> Self {
        let live = Self {
            id,
            health: RwSignal::new(health),
            trouble: RwSignal::new(trouble),
            heard: RwSignal::new(0),
            last_look: StoredValue::new(0),
        };
        live::listen(move |news| match news {
            News::Changed(change) if !live.concerns(&change) => {}
            News::Changed(_) | News::Missed => {
                _ = live.heard.try_update(|heard| *heard = heard.wrapping_add(1));
                live.look();
            }
        });
        live
    }

    fn concerns(self, change: &Change) -> bool {
        change.section == Section::ChatGateways && change.id == self.id.0
    }

    /// Takes what the server says of its health.
    pub(super) fn take(self, health: &Health) {
        if self.health.try_with_untracked(|shown| shown != health) == Some(true) {
            self.health.set(health.clone());
        }
    }

    /// Looks again. Nobody asked for it, so a failure is not told: the next news come.
    pub(super) fn look(self) {
        let Some(number) = self.last_look.try_get_value().map(|last| last + 1) else {
            return;
        };
        self.last_look.set_value(number);
        spawn_local(async move {
            let health = gateway_health(self.id).await;
            let trouble = delivery_trouble(self.id).await;
            if self.last_look.try_get_value() != Some(number) {
                return;
            }
            if let Ok(health) = health {
                self.take(&health);
            }
            if let Ok(trouble) = trouble {
                self.count(trouble);
            }
        });
    }

    /// Takes the number of entries that somebody has to look at.
    pub(super) fn count(self, trouble: u64) {
        if self.trouble.get_untracked() != trouble {
            self.trouble.set(trouble);
        }
    }
}
