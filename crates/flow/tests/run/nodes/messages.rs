//! What is said and heard.

use crate::support::Talk;
use model::message::{Button, ButtonAction, ChatAction, FileRef, Layout, Outbound, Part};
use serde_json::json;

fn reply(title: &str, payload: &str) -> Button {
    Button {
        title: title.into(),
        action: ButtonAction::Reply {
            payload: payload.into(),
        },
    }
}

fn file(url: &str, name: Option<&str>, mime: Option<&str>) -> FileRef {
    let text = |text: &str| Some(text.to_owned());
    FileRef {
        url: text(url),
        name: name.and_then(text),
        mime: mime.and_then(text),
        ..FileRef::default()
    }
}

pub mod send_text {
    use super::*;

    #[test]
    pub fn arguments() {
        let mut talk = Talk::of(&json!([{"sendText": "${peer_name} $${site} ${missing}!"}]));
        talk.globals.insert("site".into(), "a.example".into());
        talk.begin("hi");
        assert_eq!(talk.texts(), ["Ann a.example !"]);
    }

    #[test]
    pub fn effect() {
        let mut talk = Talk::start(&json!([{"sendText": "one"}, {"sendText": "two"}]));
        assert_eq!(talk.texts(), ["one", "two"]);
    }

    #[test]
    pub fn failure() {
        let mut talk = Talk::start(&json!([{"sendText": "${missing}"}, {"sendText": "two"}]));
        assert_eq!(talk.texts(), ["two"], "an empty text sends nothing, and is no failure");
        assert!(talk.failed.is_empty());
    }
}

pub mod send_message {
    use super::*;

    #[test]
    pub fn arguments() {
        let mut talk = Talk::start(&json!([{"sendMessage": {
            "type": "file", "text": "for ${peer_name}", "kind": "price_${start_message}", "noInput": true,
            "file": {"url": "https://a.example/${peer_name}", "name": "a.pdf", "mime": "application/pdf"},
            "inline": [[
                {"caption": "A", "text": "a", "code": "1"},
                {"text": "b"},
                {"text": "c", "type": "url", "url": "https://b.example/"}
            ], [{"text": "d", "type": "phone"}, {"text": "e", "type": "location"}]]
        }}]));
        let document = Part::Document {
            file: file("https://a.example/Ann", Some("a.pdf"), Some("application/pdf")),
            caption: Some("for Ann".into()),
        };
        let url = ButtonAction::Url {
            url: "https://b.example/".into(),
        };
        let expected = Outbound {
            parts: vec![document],
            buttons: vec![
                vec![
                    reply("A", "1"),
                    reply("b", "b"),
                    Button {
                        title: "c".into(),
                        action: url,
                    },
                ],
                vec![
                    Button {
                        title: "d".into(),
                        action: ButtonAction::RequestPhone,
                    },
                    Button {
                        title: "e".into(),
                        action: ButtonAction::RequestLocation,
                    },
                ],
            ],
            layout: Layout::Inline,
            no_input: true,
            kind: Some("price_hi".into()),
            ..Outbound::default()
        };
        assert_eq!(talk.message(), expected);
    }

    #[test]
    pub fn effect() {
        let mut talk = Talk::start(&json!([{"sendMessage": {"text": "a", "buttons": [[{"text": "b"}]]}}]));
        let message = talk.message();
        assert_eq!(message.layout, Layout::Reply);
        assert_eq!(message.parts, [Part::text("a")]);
    }

    #[test]
    pub fn failure() {
        let mut talk = Talk::start(&json!([
            {"sendMessage": {"text": "a", "kind": "${peer_name} Smith"}},
            {"sendMessage": {"text": "a", "file": {"url": "${missing}"}}},
            {"sendText": "goes on"}
        ]));
        assert_eq!(talk.texts(), ["goes on"]);
        assert_eq!(talk.failures(), ["[0].sendMessage", "[1].sendMessage"]);
    }
}

pub mod menu {
    use super::*;

    #[test]
    pub fn arguments() {
        let mut talk = Talk::start(&json!([{"menu": {
            "type": "inline", "text": "${peer_name}?", "set": "answer",
            "buttons": [[{"text": "${start_message}", "code": "c-${peer_name}"}]]
        }}]));
        let message = talk.message();
        assert_eq!(message.layout, Layout::Inline);
        assert_eq!(message.parts, [Part::text("Ann?")]);
        assert_eq!(message.buttons, [[reply("hi", "c-Ann")]]);
    }

    #[test]
    pub fn effect() {
        let mut talk = Talk::start(&json!([
            {"menu": {"text": "?", "set": "answer", "buttons": [[{"text": "A"}]]}},
            {"sendText": "does not wait"}
        ]));
        assert_eq!(talk.sent[0].layout, Layout::Reply);
        assert_eq!(talk.texts(), ["?", "does not wait"]);
        assert_eq!(talk.var("answer"), "");
    }

    #[test]
    pub fn failure() {
        let buttons = json!([[{"text": "A", "type": "url", "url": "ftp${missing}://a.example"}]]);
        let talk = Talk::start(&json!([{"menu": {"text": "?", "buttons": buttons}}]));
        assert_eq!(talk.failures(), ["[0].menu"]);
        assert!(talk.sent.is_empty());
    }
}

pub mod send_image {
    use super::*;

    #[test]
    pub fn arguments() {
        let mut talk = Talk::start(
            &json!([{"sendImage": {"url": "https://a.example/${peer_name}", "name": "n.png", "text": "t"}}]),
        );
        let image = Part::Image {
            file: file("https://a.example/Ann", Some("n.png"), None),
            caption: Some("t".into()),
        };
        assert_eq!(talk.message().parts, [image]);
    }

    #[test]
    pub fn effect() {
        let mut talk = Talk::start(&json!([{"sendImage": {"url": "http://a.example/1"}}]));
        assert_eq!(
            talk.message().parts,
            [Part::Image {
                file: file("http://a.example/1", None, None),
                caption: None
            }]
        );
    }

    #[test]
    pub fn failure() {
        let talk = Talk::start(&json!([{"sendImage": {"url": "${missing}"}}]));
        assert_eq!(talk.failures(), ["[0].sendImage"]);
        assert!(talk.sent.is_empty());
    }
}

pub mod send_file {
    use super::*;

    #[test]
    pub fn arguments() {
        let nested =
            json!([{"sendFile": {"file": {"url": "https://a.example/1", "name": "${peer_name}.pdf"}, "kind": "k"}}]);
        let message = Talk::start(&nested).message();
        let expected = Part::Document {
            file: file("https://a.example/1", Some("Ann.pdf"), None),
            caption: None,
        };
        assert_eq!(message.parts, [expected]);
        assert_eq!(message.kind.as_deref(), Some("k"));
    }

    #[test]
    pub fn effect() {
        let flat = json!([{"sendFile": {"url": "https://a.example/1", "name": "a.pdf", "text": "t"}}]);
        let expected = Part::Document {
            file: file("https://a.example/1", Some("a.pdf"), None),
            caption: Some("t".into()),
        };
        assert_eq!(Talk::start(&flat).message().parts, [expected]);
    }

    #[test]
    pub fn failure() {
        let talk = Talk::start(&json!([{"sendFile": {"url": "file${missing}:///etc/passwd"}}]));
        assert_eq!(talk.failures(), ["[0].sendFile"]);
    }
}

pub mod send_action {
    use super::*;

    #[test]
    pub fn arguments() {
        let talk = Talk::start(&json!([{"set": {"a": "cancel"}}, {"sendAction": {"action": "${a}"}}]));
        assert_eq!(talk.actions, [ChatAction::Cancel]);
    }

    #[test]
    pub fn effect() {
        let talk = Talk::start(&json!([{"sendAction": {"action": "typing"}}]));
        assert_eq!(talk.actions, [ChatAction::Typing]);
    }

    #[test]
    pub fn failure() {
        let talk = Talk::start(&json!([{"sendAction": {"action": "${peer_name}"}}]));
        assert_eq!(talk.failures(), ["[0].sendAction"]);
        assert!(talk.actions.is_empty());
    }
}

pub mod recv_message {
    use super::*;

    #[test]
    pub fn arguments() {
        let mut talk = Talk::start(&json!([
            {"set": {"n": "5"}},
            {"recvMessage": {"set": "a.${peer_name}", "timeout": "${n}", "messageTimeout": "2", "delimiter": "${peer_name}"}}
        ]));
        assert_eq!(talk.wait, Some((true, talk.now + 5_000)));
        talk.says("one");
        assert_eq!(talk.wait, Some((true, talk.now + 2_000)));
        talk.says("two");
        talk.after(2);
        assert_eq!(talk.var("a.Ann"), "oneAnntwo");
    }

    #[test]
    pub fn effect() {
        let mut talk = Talk::start(&json!([{"recvMessage": {"set": "a"}}, {"sendText": "${a} ${a.type}"}]));
        assert_eq!(talk.wait, Some((true, talk.now + 600_000)));
        talk.says("yes");
        assert_eq!(talk.texts(), ["yes text"]);
    }

    #[test]
    pub fn failure() {
        let mut talk =
            Talk::start(&json!([{"recvMessage": {"set": "a", "timeout": "${peer_name}"}}, {"sendText": "on"}]));
        assert_eq!(talk.failures(), ["[0].recvMessage"]);
        assert_eq!(talk.texts(), ["on"]);
        let mut late = Talk::start(&json!([{"recvMessage": {"set": "a", "timeout": 1}}]));
        late.after(1);
        assert!(late.failed.is_empty(), "a wait that runs out is no failure");
    }
}

pub mod chat_history {
    use super::*;

    #[test]
    pub fn arguments() {
        let talk = Talk::start(&json!([
            {"sendText": "a<b"}, {"sendText": "c"}, {"set": {"n": "2"}},
            {"chatHistory": {"variable": "h.${peer_name}", "format": "html", "limit": "${n}"}}
        ]));
        assert_eq!(talk.var("h.Ann"), "<p><b>Bot</b>: a&lt;b</p>\n<p><b>Bot</b>: c</p>");
    }

    #[test]
    pub fn effect() {
        let mut talk = Talk::start(&json!([
            {"sendText": "Name?"}, {"recvMessage": {"set": "a"}}, {"sendFile": {"url": "https://a.example/1", "name": "a.pdf"}},
            {"chatHistory": {"variable": "h"}}
        ]));
        talk.presses("Bob");
        assert_eq!(talk.var("h"), "Ann: hi\nBot: Name?\nAnn: Bob\nBot: a.pdf");
    }

    #[test]
    pub fn failure() {
        let talk = Talk::start(&json!([{"chatHistory": {"variable": "h", "limit": "${peer_name}"}}]));
        assert_eq!(talk.failures(), ["[0].chatHistory"]);
        assert_eq!(talk.var("h"), "");
    }
}
