//! The handle of a running server.

use crate::{
    Entry, Fault, Missed, Options, Provider, Totals, customer::Customer, graph::Graph, infobip::Infobip, server,
    telegram::Telegram, viber::Viber, world::World,
};
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::net::TcpListener;

/// The stand-ins, running. They stop when this is dropped.
#[derive(Debug)]
pub struct Standins {
    address: SocketAddr,
    world: Arc<World>,
}

impl Standins {
    /// Starts on a free port of the loopback address.
    ///
    /// # Panics
    ///
    /// When there is no free port, or outside of a Tokio runtime.
    pub async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    /// Starts on a free port, with other options than the usual ones.
    ///
    /// # Panics
    ///
    /// When there is no free port, or outside of a Tokio runtime.
    pub async fn start_with(options: Options) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        Self::start_on(address, options)
            .await
            .unwrap_or_else(|error| panic!("no free port on the loopback address: {error}"))
    }

    /// Starts on an address.
    ///
    /// # Errors
    ///
    /// When it can't be listened on.
    pub async fn start_on(address: SocketAddr, options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let world = Arc::new(World::new(options, address));
        server::spawn(listener, &world);
        Ok(Self { address, world })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:…`, without a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        self.world.base.clone()
    }

    /// The base address of a provider.
    #[must_use]
    pub fn url_of(&self, provider: Provider) -> String {
        format!("{}/{provider}", self.world.base)
    }

    /// The base address of Telegram's Bot API.
    #[must_use]
    pub fn telegram_url(&self) -> String {
        self.url_of(Provider::Telegram)
    }

    /// The base address of Viber: methods are under `/pa` of it.
    #[must_use]
    pub fn viber_url(&self) -> String {
        self.url_of(Provider::Viber)
    }

    /// The base address of Meta's Graph API: versions are under it.
    #[must_use]
    pub fn graph_url(&self) -> String {
        self.url_of(Provider::Graph)
    }

    /// The base address of an Infobip account.
    #[must_use]
    pub fn infobip_url(&self) -> String {
        self.url_of(Provider::Infobip)
    }

    /// The address of a customer's endpoint.
    #[must_use]
    pub fn customer_url(&self, name: &str) -> String {
        format!("{}/{name}", self.url_of(Provider::Customer))
    }

    /// Telegram: bots, and the peers who write to them.
    #[must_use]
    pub fn telegram(&self) -> Telegram {
        Telegram::new(self.world.clone())
    }

    /// Viber: accounts, and the peers who write to them.
    #[must_use]
    pub fn viber(&self) -> Viber {
        Viber::new(self.world.clone())
    }

    /// The customers of Custom gateways: endpoints, and the peers who write through them.
    #[must_use]
    pub fn customer(&self) -> Customer {
        Customer::new(self.world.clone())
    }

    /// Infobip: numbers, and the peers who write to them.
    #[must_use]
    pub fn infobip(&self) -> Infobip {
        Infobip::new(self.world.clone())
    }

    /// Meta: apps, pages, Instagram accounts and numbers, and the peers who write to them.
    #[must_use]
    pub fn graph(&self) -> Graph {
        Graph::new(self.world.clone())
    }

    /// Waits until every event of a provider was taken, or given up.
    ///
    /// # Errors
    ///
    /// [`Missed`], with how many are left.
    pub async fn settled(&self, provider: Provider, deadline: Duration) -> Result<(), Missed> {
        let settled = async {
            for mut under_way in self.world.under_way(provider) {
                // The lanes live as long as the world.
                drop(under_way.wait_for(|count| *count == 0).await);
            }
        };
        tokio::time::timeout(deadline, settled).await.map_err(|_| {
            let left: usize = self.world.under_way(provider).iter().map(|count| *count.borrow()).sum();
            Missed {
                waited: deadline,
                seen: format!("{left} events are under way"),
            }
        })
    }

    /// What happened with a provider, in order, as far as the journal still keeps it.
    #[must_use]
    pub fn journal(&self, provider: Provider) -> Vec<Arc<Entry>> {
        self.journal_after(provider, 0)
    }

    /// What happened with a provider after the entry of this number.
    #[must_use]
    pub fn journal_after(&self, provider: Provider, number: u64) -> Vec<Arc<Entry>> {
        self.world.journals.after(provider, number)
    }

    /// How much happened with a provider since the start.
    #[must_use]
    pub fn totals(&self, provider: Provider) -> Totals {
        self.world.journals.totals(provider)
    }

    /// Forgets the journals and the totals.
    pub fn clear_journal(&self) {
        self.world.journals.clear();
    }

    /// Waits for an entry that fits; one that is already there will do.
    ///
    /// # Errors
    ///
    /// [`Missed`], with what happened instead.
    pub async fn wait_for(
        &self,
        provider: Provider,
        fits: impl Fn(&Entry) -> bool,
        deadline: Duration,
    ) -> Result<Arc<Entry>, Missed> {
        self.world.journals.wait_for(provider, fits, deadline).await
    }

    /// Lets the next calls go wrong, so many times. `on` is the last piece of a path (`sendMessage`, in any case), a piece
    /// of a path that has a slash, or `*` for every call. Faults wait in line: the first that is for a call happens to it.
    pub fn fault(&self, provider: Provider, on: &str, fault: Fault, times: u32) {
        self.world.faults.add(provider, on, fault, times);
    }

    /// Forgets the faults that did not happen yet.
    pub fn clear_faults(&self) {
        self.world.faults.clear();
    }

    /// Lets every address that was given for a file so far end to work.
    pub fn expire_files(&self) {
        self.world.files.expire();
    }
}

impl Drop for Standins {
    fn drop(&mut self) {
        self.world.stop.cancel();
    }
}
