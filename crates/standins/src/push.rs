//! Events on their way to a gateway, signed as their messenger signs, repeated as it repeats.

use crate::{
    Answer, Provider, Seal, Unanswered,
    clock::{compressed, now_secs},
    lanes::{Lanes, Verdict},
    outgoing::Outgoing,
    sign::{hmac_hex, standard},
    world::World,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::{HeaderName, header::AUTHORIZATION};
use std::{fmt, sync::Arc, time::Duration};

/// How an event proves who sent it.
#[derive(Clone, Debug)]
pub(crate) enum Proof {
    /// Not at all: the address is the secret.
    None,
    /// A name and a password.
    Basic { user: String, password: String },
    /// HMAC-SHA256 in a header of any name.
    Hmac {
        header: String,
        prefix: String,
        secret: String,
    },
    /// Standard Webhooks, with every secret.
    Standard { id: String, secrets: Vec<String> },
    /// `X-Webitel-Sign`.
    Webitel { secret: String },
    /// `X-Viber-Content-Signature`, with the account's token.
    Viber { token: Arc<str> },
}

/// An event.
pub(crate) struct Push {
    pub provider: Provider,
    pub url: String,
    pub body: Bytes,
    pub proof: Proof,
    /// Until the next attempts, in seconds; when there are no more the event is given up.
    pub ladder: &'static [u64],
    /// What is done with the answer.
    pub then: Option<Then>,
}

pub(crate) type Then = Box<dyn Fn(&Answer) + Send + Sync>;
pub(crate) type PushLanes = Lanes<String, Arc<Push>>;

impl fmt::Debug for Push {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Push").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Proof {
    /// The headers that prove a body.
    pub fn headers(&self, body: &[u8], seal: Seal) -> Vec<(HeaderName, String)> {
        if seal == Seal::Missing {
            return Vec::new();
        }
        let named = HeaderName::from_static;
        match self {
            Self::None => Vec::new(),
            Self::Basic { user, password } => {
                let wrong = if seal == Seal::Forged { "x" } else { "" };
                let coded = BASE64_STANDARD.encode(format!("{user}:{password}{wrong}"));
                vec![(AUTHORIZATION, format!("Basic {coded}"))]
            }
            Self::Hmac { header, prefix, secret } => {
                let Ok(header) = HeaderName::try_from(header) else {
                    return Vec::new();
                };
                vec![(header, format!("{prefix}{}", hmac_hex(&key(secret, seal), &[body])))]
            }
            Self::Standard { id, secrets } => {
                let age = if seal == Seal::Stale { 3_600 } else { 0 };
                let at = (now_secs() - age).to_string();
                let sign = |secret: &String| match seal {
                    Seal::Forged => standard("forged", id, &at, body),
                    Seal::Genuine | Seal::Missing | Seal::Stale => standard(secret, id, &at, body),
                };
                let signatures: Vec<String> = secrets.iter().map(sign).collect();
                vec![
                    (named("webhook-id"), id.clone()),
                    (named("webhook-timestamp"), at),
                    (named("webhook-signature"), signatures.join(" ")),
                ]
            }
            Self::Webitel { secret } => vec![(named("x-webitel-sign"), hmac_hex(&key(secret, seal), &[body]))],
            Self::Viber { token } => vec![(named("x-viber-content-signature"), hmac_hex(&key(token, seal), &[body]))],
        }
    }
}

/// The right key, or one that only looks like it.
fn key(secret: &str, seal: Seal) -> Vec<u8> {
    match seal {
        Seal::Forged => format!("{secret}x").into_bytes(),
        Seal::Genuine | Seal::Missing | Seal::Stale => secret.as_bytes().to_vec(),
    }
}

/// Puts an event in its lane.
pub(crate) fn push(world: &Arc<World>, lanes: &Arc<PushLanes>, lane: String, event: Push) {
    let world = world.clone();
    lanes.push(lane, Arc::new(event), move |event, failures| {
        let world = world.clone();
        async move { attempt(&world, &event, failures).await }
    });
}

async fn attempt(world: &World, event: &Push, failures: u32) -> Verdict {
    let answer = send(world, event, Seal::Genuine).await;
    match answer {
        Ok(answer) if answer.is_success() => {
            if let Some(then) = &event.then {
                then(&answer);
            }
            Verdict::Done
        }
        failed => {
            let rung = usize::try_from(failures).ok().and_then(|rung| event.ladder.get(rung));
            // The gateway was deleted.
            let is_gone = failed.as_ref().is_ok_and(|answer| answer.status == 410);
            let wished = failed.ok().and_then(|answer| answer.retry_after());
            match rung.filter(|_| !is_gone) {
                Some(seconds) => {
                    let wait = Duration::from_secs(wished.unwrap_or(*seconds));
                    Verdict::Again(compressed(wait, world.options.clock))
                }
                None => Verdict::Done,
            }
        }
    }
}

/// Sends an event once, and gives the answer.
pub(crate) async fn send(world: &World, event: &Push, seal: Seal) -> Result<Answer, Unanswered> {
    let mut call = Outgoing::post(event.provider, &event.url, event.body.clone());
    call.headers.extend(event.proof.headers(&event.body, seal));
    world.call(call).await
}
