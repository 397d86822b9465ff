//! What the peer of a talk says.

use super::case::{Contact, File, TalkStep};
use crate::step::Message;
use model::message::{FileRef, Inbound, Part};

/// A step in words, for the place of a difference.
pub(super) fn told(step: &TalkStep) -> String {
    let TalkStep {
        text,
        command,
        button,
        file,
        contact,
        wait,
        disconnect,
        out,
    } = step;
    if let Some(text) = text.as_ref().or(command.as_ref()) {
        return format!("in: {text:?}");
    }
    if let Some(label) = button {
        return format!("button: {label:?}");
    }
    if let Some(seconds) = wait {
        return format!("wait: {seconds}");
    }
    let kinds = [
        (file.is_some(), "file"),
        (contact.is_some(), "contact"),
        (disconnect.is_some(), "disconnect"),
        (out.is_some(), "out"),
    ];
    kinds
        .iter()
        .find(|(is, _)| *is)
        .map_or("nothing", |(_, kind)| kind)
        .to_owned()
}

/// How many things a step says; it must be one.
pub(super) fn count(step: &TalkStep) -> usize {
    let TalkStep {
        text,
        command,
        button,
        file,
        contact,
        wait,
        disconnect,
        out,
    } = step;
    let given = [
        text.is_some(),
        command.is_some(),
        button.is_some(),
        file.is_some(),
        contact.is_some(),
        wait.is_some(),
        disconnect.is_some(),
        out.is_some(),
    ];
    given.into_iter().filter(|given| *given).count()
}

/// The message of a step that says something by itself.
pub(super) fn message(step: &TalkStep) -> Option<Message> {
    if let Some(text) = step.text.as_ref().or(step.command.as_ref()) {
        return Some(Inbound::of(Part::text(text)).into());
    }
    if let Some(file) = &step.file {
        return Some(file_message(file).into());
    }
    step.contact.as_ref().map(|contact| contact_message(contact).into())
}

fn file_message(file: &File) -> Inbound {
    let reference = FileRef {
        provider_ref: file.url.clone().unwrap_or_default(),
        url: file.url.clone(),
        mime: file.mime.clone(),
        name: file.name.clone(),
        size: file.size,
        ..FileRef::default()
    };
    Inbound::of(Part::Document {
        file: reference,
        caption: file.text.clone(),
    })
}

fn contact_message(contact: &Contact) -> Inbound {
    let phones = vec![contact.phone.clone()];
    Inbound::of(Part::Contact {
        name: contact.name.clone(),
        phones,
        vcard: None,
        is_self: true,
    })
}
