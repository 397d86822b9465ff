//! Names that may stand in a path and in an address, whoever thought of them.

use super::Kind;

/// The longest name in characters, its extension apart.
const LONGEST: usize = 100;
/// Windows takes these for devices, whatever follows after a dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The name of a file: as it was given, as far as it can stand, and with an extension that fits what the file is; made of
/// `otherwise` where nothing of it can.
pub(crate) fn safe(given: Option<&str>, otherwise: &str, kind: &Kind) -> String {
    let mut name = clean(given.unwrap_or_default());
    if name.is_empty() {
        otherwise.clone_into(&mut name);
    }
    let fits = extension(&name).is_some_and(|extension| kind.extensions.contains(&extension.as_str()));
    match kind.extensions.first() {
        Some(extension) if !fits => format!("{name}.{extension}"),
        _ => name,
    }
}

/// What follows the last dot of a name, in lower case.
pub(super) fn extension(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_lowercase())
}

/// The last piece of a name that may be a path, without what is unsafe or unseen.
pub(super) fn clean(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let fit = |c: char| match c {
        ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%' | '#' | '&' | '\u{fffd}' => Some('-'),
        c if c.is_control() || directs(c) => None,
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    };
    let kept: String = last.chars().filter_map(fit).collect();
    let kept = kept.trim_matches([' ', '.']);
    let kept = shortened(kept);
    let device = kept.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let port = device.strip_prefix("com").or_else(|| device.strip_prefix("lpt"));
    if DEVICES.contains(&device.as_str()) || port.is_some_and(|number| number.len() == 1) {
        return format!("_{kept}");
    }
    kept
}

/// A name that is not too long; it keeps its extension.
fn shortened(name: &str) -> String {
    let Some((end, _)) = name.char_indices().nth(LONGEST) else {
        return name.to_owned();
    };
    let extension = extension(name).filter(|extension| extension.chars().count() <= 8);
    match extension {
        Some(extension) => format!("{}.{extension}", &name[..end]),
        None => name[..end].to_owned(),
    }
}

/// Characters that nobody sees and that make a name read as another one.
fn directs(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: Kind = Kind {
        mime: "application/pdf",
        extensions: &["pdf"],
    };

    fn named(given: &str) -> String {
        safe(Some(given), "file", &PDF)
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        assert_eq!(named("../../etc/passwd.pdf"), "passwd.pdf");
        assert_eq!(named(r"C:\x\ціни.pdf"), "ціни.pdf");
        assert_eq!(named("..\r\n\u{202e}a%2fb.pdf"), "a-2fb.pdf");
        assert_eq!(named("aux.pdf"), "_aux.pdf");
        assert_eq!(named("COM1.pdf"), "_COM1.pdf");
    }

    #[test]
    fn a_file_without_a_name_gets_one() {
        assert_eq!(safe(None, "picture", &PDF), "picture.pdf");
        assert_eq!(named(" ../ "), "file.pdf");
    }

    #[test]
    fn the_extension_fits_what_the_file_is() {
        assert_eq!(named("photo.JPG"), "photo.JPG.pdf");
        assert_eq!(named("Prices.PDF"), "Prices.PDF");
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let name = named(&format!("{}.pdf", "ї".repeat(300)));
        assert_eq!(name, format!("{}.pdf", "ї".repeat(LONGEST)));
    }
}
