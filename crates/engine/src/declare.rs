//! What a file says there shall be: flow schemas and gateways by name, made or changed by the same rules as on pages.
//!
//! The whole file is one transaction. It is played once to see what would become of everything, and again to do just
//! that; when somebody has changed something in between, nothing is done. What the file doesn't name stays.

mod accounts;
mod export;
mod flows;
mod gateways;
mod mistake;
mod ordered;
mod plan;
mod play;

pub use export::{Exported, ExportedAccount, ExportedFlow, ExportedGateway, export};
pub use mistake::{Mistake, ProgramPlace};
pub use ordered::Ordered;
pub use plan::{Difference, Plan, Step, Verb};

use crate::{
    Context,
    access::{Actor, Denied},
};
use model::{Fields, MetaKind, Provider, Secret};
use play::Play;

/// What a file says there shall be.
#[derive(Clone, Debug, Default)]
pub struct Declaration {
    /// Flow schemas, in the order of the file.
    pub flows: Vec<DeclaredFlow>,
    /// Gateways, in the order of the file.
    pub gateways: Vec<DeclaredGateway>,
}

/// A flow schema as a file names it.
#[derive(Clone, Debug)]
pub struct DeclaredFlow {
    /// By which it is found.
    pub name: String,
    /// What is said of it beside its name; what is not said stays.
    pub fields: Fields,
}

/// A gateway as a file names it.
#[derive(Clone, Debug)]
pub struct DeclaredGateway {
    /// By which it is found; of several with the same name the URI decides.
    pub name: String,
    /// Its messenger.
    pub provider: Provider,
    /// The name of the flow schema that answers; `Some(None)`: none shall.
    pub flow: Option<Option<String>>,
    /// Whether it shall be enabled.
    pub enabled: Option<bool>,
    /// What is said of its other fields, secrets too; what is not said stays.
    pub fields: Fields,
    /// Its pages, Instagram accounts and numbers, if it is one of Messenger; those that are not named stay.
    pub accounts: Vec<DeclaredAccount>,
}

/// A page, an Instagram account or a number as a file names it.
#[derive(Clone, Debug)]
pub struct DeclaredAccount {
    /// What it is.
    pub kind: MetaKind,
    /// Its id at Meta, by which it is found.
    pub id: String,
    /// The id of the page or the business account that it belongs to; empty if that stays.
    pub parent: String,
    /// Its name; empty if that stays.
    pub name: String,
    /// What speaks for it, if it is said.
    pub token: Option<Secret<String>>,
    /// Whether its messages shall come to the gateway; those of one that is new do, unless it is said otherwise.
    pub subscribed: Option<bool>,
}

/// Why nothing of a file was done.
#[derive(Debug, thiserror::Error)]
pub enum DeclareError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The file asks for what can't be.
    #[error("{}", count(.0.len()))]
    Invalid(Vec<Mistake>),
    /// Somebody has changed something since the plan was made.
    #[error("Somebody has changed something in the meantime, so nothing was done. Look at the plan once more.")]
    Changed,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

fn count(mistakes: usize) -> String {
    match mistakes {
        1 => "There is one mistake; nothing was changed.".to_owned(),
        many => format!("There are {many} mistakes; nothing was changed."),
    }
}

/// Says what would become of everything; nothing is done.
///
/// # Errors
///
/// [`DeclareError::Invalid`] with every mistake.
pub async fn plan(cx: &Context, actor: &Actor, file: &str, declaration: &Declaration) -> Result<Plan, DeclareError> {
    Ok(Play::begin(cx, actor, file).await?.through(declaration).await?.plan)
}

/// Does what the plan says, or nothing.
///
/// # Errors
///
/// [`DeclareError::Changed`] when something else than the plan would come of it now.
pub async fn apply(
    cx: &Context,
    actor: &Actor,
    file: &str,
    declaration: &Declaration,
    agreed: &Plan,
) -> Result<(), DeclareError> {
    let played = Play::begin(cx, actor, file).await?.through(declaration).await?;
    if played.plan != *agreed {
        return Err(DeclareError::Changed);
    }
    played.tx.commit().await?;
    cx.changes.committed();
    for gateway in played.touched {
        cx.pipeline.forget(gateway);
    }
    cx.reconciler.wake();
    Ok(())
}
