//! What is beyond the conversation.

use super::{Argument, Group, NodeSpec, Type, ignored, may, need, unless};

pub(super) const NODES: &[NodeSpec] = &[
    NodeSpec {
        name: "httpRequest",
        group: Group::Outside,
        doc: "Makes one HTTP request. An answer is an answer whatever its status; redirects are not followed.",
        argument: Argument::Object(&[
            need(
                "url",
                Type::Address,
                "The address, http or https; ${name} is filled from “path” first.",
            ),
            may("method", Type::Method, "POST", "The method."),
            may("timeout", Type::Count, "1000", "Milliseconds to wait for the answer."),
            may(
                "headers",
                Type::Texts,
                "",
                "Headers; content-type is application/json if it is not given.",
            ),
            may(
                "path",
                Type::Texts,
                "",
                "Values for ${name} in the address, percent-encoded.",
            ),
            may(
                "data",
                Type::Any,
                "",
                "The body: an object or a list is sent as JSON, or as a form if the content type says so; a text as it is.",
            ),
            may(
                "parser",
                Type::Text,
                "",
                "application/json or text/xml, to read the answer as this instead of by its own type.",
            ),
            may(
                "responseCode",
                Type::Variable,
                "",
                "The variable that takes the status; empty when no answer came.",
            ),
            may(
                "exportVariables",
                Type::Exports,
                "",
                "Variables and where their values are in the answer: a dotted path in JSON, XPath in XML.",
            ),
            may(
                "exportCookie",
                Type::Variable,
                "",
                "The variable that takes the cookies of the answer.",
            ),
            ignored("cacheCookie"),
            ignored("insecureSkipVerify"),
            ignored("renegotiation"),
        ]),
        example: r#"{ "httpRequest": { "method": "GET", "url": "https://api.example.com/orders/${id}", "path": { "id": "${number}" }, "timeout": 3000, "headers": { "Authorization": "Bearer $${api_token}" }, "responseCode": "code", "exportVariables": { "status": "order.status" } } }"#,
    },
    NodeSpec {
        name: "calendar",
        group: Group::Outside,
        doc: "Asks a calendar whether it is open: “true” or “false”.",
        argument: Argument::Object(&[
            unless("name", Type::Text, &["id"], "The name of the calendar."),
            may("id", Type::Scalar, "", "The id of the calendar, instead of its name."),
            need("setVar", Type::Variable, "The variable that takes the answer."),
            may(
                "extended",
                Type::Flag,
                "false",
                "Whether the answer tells a holiday by its name, and “expire” of a calendar that has run out.",
            ),
        ]),
        example: r#"{ "calendar": { "name": "Support desk", "setVar": "open", "extended": true } }"#,
    },
    NodeSpec {
        name: "log",
        group: Group::Outside,
        doc: "Writes a line into the trace of the conversation.",
        argument: Argument::Alone(Type::Text, "The line."),
        example: r#"{ "log": "asked for ${topic}" }"#,
    },
];
