//! `sendText`, `sendMessage`, `menu`, `sendImage`, `sendFile` and `sendAction`.

use crate::Template;
use crate::program::{self, Media, Send, SendNode};
use crate::run::Scope;
use crate::run::insert::insert;
use crate::step::Effect;
use crate::step::heard::cut;
use crate::step::history::Side;
use crate::step::limits::{BUTTONS, SAID};
use crate::step::trace::short;
use crate::step::walk::{Go, Stop, Walk};
use model::message::{Button, ButtonAction, ChatAction, FileRef, Layout, Outbound, Part};

/// The longest text of one message, in bytes. No messenger takes a fifth of it.
const LONGEST: usize = 65_536;

/// The longest address, name, caption of a button and the like, in bytes.
const LONGEST_NAME: usize = 8_192;

impl Walk<'_, '_, '_> {
    pub(super) fn send(&mut self, send: &Send) -> Result<Go, Stop> {
        let message = self.with(|scope| outbound(send, scope))?.map_err(Stop::Failed)?;
        if message.parts.is_empty() && message.buttons.is_empty() {
            self.say(|| "sends nothing: there is no text".to_owned());
            return Ok(Go::Next);
        }
        if self.state.is_ending() {
            self.say(|| "sends nothing: the conversation is over".to_owned());
            return Ok(Go::Next);
        }
        self.speak(weight(&message))?;
        self.say(|| format!("sends “{}”", short(told(&message))));
        self.remember(Side::Flow, told(&message));
        self.effects.push(Effect::Send(message));
        Ok(Go::Next)
    }

    pub(super) fn send_action(&mut self, action: &Template) -> Result<Go, Stop> {
        let action = self.with(|scope| insert(action, scope))?;
        let action = match action.as_str() {
            "typing" => ChatAction::Typing,
            "cancel" => ChatAction::Cancel,
            _ => {
                return Err(Stop::Failed(format!(
                    "“{}” is neither typing nor cancel",
                    short(&action)
                )));
            }
        };
        if self.state.is_ending() {
            self.say(|| "shows nothing: the conversation is over".to_owned());
            return Ok(Go::Next);
        }
        self.say(|| {
            if action == ChatAction::Typing {
                "shows that we type"
            } else {
                "shows that we no longer type"
            }
            .to_owned()
        });
        self.effects.push(Effect::Action(action));
        Ok(Go::Next)
    }

    /// Counts what is said in one step.
    pub(super) fn speak(&mut self, bytes: usize) -> Result<(), Stop> {
        self.said = self.said.saturating_add(bytes);
        if self.said > SAID {
            return Err(Stop::Limit(format!("more than {} MiB are said at once", SAID >> 20)));
        }
        Ok(())
    }
}

/// The message that a node sends, or why it cannot.
fn outbound(send: &Send, scope: &Scope<'_>) -> Result<Outbound, String> {
    let text = send
        .text
        .as_ref()
        .map(|text| cut(insert(text, scope), LONGEST))
        .filter(|text| !text.is_empty());
    let parts = match &send.media {
        Some(media) => vec![media_part(media, text, scope)?],
        None => text.into_iter().map(Part::text).collect(),
    };
    if send.node == SendNode::Text && parts.is_empty() {
        return Ok(Outbound::default());
    }
    let (rows, layout) = match (send.inline.is_empty(), &send.buttons) {
        (false, _) => (&send.inline, Layout::Inline),
        (true, buttons) => (buttons, Layout::Reply),
    };
    let mut count = 0;
    let mut buttons = Vec::with_capacity(rows.len());
    for row in rows {
        count += row.len();
        if count > BUTTONS {
            return Err(format!("a message has at most {BUTTONS} buttons"));
        }
        let row: Vec<Button> = row.iter().map(|one| button(one, scope)).collect::<Result<_, _>>()?;
        if !row.is_empty() {
            buttons.push(row);
        }
    }
    let kind = send
        .kind
        .as_ref()
        .map(|kind| insert(kind, scope))
        .filter(|kind| !kind.is_empty());
    if let Some(kind) = &kind
        && !kind.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    {
        return Err(format!(
            "the kind “{}” has other signs than letters, digits and underscores",
            short(kind)
        ));
    }
    Ok(Outbound {
        parts,
        buttons,
        layout,
        no_input: send.no_input,
        kind,
        ..Outbound::default()
    })
}

fn media_part(media: &Media, caption: Option<String>, scope: &Scope<'_>) -> Result<Part, String> {
    let name = |template: &Option<Template>| {
        template
            .as_ref()
            .map(|text| cut(insert(text, scope), LONGEST_NAME))
            .filter(|text| !text.is_empty())
    };
    let url = address(&media.url, scope)?;
    let file = FileRef {
        url: Some(url),
        name: name(&media.name),
        mime: name(&media.mime),
        ..FileRef::default()
    };
    Ok(if media.image {
        Part::Image { file, caption }
    } else {
        Part::Document { file, caption }
    })
}

fn button(button: &program::Button, scope: &Scope<'_>) -> Result<Button, String> {
    let text = |template: &Option<Template>| {
        template
            .as_ref()
            .map(|text| cut(insert(text, scope), LONGEST_NAME))
            .filter(|text| !text.is_empty())
    };
    let (caption, label) = (text(&button.caption), text(&button.text));
    let title = caption.clone().or_else(|| label.clone()).unwrap_or_default();
    let kind = text(&button.kind).unwrap_or_default();
    let action = match kind.as_str() {
        "" | "reply" | "postback" => ButtonAction::Reply {
            payload: text(&button.code).or(label).or(caption).unwrap_or_default(),
        },
        "url" => match &button.url {
            Some(url) => ButtonAction::Url {
                url: address(url, scope)?,
            },
            None => return Err(format!("the button “{}” has no address", short(&title))),
        },
        "phone" => ButtonAction::RequestPhone,
        "location" => ButtonAction::RequestLocation,
        "email" => ButtonAction::RequestEmail,
        _ => return Err(format!("there are no buttons of type “{}”", short(&kind))),
    };
    Ok(Button { title, action })
}

/// An address that a messenger can fetch or open.
fn address(template: &Template, scope: &Scope<'_>) -> Result<String, String> {
    let text = insert(template, scope);
    let known = url::Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if known && text.len() <= LONGEST_NAME {
        return Ok(text);
    }
    Err(format!("“{}” is no http or https address", short(&text)))
}

/// How a message is told in the history: its text, or the name of its file.
fn told(message: &Outbound) -> &str {
    match message.parts.first() {
        Some(Part::Text { text }) => text,
        Some(Part::Image { file, caption } | Part::Document { file, caption }) => caption
            .as_deref()
            .or(file.name.as_deref())
            .or(file.url.as_deref())
            .unwrap_or_default(),
        _ => "",
    }
}

/// About how many bytes a message takes.
fn weight(message: &Outbound) -> usize {
    let buttons = message.buttons.iter().flatten().map(|button| {
        button.title.len()
            + match &button.action {
                ButtonAction::Reply { payload } => payload.len(),
                ButtonAction::Url { url } => url.len(),
                _ => 0,
            }
    });
    told(message).len() + buttons.sum::<usize>() + 200
}
