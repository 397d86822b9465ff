//! What a provider needs to know about one gateway.

use model::{GatewayId, MetaKind, Secret, Settings};
use std::{collections::BTreeMap, sync::Arc};
use url::Url;

/// One gateway as its messenger knows it: its settings with the secrets opened.
#[derive(Clone, Debug)]
pub struct Account {
    /// The gateway.
    pub gateway: GatewayId,
    /// The gateway's name.
    pub name: String,
    /// Its settings.
    pub settings: Settings,
    /// Its secrets by the key of their field, such as `secret.token`.
    pub secrets: BTreeMap<String, Secret<String>>,
    /// Where the messenger finds us: the public address, `/chat` and the gateway's URI.
    pub callback_url: String,
    /// Whether the operator has named a public address. If not, nobody outside finds the callback URL.
    pub is_public: bool,
    /// A secret of our own making, 43 characters of `A-Za-z0-9_-`, by which we know the messenger again.
    pub door_secret: Secret<String>,
    /// The pages, Instagram accounts and numbers that a Messenger gateway serves.
    pub meta: Vec<MetaAccount>,
    /// Where the messengers are.
    pub endpoints: Arc<Endpoints>,
}

impl Account {
    /// A secret; empty when it is not set, which no messenger accepts.
    #[must_use]
    pub fn secret(&self, field: &str) -> &str {
        self.secrets.get(field).map_or("", |secret| secret.expose())
    }
}

/// Where the messengers are. The operator sets them, because whoever does receives the tokens.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// Telegram's Bot API.
    pub telegram: Url,
    /// Viber.
    pub viber: Url,
    /// Meta's Graph API.
    pub graph: Url,
    /// Infobip, where it is not the address in the gateway's settings.
    pub infobip: Option<Url>,
}

impl Default for Endpoints {
    fn default() -> Self {
        let url = |text| Url::parse(text).expect("a constant address");
        Self {
            telegram: url("https://api.telegram.org"),
            viber: url("https://chatapi.viber.com"),
            graph: url("https://graph.facebook.com"),
            infobip: None,
        }
    }
}

/// A page, an Instagram account or a number of a Messenger gateway.
#[derive(Clone, Debug)]
pub struct MetaAccount {
    /// What it is.
    pub kind: MetaKind,
    /// Its id at Meta: of the page, of the Instagram account, of the phone number.
    pub id: String,
    /// The id of what it belongs to: the page of an Instagram account, the business account of a number; empty for a page.
    pub parent: String,
    /// Its name.
    pub name: String,
    /// The token that speaks for it.
    pub token: Secret<String>,
    /// Whether its messages shall come to us.
    pub subscribed: bool,
}
