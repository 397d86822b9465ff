//! What several messengers have in common when a message is brought into shape: lengths, cuts, buttons that become words.

mod buttons;
mod files;
mod rules;
#[cfg(test)]
pub(crate) mod samples;
mod text;
pub(crate) mod whatsapp;

pub(crate) use buttons::{Buttons, Reply};
pub(crate) use files::{address, file_words, megabytes};
pub(crate) use rules::Rules;
pub(crate) use text::Room;

use crate::Piece;
use model::message::{Outbound, Part};

/// A sign in no language, for messages that must have words and have none.
pub(crate) const POINTER: &str = "👇";

/// A piece of one part.
pub(crate) fn piece(part: Part) -> Piece {
    Piece {
        message: Outbound {
            parts: vec![part],
            ..Outbound::default()
        },
        notes: Vec::new(),
    }
}

/// Pieces of plain text, as many as the room needs.
pub(crate) fn texts(text: &str, room: Room) -> Vec<Piece> {
    room.split(text)
        .into_iter()
        .map(|text| piece(Part::text(text)))
        .collect()
}

/// Adds a note to the last of some pieces; without a piece there is nothing to say.
pub(crate) fn note(pieces: &mut [Piece], words: impl Into<String>) {
    if let Some(last) = pieces.last_mut() {
        last.notes.push(words.into());
    }
}
