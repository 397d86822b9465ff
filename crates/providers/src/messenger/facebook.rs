//! Facebook pages: what Messenger can carry.

use super::pages::Rules;
use crate::{cutting::Measure, shape::megabytes};

/// The limits of Messenger.
pub(super) const RULES: Rules = Rules {
    name: "Facebook",
    text: Measure::utf16(2_000),
    largest: megabytes(25),
    largest_picture: megabytes(25),
    pictures: &[],
    documents: &[],
    asks: true,
    replies_under_files: true,
};
