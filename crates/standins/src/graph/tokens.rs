//! Who calls.

use super::{State, answer::Failure, call::Call};
use crate::sign::hmac_hex;
use std::collections::HashMap;

/// The id of every person, and of every user of the system.
pub(crate) const PERSON: &str = "10150000000000001";
pub(crate) const SYSTEM_USER: &str = "10150000000000002";

/// Whom a token speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Speaks {
    /// The app itself.
    App,
    /// A person, who sees all pages of the app.
    User,
    /// A page.
    Page(String),
    /// A user of the system, who sees all numbers of the app.
    System,
}

/// A token that is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub app: String,
    pub speaks: Speaks,
    /// Why it is good no more.
    pub dead: Option<i64>,
}

#[derive(Debug, Default)]
pub(crate) struct Tokens {
    by_text: HashMap<String, Token>,
    /// Codes of the dialogue and what they are good for.
    codes: HashMap<String, Token>,
}

impl Tokens {
    pub fn add(&mut self, text: &str, app: &str, speaks: Speaks) {
        let token = Token {
            app: app.to_owned(),
            speaks,
            dead: None,
        };
        self.by_text.insert(text.to_owned(), token);
    }

    pub fn kill(&mut self, text: &str, subcode: i64) {
        if let Some(token) = self.by_text.get_mut(text) {
            token.dead = Some(subcode);
        }
    }

    pub fn get(&self, text: &str) -> Option<&Token> {
        self.by_text.get(text)
    }

    /// A token that speaks for a page.
    pub fn of_page(&self, page: &str) -> Option<String> {
        let speaks = Speaks::Page(page.to_owned());
        let mut tokens = self.by_text.iter();
        tokens
            .find(|(_, token)| token.speaks == speaks && token.dead.is_none())
            .map(|(text, _)| text.clone())
    }

    /// Whether a person has let an app see a page: the app has a token for it.
    pub fn may_see(&self, app: &str, page: &str) -> bool {
        let speaks = Speaks::Page(page.to_owned());
        let fits = |token: &Token| token.app == app && token.speaks == speaks && token.dead.is_none();
        self.by_text.values().any(fits)
    }

    /// A token of an app that speaks so.
    pub fn of_app(&self, app: &str, speaks: &Speaks) -> Option<String> {
        let mut tokens = self.by_text.iter();
        let fits = |token: &Token| token.app == app && token.speaks == *speaks && token.dead.is_none();
        tokens.find(|(_, token)| fits(token)).map(|(text, _)| text.clone())
    }

    pub fn add_code(&mut self, code: &str, app: &str) {
        let token = Token {
            app: app.to_owned(),
            speaks: Speaks::User,
            dead: None,
        };
        self.codes.insert(code.to_owned(), token);
    }

    /// A code is good once.
    pub fn take_code(&mut self, code: &str) -> Option<Token> {
        self.codes.remove(code)
    }
}

/// The token of a call, if it is good.
pub(crate) fn admit(state: &State, call: &Call) -> Result<Token, Failure> {
    if call.token.is_empty() {
        let text = "An access token is required to request this resource.";
        return Err(Failure::new(104, text));
    }
    let token = known(state, &call.token)?;
    prove(state, call, &token)?;
    Ok(token)
}

/// A token by its text: of an app it is the id, a bar and the secret.
pub(crate) fn known(state: &State, text: &str) -> Result<Token, Failure> {
    if let Some((app, secret)) = text.split_once('|') {
        let assets = state.assets();
        let is_right = assets.apps.get(app).is_some_and(|known| known.secret == secret);
        return if is_right {
            Ok(Token {
                app: app.to_owned(),
                speaks: Speaks::App,
                dead: None,
            })
        } else {
            Err(Failure::new(190, "Invalid OAuth access token signature."))
        };
    }
    let token = state.tokens().get(text).cloned();
    let token = token.ok_or_else(|| Failure::new(190, "Invalid OAuth access token - Cannot parse access token"))?;
    match token.dead {
        None => Ok(token),
        Some(subcode) => {
            let text = match subcode {
                460 => {
                    "Error validating access token: The session has been invalidated because the user changed \
                    their password or Facebook has changed the session for security reasons."
                }
                463 => "Error validating access token: Session has expired.",
                _ => "Error validating access token: The session was invalidated.",
            };
            Err(Failure::new(190, text).sub(subcode))
        }
    }
}

/// `appsecret_proof`: must be right if it is there, and must be there if the app asks for it.
fn prove(state: &State, call: &Call, token: &Token) -> Result<(), Failure> {
    let assets = state.assets();
    let Some(app) = assets.apps.get(&token.app) else {
        return Err(Failure::new(190, "Error validating application."));
    };
    match call.args.given("appsecret_proof") {
        Some(given) if given == hmac_hex(app.secret.as_bytes(), &[call.token.as_bytes()]) => Ok(()),
        Some(_) => Err(Failure::new(
            100,
            "Invalid appsecret_proof provided in the API argument",
        )),
        None if app.requires_proof && token.speaks != Speaks::App => Err(Failure::new(
            100,
            "API calls from the server require an appsecret_proof argument",
        )),
        None => Ok(()),
    }
}

/// Whether a token may speak for a page.
pub(crate) fn for_page(token: &Token, page: &str) -> Result<(), Failure> {
    match &token.speaks {
        Speaks::Page(own) if own == page => Ok(()),
        Speaks::User | Speaks::System | Speaks::App => Err(Failure::new(
            210,
            "(#210) A page access token is required to request this resource.",
        )),
        Speaks::Page(_) => Err(Failure::no_object(page)),
    }
}
