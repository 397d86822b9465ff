//! What somebody says to a run, as the interpreter hears it.

use super::{TryError, journal::Journal};
use flow::Message;
use model::{
    message::{Button, ButtonAction, FileRef, Inbound, Part},
    trying::{TryInput, TrySaid},
};

/// The longest address, name and the like.
const LONGEST: usize = 4_096;

/// What is said and how it is told, before the flow has sent anything.
pub(super) fn first(input: TryInput) -> Result<(Message, TrySaid), TryError> {
    hear(input, &Journal::default())
}

/// What is said and how it is told.
pub(super) fn hear(input: TryInput, journal: &Journal) -> Result<(Message, TrySaid), TryError> {
    let part = match input {
        TryInput::Text { text } => Part::Text { text },
        TryInput::Button { message, label, code } => return press(journal, message, label.as_deref(), code.as_deref()),
        TryInput::File {
            url,
            name,
            mime,
            caption,
        } => file(&url, name, mime, caption)?,
        TryInput::Contact { phone, name } => contact(phone, name)?,
    };
    let inbound = Inbound::of(part);
    Ok((Message::Inbound(inbound.clone()), TrySaid::Heard(inbound)))
}

fn press(
    journal: &Journal,
    message: Option<u64>,
    label: Option<&str>,
    code: Option<&str>,
) -> Result<(Message, TrySaid), TryError> {
    let wrong = |message: &str| Err(TryError::field("button", message));
    if label.is_none() && code.is_none() {
        return wrong("Say which button is pressed.");
    }
    let Some(buttons) = journal.buttons(message) else {
        return wrong("There is no message with buttons.");
    };
    let fits = |button: &&&Button| {
        label.is_none_or(|label| button.title == label) && code.is_none_or(|code| payload(button) == Some(code))
    };
    let Some(button) = buttons.iter().find(fits) else {
        return wrong("This message has no such button.");
    };
    if let ButtonAction::Url { url } = &button.action {
        return wrong(&format!("This button opens {url} and says nothing."));
    }
    let (label, code) = (button.title.clone(), payload(button).unwrap_or_default().to_owned());
    let pressed = Message::Button {
        payload: code.clone(),
        title: Some(label.clone()),
    };
    Ok((pressed, TrySaid::Pressed { label, code }))
}

fn payload(button: &Button) -> Option<&str> {
    match &button.action {
        ButtonAction::Reply { payload } => Some(payload),
        _ => None,
    }
}

fn file(url: &str, name: String, mime: String, caption: String) -> Result<Part, TryError> {
    let url = url.trim().to_owned();
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    if !matches!(scheme.as_deref(), Some("http" | "https")) {
        return Err(TryError::field(
            "url",
            "Give the address of the file; it begins with http:// or https://.",
        ));
    }
    short("url", &url)?;
    short("name", &name)?;
    short("mime", &mime)?;
    let name = if name.is_empty() { last_part(&url) } else { name };
    let picture = mime.starts_with("image/");
    let file = FileRef {
        url: Some(url),
        name: Some(name).filter(|name| !name.is_empty()),
        mime: Some(mime).filter(|mime| !mime.is_empty()),
        ..FileRef::default()
    };
    let caption = Some(caption).filter(|caption| !caption.is_empty());
    Ok(if picture {
        Part::Image { file, caption }
    } else {
        Part::Document { file, caption }
    })
}

fn contact(phone: String, name: String) -> Result<Part, TryError> {
    if phone.trim().is_empty() {
        return Err(TryError::field("phone", "Give the phone of the contact."));
    }
    short("phone", &phone)?;
    short("name", &name)?;
    Ok(Part::Contact {
        name,
        phones: vec![phone],
        vcard: None,
        is_self: true,
    })
}

fn short(field: &str, text: &str) -> Result<(), TryError> {
    if text.len() > LONGEST {
        return Err(TryError::field(field, format!("This is longer than {LONGEST} bytes.")));
    }
    Ok(())
}

/// What stands behind the last slash of an address.
fn last_part(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    path.split_once('/')
        .map_or("", |(_, path)| path.rsplit('/').next().unwrap_or_default())
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::message::Outbound;

    fn journal() -> Journal {
        let mut journal = Journal::default();
        let reply = |title: &str, payload: &str| Button {
            title: title.into(),
            action: ButtonAction::Reply {
                payload: payload.into(),
            },
        };
        let url = Button {
            title: "Site".into(),
            action: ButtonAction::Url {
                url: "https://a.example".into(),
            },
        };
        for buttons in [vec![reply("Old", "o")], vec![reply("Yes", "1"), reply("Yes", "2"), url]] {
            journal.said(
                0,
                TrySaid::Sent(Outbound {
                    buttons: vec![buttons],
                    ..Outbound::default()
                }),
            );
        }
        journal
    }

    fn press(message: Option<u64>, label: Option<&str>, code: Option<&str>) -> Result<String, String> {
        let input = TryInput::Button {
            message,
            label: label.map(Into::into),
            code: code.map(Into::into),
        };
        match hear(input, &journal()) {
            Ok((Message::Button { payload, .. }, _)) => Ok(payload),
            Ok((message, _)) => panic!("{message:?}"),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn a_button_is_found_by_its_label_or_by_what_it_answers() {
        assert_eq!(press(None, Some("Yes"), None).unwrap(), "1");
        assert_eq!(press(None, Some("Yes"), Some("2")).unwrap(), "2");
        assert_eq!(press(None, None, Some("2")).unwrap(), "2");
        assert_eq!(press(Some(1), Some("Old"), None).unwrap(), "o");
    }

    #[test]
    fn a_button_that_is_not_there_or_says_nothing_is_told_in_words() {
        assert!(press(None, Some("Old"), None).unwrap_err().contains("no such button"));
        assert!(
            press(Some(9), Some("Old"), None)
                .unwrap_err()
                .contains("no message with buttons")
        );
        assert!(
            press(None, Some("Site"), None)
                .unwrap_err()
                .contains("opens https://a.example")
        );
        assert!(press(None, None, None).unwrap_err().contains("which button"));
    }

    #[test]
    fn a_file_has_the_name_of_its_address_and_is_on_the_web() {
        let file = |url: &str, mime: &str| {
            let input = TryInput::File {
                url: url.into(),
                name: String::new(),
                mime: mime.into(),
                caption: String::new(),
            };
            first(input).map(|(_, said)| said)
        };
        let TrySaid::Heard(message) = file("https://a.example/b/photo.png?x=/y", "image/png").unwrap() else {
            panic!()
        };
        assert!(matches!(&message.parts[0], Part::Image { file, .. } if file.name.as_deref() == Some("photo.png")));
        let TrySaid::Heard(message) = file("HTTP://a.example", "").unwrap() else {
            panic!()
        };
        assert!(matches!(&message.parts[0], Part::Document { file, .. } if file.name.is_none()));
        assert!(file("file:///etc/passwd", "").is_err());
        assert!(file(&format!("https://a.example/{}", "x".repeat(5_000)), "").is_err());
    }
}
