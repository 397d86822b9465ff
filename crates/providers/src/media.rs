//! What can be known of a file before anybody has fetched it.

use crate::{Account, draft};
use model::message::FileRef;
use url::Url;

/// The file's address, if it is one that anybody can be sent to.
pub(crate) fn address(file: &FileRef) -> Option<&str> {
    file.url.as_deref().filter(|url| is_web(url))
}

/// Whether a text is an address of the web.
pub(crate) fn is_web(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Whether a file is one that we keep: its address is on the server that the gateway is reached at.
pub(crate) fn is_ours(account: &Account, file: &FileRef) -> bool {
    let parse = |url: &str| Url::parse(url).ok();
    let own = parse(&account.callback_url);
    let url = file.url.as_deref().and_then(parse);
    own.zip(url)
        .is_some_and(|(own, url)| own.origin() == url.origin() && url.path().starts_with("/media/"))
}

/// The file's name: as it is given, or the last segment of its address.
pub(crate) fn name(file: &FileRef) -> Option<String> {
    let given = file.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    given.map(str::to_owned).or_else(|| {
        let url = Url::parse(file.url.as_deref()?).ok()?;
        let last = url.path_segments()?.next_back()?;
        let name = percent_encoding::percent_decode_str(last).decode_utf8().ok()?;
        Some(name.into_owned()).filter(|name| !name.is_empty())
    })
}

/// What follows the last dot of a name or a path, in lower case, without the dot.
pub(crate) fn extension(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    let plain = (1..=8).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric());
    (!stem.is_empty() && plain).then(|| extension.to_ascii_lowercase())
}

/// The extension of the path of the file's address.
pub(crate) fn address_extension(file: &FileRef) -> Option<String> {
    let url = Url::parse(file.url.as_deref()?).ok()?;
    extension(url.path_segments()?.next_back()?)
}

/// The file's media type without parameters, in lower case; empty if it isn't known.
pub(crate) fn mime(file: &FileRef) -> String {
    let mime = file.mime.as_deref().unwrap_or_default();
    let essence = mime.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// The file as text, where the messenger can't carry it: what is written under it, its name and its address.
pub(crate) fn in_words(file: &FileRef, caption: Option<&str>) -> String {
    let (name, url) = (name(file).unwrap_or_default(), address(file).unwrap_or_default());
    let text = draft::lines([caption.unwrap_or_default(), name.as_str(), url]);
    if name.is_empty() && url.is_empty() {
        return draft::lines([text.as_str(), "📎"]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(url: &str) -> FileRef {
        FileRef {
            url: Some(url.into()),
            ..FileRef::default()
        }
    }

    #[test]
    fn a_file_is_named_by_its_address_if_need_be() {
        let file = at("https://a.example/x/%D0%B0%20b.PDF?token=1.zip#f.gif");
        assert_eq!(name(&file).as_deref(), Some("а b.PDF"));
        assert_eq!(address_extension(&file).as_deref(), Some("pdf"));
        assert_eq!(name(&at("https://a.example/")), None);
        assert_eq!(name(&at("not an address")), None);
    }

    #[test]
    fn an_extension_follows_a_name() {
        assert_eq!(extension("a.tar.GZ").as_deref(), Some("gz"));
        for none in ["a", ".gitignore", "a.", "a.b c", "a.waytoolong"] {
            assert_eq!(extension(none), None, "{none}");
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_given_to_messengers() {
        assert!(is_web("http://a.example/1"));
        for other in ["ftp://a.example", "a.example", "javascript:alert(1)", "https://", ""] {
            assert!(!is_web(other), "{other}");
        }
    }

    #[test]
    fn a_file_in_words_is_never_silent() {
        assert_eq!(in_words(&FileRef::default(), Some("look")), "look\n📎");
        assert_eq!(
            in_words(&at("https://a.example/b.pdf"), Some("look")),
            "look\nb.pdf\nhttps://a.example/b.pdf"
        );
    }
}
