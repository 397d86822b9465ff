//! What a messenger demands of a set of buttons.

use super::Reply;
use crate::cutting::Measure;
use std::collections::HashSet;

/// What a messenger demands of the buttons under one message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// So many at most.
    pub most: usize,
    /// What is written on one.
    pub title: Measure,
    /// What it answers.
    pub payload: Measure,
    /// Whether no two may look the same.
    pub distinct: bool,
    /// Whether pictures may be written on them.
    pub emoji: bool,
}

/// Why buttons can't be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    TooMany,
    Title,
    Payload,
    Twins,
    Emoji,
}

impl Rules {
    /// Whether the buttons can be shown as they are.
    pub(crate) fn check(&self, replies: &[Reply]) -> Result<(), Misfit> {
        if replies.len() > self.most {
            return Err(Misfit::TooMany);
        }
        if replies.iter().any(|reply| !self.title.holds(&reply.title)) {
            return Err(Misfit::Title);
        }
        if replies.iter().any(|reply| !self.payload.holds(&reply.payload)) {
            return Err(Misfit::Payload);
        }
        if !self.emoji && replies.iter().any(|reply| reply.title.chars().any(is_picture)) {
            return Err(Misfit::Emoji);
        }
        if self.distinct {
            let mut titles = HashSet::new();
            let mut payloads = HashSet::new();
            let new = |reply: &Reply| titles.insert(reply.title.clone()) && payloads.insert(reply.payload.clone());
            if !replies.iter().all(new) {
                return Err(Misfit::Twins);
            }
        }
        Ok(())
    }

    /// A sentence for the administrator about buttons that became a numbered list.
    pub(crate) fn explain(&self, misfit: Misfit, messenger: &str) -> String {
        let why = match misfit {
            Misfit::TooMany => format!("{messenger} shows at most {} buttons", self.most),
            Misfit::Title => format!("A button of {messenger} has room for {} characters", self.title.limit),
            Misfit::Payload => format!(
                "The code of a button of {messenger} has room for {} characters",
                self.payload.limit
            ),
            Misfit::Twins => format!("{messenger} refuses two buttons with the same title or code"),
            Misfit::Emoji => format!("{messenger} refuses pictures on buttons"),
        };
        format!("{why}, so they were sent as a numbered list.")
    }
}

/// Whether a character is a picture, or makes one of those beside it.
fn is_picture(char: char) -> bool {
    matches!(char,
        '\u{200d}' | '\u{20e3}' | '\u{fe0f}' | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}'
        | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules = Rules {
        most: 2,
        title: Measure::utf16(5),
        payload: Measure::utf16(3),
        distinct: true,
        emoji: false,
    };

    fn check(replies: &[(&str, &str)]) -> Result<(), Misfit> {
        let replies: Vec<_> = replies
            .iter()
            .map(|(title, payload)| Reply {
                title: (*title).to_owned(),
                payload: (*payload).to_owned(),
            })
            .collect();
        RULES.check(&replies)
    }

    #[test]
    fn each_demand_is_checked() {
        assert_eq!(check(&[("Yes", "y"), ("No", "n")]), Ok(()));
        assert_eq!(check(&[("a", "a"), ("b", "b"), ("c", "c")]), Err(Misfit::TooMany));
        assert_eq!(check(&[("Maybe?", "a")]), Err(Misfit::Title));
        assert_eq!(check(&[("a", "long")]), Err(Misfit::Payload));
        assert_eq!(check(&[("a", "a"), ("a", "b")]), Err(Misfit::Twins));
        assert_eq!(check(&[("a", "a"), ("b", "a")]), Err(Misfit::Twins));
        assert_eq!(check(&[("✅", "a")]), Err(Misfit::Emoji));
        assert_eq!(check(&[("Ні, №5", "a")]), Err(Misfit::Title));
        assert_eq!(check(&[("Ні №5", "a")]), Ok(()));
    }

    #[test]
    fn an_explanation_names_messenger_and_limit() {
        assert_eq!(
            RULES.explain(Misfit::TooMany, "WhatsApp"),
            "WhatsApp shows at most 2 buttons, so they were sent as a numbered list."
        );
    }
}
