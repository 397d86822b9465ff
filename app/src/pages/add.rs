//! Choosing what kind of object is to be made: as a dialog of the registry, and as a page without JavaScript.

mod choices;
mod dialog;
mod page;
mod starters;

pub use dialog::{NewFlowDialog, NewGatewayDialog};
pub use page::{NewFlowChoicePage, NewGatewayChoicePage};

use choices::{Choice, Mark};
use flow::Starter;
use model::{FlowKind, Provider, Section};

/// The choice that a section offers before a card.
#[derive(Clone, Copy)]
struct Offer {
    section: Section,
    title: &'static str,
    /// What is chosen, for the legend.
    legend: &'static str,
    /// The key in the query string.
    key: &'static str,
    choices: fn() -> Vec<Choice>,
    /// The choice for which a starter is offered; empty for none.
    starts: &'static str,
}

impl Offer {
    const GATEWAY: Self = Self {
        section: Section::ChatGateways,
        title: "New chat gateway",
        legend: "Provider",
        key: "provider",
        choices: || Provider::ALL.into_iter().map(provider).collect(),
        starts: "",
    };

    const FLOW: Self = Self {
        section: Section::Flows,
        title: "New flow schema",
        legend: "Kind",
        key: "kind",
        choices: || FlowKind::ALL.into_iter().map(kind).collect(),
        starts: FlowKind::Code.code(),
    };

    /// Whether a starter is offered for one of the choices.
    const fn has_starters(self) -> bool {
        !self.starts.is_empty()
    }

    /// How large its dialog is.
    const fn size(self) -> &'static str {
        if self.has_starters() { "dialog-large" } else { "" }
    }

    /// The page on which the choice is made.
    fn page(self) -> String {
        format!("{}/new", self.section.path())
    }

    /// The first tab of the card of what was chosen, beginning with a starter.
    fn card(self, chosen: &str, starter: Starter) -> String {
        let address = format!("{}/new/{chosen}/general", self.section.path());
        if chosen == self.starts && starter != Starter::Empty {
            format!("{address}?{}={}", starters::KEY, starter.code())
        } else {
            address
        }
    }
}

fn provider(provider: Provider) -> Choice {
    Choice {
        value: provider.code(),
        title: provider.label(),
        hint: provider.needs(),
        mark: Mark::Emblem(provider),
    }
}

fn kind(kind: FlowKind) -> Choice {
    let hint = match kind {
        FlowKind::Diagram => "Drawn: nodes and the ways between them",
        FlowKind::Code => "Written: a JSON array of commands",
    };
    Choice {
        value: kind.code(),
        title: kind.label(),
        hint,
        mark: Mark::Icon(kind.code()),
    }
}
