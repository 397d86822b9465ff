//! The files of a message are fetched before the flow sees it, in its lane: so the order of the peer's messages holds, and
//! nobody else waits.
//!
//! A file that is there already, because the event is processed once more, is not fetched again.

use super::TurnError;
use crate::{
    Context,
    media::{self, Kind},
    pipeline::{account::Line, meters, writer::NotWritten},
    reconciler,
};
use bytes::Bytes;
use model::{
    DeliveryId,
    message::{ErrorClass, FileRef, Inbound, Part, ProviderError},
};
use sha2::{Digest, Sha256};
use std::{fmt::Write, sync::Arc, time::Duration};
use store::media::{Media, MediaId};
use tokio::time::{Instant, sleep_until, timeout_at};

/// So long the files of one message may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The pause before the second attempt; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(500);
/// What is said where the gateway has no text of its own.
const FORBIDDEN: &str = "Forbidden file format";

/// A message with its files, or with what is left of it without them.
pub(super) struct Taken {
    /// As the flow sees it; without any piece if nothing is left.
    pub message: Inbound,
    /// Whether the peer is to be told that a file is not taken.
    pub is_refused: bool,
    /// What happened to files that are missing, a sentence each.
    pub missing: Vec<String>,
}

/// Why a file is missing.
enum Missing {
    /// It is not taken: a sentence.
    Refused(String),
    /// It could not be fetched: a sentence.
    Failed(String),
}

/// Whether a message brings files.
pub(super) fn are_there(message: &Inbound) -> bool {
    message.parts.iter().any(|part| part.file().is_some())
}

/// What the peer is told in place of a file that is not taken.
pub(super) fn refusal(line: &Line) -> &str {
    match line.templates.file_policy_fail.as_str() {
        "" => FORBIDDEN,
        own => own,
    }
}

/// Fetches and keeps the files of a message.
pub(super) async fn take(
    cx: &Context,
    line: &Arc<Line>,
    delivery: DeliveryId,
    message: Inbound,
) -> Result<Taken, TurnError> {
    let known = store::media::of_delivery(cx.store.read(), delivery).await?;
    let mut taken = Taken {
        message: Inbound {
            parts: Vec::with_capacity(message.parts.len()),
            ..message
        },
        is_refused: false,
        missing: Vec::new(),
    };
    let mut until = None;
    for (part, number) in message.parts.into_iter().zip(0..) {
        let Some(file) = part.file() else {
            taken.message.parts.push(part);
            continue;
        };
        let known = known.iter().find(|media| media.came_with.1 == number);
        let kept = match known {
            Some(media) if media::folder(cx).has(media.id).await => Ok(media.clone()),
            lost => {
                let fetched = fetch(cx, line, file, &mut until).await?;
                let place = (delivery, number);
                match fetched {
                    Ok(bytes) => keep(cx, line, place, &part, bytes, lost.map(|media| media.id)).await?,
                    Err(missing) => Err(missing),
                }
            }
        };
        let provider = line.kind().code();
        match kept {
            Ok(media) => {
                meters::file(provider, "taken");
                let file = media::file_ref(cx, &media, &file.provider_ref);
                taken.message.parts.push(media::fitting(part, file));
            }
            Err(Missing::Refused(why)) => {
                meters::file(provider, "refused");
                taken.is_refused = true;
                taken.missing.push(format!("{} was not taken: {why}.", named(file)));
                taken.message.parts.extend(caption(part).map(Part::text));
            }
            Err(Missing::Failed(why)) => {
                meters::file(provider, "failed");
                taken
                    .missing
                    .push(format!("{} could not be fetched: {why}", named(file)));
                taken.message.parts.push(in_words(part));
            }
        }
    }
    Ok(taken)
}

/// Fetches a file, again and again while that may help; `until` is when to give up, once the first attempt has begun.
async fn fetch(
    cx: &Context,
    line: &Arc<Line>,
    file: &FileRef,
    until: &mut Option<Instant>,
) -> Result<Result<Bytes, Missing>, TurnError> {
    let inner = cx.pipeline.inner();
    let Some(provider) = line.provider() else {
        return Ok(Err(Missing::Failed("this gateway brings no files.".to_owned())));
    };
    let most = cx.policy.media.max_bytes;
    let mut pause = PAUSE;
    loop {
        let attempt = async {
            let place = inner.fetching.place(line.account.gateway).await;
            let until = *until.get_or_insert_with(|| Instant::now() + PATIENCE);
            let wire = cx.wire(&line.account);
            let fetched = timeout_at(until, provider.fetch(&wire, &line.account, file, most)).await;
            drop(place);
            (fetched, until)
        };
        let (fetched, until) = tokio::select! {
            attempted = attempt => attempted,
            // It is fetched by whoever goes on.
            () = inner.stopped() => return Err(NotWritten::Stopped.into()),
        };
        let error = match fetched {
            Ok(Ok(bytes)) => return Ok(Ok(bytes)),
            Ok(Err(error)) => error,
            Err(_) => return Ok(Err(Missing::Failed("it did not come in time.".to_owned()))),
        };
        let Some(wait) = again(&error, pause) else {
            if error.class == ErrorClass::Auth {
                reconciler::noticed(cx, line.account.gateway, &error).await;
            }
            return Ok(Err(missing(&error)));
        };
        let at = Instant::now() + wait;
        if at >= until {
            return Ok(Err(missing(&error)));
        }
        tokio::select! {
            () = sleep_until(at) => {}
            () = inner.stopped() => return Err(NotWritten::Stopped.into()),
        }
        pause *= 2;
    }
}

/// How long to wait before another attempt; none if it would not help.
fn again(error: &ProviderError, pause: Duration) -> Option<Duration> {
    match error.class {
        ErrorClass::Transient | ErrorClass::Ambiguous => Some(pause),
        ErrorClass::RateLimited { retry_after } => {
            let asked = retry_after.map(|seconds| Duration::from_secs(seconds.into()));
            Some(asked.map_or(pause, |asked| asked.max(pause)))
        }
        _ => None,
    }
}

fn missing(error: &ProviderError) -> Missing {
    if error.class == ErrorClass::TooLarge {
        let why = error.message.trim_end_matches('.');
        return Missing::Refused(
            why.strip_prefix("The file ")
                .map_or_else(|| why.to_owned(), |why| format!("it {why}")),
        );
    }
    Missing::Failed(error.message.clone())
}

/// Keeps what was fetched, unless it is refused; `lost` is what was known of the same file whose bytes are gone.
async fn keep(
    cx: &Context,
    line: &Line,
    came_with: (DeliveryId, u32),
    part: &Part,
    bytes: Bytes,
    lost: Option<MediaId>,
) -> Result<Result<Media, Missing>, TurnError> {
    let given = part.file().and_then(|file| file.name.clone());
    let word = word(part);
    let size = bytes.len() as u64;
    let content = bytes.clone();
    // A large file takes a while.
    let looked = tokio::task::spawn_blocking(move || {
        let kind = Kind::of(&content, given.as_deref().unwrap_or_default())?;
        let name = media::safe(given.as_deref(), word, &kind);
        Ok::<_, media::Refused>((kind.mime, name, hex(&Sha256::digest(&content))))
    });
    let looked = looked
        .await
        .map_err(|_| TurnError::Broken("A file could not be looked at; this is a fault of the product.".to_owned()))?;
    let (mime, name, sha256) = match looked {
        Ok(looked) => looked,
        Err(refused) => return Ok(Err(Missing::Refused(refused.to_string()))),
    };
    let now = cx.now();
    let media = Media {
        id: MediaId(cx.rng.bytes()),
        gateway: line.account.gateway,
        came_with,
        name,
        mime: mime.to_owned(),
        size,
        sha256,
        created_at: now,
        expires_at: now.after(cx.policy.retention.media),
    };
    media::folder(cx).write(media.id, bytes).await?;
    let tx = cx.store.begin().await?;
    if let Some(lost) = lost {
        store::media::remove(&tx, lost).await?;
    }
    let is_new = store::media::insert(&tx, &media).await?;
    tx.commit().await?;
    if is_new {
        return Ok(Ok(media));
    }
    // Another server was quicker; what we wrote is found by the sweep, if it can't be removed now.
    let _ = media::folder(cx).remove(vec![media.id]).await;
    let known = store::media::of_delivery(cx.store.read(), came_with.0).await?;
    let known = known.into_iter().find(|known| known.came_with == came_with);
    Ok(Ok(known.unwrap_or(media)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What a file is called that has no name.
const fn word(part: &Part) -> &'static str {
    match part {
        Part::Image { .. } => "picture",
        Part::Video { .. } => "video",
        Part::Audio { .. } => "audio",
        Part::Voice { .. } => "voice",
        Part::Sticker { .. } => "sticker",
        _ => "file",
    }
}

/// A file in a sentence.
fn named(file: &FileRef) -> String {
    match file.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => format!("“{}”", crate::pipeline::summary::cut(name)),
        None => "A file".to_owned(),
    }
}

fn caption(part: Part) -> Option<String> {
    match part {
        Part::Image { caption, .. }
        | Part::Video { caption, .. }
        | Part::Audio { caption, .. }
        | Part::Document { caption, .. } => caption.filter(|caption| !caption.trim().is_empty()),
        _ => None,
    }
}

/// A piece whose file is missing: its name in brackets, and what was written under it.
fn in_words(part: Part) -> Part {
    if let Part::Sticker { emoji: Some(emoji), .. } = part {
        return Part::Sticker {
            file: None,
            emoji: Some(emoji),
        };
    }
    let given = part.file().and_then(|file| file.name.as_deref());
    let name = format!("[{}]", given.filter(|name| !name.is_empty()).unwrap_or(word(&part)));
    match caption(part) {
        Some(caption) => Part::text(format!("{name} {caption}")),
        None => Part::text(name),
    }
}
