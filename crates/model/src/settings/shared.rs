//! What the cards of all providers have in common.

use crate::form::{Control, Field, Group, SecretShape, Tab};

pub(super) const NAME: Field = Field::new(
    "name",
    "Name",
    Control::Text {
        max: crate::MAX_NAME_CHARS,
    },
)
.hint("Choosing a flow schema fills an empty name.")
.required();

pub(super) const URI: Field = Field::new("uri", "URI", Control::Uri { shown: true })
    .hint("The path under which the provider reaches this gateway. It can be changed until the first save.")
    .required();

pub(super) const HIDDEN_URI: Field = Field::new("uri", "URI", Control::Uri { shown: false }).required();

pub(super) const FLOW: Field =
    Field::new("flow", "Flow", Control::Flow).hint("The flow schema that answers. It is needed to enable the gateway.");

/// A secret of any look that must be set.
pub(super) const fn secret(key: &'static str, label: &'static str) -> Field {
    let control = Control::Secret {
        max: 1_024,
        generate: false,
        shape: SecretShape::Any,
    };
    Field::new(key, label, control).required()
}

const TITLE: Field = Field::new("templates.title", "Workspace member's name", Control::Template)
    .hint("The title of a new conversation. A constant word keeps the peer anonymous.");
const JOIN: Field = Field::new("templates.join", "Agent joining message", Control::Template)
    .hint("Sent to the peer when a person joins the conversation.");
const CLOSE: Field = Field::new("templates.close", "Chat complete message", Control::Template)
    .hint("Sent to the peer when the conversation ends.");
const LEFT: Field = Field::new("templates.left", "Agent disconnection message", Control::Template)
    .hint("Sent to the peer when a person leaves the conversation.");
const FILE: Field = Field::new(
    "templates.file_policy_fail",
    "Forbidden file format message",
    Control::Template,
)
.hint("Sent to the peer instead of a file that is refused. Empty: “Forbidden file format”.");

const HINT: &str = "An empty text sends nothing. Insert ${peer_name}, ${first_name}, ${last_name}, \
    ${username}, ${peer_id}, ${gateway_name}, ${provider} or ${uuid}.";

/// The tab Templates.
pub(super) const TEMPLATES: Tab = templates(&[Group {
    label: "",
    hint: HINT,
    fields: &[TITLE, JOIN, CLOSE, LEFT, FILE],
}]);
/// The tab Templates of a provider that refuses files by itself.
pub(super) const TEMPLATES_WITHOUT_FILE: Tab = templates(&[Group {
    label: "",
    hint: HINT,
    fields: &[TITLE, JOIN, CLOSE, LEFT],
}]);

const fn templates(groups: &'static [Group]) -> Tab {
    Tab {
        segment: "templates",
        label: "Templates",
        saved_only: false,
        groups,
    }
}

/// The first tab of every card.
pub(super) const fn general(groups: &'static [Group]) -> Tab {
    Tab {
        segment: "general",
        label: "General",
        saved_only: false,
        groups,
    }
}

/// Fields without a heading.
pub(super) const fn plain(fields: &'static [Field]) -> Group {
    Group {
        label: "",
        hint: "",
        fields,
    }
}
