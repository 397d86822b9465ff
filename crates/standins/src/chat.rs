//! Chats: who is in them, what was said, and whether the account may still speak.

use crate::{clock::now_ms, seen::Seen};
use serde::{Deserialize, Serialize};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
    time::Duration,
};
use tokio::sync::watch;

/// Who a peer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Its first name.
    pub first_name: String,
    /// Its last name.
    pub last_name: String,
    /// Its unique name.
    pub username: String,
    /// Its phone, digits only.
    pub phone: String,
    /// Its language.
    pub language: String,
    /// Its country.
    pub country: String,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            first_name: "Olha".into(),
            last_name: "Koval".into(),
            username: "olha".into(),
            phone: "380671112233".into(),
            language: "uk".into(),
            country: "UA".into(),
        }
    }
}

impl Profile {
    /// Its full name.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }
}

/// So many messages of a chat can be edited.
const WHOLE: usize = 30;

/// One account's chat with one peer.
#[derive(Debug)]
pub(crate) struct Chat {
    pub account: Arc<str>,
    pub peer: Box<str>,
    /// Counts the changes.
    changed: watch::Sender<u64>,
    kept: usize,
    state: Mutex<State>,
}

/// What changes in a chat.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Default)]
pub(crate) struct State {
    pub profile: Profile,
    /// The peer forbids the account to write.
    pub blocked: bool,
    /// The peer's account was deleted.
    pub gone: bool,
    /// The time in which the account may answer is over.
    pub window_closed: bool,
    /// The chat goes on elsewhere.
    pub migrated_to: Option<String>,
    /// The messenger's next id in this chat, where it counts by chats.
    pub next_id: i64,
    /// The message whose buttons stand where the peer types.
    pub keyboard: Option<u64>,
    /// The account may write, where it needs leave.
    pub subscribed: bool,
    /// So many messages of the account in a row.
    pub unanswered: u32,
    /// What the account left here to be told with the next message.
    pub memo: String,
    pub typing_ms: i64,
    pub lines: VecDeque<Seen>,
    count: u64,
}

/// What a new message does to the buttons that stand where the peer types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keyboard {
    Show,
    Keep,
    Remove,
}

impl Chat {
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a message and gives its number.
    pub fn say(&self, mut message: Seen, keyboard: Keyboard) -> u64 {
        let mut state = self.state();
        state.count += 1;
        message.number = state.count;
        message.at_ms = now_ms();
        match keyboard {
            Keyboard::Show => state.keyboard = Some(message.number),
            Keyboard::Remove => state.keyboard = None,
            Keyboard::Keep => {}
        }
        if message.mine {
            state.unanswered = 0;
            state.window_closed = false;
        } else {
            state.unanswered += 1;
            state.typing_ms = 0;
        }
        state.lines.push_back(message);
        if state.lines.len() > self.kept {
            state.lines.pop_front();
        }
        // Only what may still be edited or answered: a load of many chats would fill the memory with the rest.
        let old = state.lines.len().checked_sub(WHOLE + 1);
        if let Some(line) = old.and_then(|old| state.lines.get_mut(old)) {
            line.raw = Box::default();
        }
        let number = state.count;
        drop(state);
        self.touch();
        number
    }

    /// Tells whoever waits that something changed.
    pub fn touch(&self) {
        self.changed.send_modify(|count| *count += 1);
    }

    /// Counts the changes.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Waits for a change after this one, and gives the number of the last.
    pub async fn changed_since(&self, version: u64, wait: Duration) -> u64 {
        let mut changes = self.changes();
        // In vain is well, too.
        drop(tokio::time::timeout(wait, changes.wait_for(|now| *now != version)).await);
        *self.changed.borrow()
    }

    /// What stands in the chat, in order, after the message of this number.
    pub fn seen(&self, after: u64) -> Vec<Seen> {
        let state = self.state();
        state.lines.iter().filter(|line| line.number > after).cloned().collect()
    }
}

impl State {
    pub fn line(&mut self, id: &str) -> Option<&mut Seen> {
        self.lines.iter_mut().rev().find(|line| line.id == id)
    }

    /// The last message that has a button of this title which can be pressed now.
    pub fn with_button(&self, title: &str) -> Option<&Seen> {
        let can = |line: &&Seen| line.inline || self.keyboard == Some(line.number);
        let has = |line: &&Seen| line.buttons.iter().flatten().any(|button| button.title == title);
        self.lines.iter().rev().filter(can).find(has)
    }
}

type ByPeer = HashMap<Box<str>, Arc<Chat>>;

/// The chats of one provider, by account and peer.
#[derive(Debug)]
pub(crate) struct Chats {
    by_account: RwLock<HashMap<Arc<str>, ByPeer>>,
    kept: usize,
    /// The first id of a new chat.
    first_id: i64,
}

impl Chats {
    pub fn new(kept: usize, first_id: i64) -> Self {
        Self {
            by_account: RwLock::default(),
            kept,
            first_id,
        }
    }

    pub fn get(&self, account: &str, peer: &str) -> Option<Arc<Chat>> {
        let chats = self.by_account.read().unwrap_or_else(PoisonError::into_inner);
        chats.get(account)?.get(peer).cloned()
    }

    /// The chat, new if there was none.
    pub fn open(&self, account: &str, peer: &str) -> Arc<Chat> {
        if let Some(chat) = self.get(account, peer) {
            return chat;
        }
        let mut chats = self.by_account.write().unwrap_or_else(PoisonError::into_inner);
        let peers = chats.entry(account.into()).or_default();
        let chat = peers.entry(peer.into()).or_insert_with(|| {
            Arc::new(Chat {
                account: account.into(),
                peer: peer.into(),
                changed: watch::Sender::new(1),
                kept: self.kept,
                state: Mutex::new(State {
                    next_id: self.first_id,
                    ..State::default()
                }),
            })
        });
        chat.clone()
    }

    /// The chats of an account, by their peers.
    pub fn of(&self, account: &str) -> Vec<Arc<Chat>> {
        let chats = self.by_account.read().unwrap_or_else(PoisonError::into_inner);
        let mut chats: Vec<_> = chats
            .get(account)
            .into_iter()
            .flat_map(HashMap::values)
            .cloned()
            .collect();
        chats.sort_by(|a, b| a.peer.cmp(&b.peer));
        chats
    }

    /// A chat of an account that is so.
    pub fn find(&self, account: &str, is: impl Fn(&mut State) -> bool) -> Option<Arc<Chat>> {
        let chats = self.by_account.read().unwrap_or_else(PoisonError::into_inner);
        let mut chats = chats.get(account).into_iter().flat_map(HashMap::values);
        chats.find(|chat| is(&mut chat.state())).cloned()
    }

    /// How many chats of an account are so.
    pub fn count(&self, account: &str, is: impl Fn(&State) -> bool) -> usize {
        let chats = self.by_account.read().unwrap_or_else(PoisonError::into_inner);
        let chats = chats.get(account).into_iter().flat_map(HashMap::values);
        chats.filter(|chat| is(&chat.state())).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seen::{Button, Press};

    fn with_button(title: &str, inline: bool) -> Seen {
        let button = Button {
            title: title.into(),
            press: Press::Text { text: title.into() },
        };
        Seen {
            buttons: vec![vec![button]],
            inline,
            ..Seen::default()
        }
    }

    #[test]
    fn a_keyboard_that_was_replaced_can_not_be_pressed() {
        let chat = Chats::new(10, 1).open("bot", "1");
        chat.say(with_button("Yes", false), Keyboard::Show);
        assert!(chat.state().with_button("Yes").is_some());
        chat.say(with_button("No", false), Keyboard::Show);
        assert!(chat.state().with_button("Yes").is_none());
        chat.say(Seen::default(), Keyboard::Keep);
        assert!(chat.state().with_button("No").is_some());
        chat.say(Seen::default(), Keyboard::Remove);
        assert!(chat.state().with_button("No").is_none());
    }

    #[test]
    fn a_button_under_a_message_stays() {
        let chat = Chats::new(10, 1).open("bot", "1");
        chat.say(with_button("Yes", true), Keyboard::Keep);
        chat.say(Seen::default(), Keyboard::Remove);
        assert!(chat.state().with_button("Yes").is_some());
    }

    #[test]
    fn only_the_last_messages_are_kept_and_the_numbers_go_on() {
        let chat = Chats::new(2, 1).open("bot", "1");
        for _ in 0..5 {
            chat.say(Seen::default(), Keyboard::Keep);
        }
        let numbers: Vec<u64> = chat.seen(0).iter().map(|line| line.number).collect();
        assert_eq!(numbers, [4, 5]);
        assert_eq!(chat.seen(4).len(), 1);
    }
}
