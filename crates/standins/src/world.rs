//! What all parts of the stand-ins share.

use crate::{
    Answer, Options, Provider, Unanswered,
    chat::Chats,
    fault::Faults,
    files::Files,
    journal::Journals,
    outgoing::{Caller, Outgoing},
    telegram,
};
use std::net::SocketAddr;
use tokio_util::sync::CancellationToken;

#[derive(Debug)]
pub(crate) struct World {
    pub options: Options,
    /// `http://127.0.0.1:…`
    pub base: String,
    pub journals: Journals,
    pub faults: Faults,
    pub files: Files,
    pub stop: CancellationToken,
    caller: Caller,
    pub telegram: telegram::State,
}

impl World {
    pub fn new(options: Options, address: SocketAddr) -> Self {
        let stop = CancellationToken::new();
        Self {
            base: format!("http://{address}"),
            journals: Journals::new(options.journal),
            faults: Faults::default(),
            files: Files::default(),
            caller: Caller::new(options.call_timeout),
            telegram: telegram::State::new(&options, &stop),
            stop,
            options,
        }
    }

    /// The chats of a provider.
    pub fn chats(&self, provider: Provider) -> &Chats {
        let _ = provider;
        &self.telegram.chats
    }

    /// Calls a gateway, once.
    pub async fn call(&self, call: Outgoing) -> Result<Answer, Unanswered> {
        self.caller.call(&self.journals, call).await
    }
}
