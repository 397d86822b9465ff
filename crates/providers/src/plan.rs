//! How a message is brought into the shape that a messenger can carry.

use model::message::Outbound;

/// A message as the messenger will get it: one call for each piece, in order.
///
/// Nothing is left out in silence: what the messenger can't carry is said in words, and noted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The pieces.
    pub pieces: Vec<Piece>,
    /// Buttons that come back as text: whoever answers with the title, or with the number if it has one, has pressed the
    /// button.
    pub choices: Vec<Choice>,
}

/// What one call carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// What is sent.
    pub message: Outbound,
    /// What the messenger could not carry and what stands in its place, a sentence each, for the administrator.
    pub notes: Vec<String>,
}

/// A button whose press comes back as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its number in the list, from 1; 0 for a button that is shown as one, but whose title is all that comes back.
    pub number: usize,
    /// What was written on it.
    pub title: String,
    /// What it answers.
    pub payload: String,
}
