//! What is said and heard.

use super::{Argument, Group, NodeSpec, Type, ignored, may, need, unless};

const KIND: &str = "A word for the gateway, of letters, digits and underscores.";
const BUTTONS: &str = "Reply buttons, by rows.";
const FILE_URL: &str = "The address of the file, http or https.";

pub(super) const NODES: &[NodeSpec] = &[
    NodeSpec {
        name: "sendText",
        group: Group::Messages,
        doc: "Sends a text. Sends nothing if the text is empty.",
        argument: Argument::Alone(Type::Text, "The text."),
        example: r#"{ "sendText": "Hello, ${peer_name}!" }"#,
    },
    NodeSpec {
        name: "recvMessage",
        group: Group::Messages,
        doc: "Waits for the peer's next message. When nothing comes in time, the variable is empty and the program goes on.",
        argument: Argument::Object(&[
            need(
                "set",
                Type::Variable,
                "The variable that takes the text of the message.",
            ),
            may(
                "timeout",
                Type::Count,
                "600",
                "Seconds to wait for a message; 0 is the default.",
            ),
            may(
                "messageTimeout",
                Type::Count,
                "0",
                "Seconds of silence that end the collecting of several messages; 0 takes one message.",
            ),
            may(
                "delimiter",
                Type::Text,
                "a space",
                "What stands between the texts of several messages.",
            ),
        ]),
        example: r#"{ "recvMessage": { "set": "answer", "timeout": 300 } }"#,
    },
    NodeSpec {
        name: "menu",
        group: Group::Messages,
        doc: "Sends a text with buttons and does not wait: read the answer with recvMessage.",
        argument: Argument::Object(&[
            may(
                "type",
                Type::Choice(&["buttons", "inline"]),
                "buttons",
                "Where the buttons are shown: below the chat, or inline, below the message.",
            ),
            need("text", Type::Text, "The text above the buttons."),
            need("buttons", Type::Buttons, "The buttons, by rows."),
            may("noInput", Type::Flag, "false", "Whether the peer shall not type."),
            may("kind", Type::Kind, "", KIND),
            may(
                "set",
                Type::Text,
                "",
                "Accepted in existing programs; the answer is read with recvMessage.",
            ),
        ]),
        example: r#"{ "menu": { "text": "How can we help?", "buttons": [[{ "text": "Prices", "code": "prices" }, { "text": "A person", "code": "person" }]] } }"#,
    },
    NodeSpec {
        name: "sendMessage",
        group: Group::Messages,
        doc: "Sends a text, a file, or both, with buttons.",
        argument: Argument::Object(&[
            may("type", Type::Text, "", "“image” shows the file as a picture."),
            unless(
                "text",
                Type::Text,
                &["file", "buttons", "inline"],
                "The text, or the caption of the file.",
            ),
            may("file", Type::File, "", "The file."),
            may("buttons", Type::Buttons, "", BUTTONS),
            may("inline", Type::Buttons, "", "Inline buttons, by rows."),
            may("noInput", Type::Flag, "false", "Whether the peer shall not type."),
            may("kind", Type::Kind, "", KIND),
            ignored("server"),
        ]),
        example: r#"{ "sendMessage": { "text": "Our price list", "file": { "url": "https://example.com/prices.pdf", "name": "prices.pdf", "mime": "application/pdf" } } }"#,
    },
    NodeSpec {
        name: "sendImage",
        group: Group::Messages,
        doc: "Sends a picture.",
        argument: Argument::Object(&[
            unless(
                "url",
                Type::Address,
                &["file"],
                "The address of the picture, http or https.",
            ),
            may(
                "file",
                Type::File,
                "",
                "The picture as an object, instead of “url” and “name”.",
            ),
            may("name", Type::Text, "", "The name of the file."),
            may("text", Type::Text, "", "The caption."),
            may("kind", Type::Kind, "", KIND),
            ignored("server"),
        ]),
        example: r#"{ "sendImage": { "url": "https://example.com/map.png", "name": "map.png", "text": "Where we are" } }"#,
    },
    NodeSpec {
        name: "sendFile",
        group: Group::Messages,
        doc: "Sends a file.",
        argument: Argument::Object(&[
            unless("url", Type::Address, &["file"], FILE_URL),
            may(
                "file",
                Type::File,
                "",
                "The file as an object, instead of “url” and “name”.",
            ),
            may("name", Type::Text, "", "The name of the file."),
            may("text", Type::Text, "", "The caption."),
            may("kind", Type::Kind, "", KIND),
            ignored("source"),
            ignored("server"),
            ignored("expire"),
        ]),
        example: r#"{ "sendFile": { "url": "https://example.com/prices.pdf", "name": "prices.pdf", "text": "Our price list" } }"#,
    },
    NodeSpec {
        name: "sendAction",
        group: Group::Messages,
        doc: "Shows the peer that an answer is being typed, or stops showing it.",
        argument: Argument::Object(&[need(
            "action",
            Type::Word(&["typing", "cancel"]),
            "“typing” shows it, “cancel” stops it.",
        )]),
        example: r#"{ "sendAction": { "action": "typing" } }"#,
    },
    NodeSpec {
        name: "chatHistory",
        group: Group::Messages,
        doc: "Writes the conversation so far into a variable.",
        argument: Argument::Object(&[
            need("variable", Type::Variable, "The variable that takes it."),
            may("format", Type::Choice(&["txt", "html"]), "txt", "Plain text or HTML."),
            may("limit", Type::Count, "300", "The most messages, the last ones."),
            ignored("conversationId"),
            ignored("timeout"),
        ]),
        example: r#"{ "chatHistory": { "variable": "history", "format": "txt", "limit": 50 } }"#,
    },
];
