//! A peer of an account: the other side of every test.

use crate::{
    Act, Button, Missed, Press, Profile, Provider, Seen, chat::Chat, customer, graph, infobip, telegram, viber,
    world::World,
};
use std::{fmt::Write, sync::Arc, time::Duration};
use tokio::time::Instant;

/// So long a peer waits for what it wants to see.
const PATIENCE: Duration = Duration::from_secs(20);

/// A person who writes to an account of a messenger.
#[derive(Clone, Debug)]
pub struct Peer {
    world: Arc<World>,
    provider: Provider,
    chat: Arc<Chat>,
    patience: Duration,
}

/// Something that a peer can't do here, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Cannot(String);

impl Cannot {
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }

    pub(crate) fn of(messenger: &str, act: &Act) -> Self {
        Self(format!("{messenger} has no event for “{}”", act.name()))
    }
}

impl Peer {
    pub(crate) fn new(world: Arc<World>, provider: Provider, chat: Arc<Chat>) -> Self {
        Self {
            world,
            provider,
            chat,
            patience: PATIENCE,
        }
    }

    /// Its id at the messenger.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.chat.peer
    }

    /// With another patience than ten seconds.
    #[must_use]
    pub fn patient_for(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Introduces itself as somebody else.
    #[must_use]
    pub fn called(self, profile: Profile) -> Self {
        self.chat.state().profile = profile;
        self
    }

    /// Writes, and gives the message's id.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such account or it is not connected.
    pub fn says(&self, text: &str) -> Result<String, Cannot> {
        self.does(&Act::text(text))
    }

    /// Does something, and gives the id that the messenger gives it.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when the messenger has no such thing.
    pub fn does(&self, act: &Act) -> Result<String, Cannot> {
        match self.provider {
            Provider::Customer => customer::act(&self.world, &self.chat, act),
            Provider::Infobip => infobip::act(&self.world, &self.chat, act),
            Provider::Viber => viber::act(&self.world, &self.chat, act),
            Provider::Graph => graph::act(&self.world, &self.chat, act),
            Provider::Telegram => telegram::act(&self.world, &self.chat, act),
        }
    }

    /// Presses the last button of this title that it can see. One that opens a page does nothing else.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such button.
    pub fn presses(&self, title: &str) -> Result<String, Cannot> {
        let found = {
            let state = self.chat.state();
            let line = state.with_button(title).cloned();
            line.and_then(|line| {
                let button = line
                    .buttons
                    .iter()
                    .flatten()
                    .find(|button| button.title == title)?
                    .clone();
                Some((line, button))
            })
        };
        let (line, button) = found.ok_or_else(|| Cannot(format!("the peer sees no button “{title}”")))?;
        match self.provider {
            Provider::Infobip => infobip::press(&self.world, &self.chat, &line, &button),
            Provider::Graph => graph::press(&self.world, &self.chat, &line, &button),
            Provider::Telegram | Provider::Viber | Provider::Customer => match act_of(&button, &self.chat) {
                Some(act) => self.does(&act),
                None => Ok(String::new()),
            },
        }
    }

    /// Forbids the account to write.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when the messenger has no event for it.
    pub fn blocks(&self) -> Result<String, Cannot> {
        self.does(&Act::Unsubscribe)
    }

    /// Allows it again.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when the messenger has no event for it.
    pub fn unblocks(&self) -> Result<String, Cannot> {
        self.does(&Act::Subscribe)
    }

    /// Its account is deleted, without a word to anybody.
    pub fn is_gone(&self) {
        self.chat.state().gone = true;
    }

    /// The time in which the account may answer is over, until the peer writes again; or it begins.
    pub fn set_window(&self, open: bool) {
        self.chat.state().window_closed = !open;
    }

    /// Everything in the chat that is still kept, in order.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        self.chat.seen(0)
    }

    /// Waits until the account has written at least so often, and gives all that it wrote.
    ///
    /// # Errors
    ///
    /// [`Missed`], with what stands in the chat instead.
    pub async fn replies(&self, count: usize) -> Result<Vec<Seen>, Missed> {
        self.wait(|lines| {
            let replies: Vec<Seen> = lines.iter().filter(|line| !line.mine).cloned().collect();
            (replies.len() >= count).then_some(replies)
        })
        .await
    }

    /// Waits for a message of the account that fits.
    ///
    /// # Errors
    ///
    /// [`Missed`], with what stands in the chat instead.
    pub async fn sees(&self, fits: impl Fn(&Seen) -> bool) -> Result<Seen, Missed> {
        self.wait(|lines| lines.iter().find(|line| !line.mine && fits(line)).cloned())
            .await
    }

    /// Waits until the chat is as wished.
    async fn wait<T>(&self, wish: impl Fn(&[Seen]) -> Option<T>) -> Result<T, Missed> {
        let until = Instant::now() + self.patience;
        let mut changes = self.chat.changes();
        loop {
            changes.mark_unchanged();
            let lines = self.seen();
            if let Some(wished) = wish(&lines) {
                return Ok(wished);
            }
            if tokio::time::timeout_at(until, changes.changed()).await.is_err() {
                return Err(Missed {
                    waited: self.patience,
                    seen: summary(&lines),
                });
            }
        }
    }
}

/// What a button does for the peer; nothing if it opens a page.
pub(crate) fn act_of(button: &Button, chat: &Chat) -> Option<Act> {
    let profile = chat.state().profile.clone();
    match &button.press {
        Press::Payload { payload } | Press::QuickReply { payload } | Press::Row { payload } => Some(Act::Button {
            title: button.title.clone(),
            payload: payload.clone(),
        }),
        Press::Text { text } => Some(Act::text(text)),
        Press::Phone => Some(Act::Contact {
            name: profile.first_name,
            phone: profile.phone,
            own: true,
        }),
        Press::Location => Some(Act::Location {
            latitude: 50.45,
            longitude: 30.52,
            title: None,
            address: None,
        }),
        Press::Url { .. } | Press::Nothing => None,
    }
}

/// How an act of the peer looks in the chat.
pub(crate) fn own(act: &Act) -> Seen {
    let (text, reply_to, place) = match act {
        Act::Text { text, reply_to } => (text.clone(), reply_to.clone(), None),
        Act::Image(file) | Act::Video(file) | Act::Audio(file) | Act::Document(file) | Act::Voice(file) => {
            (file.caption.clone().unwrap_or_default(), None, None)
        }
        Act::Location {
            latitude, longitude, ..
        } => (String::new(), None, Some((*latitude, *longitude))),
        Act::Contact { name, phone, .. } => (format!("{name} {phone}"), None, None),
        Act::Button { title, .. } => (title.clone(), None, None),
        Act::Link { url } => (url.clone(), None, None),
        Act::Unsupported => ("🎲".to_owned(), None, None),
        _ => (String::new(), None, None),
    };
    Seen {
        mine: true,
        kind: match act {
            Act::Image(_) => "image",
            Act::Video(_) => "video",
            Act::Audio(_) => "audio",
            Act::Voice(_) => "voice",
            Act::Document(_) => "document",
            Act::Sticker(_) => "sticker",
            Act::Location { .. } => "location",
            Act::Contact { .. } => "contact",
            Act::Link { .. } => "link",
            _ => "text",
        },
        text,
        reply_to,
        place,
        ..Seen::default()
    }
}

fn summary(lines: &[Seen]) -> String {
    lines.iter().fold(String::new(), |mut text, line| {
        let who = if line.mine { "peer" } else { "account" };
        // Writing to a String can't fail.
        let _ = writeln!(text, "{who}: {} {:?} {:?}", line.kind, line.text, line.titles());
        text
    })
}
