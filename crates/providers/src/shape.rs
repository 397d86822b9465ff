//! What several messengers have in common when a message is brought into shape: lengths, cuts, buttons that become words.

mod buttons;
mod rules;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod whatsapp;

pub(crate) use buttons::{Buttons, Reply};
pub(crate) use rules::Rules;

use crate::{
    Piece,
    cutting::{self, Measure},
    media,
};
use model::message::{Outbound, Part};

/// A number of megabytes, in bytes.
pub(crate) const fn megabytes(count: u64) -> u64 {
    count * 1_000_000
}

/// What stands in place of a file: what was written under it, its name and its address.
pub(crate) fn file_words(part: &Part) -> String {
    let file = part.file().cloned().unwrap_or_default();
    media::in_words(&file, part.words().as_deref())
}

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

/// Pieces of plain text, as many as the limit asks for.
pub(crate) fn texts(text: &str, limit: Measure) -> Vec<Piece> {
    cutting::pieces(text.trim(), &[limit])
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
