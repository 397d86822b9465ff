//! Apps, and what belongs to their users: pages, Instagram accounts, business accounts with numbers.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What an app is told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Object {
    /// Pages.
    #[serde(rename = "page")]
    Page,
    /// Instagram accounts.
    #[serde(rename = "instagram")]
    Instagram,
    /// Business accounts of `WhatsApp`.
    #[serde(rename = "whatsapp_business_account")]
    WhatsApp,
}

impl Object {
    pub(crate) const ALL: [Self; 3] = [Self::Page, Self::Instagram, Self::WhatsApp];

    /// What people call it.
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Page => "Facebook page",
            Self::Instagram => "Instagram",
            Self::WhatsApp => "WhatsApp",
        }
    }

    /// The word in requests.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Instagram => "instagram",
            Self::WhatsApp => "whatsapp_business_account",
        }
    }
}

/// One app.
#[derive(Debug, Default)]
pub(crate) struct App {
    pub secret: String,
    pub requires_proof: bool,
    pub subscriptions: BTreeMap<Object, Subscription>,
}

/// Where an app is told about one kind of objects.
#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    pub callback_url: String,
    pub fields: BTreeSet<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Page {
    pub name: String,
    pub instagram: Option<String>,
    /// The fields that each app asked for.
    pub subscribed: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Debug)]
pub(crate) struct Instagram {
    pub username: String,
    pub page: String,
}

/// A business account of `WhatsApp`.
#[derive(Debug, Default)]
pub(crate) struct Business {
    /// The apps that asked, and where they want to be told instead of their own address.
    pub subscribed: BTreeMap<String, Option<String>>,
    pub templates: Vec<Value>,
}

#[derive(Debug)]
pub(crate) struct Number {
    pub display: String,
    pub name: String,
    pub business: String,
}

#[derive(Debug, Default)]
pub(crate) struct Assets {
    pub apps: BTreeMap<String, App>,
    pub pages: BTreeMap<String, Page>,
    pub instagram: BTreeMap<String, Instagram>,
    pub businesses: BTreeMap<String, Business>,
    pub numbers: BTreeMap<String, Number>,
    /// What was posted to media, by the id.
    pub media: BTreeSet<String>,
}

impl Assets {
    /// Id, name and kind of everything that peers can write to.
    pub fn listed(&self) -> Vec<(String, String, Object)> {
        let pages = self
            .pages
            .iter()
            .map(|(id, page)| (id.clone(), page.name.clone(), Object::Page));
        let instagram = self
            .instagram
            .iter()
            .map(|(id, account)| (id.clone(), format!("@{}", account.username), Object::Instagram));
        let numbers = self
            .numbers
            .iter()
            .map(|(id, number)| (id.clone(), format!("+{}", number.display), Object::WhatsApp));
        pages.chain(instagram).chain(numbers).collect()
    }

    /// What an id is.
    pub fn object_of(&self, id: &str) -> Option<Object> {
        if self.pages.contains_key(id) {
            Some(Object::Page)
        } else if self.instagram.contains_key(id) {
            Some(Object::Instagram)
        } else if self.numbers.contains_key(id) {
            Some(Object::WhatsApp)
        } else {
            None
        }
    }

    /// The app that is told about a page, an account or a number, and where.
    pub fn callback(&self, id: &str, object: Object) -> Option<(String, String)> {
        let told = |app: &String| {
            Some((
                app.clone(),
                self.apps.get(app)?.subscriptions.get(&object)?.callback_url.clone(),
            ))
        };
        match object {
            Object::Page => self.pages.get(id)?.subscribed.keys().find_map(told),
            Object::Instagram => {
                let page = &self.instagram.get(id)?.page;
                self.pages.get(page)?.subscribed.keys().find_map(told)
            }
            Object::WhatsApp => {
                let business = self.businesses.get(&self.numbers.get(id)?.business)?;
                business.subscribed.iter().find_map(|(app, elsewhere)| match elsewhere {
                    Some(url) => Some((app.clone(), url.clone())),
                    None => told(app),
                })
            }
        }
    }

    /// Whether an app asked for a field of a page, an account or a number.
    pub fn wants(&self, app: &str, id: &str, object: Object, field: &str) -> bool {
        let of_app = self.apps.get(app).and_then(|app| app.subscriptions.get(&object));
        let by_app = of_app.is_some_and(|subscription| subscription.fields.contains(field));
        match object {
            Object::Page => {
                let of_page = self.pages.get(id).and_then(|page| page.subscribed.get(app));
                by_app && of_page.is_some_and(|fields| fields.contains(field))
            }
            Object::Instagram => by_app,
            Object::WhatsApp => {
                let number = self.numbers.get(id);
                let business = number.and_then(|number| self.businesses.get(&number.business));
                let elsewhere = business
                    .and_then(|business| business.subscribed.get(app))
                    .is_some_and(Option::is_some);
                by_app || elsewhere
            }
        }
    }
}
