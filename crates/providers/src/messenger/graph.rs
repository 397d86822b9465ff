//! Calls to Meta's Graph API.
//!
//! A token goes into a header and never into an address; the proof that we know the app's secret goes into each address.

use super::{
    accounts::{app_id, app_secret, named, token, version},
    error,
};
use crate::{Account, Answer, Call, MetaAccount, Wire, download::failed, reading::repeatable, signature::hmac_hex};
use model::message::{ErrorClass, ProviderError};
use serde::{Serialize, de::DeserializeOwned};

/// A token and whose it is, for sentences.
pub(super) struct Token {
    pub(super) word: String,
    whose: String,
}

impl Token {
    /// The one of a page, an Instagram account or a number.
    pub(super) fn of(account: &Account, meta: &MetaAccount) -> Self {
        Self {
            word: token(account, meta).to_owned(),
            whose: named(meta),
        }
    }

    /// The app's own.
    pub(super) fn app(account: &Account) -> Self {
        Self {
            word: format!("{}|{}", app_id(account), app_secret(account)),
            whose: "the app".to_owned(),
        }
    }

    /// One that somebody has just brought.
    pub(super) fn brought(word: &str) -> Self {
        Self {
            word: word.to_owned(),
            whose: "this sign-in".to_owned(),
        }
    }
}

/// The Graph API as one gateway calls it.
#[derive(Clone, Copy)]
pub(super) struct Graph<'a> {
    pub(super) wire: &'a Wire,
    pub(super) account: &'a Account,
}

impl<'a> Graph<'a> {
    pub(super) const fn new(wire: &'a Wire, account: &'a Account) -> Self {
        Self { wire, account }
    }

    /// Asks for something.
    pub(super) async fn get<T: DeserializeOwned>(
        self,
        path: &str,
        query: &[(&str, &str)],
        token: &Token,
    ) -> Result<T, ProviderError> {
        let call = Call::get(self.url(path, query, token));
        self.read(call, token).await
    }

    /// Asks for something that carries tokens, so that nothing of it is kept.
    pub(super) async fn get_private<T: DeserializeOwned>(
        self,
        path: &str,
        query: &[(&str, &str)],
        token: &Token,
    ) -> Result<T, ProviderError> {
        let call = Call::get(self.url(path, query, token)).private();
        self.read(call, token).await
    }

    /// Sets something; doing it twice is the same as doing it once.
    pub(super) async fn set(self, path: &str, body: &impl Serialize, token: &Token) -> Result<(), ProviderError> {
        let call = Call::post(self.url(path, &[], token), body);
        self.done(call, token).await.map_err(repeatable).map(drop)
    }

    /// Takes something away.
    pub(super) async fn delete(self, path: &str, token: &Token) -> Result<(), ProviderError> {
        let call = Call::get(self.url(path, &[], token)).method("DELETE");
        self.done(call, token).await.map_err(repeatable).map(drop)
    }

    /// Sends something, once.
    pub(super) async fn send<T: DeserializeOwned>(
        self,
        path: &str,
        body: &impl Serialize,
        token: &Token,
    ) -> Result<T, ProviderError> {
        let call = Call::post(self.url(path, &[], token), body);
        understood(&self.done(call, token).await?)
    }

    /// Where the Graph API is, with a version and a path.
    pub(super) fn at(self, path: &str) -> String {
        let base = self.account.endpoints.graph.as_str().trim_end_matches('/');
        format!("{base}/{}/{path}", version(self.account))
    }

    async fn read<T: DeserializeOwned>(self, call: Call, token: &Token) -> Result<T, ProviderError> {
        let answer = self.done(call, token).await;
        answer.and_then(|answer| understood(&answer)).map_err(repeatable)
    }

    async fn done(self, call: Call, token: &Token) -> Result<Answer, ProviderError> {
        if token.word.is_empty() {
            let why = format!(
                "There is no token for {}. Connect it again on the gateway's card.",
                token.whose
            );
            return Err(failed(ErrorClass::Auth, &why));
        }
        let call = call.header("authorization", format!("Bearer {}", token.word));
        let answer = self.wire.call(call).await?;
        if answer.is_success() && !error::is_told(&answer) {
            return Ok(answer);
        }
        let mut error = error::refused(&answer, &token.whose);
        // A token that was just brought is not known to the wire, and Meta repeats malformed ones.
        error.message = self.wire.hide(&error.message.replace(&token.word, "***"));
        Err(error)
    }

    fn url(self, path: &str, query: &[(&str, &str)], token: &Token) -> String {
        let proof = hmac_hex(app_secret(self.account).as_bytes(), &[token.word.as_bytes()]);
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        pairs.extend_pairs(query).append_pair("appsecret_proof", &proof);
        format!("{}?{}", self.at(path), pairs.finish())
    }
}

/// What an answer says. One that makes no sense says nothing, not even that something was done.
fn understood<T: DeserializeOwned>(answer: &Answer) -> Result<T, ProviderError> {
    answer.json().ok_or_else(|| error::unclear(answer))
}
