//! Gateways with everything that it takes to speak through them, kept until they change.

use crate::{Context, Rng};
use model::{Action, FlowId, GatewayId, Provider, Secret, Section, Templates};
use providers::{Account, MetaAccount, MetaKind};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use store::secrets::{FORMER, NewSecret, Owner};
use tokio::sync::broadcast::error::RecvError;

/// The field of the secret by which we know a messenger again.
pub(crate) const DOOR_SECRET: &str = "door.secret";
/// So long the secret before the present one is still good, where a gateway signs with it.
const OVERLAP: Duration = Duration::from_hours(24);
/// So many gateways are kept.
const MOST: usize = 10_000;

/// A gateway with everything that it takes to speak through it.
#[derive(Clone, Debug)]
pub struct Line {
    /// As its provider needs it.
    pub account: Account,
    /// What the administrator wants.
    pub enabled: bool,
    /// The flow schema that answers.
    pub flow: Option<FlowId>,
    /// The texts sent on events.
    pub templates: Templates,
}

impl Line {
    /// What speaks to its messenger; none for a kind that connects in another way.
    #[must_use]
    pub fn provider(&self) -> Option<&'static dyn providers::Provider> {
        providers::provider(self.kind())
    }

    /// Its messenger.
    #[must_use]
    pub fn kind(&self) -> Provider {
        self.account.settings.provider()
    }

    /// Its shard.
    #[must_use]
    pub(crate) fn shard(&self) -> i64 {
        store::deliveries::shard(self.account.gateway)
    }
}

/// What is known of gateways.
#[derive(Debug, Default)]
pub(crate) struct Accounts(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    lines: HashMap<GatewayId, Arc<Line>>,
    uris: HashMap<String, GatewayId>,
    /// Counts what was forgotten, so that nothing is kept that was read before.
    forgotten: u64,
}

impl Accounts {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has a gateway read anew.
    pub fn forget(&self, gateway: GatewayId) {
        let mut known = self.known();
        known.forgotten += 1;
        known.lines.remove(&gateway);
        known.uris.retain(|_, id| *id != gateway);
    }

    fn forget_all(&self) {
        let mut known = self.known();
        known.forgotten += 1;
        known.lines.clear();
        known.uris.clear();
    }

    /// A gateway; none when there is none.
    pub async fn get(&self, cx: &Context, gateway: GatewayId) -> Result<Option<Arc<Line>>, store::Error> {
        let before = {
            let known = self.known();
            if let Some(line) = known.lines.get(&gateway) {
                return Ok(Some(Arc::clone(line)));
            }
            known.forgotten
        };
        let Some(line) = load(cx, gateway).await? else {
            return Ok(None);
        };
        let line = Arc::new(line);
        let mut known = self.known();
        if known.forgotten == before {
            if known.lines.len() >= MOST {
                known.lines.clear();
                known.uris.clear();
            }
            known.lines.insert(gateway, Arc::clone(&line));
        }
        Ok(Some(line))
    }

    /// The gateway that is reached under a path behind `/chat`, and what follows its URI.
    pub async fn at<'p>(&self, cx: &Context, path: &'p str) -> Result<Option<(Arc<Line>, &'p str)>, store::Error> {
        if let Some(line) = self.at_uri(cx, path).await? {
            return Ok(Some((line, "")));
        }
        let Some((uri, rest)) = path.rsplit_once('/').filter(|(uri, _)| !uri.is_empty()) else {
            return Ok(None);
        };
        Ok(self.at_uri(cx, uri).await?.map(|line| (line, rest)))
    }

    async fn at_uri(&self, cx: &Context, uri: &str) -> Result<Option<Arc<Line>>, store::Error> {
        // What is no URI is nobody's; it must not fill the memory either.
        if model::Uri::parse(uri).is_err() {
            return Ok(None);
        }
        let (known, before) = {
            let known = self.known();
            (known.uris.get(uri).copied(), known.forgotten)
        };
        let found = match known {
            Some(id) => Some(id),
            None => store::gateways::by_uri(cx.store.read(), uri).await?,
        };
        let Some(id) = found else { return Ok(None) };
        let line = self.get(cx, id).await?;
        let mut now = self.known();
        if line.is_some() && known.is_none() && now.forgotten == before {
            now.uris.insert(uri.to_owned(), id);
        }
        Ok(line)
    }
}

async fn load(cx: &Context, id: GatewayId) -> Result<Option<Line>, store::Error> {
    let reader = cx.store.read();
    let Some(gateway) = store::gateways::get(reader, id).await? else {
        return Ok(None);
    };
    let now = cx.now();
    let opened = store::secrets::open_all(reader, Owner::Gateways, id.0).await?;
    let mut secrets: BTreeMap<String, Secret<String>> = opened
        .into_iter()
        .filter(|(field, opened)| !field.ends_with(FORMER) || now.since(opened.set_at) < OVERLAP)
        .map(|(field, opened)| (field, opened.value))
        .collect();
    let door_secret = match secrets.remove(DOOR_SECRET) {
        Some(secret) => secret,
        None => make_door_secret(cx, id).await?,
    };
    let mut meta = Vec::new();
    for account in store::meta_accounts::list(reader, id).await? {
        let token = secrets.remove(&account.secret());
        if let Ok(kind) = account.kind.parse::<MetaKind>() {
            meta.push(MetaAccount {
                kind,
                id: account.id,
                parent: account.parent,
                name: account.name,
                token: token.unwrap_or_else(|| Secret::new(String::new())),
                subscribed: account.subscribed,
            });
        }
    }
    // Of accounts that were removed and are not yet taken off.
    secrets.retain(|field, _| !field.starts_with("meta."));
    Ok(Some(Line {
        account: Account {
            gateway: id,
            name: gateway.name,
            settings: gateway.settings,
            secrets,
            callback_url: format!("{}{}", cx.callback_base(), gateway.uri),
            is_public: cx.pipeline.inner().outside.is_public,
            door_secret,
            meta,
            endpoints: Arc::clone(&cx.pipeline.inner().outside.endpoints),
        },
        enabled: gateway.enabled,
        flow: gateway.flow.map(|flow| flow.id),
        templates: gateway.templates,
    }))
}

/// Makes the secret of a gateway that has none yet.
async fn make_door_secret(cx: &Context, id: GatewayId) -> Result<Secret<String>, store::Error> {
    let tx = cx.store.begin().await?;
    if let Some(secret) = store::secrets::open(&tx, Owner::Gateways, id.0, DOOR_SECRET).await? {
        return Ok(secret);
    }
    let value = put_door_secret(cx, &tx, id).await?;
    tx.commit().await?;
    // Another server may have been quicker; what is stored counts.
    let stored = store::secrets::open(cx.store.read(), Owner::Gateways, id.0, DOOR_SECRET).await?;
    Ok(stored.unwrap_or(value))
}

/// Gives a gateway another secret by which its messenger is known.
pub(crate) async fn put_door_secret(
    cx: &Context,
    tx: &store::Tx,
    id: GatewayId,
) -> Result<Secret<String>, store::Error> {
    let rng: &dyn Rng = &*cx.rng;
    let value = Secret::new(rng.word());
    let secret = NewSecret {
        field: DOOR_SECRET,
        value: &value,
        nonce: rng.bytes(),
    };
    store::secrets::put(tx, Owner::Gateways, id.0, &secret, cx.now(), "").await?;
    Ok(value)
}

/// Forgets what was changed, on whichever server.
pub(crate) async fn follow(cx: Context) {
    let mut changes = cx.changes.listen();
    loop {
        match changes.recv().await {
            Ok(change) => match change.section {
                Section::ChatGateways if change.action == Action::Observed => {}
                Section::ChatGateways => cx.pipeline.forget(GatewayId(change.id)),
                Section::Flows => cx.pipeline.inner().programs.forget_present(),
                Section::Users | Section::Roles => {}
            },
            Err(RecvError::Lagged(_)) => {
                cx.pipeline.inner().accounts.forget_all();
                cx.pipeline.inner().programs.forget_present();
            }
            Err(RecvError::Closed) => return,
        }
    }
}
