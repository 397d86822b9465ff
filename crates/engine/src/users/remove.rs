//! Removing users.

use super::guard;
use crate::{Context, RemoveError, access::Actor, audit, removal};
use model::{Letter, Removal, Section, UserId};
use std::collections::BTreeMap;

/// Removes users with their sessions; the last administrator, oneself and users with more rights stay.
///
/// # Errors
///
/// When nothing was tried.
pub async fn remove(cx: &Context, actor: &Actor, ids: &[i64]) -> Result<Vec<Removal>, RemoveError> {
    actor.may(Section::Users, Letter::Delete)?;
    removal::check_count(ids)?;
    let own = actor.grants()?;
    let users: Vec<UserId> = ids.iter().copied().map(UserId).collect();
    let tx = cx.store.begin().await?;
    let names: BTreeMap<i64, String> = store::users::names(&tx, &users)
        .await?
        .into_iter()
        .map(|(id, name)| (id.0, name))
        .collect();
    let mut refused = BTreeMap::new();
    let mut free = Vec::new();
    for id in names.keys().copied().map(UserId) {
        let mut gone = free.clone();
        gone.push(id);
        let reason = if guard::is_self(actor, id) {
            Some("You can't remove yourself.")
        } else if !guard::outranks(&tx, own, id).await? {
            Some(guard::MORE_RIGHTS)
        } else if store::users::count_administrators(&tx, &gone).await? == 0 {
            Some(guard::LAST)
        } else {
            None
        };
        match reason {
            Some(reason) => _ = refused.insert(id.0, reason.to_owned()),
            None => free = gone,
        }
    }
    store::users::remove(&tx, &free).await?;
    let gone = free
        .iter()
        .map(|id| (id.0, names.get(&id.0).map_or("", String::as_str)));
    audit::removed(cx, &tx, actor, Section::Users, gone).await?;
    tx.commit().await?;
    cx.changes.committed();
    Ok(removal::results(Section::Users, ids, &names, &refused))
}
