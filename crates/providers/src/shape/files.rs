//! Files that a messenger can't carry, in words.

use model::message::{FileRef, Part};

/// A number of megabytes, in bytes.
pub(crate) const fn megabytes(count: u64) -> u64 {
    count * 1_000_000
}

/// The address of a file that a messenger can fetch.
pub(crate) fn address(file: &FileRef) -> Option<&str> {
    file.url.as_deref().map(str::trim).filter(|url| !url.is_empty())
}

/// What stands in place of a file: its name and its address, as far as there are any, and what was written under it.
pub(crate) fn file_words(part: &Part) -> String {
    let file = part.file();
    let name = file.and_then(|file| file.name.as_deref()).unwrap_or_default().trim();
    let line = match (name, file.and_then(address)) {
        ("", Some(url)) => url.to_owned(),
        (name, Some(url)) => format!("{name}: {url}"),
        ("", None) => format!("[{}]", what(part)),
        (name, None) => format!("[{}: {name}]", what(part)),
    };
    match part.words().as_deref().map(str::trim) {
        Some(words) if !words.is_empty() => format!("{words}\n{line}"),
        _ => line,
    }
}

fn what(part: &Part) -> &'static str {
    match part {
        Part::Image { .. } => "picture",
        Part::Video { .. } => "video",
        Part::Audio { .. } => "recording",
        Part::Voice { .. } => "voice message",
        Part::Sticker { .. } => "sticker",
        _ => "file",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_what_is_known_of_it() {
        let document = |name: Option<&str>, url: Option<&str>, caption: Option<&str>| {
            file_words(&Part::Document {
                file: FileRef {
                    name: name.map(Into::into),
                    url: url.map(Into::into),
                    ..FileRef::default()
                },
                caption: caption.map(Into::into),
            })
        };
        assert_eq!(
            document(Some("a.pdf"), Some("https://f.example/1"), Some("Yours")),
            "Yours\na.pdf: https://f.example/1"
        );
        assert_eq!(document(None, Some("https://f.example/1"), None), "https://f.example/1");
        assert_eq!(document(Some("a.pdf"), None, None), "[file: a.pdf]");
        assert_eq!(document(None, None, None), "[file]");
    }
}
