//! The pieces of a message, and its buttons.

use leptos::prelude::*;
use model::message::{Button, ButtonAction, FileRef, Part};

/// The pieces one after the other.
#[component]
pub(super) fn Parts(
    /// What the message consists of.
    parts: Vec<Part>,
) -> impl IntoView {
    let parts: Vec<_> = parts.into_iter().map(|part| view! { <Piece part/> }).collect();
    view! { <div class="said">{parts}</div> }
}

/// A text as it was written; of anything else its kind, its words and its file.
#[component]
fn Piece(part: Part) -> impl IntoView {
    if let Part::Text { text } = part {
        return view! { <p class="said-text as-typed">{text}</p> }.into_any();
    }
    let file = part.file().map(file_facts).unwrap_or_default();
    let open = part.file().and_then(kept);
    let details = details(&part);
    view! {
        <div class="said-part">
            <p>
                <span class="tag">{label(&part)}</span>
                " "
                <span class="as-typed">{part.words()}</span>
            </p>
            {details.map(|details| view! { <p class="muted">{details}</p> })}
            {(!file.is_empty()).then(|| view! { <p class="muted">{file}</p> })}
            // Not a page of ours: the browser goes there itself.
            {open.map(|url| view! { <p><a href=url rel="external noreferrer" target="_blank">"Open"</a></p> })}
        </div>
    }
    .into_any()
}

const fn label(part: &Part) -> &'static str {
    match part {
        Part::Text { .. } => "Text",
        Part::Image { .. } => "Picture",
        Part::Video { .. } => "Video",
        Part::Audio { .. } => "Audio",
        Part::Voice { .. } => "Voice",
        Part::Document { .. } => "File",
        Part::Sticker { .. } => "Sticker",
        Part::Location { .. } => "Place",
        Part::Contact { .. } => "Contact",
        Part::Link { .. } => "Link",
        _ => "Not supported",
    }
}

/// What else is known of a piece.
fn details(part: &Part) -> Option<String> {
    match part {
        Part::Voice { duration, .. } => duration.map(|seconds| format!("{seconds} s")),
        Part::Location { title, address, .. } => {
            let both: Vec<&str> = [title, address].into_iter().flatten().map(String::as_str).collect();
            (!both.is_empty()).then(|| both.join(", "))
        }
        Part::Contact { name, .. } => (!name.is_empty()).then(|| name.clone()),
        Part::Link { title, .. } => title.clone(),
        Part::Unsupported { provider_type } => (!provider_type.is_empty()).then(|| provider_type.clone()),
        _ => None,
    }
}

/// The address of a file that is kept here: it leads to this server. Others come from outside, so they are no links.
fn kept(file: &FileRef) -> Option<String> {
    file.url.clone().filter(|url| url.starts_with("/media/"))
}

/// Name, type and size of a file, and its address, if it is somewhere else.
fn file_facts(file: &FileRef) -> String {
    let size = file.size.map(bytes);
    let elsewhere = file.url.clone().filter(|_| kept(file).is_none());
    let facts = [file.name.clone(), file.mime.clone(), size, elsewhere];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    if facts.is_empty() {
        file.provider_ref.clone()
    } else {
        facts.join(" · ")
    }
}

/// A size as people say it.
fn bytes(count: u64) -> String {
    match count {
        0..1_024 => format!("{count} bytes"),
        1_024..1_048_576 => format!("{} kB", count.div_ceil(1_024)),
        _ => format!("{} MB", count.div_ceil(1_048_576)),
    }
}

/// The buttons in their rows, each with what it does.
#[component]
pub(super) fn Buttons(
    /// The rows.
    rows: Vec<Vec<Button>>,
) -> impl IntoView {
    let row = |row: Vec<Button>| {
        let buttons: Vec<_> = row.into_iter().map(|button| view! { <OneButton button/> }).collect();
        view! { <li class="said-row">{buttons}</li> }
    };
    (!rows.is_empty()).then(|| {
        view! { <ul class="said-buttons" aria-label="Buttons">{rows.into_iter().map(row).collect_view()}</ul> }
    })
}

#[component]
fn OneButton(button: Button) -> impl IntoView {
    let does = match button.action {
        ButtonAction::Reply { payload } if payload == button.title => None,
        ButtonAction::Reply { payload } => Some(format!("answers “{payload}”")),
        ButtonAction::Url { url } => Some(format!("opens {url}")),
        ButtonAction::RequestPhone => Some("shares the phone".to_owned()),
        ButtonAction::RequestLocation => Some("shares the place".to_owned()),
        ButtonAction::RequestEmail => Some("shares the address for e-mail".to_owned()),
        _ => None,
    };
    view! {
        <span class="said-button">
            {button.title}
            {does.map(|does| view! { <span class="muted">" " {does}</span> })}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_what_is_known_of_it() {
        let file = FileRef {
            name: Some("a.pdf".into()),
            size: Some(2_000),
            ..FileRef::default()
        };
        assert_eq!(file_facts(&file), "a.pdf · 2 kB");
        let named = FileRef {
            provider_ref: "AgAD".into(),
            ..FileRef::default()
        };
        assert_eq!(file_facts(&named), "AgAD");
    }

    #[test]
    fn only_a_file_that_is_kept_here_can_be_opened() {
        let at = |url: &str| FileRef {
            url: Some(url.into()),
            ..FileRef::default()
        };
        let here = "/media/000102030405060708090a0b0c0d0eff/a.pdf?e=1&s=x";
        assert_eq!(kept(&at(here)).as_deref(), Some(here));
        assert_eq!(file_facts(&at(here)), "");
        for other in ["https://a.example/media/1", "//a.example/media/", "javascript:x"] {
            assert_eq!(kept(&at(other)), None, "{other}");
            assert_eq!(file_facts(&at(other)), other);
        }
    }
}
