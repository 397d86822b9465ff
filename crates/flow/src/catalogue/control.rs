//! What runs next.

use super::{Argument, Group, NodeSpec, Type, ignored, may, need};

pub(super) const NODES: &[NodeSpec] = &[
    NodeSpec {
        name: "if",
        group: Group::Control,
        doc: "Runs one of two lists.",
        argument: Argument::Object(&[
            need(
                "expression",
                Type::Expression,
                "A JavaScript expression; time functions such as &hour(9-17) may stand in it.",
            ),
            may("then", Type::Nodes, "nothing", "What runs when it is true."),
            may("else", Type::Nodes, "nothing", "What runs when it is not."),
        ]),
        example: r#"{ "if": { "expression": "${answer} === 'yes'", "then": [{ "sendText": "Good!" }], "else": [{ "sendText": "A pity." }] } }"#,
    },
    NodeSpec {
        name: "switch",
        group: Group::Control,
        doc: "Runs the list whose name equals a text, letter for letter.",
        argument: Argument::Object(&[
            need("variable", Type::Text, "The text that is compared, such as ${answer}."),
            need(
                "case",
                Type::Branches,
                "A list of nodes for each text; “default” is for all others, an empty name for an empty text.",
            ),
        ]),
        example: r#"{ "switch": { "variable": "${answer}", "case": { "yes": [{ "sendText": "Good!" }], "default": [{ "sendText": "A pity." }] } } }"#,
    },
    NodeSpec {
        name: "while",
        group: Group::Control,
        doc: "Runs a list, and again as long as a condition holds.",
        argument: Argument::Object(&[
            need(
                "condition",
                Type::Expression,
                "A JavaScript expression, tested after each round.",
            ),
            may("maxSteps", Type::Count, "1000", "The most rounds."),
            need("do", Type::Nodes, "What runs; once before the first test."),
        ]),
        example: r#"{ "while": { "condition": "${answer} === ''", "maxSteps": 3, "do": [{ "sendText": "What is your name?" }, { "recvMessage": { "set": "answer" } }] } }"#,
    },
    NodeSpec {
        name: "goto",
        group: Group::Control,
        doc: "Goes on at the node with a tag. At most 1,000 jumps are made in one conversation.",
        argument: Argument::Alone(
            Type::Tag,
            "The tag. It belongs to the same program, function or list of a trigger.",
        ),
        example: r#"{ "goto": "start" }"#,
    },
    NodeSpec {
        name: "break",
        group: Group::Control,
        doc: "Ends the whole run, from wherever it stands; in a list of a trigger, that list.",
        argument: Argument::Alone(Type::True, "Always true."),
        example: r#"{ "break": true }"#,
    },
    NodeSpec {
        name: "close",
        group: Group::Control,
        doc: "Ends the conversation.",
        argument: Argument::Alone(Type::True, "Always true."),
        example: r#"{ "close": true }"#,
    },
    NodeSpec {
        name: "function",
        group: Group::Control,
        doc: "Defines a list that can be called from anywhere in the program. It does not run by itself.",
        argument: Argument::Object(&[
            need("name", Type::FunctionName, "Its name, by which execute calls it."),
            need("actions", Type::Nodes, "What runs when it is called."),
        ]),
        example: r#"{ "function": { "name": "signature", "actions": [{ "sendText": "Yours, ${gateway_name}" }] } }"#,
    },
    NodeSpec {
        name: "execute",
        group: Group::Control,
        doc: "Runs a function, then goes on.",
        argument: Argument::Object(&[
            need("name", Type::Function, "The name of a function of this program."),
            ignored("async"),
        ]),
        example: r#"{ "execute": { "name": "goodbye" } }"#,
    },
    NodeSpec {
        name: "schema",
        group: Group::Control,
        doc: "Runs another flow with the same variables, then goes on.",
        argument: Argument::Object(&[need("id", Type::Flow, "The id of the flow."), ignored("async")]),
        example: r#"{ "schema": { "id": 40 } }"#,
    },
    NodeSpec {
        name: "trigger",
        group: Group::Control,
        doc: "Defines what runs when a command comes, and when the conversation ends.",
        argument: Argument::Object(&[
            may(
                "commands",
                Type::Branches,
                "",
                "A list of nodes for each text that is a command, such as “/help”.",
            ),
            may(
                "disconnected",
                Type::Nodes,
                "",
                "What runs once at the end, whatever ended it. Nothing can be sent any more.",
            ),
        ]),
        example: r#"{ "trigger": { "commands": { "/help": [{ "sendText": "Ask me about prices." }] }, "disconnected": [{ "log": "the peer has gone" }] } }"#,
    },
    NodeSpec {
        name: "sleep",
        group: Group::Control,
        doc: "Waits before it goes on.",
        argument: Argument::Alone(Type::Number, "Milliseconds."),
        example: r#"{ "sleep": 1500 }"#,
    },
    NodeSpec {
        name: "softSleep",
        group: Group::Control,
        doc: "The same as sleep.",
        argument: Argument::Alone(Type::Number, "Milliseconds."),
        example: r#"{ "softSleep": 1500 }"#,
    },
];
