//! Looks how the known accounts of a gateway stand at Meta.

use super::{
    MetaError,
    changed::{change, commit},
    details, find, keep, line, to_json,
};
use crate::{Context, access::Actor};
use model::{
    GatewayId, Letter, MetaDetails, MetaFound, MetaKind, Section, message::ErrorClass, message::ProviderError,
};
use providers::messenger::{self, Names};
use store::meta_accounts::{self, Known, MetaAccount};

/// Asks Meta about every account of one kind, each with its own token: what it is called now, and whether it is still
/// there. Numbers are asked for with the system user's token, which also finds new ones.
///
/// # Errors
///
/// [`MetaError::Meta`] when Meta does not answer; nothing has changed then.
pub async fn refresh(cx: &Context, actor: &Actor, gateway: GatewayId, kind: MetaKind) -> Result<MetaFound, MetaError> {
    if kind == MetaKind::WhatsApp {
        return find(cx, actor, gateway, kind, None).await;
    }
    actor.may(Section::ChatGateways, Letter::Update)?;
    let line = line(cx, gateway).await?;
    let wire = cx.wire(&line.account);
    let mut seen = Vec::new();
    for meta in line.account.meta.iter().filter(|meta| meta.kind == kind) {
        match messenger::look(&wire, &line.account, meta).await {
            Ok(names) => seen.push((meta.id.clone(), Ok(names))),
            Err(error) if is_final(&error) => seen.push((meta.id.clone(), Err(error.message))),
            Err(error) => return Err(error.into()),
        }
    }
    let tx = cx.store.begin().await?;
    let present = store::gateways::get(&tx, gateway).await?;
    let present = present.ok_or(MetaError::NotFound(Section::ChatGateways))?;
    let known = meta_accounts::known(&tx, gateway).await?;
    let (mut changes, mut told) = (Vec::new(), MetaFound::default());
    for (id, outcome) in seen {
        let fits = |known: &&Known| known.account.kind == kind.code() && known.account.id == id;
        // Somebody may have removed it meanwhile.
        let Some(before) = known.iter().find(fits).filter(|known| known.removed_at.is_none()) else {
            continue;
        };
        match outcome {
            Ok(names) => {
                meta_accounts::put(&tx, gateway, &renamed(&before.account, names), cx.now()).await?;
                told.found += 1;
                if before.gone_at.is_some() {
                    changes.push(change(kind, &before.account, "", "named by Meta again"));
                }
            }
            Err(why) => {
                keep::lose(cx, &tx, gateway, &before.account, &why).await?;
                told.gone += 1;
                if before.gone_at.is_none() {
                    changes.push(change(kind, &before.account, "", "no longer named by Meta"));
                }
            }
        }
    }
    commit(cx, tx, actor, &present, &changes).await?;
    Ok(told)
}

/// Whether Meta has said what will stay so until somebody does something.
fn is_final(error: &ProviderError) -> bool {
    matches!(
        error.class,
        ErrorClass::Auth | ErrorClass::Permission | ErrorClass::NotFound | ErrorClass::Invalid | ErrorClass::Unknown
    )
}

/// An account as it is called now.
fn renamed(account: &MetaAccount, names: Names) -> MetaAccount {
    let before = details(account);
    let or = |new: String, old: &str| if new.is_empty() { old.to_owned() } else { new };
    MetaAccount {
        name: or(names.name, &account.name),
        details: to_json(&MetaDetails {
            username: or(names.username, &before.username),
            trouble: String::new(),
            ..before
        }),
        ..account.clone()
    }
}
