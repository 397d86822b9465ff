//! Buttons by what they do, and their words where a messenger has no such button.

use crate::{Choice, draft};
use model::message::{Button, ButtonAction};

/// The buttons of a message, sorted by what they do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Buttons {
    /// They answer for the peer.
    pub replies: Vec<Reply>,
    /// They open pages: title and address.
    pub urls: Vec<(String, String)>,
    /// They ask for something of the peer's, or are of a kind that this version does not know.
    pub others: Vec<Button>,
}

/// A button that answers for the peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    /// What is written on it.
    pub title: String,
    /// What it answers.
    pub payload: String,
}

impl Buttons {
    /// Sorts the buttons. One without a title shows what it answers, one without an answer answers its title, and one
    /// without either is no button.
    pub(crate) fn of(rows: &[Vec<Button>]) -> Self {
        let mut sorted = Self::default();
        for button in rows.iter().flatten() {
            let title = draft::title(button);
            match &button.action {
                ButtonAction::Reply { .. } if title.is_empty() => {}
                ButtonAction::Reply { .. } => sorted.replies.push(Reply {
                    payload: draft::payload(button),
                    title,
                }),
                ButtonAction::Url { url } => sorted.urls.push((title, url.trim().to_owned())),
                _ => sorted.others.push(button.clone()),
            }
        }
        sorted
    }

    /// Takes out the buttons that open pages, as lines of text.
    pub(crate) fn take_urls(&mut self) -> Vec<String> {
        let urls = std::mem::take(&mut self.urls).into_iter();
        let lines = urls.map(|(title, url)| if title == url { url } else { format!("{title}: {url}") });
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// Takes out the buttons that ask for something, as lines of text.
    pub(crate) fn take_others(&mut self) -> Vec<String> {
        let titles = std::mem::take(&mut self.others).into_iter();
        let titles = titles.map(|button| draft::title(&button));
        titles.filter(|title| !title.is_empty()).collect()
    }

    /// Takes out the buttons that answer, as a numbered list and what its numbers mean.
    pub(crate) fn take_numbered(&mut self) -> (Vec<String>, Vec<Choice>) {
        let replies = std::mem::take(&mut self.replies).into_iter().zip(1..);
        replies
            .map(|(Reply { title, payload }, number)| {
                let line = format!("{number}. {title}");
                (line, Choice { number, title, payload })
            })
            .unzip()
    }
}

impl Reply {
    /// As a button of a piece.
    pub(crate) fn into_button(self) -> Button {
        Button {
            title: self.title,
            action: ButtonAction::Reply { payload: self.payload },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(title: &str, payload: &str) -> Button {
        Reply {
            title: title.to_owned(),
            payload: payload.to_owned(),
        }
        .into_button()
    }

    #[test]
    fn a_button_always_says_and_answers_something() {
        let rows = [vec![reply(" Yes ", ""), reply("", "no")], vec![reply(" ", "")]];
        let titles: Vec<_> = Buttons::of(&rows).replies;
        let titles: Vec<_> = titles.iter().map(|reply| (&*reply.title, &*reply.payload)).collect();
        assert_eq!(titles, [("Yes", "Yes"), ("no", "no")]);
    }

    #[test]
    fn buttons_become_lines() {
        let url = |title: &str, url: &str| Button {
            title: title.to_owned(),
            action: ButtonAction::Url { url: url.to_owned() },
        };
        let phone = Button {
            title: "Your phone".to_owned(),
            action: ButtonAction::RequestPhone,
        };
        let rows = [vec![
            url("Site", "https://a.example"),
            url("", "https://b.example"),
            phone,
            reply("A", "a"),
        ]];
        let mut buttons = Buttons::of(&rows);
        assert_eq!(buttons.take_urls(), ["Site: https://a.example", "https://b.example"]);
        assert_eq!(buttons.take_others(), ["Your phone"]);
        let (lines, choices) = buttons.take_numbered();
        assert_eq!(lines, ["1. A"]);
        assert_eq!((choices[0].number, &*choices[0].payload), (1, "a"));
        assert_eq!(buttons, Buttons::default());
    }
}
