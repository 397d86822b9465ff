//! Instagram: what direct messages can carry, comments and mentions.

mod comments;

pub(super) use comments::{comment, plan as plan_comment, read as read_changes};

use super::pages::Rules;
use crate::{cutting::Measure, shape::megabytes};

/// The limits of Instagram's direct messages.
pub(super) const RULES: Rules = Rules {
    name: "Instagram",
    text: Measure::bytes(1_000),
    largest: megabytes(25),
    largest_picture: megabytes(8),
    pictures: &["image/jpeg", "image/png", "image/gif"],
    documents: &["application/pdf"],
    asks: false,
    replies_under_files: false,
};
