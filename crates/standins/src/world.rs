//! What all parts of the stand-ins share.

use crate::{
    Answer, Options, Provider, Unanswered,
    chat::Chats,
    customer,
    fault::Faults,
    files::Files,
    graph, infobip,
    journal::Journals,
    outgoing::{Caller, Outgoing},
    telegram, viber,
};
use std::net::SocketAddr;
use tokio::sync::watch;
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
    pub viber: viber::State,
    pub graph: graph::State,
    pub infobip: infobip::State,
    pub customer: customer::State,
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
            viber: viber::State::new(&options, &stop),
            graph: graph::State::new(&options, &stop),
            infobip: infobip::State::new(&options, &stop),
            customer: customer::State::new(&options, &stop),
            stop,
            options,
        }
    }

    /// The chats of a provider.
    pub fn chats(&self, provider: Provider) -> &Chats {
        match provider {
            Provider::Viber => &self.viber.chats,
            Provider::Infobip => &self.infobip.chats,
            Provider::Customer => &self.customer.chats,
            Provider::Graph => &self.graph.chats,
            Provider::Telegram => &self.telegram.chats,
        }
    }

    /// Counts the events of a provider that are under way.
    pub fn under_way(&self, provider: Provider) -> Vec<watch::Receiver<usize>> {
        match provider {
            Provider::Customer => vec![self.customer.lanes.under_way()],
            Provider::Infobip => vec![self.infobip.lanes.under_way()],
            Provider::Viber => vec![self.viber.lanes.under_way()],
            Provider::Graph => vec![self.graph.lanes.under_way()],
            Provider::Telegram => self.telegram.under_way(),
        }
    }

    /// Calls a gateway, once.
    pub async fn call(&self, call: Outgoing) -> Result<Answer, Unanswered> {
        self.caller.call(&self.journals, call).await
    }
}
