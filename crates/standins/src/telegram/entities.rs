//! `parse_mode`: what is left of a marked-up text, or where its markup is wrong.

mod html;
mod markdown;

use super::answer::Failure;

/// The text without its markup.
pub(crate) fn plain(text: &str, mode: &str) -> Result<String, Failure> {
    let read = match mode.to_ascii_lowercase().as_str() {
        "" | "none" => return Ok(text.to_owned()),
        "html" => html::plain(text),
        "markdownv2" => markdown::plain(text),
        "markdown" => return Ok(text.replace(['*', '_', '`'], "")),
        _ => return Err(Failure::bad("unsupported parse_mode")),
    };
    read.map_err(|why| Failure::bad(format!("can't parse entities: {why}")))
}
