//! Builds what is sent to the peer.

use super::Check;
use crate::json::At;
use crate::program::{Button, Media, Send, SendNode};

impl Check<'_, '_> {
    /// A message of any of the nodes that send one.
    pub(super) fn send(&self, name: &str, at: At) -> Option<Send> {
        let send = match name {
            "sendText" => Send {
                node: SendNode::Text,
                text: Some(self.text(at)),
                ..Send::default()
            },
            "menu" => self.menu(at),
            "sendMessage" => Send {
                node: SendNode::Message,
                media: self.file(at, self.word(at, "type") == Some("image")),
                buttons: self.buttons(at, "buttons"),
                inline: self.buttons(at, "inline"),
                ..self.common(at)
            },
            "sendImage" => Send {
                node: SendNode::Image,
                media: Some(self.file(at, true)?),
                ..self.common(at)
            },
            "sendFile" => Send {
                node: SendNode::File,
                media: Some(self.file(at, false)?),
                ..self.common(at)
            },
            _ => return None,
        };
        Some(send)
    }

    fn common(&self, at: At) -> Send {
        Send {
            text: self.template(at, "text"),
            no_input: self.is(at, "noInput"),
            kind: self.variable(at, "kind"),
            ..Send::default()
        }
    }

    fn menu(&self, at: At) -> Send {
        let rows = self.buttons(at, "buttons");
        let inline = self.word(at, "type") == Some("inline");
        let (buttons, inline) = if inline { (Vec::new(), rows) } else { (rows, Vec::new()) };
        Send {
            node: SendNode::Menu,
            buttons,
            inline,
            ..self.common(at)
        }
    }

    /// A file: its own object, or the members beside it.
    fn file(&self, at: At, image: bool) -> Option<Media> {
        let object = self.argument_of(at, "file");
        let of = |name: &str| {
            let own = object.and_then(|object| self.template(object, name));
            own.or_else(|| self.template(at, name))
        };
        Some(Media {
            image,
            url: of("url")?,
            name: of("name"),
            mime: of("mime"),
        })
    }

    fn buttons(&self, at: At, name: &str) -> Vec<Vec<Button>> {
        let rows = self.argument_of(at, name);
        rows.into_iter()
            .flat_map(|rows| self.doc.children(rows))
            .map(|row| self.doc.children(row).map(|button| self.button_of(button)).collect())
            .collect()
    }

    fn button_of(&self, at: At) -> Button {
        Button {
            kind: self.variable(at, "type"),
            caption: self.variable(at, "caption"),
            text: self.variable(at, "text"),
            code: self.variable(at, "code"),
            url: self.variable(at, "url"),
        }
    }
}
