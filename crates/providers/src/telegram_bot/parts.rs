//! What a message of Telegram consists of.

use super::wire_types::{Contact, File, Location, Message};
use model::message::{FileRef, Part};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What a message has beside what it consists of.
const ENVELOPE: &[&str] = &[
    "author_signature",
    "business_connection_id",
    "caption",
    "caption_entities",
    "chat",
    "date",
    "direct_messages_topic",
    "edit_date",
    "effect_id",
    "entities",
    "external_reply",
    "forward_date",
    "forward_from",
    "forward_from_chat",
    "forward_from_message_id",
    "forward_origin",
    "forward_sender_name",
    "forward_signature",
    "from",
    "guest_query_id",
    "has_media_spoiler",
    "has_protected_content",
    "is_automatic_forward",
    "is_from_offline",
    "is_paid_post",
    "is_topic_message",
    "link_preview_options",
    "media_group_id",
    "message_id",
    "message_thread_id",
    "paid_star_count",
    "quote",
    "reply_markup",
    "reply_to_checklist_task_id",
    "reply_to_message",
    "reply_to_story",
    "sender_boost_count",
    "sender_business_bot",
    "sender_chat",
    "show_caption_above_media",
    "suggested_post_info",
    "via_bot",
];

/// The parts of a message; never none. `raw` is the same message, to name what we give no meaning to.
pub(super) fn parts(message: &Message, raw: &RawValue) -> Vec<Part> {
    let caption = message.caption.clone().filter(|caption| !caption.is_empty());
    let part = known(message, caption.clone()).unwrap_or_else(|| Part::Unsupported {
        provider_type: name_of_unknown(raw),
    });
    let carries_caption = matches!(
        part,
        Part::Image { .. } | Part::Video { .. } | Part::Audio { .. } | Part::Document { .. }
    );
    let rest = caption.filter(|_| !carries_caption).map(Part::text);
    [part].into_iter().chain(rest).collect()
}

fn known(message: &Message, caption: Option<String>) -> Option<Part> {
    if let Some(text) = &message.text {
        return Some(Part::text(text));
    }
    if let Some(largest) = largest(&message.photo) {
        let mut file = file_ref(largest);
        file.mime.get_or_insert_with(|| "image/jpeg".to_owned());
        return Some(Part::Image { file, caption });
    }
    // An animation is there as a document, too, and a venue as a location.
    let video = message.video.as_ref().or(message.video_note.as_ref());
    if let Some(video) = video.or(message.animation.as_ref()) {
        let file = file_ref(video);
        return Some(Part::Video { file, caption });
    }
    if let Some(voice) = &message.voice {
        return Some(Part::Voice {
            file: file_ref(voice),
            duration: voice.duration,
        });
    }
    if let Some(audio) = &message.audio {
        let file = file_ref(audio);
        return Some(Part::Audio { file, caption });
    }
    if let Some(document) = &message.document {
        let file = file_ref(document);
        return Some(Part::Document { file, caption });
    }
    if let Some(sticker) = &message.sticker {
        return Some(self::sticker(sticker));
    }
    if let Some(venue) = &message.venue {
        return Some(place(&venue.location, venue.title.clone(), venue.address.clone()));
    }
    if let Some(location) = &message.location {
        return Some(place(location, None, None));
    }
    message.contact.as_ref().map(|contact| self::contact(contact, message))
}

fn largest(sizes: &[File]) -> Option<&File> {
    sizes.iter().max_by_key(|size| {
        let area = size.width.unwrap_or(0).saturating_mul(size.height.unwrap_or(0));
        (area, size.file_size)
    })
}

fn file_ref(file: &File) -> FileRef {
    FileRef {
        provider_ref: file.file_id.clone(),
        mime: file.mime_type.clone(),
        name: file.file_name.clone(),
        size: file.file_size,
        ..FileRef::default()
    }
}

fn sticker(sticker: &File) -> Part {
    let mime = match (sticker.is_animated, sticker.is_video) {
        (Some(true), _) => "application/x-tgsticker",
        (_, Some(true)) => "video/webm",
        _ => "image/webp",
    };
    let mut file = file_ref(sticker);
    file.mime.get_or_insert_with(|| mime.to_owned());
    Part::Sticker {
        file: Some(file),
        emoji: sticker.emoji.clone(),
    }
}

fn place(location: &Location, title: Option<String>, address: Option<String>) -> Part {
    Part::Location {
        lat: location.latitude,
        lon: location.longitude,
        title,
        address,
        live: location.live_period.is_some(),
    }
}

fn contact(contact: &Contact, message: &Message) -> Part {
    let owner = contact.user_id.as_ref();
    Part::Contact {
        name: super::update::full_name(contact.first_name.as_deref(), contact.last_name.as_deref()).unwrap_or_default(),
        phones: contact.phone_number.iter().map(|phone| phone.0.clone()).collect(),
        vcard: contact.vcard.clone(),
        is_self: owner.is_some() && owner == message.from.as_ref().map(|from| &from.id),
    }
}

fn name_of_unknown(raw: &RawValue) -> String {
    let fields: BTreeMap<String, &RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
    let unknown = fields.into_keys().find(|field| !ENVELOPE.contains(&field.as_str()));
    unknown.unwrap_or_else(|| "message".to_owned())
}
