//! Plays a file within a transaction that its caller ends.

use super::{Declaration, DeclareError, Mistake, Plan, Step};
use crate::{Context, access::Actor};
use model::GatewayId;
use std::collections::BTreeSet;
use store::Tx;

/// A file that is being played.
pub(super) struct Play<'p> {
    pub cx: &'p Context,
    pub actor: &'p Actor,
    /// What it is called.
    pub file: &'p str,
    pub tx: Tx,
    pub plan: Plan,
    pub mistakes: Vec<Mistake>,
    /// Folded names of flow schemas that have mistakes, so that nobody else is blamed for them.
    pub failed: BTreeSet<String>,
    /// Gateways that the file has named so far.
    pub touched: BTreeSet<GatewayId>,
}

impl<'p> Play<'p> {
    pub async fn begin(cx: &'p Context, actor: &'p Actor, file: &'p str) -> Result<Self, DeclareError> {
        Ok(Self {
            cx,
            actor,
            file,
            tx: cx.store.begin().await?,
            plan: Plan::default(),
            mistakes: Vec::new(),
            failed: BTreeSet::new(),
            touched: BTreeSet::new(),
        })
    }

    /// Plays the whole file, and goes on behind a mistake to find the next one.
    pub async fn through(mut self, declaration: &Declaration) -> Result<Self, DeclareError> {
        for (index, flow) in declaration.flows.iter().enumerate() {
            let step = self.flow(index, flow).await?;
            self.plan.steps.extend(step);
        }
        for (index, gateway) in declaration.gateways.iter().enumerate() {
            let step = self.gateway(index, gateway).await?;
            self.plan.steps.extend(step);
        }
        if self.mistakes.is_empty() {
            Ok(self)
        } else {
            Err(DeclareError::Invalid(self.mistakes))
        }
    }
}

/// What came of an object; nothing when it has mistakes.
pub(super) type Played = Result<Option<Step>, DeclareError>;
