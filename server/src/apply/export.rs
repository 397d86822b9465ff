//! Everything as a file that can be applied, without secrets.

use super::report::say;
use crate::{
    config::Config,
    open::{OpenError, open},
};
use engine::{
    ListError,
    access::Actor,
    declare::{self, Exported, ExportedAccount, ExportedFlow, ExportedGateway, Ordered},
};
use model::{MetaKind, form::Control};
use serde_json::Value;
use std::{io, path::PathBuf};

const HEAD: &str = "\
# Written by chat-gateways export. Secrets are not in it: set the variables that are named here, then
# chat-gateways apply FILE.yaml --dry-run
";

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The data folder cannot be made.
    #[error("the data folder {} cannot be made", path.display())]
    DataDir {
        /// The folder.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The keys or the database are of no use.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error(transparent)]
    Read(#[from] ListError),
    /// It can't be written as YAML.
    #[error("the file cannot be written")]
    Write(#[from] serde_saphyr::ser::Error),
}

/// Prints everything.
///
/// # Errors
///
/// An [`ExportError`]; nothing was printed then.
pub async fn export(config: Config) -> Result<(), ExportError> {
    config.prepare_data_dir().map_err(|source| ExportError::DataDir {
        path: config.data_dir.clone(),
        source,
    })?;
    let cx = open(&config).await?;
    let exported = declare::export(&cx, &Actor::System).await?;
    let text = written(&exported)?;
    say(format_args!("{HEAD}{}", text.trim_end()));
    Ok(())
}

/// The file's text.
fn written(exported: &Exported) -> Result<String, serde_saphyr::ser::Error> {
    let flows = exported.flows.iter().map(flow).collect();
    let gateways = exported.gateways.iter().map(gateway).collect();
    let file = object([
        ("flows", Some(Ordered::List(flows))),
        ("gateways", Some(Ordered::List(gateways))),
    ]);
    serde_saphyr::to_string(&file)
}

fn flow(flow: &ExportedFlow) -> Ordered {
    let tags: Vec<Ordered> = flow.tags.iter().map(|tag| text(tag)).collect();
    object([
        ("name", Some(text(&flow.name))),
        ("description", filled(&flow.description)),
        ("tags", Some(tags).filter(|tags| !tags.is_empty()).map(Ordered::List)),
        ("program", Some(flow.program.clone())),
    ])
}

fn gateway(gateway: &ExportedGateway) -> Ordered {
    let group = |prefix: &str| {
        let fields = gateway.fields.iter().filter_map(|(field, value)| {
            let name = field.key.strip_prefix(prefix)?;
            Some((name.to_owned(), typed(&field.control, value)))
        });
        let fields: Vec<_> = fields.collect();
        (!fields.is_empty()).then_some(Ordered::Object(fields))
    };
    let secrets = gateway.secrets.iter().map(|(key, variable)| {
        let name = key.strip_prefix("secret.").unwrap_or(key);
        (name.to_owned(), text(&format!("${{{variable}}}")))
    });
    let secrets: Vec<_> = secrets.collect();
    let accounts: Vec<_> = gateway.accounts.iter().map(account).collect();
    object([
        ("name", Some(text(&gateway.name))),
        ("provider", Some(text(gateway.provider.code()))),
        ("uri", Some(text(&gateway.uri))),
        ("flow", gateway.flow.as_deref().map(text)),
        ("enabled", Some(Ordered::Plain(gateway.enabled.into()))),
        ("settings", group("settings.")),
        ("templates", group("templates.")),
        ("secrets", (!secrets.is_empty()).then_some(Ordered::Object(secrets))),
        ("accounts", (!accounts.is_empty()).then_some(Ordered::List(accounts))),
    ])
}

fn account(account: &ExportedAccount) -> Ordered {
    let parent = filled(&account.parent);
    let (page, business) = match account.kind {
        MetaKind::WhatsApp => (None, parent),
        MetaKind::Facebook | MetaKind::Instagram => (parent, None),
    };
    object([
        ("kind", Some(text(account.kind.code()))),
        ("id", Some(text(&account.id))),
        ("page", page),
        ("business_account", business),
        ("name", filled(&account.name)),
        ("subscribed", Some(Ordered::Plain(account.subscribed.into()))),
        (
            "token",
            account.token.as_ref().map(|variable| text(&format!("${{{variable}}}"))),
        ),
    ])
}

/// A value as people would write it: numbers and truth values without quotation marks.
fn typed(control: &Control, value: &str) -> Ordered {
    let plain = match control {
        Control::Switch => value.parse().ok().map(Value::Bool),
        Control::Integer { .. } => value.parse::<i64>().ok().map(Value::from),
        Control::Decimal { .. } => value.parse::<f64>().ok().map(Value::from),
        _ => None,
    };
    plain.map_or_else(|| text(value), Ordered::Plain)
}

fn filled(value: &str) -> Option<Ordered> {
    (!value.is_empty()).then(|| text(value))
}

fn text(value: &str) -> Ordered {
    Ordered::Plain(value.into())
}

fn object<const N: usize>(members: [(&str, Option<Ordered>); N]) -> Ordered {
    let members = members.into_iter();
    Ordered::Object(
        members
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect(),
    )
}
