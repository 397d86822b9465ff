//! The accounts of a gateway, and what is done with them.

use super::super::live::Live;
use crate::{
    api::{
        GatewayCard, find_meta_accounts, meta_accounts, refresh_meta_accounts, remove_meta_account,
        subscribe_meta_account,
    },
    components::{
        form::card::CardState,
        session_gate::{SessionGate, use_session_gate},
        toast::{Toasts, use_toasts},
    },
    error::AppError,
};
use leptos::{prelude::*, task::spawn_local};
use model::{MetaFound, MetaKind, MetaRow};

/// The accounts of a saved gateway; a handle, cheap to copy.
#[derive(Clone, Copy)]
pub(in super::super) struct Accounts {
    /// The card.
    pub(super) state: CardState<GatewayCard>,
    /// What is observed of the gateway.
    pub(super) live: Live,
    /// The accounts of every kind.
    pub(super) rows: RwSignal<Vec<MetaRow>>,
    /// For which kind Meta is being asked.
    pub(super) asking: RwSignal<Option<MetaKind>>,
    /// Why Meta's last answer about a kind was none.
    pub(super) problem: RwSignal<Option<(MetaKind, String)>>,
    /// The account that somebody wants to remove.
    pub(super) doomed: RwSignal<Option<MetaRow>>,
    last_read: StoredValue<u32>,
    toasts: Toasts,
    gate: SessionGate,
}

impl Accounts {
    /// Begins with what was read, and follows what comes.
    pub(in super::super) fn new(state: CardState<GatewayCard>, live: Live, rows: Vec<MetaRow>) -> Self {
        let accounts = Self {
            state,
            live,
            rows: RwSignal::new(rows),
            asking: RwSignal::new(None),
            problem: RwSignal::new(None),
            doomed: RwSignal::new(None),
            last_read: StoredValue::new(0),
            toasts: use_toasts(),
            gate: use_session_gate(),
        };
        Effect::new(move |before: Option<u32>| {
            let heard = live.heard.get();
            if before.is_some_and(|before| before != heard) {
                accounts.read();
            }
            heard
        });
        super::signed_in::listen(accounts);
        accounts
    }

    /// The accounts of a kind.
    pub(super) fn of(self, kind: MetaKind) -> Vec<MetaRow> {
        self.rows
            .with(|rows| rows.iter().filter(|row| row.kind == kind).cloned().collect())
    }

    /// One account, as long as it is there.
    pub(super) fn one(self, kind: MetaKind, id: &str) -> Option<MetaRow> {
        self.rows
            .with(|rows| rows.iter().find(|row| row.kind == kind && row.id == id).cloned())
    }

    /// Why nothing can be changed, if so.
    pub(super) fn locked(self) -> Option<String> {
        self.state.locked.get_value()
    }

    /// Reads the accounts again. Nobody asked for it, so a failure is not told.
    pub(super) fn read(self) {
        let Some(number) = self.last_read.try_get_value().map(|last| last + 1) else {
            return;
        };
        self.last_read.set_value(number);
        spawn_local(async move {
            let rows = meta_accounts(self.live.id).await;
            if self.last_read.try_get_value() != Some(number) {
                return;
            }
            if let Ok(rows) = rows
                && self.rows.try_with_untracked(|shown| *shown != rows) == Some(true)
            {
                self.rows.set(rows);
            }
        });
    }

    /// Asks Meta about a kind: with a token what it reaches, without one how the known accounts stand. `done` is told of a
    /// success.
    pub(super) fn ask(self, kind: MetaKind, token: Option<String>, done: Callback<()>) {
        if self.asking.get_untracked().is_some() {
            return;
        }
        self.asking.set(Some(kind));
        self.problem.set(None);
        spawn_local(async move {
            let answer = match token.clone() {
                Some(token) => find_meta_accounts(self.live.id, kind, token).await,
                None => refresh_meta_accounts(self.live.id, kind).await,
            };
            if self.asking.try_set(None).is_some() {
                return;
            }
            match answer {
                Ok(found) => {
                    self.found(kind, &found);
                    done.run(());
                }
                Err(error) if error.is(AppError::SIGNED_OUT) => {
                    self.gate
                        .open(Callback::new(move |()| self.ask(kind, token.clone(), done)));
                }
                Err(error) => self.problem.set(Some((kind, error.message))),
            }
        });
    }

    fn found(self, kind: MetaKind, found: &MetaFound) {
        self.toasts.say(found.sentence(kind));
        self.read();
    }

    /// Says what a sign-in in another window came to.
    pub(super) fn signed_in(self, sentence: String) {
        self.problem.set(None);
        self.toasts.say(sentence);
        self.read();
    }

    fn put(self, row: MetaRow) {
        _ = self.rows.try_update(|rows| {
            if let Some(place) = rows
                .iter_mut()
                .find(|known| known.kind == row.kind && known.id == row.id)
            {
                *place = row;
            }
        });
    }

    /// Subscribes an account at once, and back with the reason when it is refused.
    pub(super) fn subscribe(self, row: MetaRow, on: bool, busy: RwSignal<bool>) {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        self.put(MetaRow {
            subscribed: on,
            ..row.clone()
        });
        spawn_local(async move {
            let answer = subscribe_meta_account(self.live.id, row.kind, row.id.clone(), on).await;
            _ = busy.try_set(false);
            match answer {
                Ok(saved) => self.put(saved),
                Err(error) => {
                    let name = row.label().to_owned();
                    self.put(row.clone());
                    if error.is(AppError::SIGNED_OUT) {
                        let again = Callback::new(move |()| self.subscribe(row.clone(), on, busy));
                        self.gate.open(again);
                        return;
                    }
                    let done = if on { "subscribed" } else { "unsubscribed" };
                    self.toasts.fail(format!("“{name}” was not {done}: {}", error.message));
                    self.read();
                }
            }
        });
    }

    /// Takes an account off the card.
    pub(super) fn remove(self, row: MetaRow) {
        spawn_local(async move {
            match remove_meta_account(self.live.id, row.kind, row.id.clone()).await {
                Ok(()) => {
                    _ = self
                        .rows
                        .try_update(|rows| rows.retain(|known| known.kind != row.kind || known.id != row.id));
                    self.toasts.say(format!("“{}” is removed.", row.label()));
                }
                Err(error) if error.is(AppError::SIGNED_OUT) => {
                    self.gate.open(Callback::new(move |()| self.remove(row.clone())));
                }
                Err(error) => {
                    self.toasts
                        .fail(format!("“{}” was not removed: {}", row.label(), error.message));
                    self.read();
                }
            }
        });
    }
}
