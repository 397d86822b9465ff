//! What is sent, as a case tells it.

use crate::step::Effect;
use model::message::{Button, ButtonAction, ChatAction, Layout, Outbound, Part};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A message or an action.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Item {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Sent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<Sent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_input: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buttons: Option<Vec<Vec<Label>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inline: Option<Vec<Vec<Label>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
}

/// A picture or a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Sent {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mime: Option<String>,
}

/// A button.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Json")]
pub(super) struct Label {
    #[serde(rename = "label")]
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LongLabel {
    #[serde(rename = "label")]
    title: String,
    value: Option<String>,
    url: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

impl TryFrom<Json> for Label {
    type Error = String;

    fn try_from(value: Json) -> Result<Self, String> {
        if let Json::String(title) = value {
            return Ok(Self {
                title,
                ..Self::default()
            });
        }
        let LongLabel {
            title,
            value,
            url,
            kind,
        } = serde_json::from_value(value).map_err(|error| format!("a button: {error}"))?;
        Ok(Self {
            title,
            value,
            url,
            kind,
        })
    }
}

impl Item {
    /// What an effect sends, if it does.
    pub fn of(effect: &Effect) -> Option<Self> {
        match effect {
            Effect::Send(message) => Some(Self::message(message)),
            Effect::Action(ChatAction::Typing) => Some(Self {
                action: Some("typing".to_owned()),
                ..Self::default()
            }),
            Effect::Action(ChatAction::Cancel) => Some(Self {
                action: Some("cancel".to_owned()),
                ..Self::default()
            }),
            _ => None,
        }
    }

    fn message(message: &Outbound) -> Self {
        let mut item = Self {
            kind: message.kind.clone(),
            ..Self::default()
        };
        item.no_input = message.no_input.then_some(true);
        for part in &message.parts {
            match part {
                Part::Text { text } => item.text = Some(text.clone()),
                Part::Image { file, caption } | Part::Document { file, caption } => {
                    item.text.clone_from(caption);
                    let sent = Sent {
                        url: file.url.clone(),
                        name: file.name.clone(),
                        mime: file.mime.clone(),
                    };
                    if matches!(part, Part::Image { .. }) {
                        item.image = Some(sent);
                    } else {
                        item.file = Some(sent);
                    }
                }
                _ => {}
            }
        }
        if !message.buttons.is_empty() {
            let rows = message
                .buttons
                .iter()
                .map(|row| row.iter().map(Label::of).collect())
                .collect();
            if message.layout == Layout::Inline {
                item.inline = Some(rows);
            } else {
                item.buttons = Some(rows);
            }
        }
        item
    }

    /// Whether this is what a case tells: the same in everything but the values of buttons that it does not give.
    pub fn is_told_by(&self, told: &Self) -> bool {
        let rows = |mine: &Option<Vec<Vec<Label>>>, told: &Option<Vec<Vec<Label>>>| match (mine, told) {
            (None, None) => true,
            (Some(mine), Some(told)) => {
                mine.len() == told.len()
                    && mine.iter().zip(told).all(|(mine, told)| {
                        mine.len() == told.len() && mine.iter().zip(told).all(|(mine, told)| mine.is_told_by(told))
                    })
            }
            _ => false,
        };
        let plain = |item: &Self| Self {
            buttons: None,
            inline: None,
            no_input: item.no_input.filter(|on| *on),
            ..item.clone()
        };
        rows(&self.buttons, &told.buttons) && rows(&self.inline, &told.inline) && plain(self) == plain(told)
    }
}

impl Label {
    fn of(button: &Button) -> Self {
        let mut label = Self {
            title: button.title.clone(),
            ..Self::default()
        };
        match &button.action {
            ButtonAction::Reply { payload } => label.value = Some(payload.clone()),
            ButtonAction::Url { url } => label.url = Some(url.clone()),
            ButtonAction::RequestPhone => label.kind = Some("phone".to_owned()),
            ButtonAction::RequestLocation => label.kind = Some("location".to_owned()),
            ButtonAction::RequestEmail => label.kind = Some("email".to_owned()),
            _ => label.kind = Some("unknown".to_owned()),
        }
        label
    }

    fn is_told_by(&self, told: &Self) -> bool {
        let value = told.value.is_none() || told.value == self.value;
        value && self.title == told.title && self.url == told.url && self.kind == told.kind
    }
}
