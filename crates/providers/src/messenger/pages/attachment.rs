//! What is attached to a message.

use super::event::{Attachment, Payload};
use crate::{lenient::filled, media};
use model::message::{FileRef, Part};

/// The thumb of the big button, in three sizes.
const THUMBS: [&str; 3] = ["369239263222822", "369239343222814", "369239383222810"];

/// The parts that attachments are. A sticker that comes as a picture as well is one sticker.
pub(super) fn parts(attachments: Vec<Attachment>, has_text: bool) -> Vec<Part> {
    let stickers: Vec<_> = attachments
        .iter()
        .filter(|one| one.kind == "sticker")
        .map(|one| (one.sticker_id().map(str::to_owned), one.address()))
        .collect();
    let is_twin = |one: &Attachment| {
        one.kind == "image"
            && stickers.iter().any(|(id, url)| {
                (id.is_some() && id.as_deref() == one.sticker_id()) || (url.is_some() && *url == one.address())
            })
    };
    attachments
        .into_iter()
        .filter(|one| !is_twin(one))
        // What stands in the text as an address comes once more with its title.
        .filter(|one| !(has_text && one.kind == "fallback"))
        .map(Attachment::into_part)
        .collect()
}

impl Attachment {
    fn payload(&self) -> Option<&Payload> {
        self.payload.as_ref()
    }

    fn address(&self) -> Option<String> {
        let payload = self.payload().and_then(|payload| filled(payload.url.as_deref()));
        payload.or_else(|| filled(self.url.as_deref()))
    }

    fn sticker_id(&self) -> Option<&str> {
        self.payload()?.sticker_id.as_deref()
    }

    fn title(&self) -> Option<String> {
        let payload = self.payload().and_then(|payload| filled(payload.title.as_deref()));
        payload.or_else(|| filled(self.title.as_deref()))
    }

    fn into_part(self) -> Part {
        let file = self.address().map(|url| FileRef {
            provider_ref: url,
            ..FileRef::default()
        });
        let caption = None;
        match (self.kind.as_str(), file) {
            ("sticker", file) => self.sticker(file),
            ("image", file) if self.sticker_id().is_some() => self.sticker(file),
            ("image", Some(file)) => Part::Image { file, caption },
            ("video", Some(file)) => Part::Video { file, caption },
            ("audio", Some(file)) => Part::Voice { file, duration: None },
            ("file", Some(file)) => {
                // Its name is told only by its address.
                let at = FileRef {
                    url: Some(file.provider_ref.clone()),
                    ..FileRef::default()
                };
                let name = media::name(&at).filter(|name| media::extension(name).is_some());
                let file = FileRef { name, ..file };
                Part::Document { file, caption }
            }
            ("location", _) => match self.payload().and_then(|payload| payload.coordinates) {
                Some(place) => Part::Location {
                    lat: place.lat,
                    lon: place.long,
                    title: self.title(),
                    address: None,
                    live: false,
                },
                None => self.unsupported(),
            },
            ("fallback" | "share" | "ig_reel" | "reel" | "ig_post" | "post" | "story_mention", Some(file)) => {
                Part::Link {
                    url: file.provider_ref,
                    title: self
                        .title()
                        .or_else(|| (self.kind == "story_mention").then(|| "Story".to_owned())),
                }
            }
            _ => self.unsupported(),
        }
    }

    fn sticker(&self, file: Option<FileRef>) -> Part {
        let is_thumb = self.sticker_id().is_some_and(|id| THUMBS.contains(&id));
        Part::Sticker {
            file,
            emoji: is_thumb.then(|| "👍".to_owned()),
        }
    }

    fn unsupported(&self) -> Part {
        Part::Unsupported {
            provider_type: self.kind.clone(),
        }
    }
}
