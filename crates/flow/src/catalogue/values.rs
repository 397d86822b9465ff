//! Variables, and functions on values.

use super::{Argument, Group, NodeSpec, Type, may, need};

const SET_VAR: &str = "The variable that takes the result.";

pub(super) const NODES: &[NodeSpec] = &[
    NodeSpec {
        name: "set",
        group: Group::Values,
        doc: "Sets variables, all at once. A dotted name sets a value inside the JSON of a variable.",
        argument: Argument::Alone(Type::Assignments, "Variables and their values."),
        example: r#"{ "set": { "tries": 0, "customer.name": "${peer_name}" } }"#,
    },
    NodeSpec {
        name: "unSet",
        group: Group::Values,
        doc: "Removes variables, or by a dotted name a value inside the JSON of one.",
        argument: Argument::Alone(Type::Names, "The names."),
        example: r#"{ "unSet": ["tries", "customer.name"] }"#,
    },
    NodeSpec {
        name: "js",
        group: Group::Values,
        doc: "Runs JavaScript: one second, 16 MiB, nothing outside can be reached.",
        argument: Argument::Object(&[
            need(
                "data",
                Type::Script,
                "The body of a function. A variable is written ${name}, without quotation marks around it.",
            ),
            may(
                "setVar",
                Type::Variable,
                "",
                "The variable that takes what the function returns.",
            ),
        ]),
        example: r#"{ "js": { "data": "return Number(${tries}) + 1;", "setVar": "tries" } }"#,
    },
    NodeSpec {
        name: "string",
        group: Group::Values,
        doc: "Applies a function to a text.",
        argument: Argument::Object(&[
            need(
                "fn",
                Type::Text,
                "reverse, charAt, length, base64, MD5, SHA-256, SHA-512, gomatch, or a method of JavaScript's String.",
            ),
            need("data", Type::Any, "What it is applied to."),
            may(
                "args",
                Type::List,
                "[]",
                "The arguments of the function; \"/…/flags\" is a regular expression.",
            ),
            need("setVar", Type::Variable, SET_VAR),
        ]),
        example: r#"{ "string": { "fn": "replace", "data": "${phone}", "args": ["/[^0-9]/g", ""], "setVar": "phone" } }"#,
    },
    NodeSpec {
        name: "math",
        group: Group::Values,
        doc: "Applies a function to numbers.",
        argument: Argument::Object(&[
            may(
                "fn",
                Type::Text,
                "random",
                "A function or a constant of JavaScript's Math; random chooses one of “data”.",
            ),
            need("data", Type::Any, "A number, or a list of them."),
            need("setVar", Type::Variable, SET_VAR),
        ]),
        example: r#"{ "math": { "fn": "max", "data": ["${first}", "${second}"], "setVar": "higher" } }"#,
    },
    NodeSpec {
        name: "classifier",
        group: Group::Values,
        doc: "Finds the first cluster with a phrase that fits a text. The variable is empty if none does.",
        argument: Argument::Object(&[
            need(
                "cluster",
                Type::Phrases,
                "The names of the clusters, each with its phrases, in the order in which they are tried.",
            ),
            need("input", Type::Text, "The text that is sorted, such as ${answer}."),
            need(
                "set",
                Type::Variable,
                "The variable that takes the name of the cluster.",
            ),
            may(
                "matchType",
                Type::Choice(&["full", "part"]),
                "full",
                "Whether a phrase fits whole words or a part of them.",
            ),
            may(
                "phraseSearch",
                Type::Flag,
                "false",
                "Whether the text is looked at as a whole, instead of by words.",
            ),
        ]),
        example: r#"{ "classifier": { "input": "${answer}", "set": "topic", "matchType": "part", "cluster": { "delivery": ["deliver", "shipping"], "refund": ["refund", "return"] } } }"#,
    },
];
