//! Removing roles.

use crate::{Context, RemoveError, access::Actor, audit, removal};
use model::{Letter, Removal, RoleId, Section};
use std::collections::BTreeMap;

/// Removes roles; a built-in one, and one that a user has, stays.
///
/// # Errors
///
/// When nothing was tried.
pub async fn remove(cx: &Context, actor: &Actor, ids: &[i64]) -> Result<Vec<Removal>, RemoveError> {
    actor.may(Section::Roles, Letter::Delete)?;
    removal::check_count(ids)?;
    let roles: Vec<RoleId> = ids.iter().copied().map(RoleId).collect();
    let tx = cx.store.begin().await?;
    store::roles::hold(&tx, &roles).await?;
    let mut names = BTreeMap::new();
    let mut refused = BTreeMap::new();
    let mut free = Vec::new();
    for role in store::roles::rows(&tx, &roles).await? {
        let reason = match (role.built_in, role.users) {
            (true, _) => Some("A built-in role can't be removed.".to_owned()),
            (false, 0) => None,
            (false, 1) => Some("1 user has this role. Take it from them first.".to_owned()),
            (false, users) => Some(format!("{users} users have this role. Take it from them first.")),
        };
        match reason {
            Some(reason) => _ = refused.insert(role.id.0, reason),
            None => free.push(role.id),
        }
        names.insert(role.id.0, role.name);
    }
    store::roles::remove(&tx, &free).await?;
    let gone = free
        .iter()
        .map(|id| (id.0, names.get(&id.0).map_or("", String::as_str)));
    audit::removed(cx, &tx, actor, Section::Roles, gone).await?;
    tx.commit().await?;
    cx.changes.committed();
    Ok(removal::results(Section::Roles, ids, &names, &refused))
}
