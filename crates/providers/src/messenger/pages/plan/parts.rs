//! Pieces of a message, each as a message of its own: words and files never go together.

use super::Rules;
use crate::{
    Piece, media,
    shape::{file_words, note, piece, texts},
};
use model::message::{FileRef, Part};

/// What a part becomes. A part that says nothing becomes nothing.
pub(super) fn pieces(rules: &Rules, part: &Part) -> Vec<Piece> {
    match part {
        Part::Text { text } => texts(text, rules.text),
        Part::Link { url, title } => match title.as_deref().map(str::trim) {
            Some(title) if !title.is_empty() => texts(&format!("{title}\n{url}"), rules.text),
            _ => texts(url, rules.text),
        },
        Part::Sticker { file: None, emoji } => match emoji.as_deref().map(str::trim) {
            Some(emoji) if !emoji.is_empty() => texts(emoji, rules.text),
            _ => in_words(rules, "[sticker]", "The sticker has no picture."),
        },
        Part::Image { file, .. }
        | Part::Video { file, .. }
        | Part::Audio { file, .. }
        | Part::Voice { file, .. }
        | Part::Document { file, .. }
        | Part::Sticker { file: Some(file), .. } => carried(rules, part, file),
        Part::Location { title, address, .. } => {
            let words = [title.clone(), address.clone(), part.words()];
            let words: Vec<_> = words
                .into_iter()
                .flatten()
                .filter(|line| !line.trim().is_empty())
                .collect();
            let why = format!("{} carries no places, so the address of a map was sent.", rules.name);
            in_words(rules, &words.join("\n"), &why)
        }
        Part::Contact { name, phones, .. } => {
            let words: Vec<_> = [name].into_iter().chain(phones).map(|line| line.trim()).collect();
            let words: Vec<_> = words.into_iter().filter(|line| !line.is_empty()).collect();
            let words = if words.is_empty() {
                "[contact]".to_owned()
            } else {
                words.join("\n")
            };
            in_words(
                rules,
                &words,
                &format!("{} carries no contacts, so its words were sent.", rules.name),
            )
        }
        Part::Unsupported { provider_type } => in_words(
            rules,
            &format!("[{provider_type}]"),
            &format!("{} can't carry this.", rules.name),
        ),
        _ => in_words(rules, "[…]", "This version doesn't know what this is."),
    }
}

fn in_words(rules: &Rules, words: &str, why: &str) -> Vec<Piece> {
    let mut pieces = texts(words, rules.text);
    note(&mut pieces, why);
    pieces
}

fn carried(rules: &Rules, part: &Part, file: &FileRef) -> Vec<Piece> {
    if media::address(file).is_none() {
        return in_words(
            rules,
            &file_words(part),
            "The file has no address, so only its name was sent.",
        );
    }
    let is_picture = matches!(part, Part::Image { .. } | Part::Sticker { .. });
    let (largest, types) = match part {
        Part::Document { .. } => (rules.largest, rules.documents),
        _ if is_picture => (rules.largest_picture, rules.pictures),
        _ => (rules.largest, &[][..]),
    };
    let is_large = file.size.is_some_and(|size| size > largest);
    let mime = media::mime(file);
    // A picture of unknown type is most likely one that can be shown; a document is not.
    let fits = match mime.as_str() {
        "" => types.is_empty() || is_picture,
        mime => types.is_empty() || types.contains(&mime),
    };
    if is_large || !fits {
        let why = format!(
            "{} carries {} of at most {} MB, so the address was sent.",
            rules.name,
            if types.is_empty() {
                "files".to_owned()
            } else {
                types.join(", ")
            },
            largest / 1_000_000
        );
        return in_words(rules, &file_words(part), &why);
    }
    let mut bare = part.clone();
    let caption = match &mut bare {
        Part::Image { caption, .. }
        | Part::Video { caption, .. }
        | Part::Audio { caption, .. }
        | Part::Document { caption, .. } => caption.take(),
        _ => None,
    };
    let mut pieces = vec![piece(bare)];
    pieces.extend(texts(caption.as_deref().unwrap_or_default(), rules.text));
    pieces
}
