//! Signed addresses of files.
//!
//! An address of ours is known by its signature, whichever host it names: so one stays known when the public address
//! changes. Only what was signed once is signed anew; that its time is over does not matter for that.

use super::{LIFE, fitting, folder};
use crate::Context;
use flow::Effect;
use model::{
    Delivery, Timestamp,
    message::{ButtonAction, ErrorClass, FileRef, InboundKind, Outbound, Part, ProviderError},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use providers::Carried;
use std::time::Duration;
use store::media::{Media, MediaId};

/// What stands between the host and the id.
const PLACE: &str = "/media/";
/// What stands in an address for the characters of a name that mean something there.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// So long an address works that people read: they come when they like.
const LIFE_IN_WORDS: Duration = Duration::from_hours(24);

/// The address of a file, without a host.
fn relative(cx: &Context, id: MediaId, name: &str, until: Timestamp) -> String {
    let signature = store::media::sign(cx.store.read(), id, until);
    format!(
        "{PLACE}{id}/{}?e={}&s={signature}",
        utf8_percent_encode(name, ENCODED),
        until.0
    )
}

/// The address of a file, for everybody.
pub(super) fn absolute(cx: &Context, id: MediaId, name: &str, until: Timestamp) -> String {
    format!("{}{}", cx.policy.public_url, relative(cx, id, name, until))
}

/// An address of ours, taken to pieces.
struct Ours<'a> {
    id: MediaId,
    /// As it stands in the address.
    name: &'a str,
}

/// What an address says, if it was signed by us.
fn read<'a>(cx: &Context, url: &'a str) -> Option<Ours<'a>> {
    let (host, rest) = url.split_once(PLACE)?;
    let host = host.split_once("://").map_or(host, |(_, host)| host);
    let (id, rest) = rest.split_once('/')?;
    let (name, query) = rest.split_once('?')?;
    if host.contains('/') || name.contains('/') {
        return None;
    }
    let id = id.parse().ok()?;
    let value = |key: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(name, _)| *name == key).map(|(_, value)| value)
    };
    let until = Timestamp(value("e")?.parse().ok()?);
    store::media::verify(cx.store.read(), id, until, value("s")?).then_some(Ours { id, name })
}

/// The same address with another end; none if it is not ours.
fn again(cx: &Context, url: &str, life: Duration) -> Option<(MediaId, String, Timestamp)> {
    let Ours { id, name } = read(cx, url)?;
    let until = cx.now().after(life);
    let signature = store::media::sign(cx.store.read(), id, until);
    let (host, e) = (&cx.policy.public_url, until.0);
    Some((id, format!("{host}{PLACE}{id}/{name}?e={e}&s={signature}"), until))
}

/// A text with every address of ours signed anew; none if there is none in it.
fn in_words(cx: &Context, text: &str) -> Option<String> {
    let mut found = false;
    let mut whole = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        let new = word.contains(PLACE).then(|| in_word(cx, word)).flatten();
        found |= new.is_some();
        whole.push_str(new.as_deref().unwrap_or(word));
    }
    found.then_some(whole)
}

/// The same for a word, which may stand between signs.
fn in_word(cx: &Context, word: &str) -> Option<String> {
    let (before, rest) = word.split_at(word.find("http")?);
    let ends = rest.find(|c: char| c.is_whitespace() || "<>\"'()[]{},;”»".contains(c));
    let url = rest[..ends.unwrap_or(rest.len())].trim_end_matches(['.', ':', '!', '?']);
    let (_, new, _) = again(cx, url, LIFE_IN_WORDS)?;
    Some(format!("{before}{new}{}", &rest[url.len()..]))
}

/// The file of a piece, to be changed.
fn file_of(part: &mut Part) -> Option<&mut FileRef> {
    match part {
        Part::Image { file, .. }
        | Part::Video { file, .. }
        | Part::Audio { file, .. }
        | Part::Voice { file, .. }
        | Part::Document { file, .. } => Some(file),
        Part::Sticker { file, .. } => file.as_mut(),
        _ => None,
    }
}

/// Whether an address may be ours.
fn may_be_ours(url: Option<&String>) -> bool {
    url.is_some_and(|url| url.contains(PLACE))
}

/// Tells the messages of a step what is known of the files of ours in them, so that they can be planned: messengers take
/// files by their type and size.
pub(crate) async fn describe(cx: &Context, effects: &mut [Effect]) -> Result<(), store::Error> {
    for effect in effects {
        let Effect::Send(message) = effect else { continue };
        for file in message.parts.iter_mut().filter_map(file_of) {
            if !may_be_ours(file.url.as_ref()) {
                continue;
            }
            let Some((id, url, until)) = file.url.as_deref().and_then(|url| again(cx, url, LIFE)) else {
                continue;
            };
            let Some(media) = store::media::get(cx.store.read(), id).await? else {
                continue;
            };
            *file = FileRef {
                url: Some(url),
                name: file.name.take().or(Some(media.name)),
                mime: Some(media.mime),
                size: Some(media.size),
                sha256: Some(media.sha256),
                expires_at: Some(until),
                provider_ref: std::mem::take(&mut file.provider_ref),
            };
        }
    }
    Ok(())
}

/// A message with every address of ours signed anew, because it may have waited; none if there is none in it.
///
/// # Errors
///
/// [`Renewal::Gone`] when a file that it carries is gone.
pub(crate) async fn renewed(cx: &Context, message: &Outbound) -> Result<Option<Outbound>, Renewal> {
    if !has_ours(message) {
        return Ok(None);
    }
    let mut message = message.clone();
    for part in &mut message.parts {
        match part {
            Part::Text { text } => {
                if let Some(new) = in_words(cx, text) {
                    *text = new;
                }
            }
            Part::Link { url, .. } => {
                if let Some((_, new, _)) = again(cx, url, LIFE_IN_WORDS) {
                    *url = new;
                }
            }
            part => {
                let Some(file) = file_of(part) else { continue };
                let Some((id, url, until)) = file.url.as_deref().and_then(|url| again(cx, url, LIFE)) else {
                    continue;
                };
                let is_known = store::media::get(cx.store.read(), id).await?.is_some();
                if !is_known || !folder(cx).has(id).await {
                    return Err(Renewal::Gone(gone()));
                }
                file.url = Some(url);
                file.expires_at = Some(until);
            }
        }
    }
    for button in message.buttons.iter_mut().flatten() {
        if let ButtonAction::Url { url } = &mut button.action
            && let Some((_, new, _)) = again(cx, url, LIFE_IN_WORDS)
        {
            *url = new;
        }
    }
    Ok(Some(message))
}

/// The files of ours in a message, for a messenger that can't fetch them.
///
/// # Errors
///
/// When a file can't be read.
pub(crate) async fn carried(cx: &Context, message: &Outbound) -> Result<Vec<Carried>, ProviderError> {
    let mut carried = Vec::new();
    for file in message.parts.iter().filter_map(Part::file) {
        let Some(url) = file.url.as_deref() else { continue };
        let Some(Ours { id, .. }) = read(cx, url) else { continue };
        carried.push(Carried {
            url: url.to_owned(),
            name: file.name.clone().unwrap_or_else(|| "file".to_owned()),
            mime: file
                .mime
                .clone()
                .unwrap_or_else(|| "application/octet-stream".to_owned()),
            bytes: folder(cx).read(id).await.map_err(|_| gone())?,
        });
    }
    Ok(carried)
}

/// Why a message could not be made ready to be sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Renewal {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A file is gone.
    #[error("{0}")]
    Gone(ProviderError),
}

fn gone() -> ProviderError {
    ProviderError {
        class: ErrorClass::NotFound,
        http: None,
        code: None,
        subcode: None,
        message: "The file is not kept any more, or it is on another server’s disk, so there was nothing to send."
            .to_owned(),
        trace_id: None,
    }
}

/// Whether a message may hold an address of ours; looks, and nothing more.
fn has_ours(message: &Outbound) -> bool {
    let in_parts = message.parts.iter().any(|part| match part {
        Part::Text { text } => text.contains(PLACE),
        Part::Link { url, .. } => url.contains(PLACE),
        part => may_be_ours(part.file().and_then(|file| file.url.as_ref())),
    });
    let in_buttons = |action: &ButtonAction| matches!(action, ButtonAction::Url { url } if url.contains(PLACE));
    in_parts
        || message
            .buttons
            .iter()
            .flatten()
            .any(|button| in_buttons(&button.action))
}

/// An entry of the log with the files that are kept: their addresses lead to this server and work for an hour.
pub(crate) async fn shown(cx: &Context, mut delivery: Delivery) -> Result<Delivery, store::Error> {
    let until = cx.now().after(LIFE);
    if let Some(event) = &mut delivery.event
        && let InboundKind::Message(message) = &mut event.kind
        && message.parts.iter().any(|part| part.file().is_some())
    {
        for media in store::media::of_delivery(cx.store.read(), delivery.row.id).await? {
            let number = usize::try_from(media.came_with.1).unwrap_or(usize::MAX);
            let Some(part) = message.parts.get_mut(number) else {
                continue;
            };
            if let Some(provider_ref) = part.file().map(|file| file.provider_ref.clone()) {
                let part_as_told = std::mem::replace(part, Part::Unknown);
                *part = fitting(part_as_told, kept(cx, media, provider_ref, until));
            }
        }
    }
    for file in delivery
        .message
        .iter_mut()
        .flat_map(|message| &mut message.parts)
        .filter_map(file_of)
    {
        let Some(url) = file.url.take() else { continue };
        let ours = read(cx, &url).map(|ours| {
            let signature = store::media::sign(cx.store.read(), ours.id, until);
            format!("{PLACE}{}/{}?e={}&s={signature}", ours.id, ours.name, until.0)
        });
        file.url = ours.or(Some(url));
    }
    Ok(delivery)
}

fn kept(cx: &Context, media: Media, provider_ref: String, until: Timestamp) -> FileRef {
    FileRef {
        provider_ref,
        url: Some(relative(cx, media.id, &media.name, until)),
        mime: Some(media.mime),
        name: Some(media.name),
        size: Some(media.size),
        sha256: Some(media.sha256),
        expires_at: Some(media.expires_at),
    }
}
