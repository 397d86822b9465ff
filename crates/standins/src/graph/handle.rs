//! What a test can do with the stand-in of Meta.

use super::{
    assets::{App, Instagram, Number, Object, Page, Subscription},
    deliver::{self, Event},
    subscriptions::fields_of,
    tokens::Speaks,
    whatsapp,
};
use crate::{Answer, Cannot, Peer, Provider, Seal, Unanswered, chat::Chat, push, world::World};
use bytes::Bytes;
use serde_json::{Value, json};
use std::sync::{Arc, atomic::Ordering};

/// The stand-in of Meta's Graph API.
#[derive(Clone, Debug)]
pub struct Graph {
    world: Arc<World>,
}

impl Graph {
    pub(crate) fn new(world: Arc<World>) -> Self {
        Self { world }
    }

    /// Registers an app.
    pub fn app(&self, app: &str, secret: &str) {
        let new = App {
            secret: secret.to_owned(),
            ..App::default()
        };
        self.world.graph.assets().apps.insert(app.to_owned(), new);
    }

    /// Makes a token of a person who sees all pages.
    pub fn user_token(&self, app: &str, token: &str) {
        self.world.graph.tokens().add(token, app, Speaks::User);
    }

    /// Makes a token of a user of the system, who sees all numbers.
    pub fn system_token(&self, app: &str, token: &str) {
        self.world.graph.tokens().add(token, app, Speaks::System);
    }

    /// Registers a page with the token that speaks for it.
    pub fn page(&self, app: &str, page: &str, name: &str, token: &str) {
        let new = Page {
            name: name.to_owned(),
            ..Page::default()
        };
        self.world.graph.assets().pages.insert(page.to_owned(), new);
        self.world.graph.tokens().add(token, app, Speaks::Page(page.to_owned()));
    }

    /// Registers an Instagram account that belongs to a page.
    pub fn instagram(&self, page: &str, account: &str, username: &str) {
        let new = Instagram {
            username: username.to_owned(),
            page: page.to_owned(),
        };
        let mut assets = self.world.graph.assets();
        assets.instagram.insert(account.to_owned(), new);
        if let Some(page) = assets.pages.get_mut(page) {
            page.instagram = Some(account.to_owned());
        }
    }

    /// Registers a number (its id and its digits) of a business account of `WhatsApp`.
    pub fn number(&self, business: &str, number: &str, display: &str, name: &str) {
        let new = Number {
            display: display.to_owned(),
            name: name.to_owned(),
            business: business.to_owned(),
        };
        let mut assets = self.world.graph.assets();
        assets.numbers.insert(number.to_owned(), new);
        assets.businesses.entry(business.to_owned()).or_default();
    }

    /// Makes a template of a business account known and approved; `{{1}}` stands for a parameter.
    pub fn template(&self, business: &str, name: &str, language: &str, text: &str) {
        let template = json!({
            "id": self.world.graph.id().to_string(), "name": name, "language": language, "status": "APPROVED",
            "category": "UTILITY", "components": [{ "type": "BODY", "text": text }],
        });
        let mut assets = self.world.graph.assets();
        let business = assets.businesses.entry(business.to_owned()).or_default();
        business.templates.push(template);
    }

    /// Makes a token no good any more, for a reason: 460 the password changed, 463 it expired, 467 it is invalid.
    pub fn revoke(&self, token: &str, subcode: i64) {
        self.world.graph.tokens().kill(token, subcode);
    }

    /// Whether calls of an app need `appsecret_proof`. One that is there must be right in any case.
    pub fn require_proof(&self, app: &str, on: bool) {
        if let Some(app) = self.world.graph.assets().apps.get_mut(app) {
            app.requires_proof = on;
        }
    }

    /// Somebody who writes to a page, an Instagram account, or a number (by its id). On `WhatsApp` its id is its phone, or
    /// one such as `UA.123` for somebody who has a name and may hide the phone.
    #[must_use]
    pub fn peer(&self, account: &str, peer: &str) -> Peer {
        Peer::new(self.world.clone(), Provider::Graph, self.chat(account, peer))
    }

    fn chat(&self, account: &str, peer: &str) -> Arc<Chat> {
        self.world.graph.chats.open(account, peer)
    }

    /// Subscribes an app to everything about an object, and every page and business account to the app, without a
    /// challenge: as somebody would who has done all of it before.
    pub fn subscribe(&self, app: &str, object: Object, callback_url: &str) {
        let subscription = Subscription {
            callback_url: callback_url.to_owned(),
            fields: fields_of(object).iter().map(ToString::to_string).collect(),
        };
        let mut assets = self.world.graph.assets();
        if let Some(known) = assets.apps.get_mut(app) {
            known.subscriptions.insert(object, subscription);
        }
        let fields: Vec<String> = fields_of(Object::Page).iter().map(ToString::to_string).collect();
        for page in assets.pages.values_mut() {
            page.subscribed.insert(app.to_owned(), fields.iter().cloned().collect());
        }
        for business in assets.businesses.values_mut() {
            business.subscribed.insert(app.to_owned(), None);
        }
    }

    /// Where an app is told about an object; empty if nowhere.
    #[must_use]
    pub fn callback(&self, app: &str, object: Object) -> String {
        let assets = self.world.graph.assets();
        let subscription = assets.apps.get(app).and_then(|app| app.subscriptions.get(&object));
        subscription.map(|known| known.callback_url.clone()).unwrap_or_default()
    }

    /// Tells of any event of a page or an Instagram account, under `messaging`, `standby` or `changes` of one entry. Who is
    /// asked for the field is not checked.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when no app is told about it.
    pub fn event(&self, account: &str, peer: &str, key: &str, events: &[Value]) -> Result<(), Cannot> {
        let object = self.object(account)?;
        let entry = deliver::entry(account, key, events);
        let field = match object {
            Object::Page | Object::Instagram => "messages",
            Object::WhatsApp => return Err(Cannot::new("a number has no such events")),
        };
        let event = Event {
            account,
            object,
            field,
            peer,
        };
        deliver::tell(&self.world, &event, &entry)
    }

    /// Tells of messages or statuses of a number, under `messages` or `statuses`.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when no app is told about it.
    pub fn change(&self, number: &str, peer: &str, key: &str, items: &[Value]) -> Result<(), Cannot> {
        whatsapp::tell_change(&self.world, &self.chat(number, peer), key, items)
    }

    /// Tells how a message of a number fared: `sent`, `delivered`, `read` or `failed`.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when no app is told about it.
    pub fn status(&self, number: &str, peer: &str, message: &str, status: &str) -> Result<(), Cannot> {
        let chat = self.chat(number, peer);
        let status = whatsapp::status(&chat, message, status, None);
        whatsapp::tell_change(&self.world, &chat, "statuses", &[status])
    }

    fn object(&self, account: &str) -> Result<Object, Cannot> {
        let object = self.world.graph.assets().object_of(account);
        object.ok_or_else(|| Cannot::new("there is no such page, account or number"))
    }

    /// Tells an app of many entries in one body.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when the app is told nothing about the object.
    pub fn batch(&self, app: &str, object: Object, entries: &[Value]) -> Result<(), Cannot> {
        let body = json!({ "object": object.code(), "entry": entries });
        let url = self.callback(app, object);
        let event = deliver::sealed(&self.world, app, url, deliver::escaped(&body));
        let event = event.filter(|event| !event.url.is_empty());
        let event = event.ok_or_else(|| Cannot::new("the app is told nothing about it"))?;
        push::push(&self.world, &self.world.graph.lanes, app.to_owned(), event);
        Ok(())
    }

    /// Posts any body to an app, once and past the line, and gives the answer.
    ///
    /// # Errors
    ///
    /// [`Unanswered`], also when the app is told nothing about the object.
    pub async fn post(
        &self,
        app: &str,
        object: Object,
        body: impl Into<Bytes>,
        seal: Seal,
    ) -> Result<Answer, Unanswered> {
        deliver::post(&self.world, app, object, body.into(), seal).await
    }

    /// Tells of deliveries and readings, and of every status of a message on `WhatsApp`. Failures are always told.
    pub fn receipts(&self, on: bool) {
        self.world.graph.switches.receipts.store(on, Ordering::Relaxed);
    }

    /// Tells pages of their own messages.
    pub fn echoes(&self, on: bool) {
        self.world.graph.switches.echoes.store(on, Ordering::Relaxed);
    }

    /// Takes only callbacks with HTTPS.
    pub fn strict_urls(&self, on: bool) {
        self.world.graph.switches.strict_urls.store(on, Ordering::Relaxed);
    }

    /// Tells of a sticker as a picture, too, as it was while that changed.
    pub fn double_stickers(&self, on: bool) {
        self.world.graph.switches.double_stickers.store(on, Ordering::Relaxed);
    }

    /// Fetches the files that are sent, and refuses those that can't be fetched.
    pub fn fetch_files(&self, on: bool) {
        self.world.graph.switches.fetches.store(on, Ordering::Relaxed);
    }
}
