//! What a plan grows from: parts that one call can carry each, and buttons.

use crate::{
    Choice, Piece, Plan,
    cutting::{self, Measure},
};
use model::message::{Button, ButtonAction, Layout, Outbound, Part};

/// Stands where buttons need a text and there is none; in every language.
pub(crate) const POINTER: &str = "👇";

/// Parts on their way into a plan, in order. Texts may still be too long.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    bits: Vec<(Part, Vec<String>)>,
}

impl Draft {
    /// Adds a part that the messenger carries in one call, a text of any length included.
    pub(crate) fn carry(&mut self, part: Part) {
        self.bits.push((part, Vec::new()));
    }

    /// Adds a text that stands in place of something else, and says why.
    pub(crate) fn instead(&mut self, text: impl Into<String>, note: impl Into<String>) {
        self.replace(Part::text(text), note);
    }

    /// Adds a part that stands in place of something else, and says why.
    pub(crate) fn replace(&mut self, part: Part, note: impl Into<String>) {
        self.bits.push((part, vec![note.into()]));
    }

    /// Makes the plan: texts are cut, the lines of the buttons follow the last text, the buttons stand at the last piece.
    pub(crate) fn finish(mut self, message: &Outbound, keys: Keys, text: &[Measure]) -> Plan {
        self.tell(&keys.lines);
        let mut pieces: Vec<Piece> = self.bits.into_iter().flat_map(|bit| cut(bit, text)).collect();
        let removes = message.layout == Layout::Remove;
        if pieces.is_empty() && (removes || !keys.rows.is_empty()) {
            let note = format!("Buttons need a text to stand at; “{POINTER}” was sent.");
            let note = if removes {
                "Taking the buttons away needs a text; “…” was sent.".to_owned()
            } else {
                note
            };
            let text = if removes { "…" } else { POINTER };
            pieces.push(piece(Part::text(text), vec![note]));
        }
        for piece in &mut pieces {
            piece.message.silent = message.silent;
        }
        if let Some(first) = pieces.first_mut() {
            first.message.reply_to.clone_from(&message.reply_to);
        }
        if let Some(last) = pieces.last_mut() {
            last.message.layout = message.layout;
            last.message.buttons = keys.rows;
            last.message.no_input = message.no_input;
            last.notes.extend(keys.notes);
        }
        Plan {
            pieces,
            choices: keys.choices,
        }
    }

    fn tell(&mut self, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        let lines = lines.join("\n");
        match self.bits.last_mut() {
            Some((Part::Text { text }, _)) if !text.trim().is_empty() => {
                *text = format!("{}\n\n{lines}", text.trim_end());
            }
            _ => self.carry(Part::text(lines)),
        }
    }
}

fn cut((part, mut notes): (Part, Vec<String>), measures: &[Measure]) -> Vec<Piece> {
    let Part::Text { text } = &part else {
        return vec![piece(part, notes)];
    };
    let texts = cutting::pieces(text, measures);
    if texts.len() > 1 {
        notes.push(format!(
            "The text is too long for one message; it was sent as {}.",
            texts.len()
        ));
    }
    let each = texts.into_iter().map(Part::text);
    each.map(|part| piece(part, std::mem::take(&mut notes))).collect()
}

fn piece(part: Part, notes: Vec<String>) -> Piece {
    let message = Outbound {
        parts: vec![part],
        ..Outbound::default()
    };
    Piece { message, notes }
}

/// Buttons on their way into a plan.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    /// Those that the messenger shows as buttons.
    pub rows: Vec<Vec<Button>>,
    /// What stands in place of the others.
    lines: Vec<String>,
    choices: Vec<Choice>,
    notes: Vec<String>,
}

impl Keys {
    /// Notes something for the administrator, once.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Tells a button as a line of a numbered list; pressing it is answering with its number or title.
    pub(crate) fn number(&mut self, button: &Button, note: impl Into<String>) {
        let number = self.choices.iter().filter(|choice| choice.number > 0).count() + 1;
        let title = title(button);
        self.lines.push(format!("{number}. {title}"));
        self.choices.push(Choice {
            number,
            payload: payload(button),
            title,
        });
        self.note(note);
    }

    /// Tells a button that opens a page as a line with its address.
    pub(crate) fn link(&mut self, button: &Button, url: &str, note: impl Into<String>) {
        let title = title(button);
        let line = if title == url { title } else { format!("{title}: {url}") };
        self.lines.push(line);
        self.note(note);
    }

    /// Keeps in mind what a button answers whose title is all that the messenger tells us when it is pressed.
    pub(crate) fn remember(&mut self, button: &Button) {
        let (title, payload) = (title(button), payload(button));
        if payload != title {
            self.choices.push(Choice {
                number: 0,
                title,
                payload,
            });
        }
    }
}

/// What is written on a button: never empty, unless there is nothing that could be.
pub(crate) fn title(button: &Button) -> String {
    let title = button.title.trim();
    if !title.is_empty() {
        return title.to_owned();
    }
    match &button.action {
        ButtonAction::Reply { payload } => payload.trim(),
        ButtonAction::Url { url } => url.trim(),
        ButtonAction::RequestPhone => "Phone",
        ButtonAction::RequestLocation => "Location",
        ButtonAction::RequestEmail => "E-mail",
        _ => "",
    }
    .to_owned()
}

/// What a button answers: its title, unless it says otherwise.
pub(crate) fn payload(button: &Button) -> String {
    match &button.action {
        ButtonAction::Reply { payload } if !payload.is_empty() => payload.clone(),
        _ => title(button),
    }
}

/// A text of what there is, one line each.
pub(crate) fn lines<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<&str> = texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
    texts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN: &[Measure] = &[Measure::utf16(10)];

    fn reply(title: &str, payload: &str) -> Button {
        Button {
            title: title.into(),
            action: ButtonAction::Reply {
                payload: payload.into(),
            },
        }
    }

    #[test]
    fn lines_follow_the_text_and_buttons_stand_at_the_last_piece() {
        let mut draft = Draft::default();
        draft.carry(Part::text("Choose:"));
        let mut keys = Keys::default();
        keys.number(&reply("A", "a"), "No room.");
        keys.number(&reply("B", "b"), "No room.");
        keys.rows = vec![vec![reply("C", "c")]];
        let message = Outbound {
            reply_to: Some("9".into()),
            silent: true,
            ..Outbound::default()
        };
        let plan = draft.finish(&message, keys, TEN);
        let texts: Vec<_> = plan.pieces.iter().map(|piece| piece.message.parts[0].words()).collect();
        assert_eq!(texts, [Some("Choose:".into()), Some("1. A\n2. B".into())]);
        let [first, last] = plan.pieces.as_slice() else {
            panic!("{plan:?}")
        };
        assert_eq!(first.message.reply_to.as_deref(), Some("9"));
        assert!(first.message.buttons.is_empty() && first.message.silent && last.message.silent);
        assert_eq!(last.message.reply_to, None);
        assert_eq!(last.message.buttons.len(), 1);
        assert_eq!(last.notes, ["No room."]);
        let numbers: Vec<_> = plan.choices.iter().map(|choice| choice.number).collect();
        assert_eq!(numbers, [1, 2]);
    }

    #[test]
    fn buttons_without_any_part_get_a_text() {
        let keys = Keys {
            rows: vec![vec![reply("A", "a")]],
            ..Keys::default()
        };
        let plan = Draft::default().finish(&Outbound::default(), keys, TEN);
        assert_eq!(plan.pieces[0].message.parts, [Part::text(POINTER)]);
        assert_eq!(plan.pieces[0].notes.len(), 1);
        let nothing = Draft::default().finish(&Outbound::default(), Keys::default(), TEN);
        assert!(nothing.pieces.is_empty());
    }

    #[test]
    fn only_a_button_that_answers_something_else_than_its_title_is_remembered() {
        let mut keys = Keys::default();
        keys.remember(&reply("Yes", "Yes"));
        keys.remember(&reply("No", ""));
        keys.remember(&reply("Later", "snooze"));
        let [choice] = keys.choices.as_slice() else {
            panic!("{keys:?}")
        };
        assert_eq!((choice.number, choice.payload.as_str()), (0, "snooze"));
    }

    #[test]
    fn a_button_without_a_title_shows_what_it_does() {
        assert_eq!(title(&reply(" ", "a")), "a");
        let phone = Button {
            title: String::new(),
            action: ButtonAction::RequestPhone,
        };
        assert_eq!(title(&phone), "Phone");
    }
}
