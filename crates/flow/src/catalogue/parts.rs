//! The objects inside a node: what stands beside its name, a button, a file, a limit.

use super::{Parameter, Type, ignored, may, need, unless};

/// What may stand in a node's object beside its name.
pub const SIBLINGS: &[Parameter] = &[
    may("tag", Type::Text, "", "A name that goto and failover find."),
    may(
        "break",
        Type::Flag,
        "false",
        "Whether the whole run ends behind this node.",
    ),
    may(
        "limit",
        Type::Any,
        "",
        "How often the node runs: an object with “max” and “failover”.",
    ),
    ignored("_id"),
    ignored("async"),
    ignored("trace"),
];

/// The members of `limit`.
pub const LIMIT: &[Parameter] = &[
    need("max", Type::Times, "How often the node runs."),
    need("failover", Type::Tag, "The tag that the program goes to from then on."),
];

/// The members of a button.
pub const BUTTON: &[Parameter] = &[
    unless(
        "text",
        Type::Text,
        &["caption"],
        "What is written on it, if there is no “caption”.",
    ),
    may("caption", Type::Text, "", "What is written on it."),
    may(
        "code",
        Type::Scalar,
        "its text",
        "What the program receives when it is pressed.",
    ),
    may(
        "type",
        Type::Text,
        "reply",
        "“reply”, “url” (opens a page), “phone” or “location” (asks to share it).",
    ),
    may("url", Type::Text, "", "The address that a button of type “url” opens."),
];

/// The members of a file.
pub const FILE: &[Parameter] = &[
    need("url", Type::Address, "The address of the file, http or https."),
    may("name", Type::Text, "", "The name of the file."),
    may("mime", Type::Text, "", "Its media type, such as application/pdf."),
    ignored("id"),
    ignored("size"),
    ignored("type"),
];
