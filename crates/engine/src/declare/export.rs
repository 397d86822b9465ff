//! Everything as a file would declare it, without secrets.

use super::Ordered;
use crate::{Context, ListError, access::Actor};
use model::{
    Fields, Gateway, Letter, MetaKind, Provider, Section,
    form::{Control, Field, Tab},
    settings,
};
use store::{
    Reader,
    secrets::{self, Owner},
};

/// Everything, by name.
#[derive(Clone, Debug, Default)]
pub struct Exported {
    /// Flow schemas.
    pub flows: Vec<ExportedFlow>,
    /// Gateways.
    pub gateways: Vec<ExportedGateway>,
}

/// A flow schema.
#[derive(Clone, Debug)]
pub struct ExportedFlow {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its program.
    pub program: Ordered,
}

/// A gateway.
#[derive(Clone, Debug)]
pub struct ExportedGateway {
    /// Its name.
    pub name: String,
    /// Its messenger.
    pub provider: Provider,
    /// Its URI.
    pub uri: String,
    /// The name of the flow schema that answers.
    pub flow: Option<String>,
    /// What the administrator wants.
    pub enabled: bool,
    /// Its settings and texts that differ from those of a new gateway, by key.
    pub fields: Vec<(&'static Field, String)>,
    /// The secrets that are set: their keys, and the names of the variables that they are to be taken from.
    pub secrets: Vec<(&'static str, String)>,
    /// Its pages, Instagram accounts and numbers.
    pub accounts: Vec<ExportedAccount>,
}

/// A page, an Instagram account or a number.
#[derive(Clone, Debug)]
pub struct ExportedAccount {
    /// What it is.
    pub kind: MetaKind,
    /// Its id at Meta.
    pub id: String,
    /// The id of what it belongs to; empty if nothing.
    pub parent: String,
    /// Its name.
    pub name: String,
    /// Whether its messages come to the gateway.
    pub subscribed: bool,
    /// The name of the variable that its token is to be taken from, if it has one of its own.
    pub token: Option<String>,
}

/// Gives everything that the actor may see. What is left out of a gateway is what a new one has anyway.
///
/// # Errors
///
/// When the actor may not see flow schemas and gateways.
pub async fn export(cx: &Context, actor: &Actor) -> Result<Exported, ListError> {
    actor.may(Section::Flows, Letter::Read)?;
    actor.may(Section::ChatGateways, Letter::Read)?;
    let reader = cx.store.read();
    let mut exported = Exported::default();
    for id in store::flows::ids(reader).await? {
        // What is removed meanwhile is not there.
        if let Some(flow) = store::flows::get(reader, id).await? {
            exported.flows.push(ExportedFlow {
                program: Ordered::parse(&flow.program).unwrap_or(Ordered::Plain(flow.program.into())),
                name: flow.name,
                description: flow.description,
                tags: flow.tags,
            });
        }
    }
    let mut taken = Vec::new();
    for id in store::gateways::ids(reader).await? {
        if let Some(gateway) = store::gateways::get(reader, id).await? {
            let prefix = prefix(&gateway, &taken);
            let accounts = accounts(reader, &gateway, &prefix).await?;
            exported.gateways.push(of(&gateway, &prefix, accounts));
            taken.push(prefix);
        }
    }
    Ok(exported)
}

fn of(gateway: &Gateway, prefix: &str, accounts: Vec<ExportedAccount>) -> ExportedGateway {
    let provider = gateway.settings.provider();
    let (fields, defaults) = (gateway.fields(), Fields::defaults(provider));
    let (mut said, mut secrets) = (Vec::new(), Vec::new());
    for field in settings::tabs(provider).iter().flat_map(Tab::fields) {
        match field.control {
            Control::Uri { .. } | Control::Flow => {}
            Control::Secret { .. } => {
                if gateway.secrets.iter().any(|secret| secret.field == field.key) {
                    secrets.push((field.key, variable(prefix, field.key)));
                }
            }
            _ if field.key == "name" || fields.get(field.key) == defaults.get(field.key) => {}
            _ => said.push((field, fields.get(field.key).to_owned())),
        }
    }
    ExportedGateway {
        name: gateway.name.clone(),
        provider,
        uri: gateway.uri.to_string(),
        flow: gateway.flow.as_ref().map(|flow| flow.name.clone()),
        enabled: gateway.enabled,
        fields: said,
        secrets,
        accounts,
    }
}

/// The accounts of a Messenger gateway; any other has none.
async fn accounts(reader: &Reader, gateway: &Gateway, prefix: &str) -> Result<Vec<ExportedAccount>, store::Error> {
    if gateway.settings.provider() != Provider::Messenger {
        return Ok(Vec::new());
    }
    let tokens = secrets::open_all(reader, Owner::Gateways, gateway.id.0).await?;
    let accounts = store::meta_accounts::list(reader, gateway.id).await?.into_iter();
    let exported = accounts.filter_map(|account| {
        Some(ExportedAccount {
            kind: account.kind.parse().ok()?,
            token: tokens.contains_key(&account.secret()).then(|| {
                format!(
                    "{prefix}_{}_TOKEN",
                    in_capitals(&format!("{}_{}", account.kind, account.id))
                )
            }),
            id: account.id,
            parent: account.parent,
            name: account.name,
            subscribed: account.subscribed,
        })
    });
    Ok(exported.collect())
}

/// What the variables of a gateway begin with: its name in capitals, or its id where that says nothing or is another's.
fn prefix(gateway: &Gateway, taken: &[String]) -> String {
    let name = in_capitals(&gateway.name);
    let says = name.starts_with(|c: char| c.is_ascii_uppercase()) && gateway.name.is_ascii();
    if says && !taken.contains(&name) {
        name
    } else {
        format!("GATEWAY_{}", gateway.id)
    }
}

/// `SUPPORT_BOT_TOKEN` for the field `secret.token` of “Support bot”.
fn variable(prefix: &str, key: &str) -> String {
    let key = key.strip_prefix("secret.").unwrap_or(key);
    format!("{prefix}_{}", in_capitals(key))
}

fn in_capitals(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_uppercase)
        .collect();
    words.join("_")
}
