//! Plays what a file says about the pages, Instagram accounts and numbers of a Messenger gateway.

use super::{DeclareError, DeclaredAccount, DeclaredGateway, Difference, play::Play};
use crate::gateways::meta;
use model::{FieldChange, Gateway, MetaKind, Provider};
use store::{
    meta_accounts::{self, Known, MetaAccount},
    secrets::{self, NewSecret, Owner},
};

/// The secret that speaks for numbers without a token of their own.
const SYSTEM_USER: &str = "secret.whatsapp_token";

impl Play<'_> {
    /// Adds accounts and brings them up to date; those that the file does not name stay. Nothing if one can't be.
    pub(super) async fn accounts(
        &mut self,
        index: usize,
        wanted: &DeclaredGateway,
        gateway: &Gateway,
    ) -> Result<Option<Vec<Difference>>, DeclareError> {
        if wanted.accounts.is_empty() {
            return Ok(Some(Vec::new()));
        }
        if gateway.settings.provider() != Provider::Messenger {
            self.mistakes(index)
                .add("accounts", "Only a gateway of Messenger has accounts. Remove them.");
            return Ok(None);
        }
        let known = meta_accounts::known(&self.tx, gateway.id).await?;
        let (mut changes, mut differences, mut is_whole) = (Vec::new(), Vec::new(), true);
        for (number, account) in wanted.accounts.iter().enumerate() {
            let before = known
                .iter()
                .find(|known| known.account.kind == account.kind.code() && known.account.id == account.id)
                .filter(|known| known.removed_at.is_none());
            if let Some((field, message)) = self.impossible(gateway, account, before).await? {
                self.mistakes(index)
                    .add(&format!("accounts[{number}].{field}"), message);
                is_whole = false;
                continue;
            }
            let done = self.account(gateway, account, before).await?;
            differences.extend(done.iter().cloned().map(|change| Difference::of(change, &[])));
            changes.extend(done);
        }
        if !changes.is_empty() {
            meta::record(self.cx, &self.tx, self.actor, gateway, &changes).await?;
        }
        Ok(is_whole.then_some(differences))
    }

    /// What keeps an account from speaking for itself: the field, and a sentence.
    async fn impossible(
        &self,
        gateway: &Gateway,
        wanted: &DeclaredAccount,
        before: Option<&Known>,
    ) -> Result<Option<(&'static str, String)>, DeclareError> {
        let belongs = |known: &Known| !known.account.parent.is_empty();
        let parent = match wanted.kind {
            MetaKind::Facebook => None,
            MetaKind::Instagram => Some(("page", "Give the id of the Facebook page that it is connected to.")),
            MetaKind::WhatsApp => Some((
                "business_account",
                "Give the id of the WhatsApp business account that it belongs to.",
            )),
        };
        if let Some((field, message)) = parent
            && wanted.parent.is_empty()
            && !before.is_some_and(belongs)
        {
            return Ok(Some((field, message.to_owned())));
        }
        if wanted.token.is_some() || before.is_some() {
            return Ok(None);
        }
        let is_spoken_for = wanted.kind == MetaKind::WhatsApp
            && secrets::open(&self.tx, Owner::Gateways, gateway.id.0, SYSTEM_USER)
                .await?
                .is_some();
        let message = match wanted.kind {
            MetaKind::WhatsApp => "Give it a token, or the gateway the secret whatsapp_token.".to_owned(),
            kind => format!("Give the token that speaks for this {}.", kind.one()),
        };
        Ok((!is_spoken_for).then_some(("token", message)))
    }

    /// Puts one account and its token in place; gives what has changed.
    async fn account(
        &self,
        gateway: &Gateway,
        wanted: &DeclaredAccount,
        before: Option<&Known>,
    ) -> Result<Vec<FieldChange>, DeclareError> {
        let kept = |wanted: &str, before: Option<&str>| match wanted {
            "" => before.unwrap_or_default().to_owned(),
            wanted => wanted.to_owned(),
        };
        let was = before.map(|known| &known.account);
        let account = MetaAccount {
            kind: wanted.kind.code().to_owned(),
            id: wanted.id.clone(),
            parent: kept(&wanted.parent, was.map(|was| was.parent.as_str())),
            name: kept(&wanted.name, was.map(|was| was.name.as_str())),
            details: was.map_or_else(|| "{}".to_owned(), |was| was.details.clone()),
            subscribed: false,
        };
        let mut changes = Vec::new();
        let is_same = was.is_some_and(|was| (&was.parent, &was.name) == (&account.parent, &account.name));
        if !is_same {
            meta_accounts::put(&self.tx, gateway.id, &account, self.cx.now()).await?;
            let word = if was.is_some() { "changed" } else { "added" };
            changes.push(meta::change(wanted.kind, &account, "", word));
        }
        if let Some(token) = &wanted.token {
            let field = account.secret();
            let owner = (Owner::Gateways, gateway.id.0);
            let present = secrets::open(&self.tx, owner.0, owner.1, &field).await?;
            if present.is_none_or(|present| present.expose() != token.expose()) {
                let secret = NewSecret {
                    field: &field,
                    value: token,
                    nonce: self.cx.rng.bytes(),
                };
                secrets::put(&self.tx, owner.0, owner.1, &secret, self.cx.now(), self.actor.name()).await?;
                if was.is_some() {
                    changes.push(meta::change(wanted.kind, &account, "", "token replaced"));
                }
            }
        }
        let is_on = was.is_some_and(|was| was.subscribed);
        let on = wanted.subscribed.unwrap_or(was.is_none() || is_on);
        if on != is_on {
            meta_accounts::subscribe(&self.tx, gateway.id, &account.kind, &account.id, on).await?;
            changes.push(meta::subscribed(wanted.kind, &account, on));
        }
        Ok(changes)
    }
}
