//! Files that are forgotten after their time, and what a crash left behind.

use super::{folder, folder::Entry};
use crate::Context;
use std::time::Duration;
use store::media::MediaId;

/// So many files are forgotten with one commit.
const BATCH: u64 = 500;
/// What is younger may just be being taken.
const YOUNG: Duration = Duration::from_hours(1);

/// Forgets the files whose time has come.
///
/// # Errors
///
/// When the database failed.
pub async fn forget(cx: &Context) -> Result<(), store::Error> {
    loop {
        let tx = cx.store.begin().await?;
        let gone = store::media::purge(&tx, cx.now(), BATCH).await?;
        tx.commit().await?;
        if gone.is_empty() {
            return Ok(());
        }
        // What stays behind because of a fault is found by the sweep.
        if let Err(error) = folder(cx).remove(gone).await {
            tracing::warn!(error = %error, "old files could not be removed; trying again later");
        }
    }
}

/// Removes from this server's folder what nobody knows: half a file, and one whose row is gone or never came to be.
///
/// # Errors
///
/// When the database failed.
pub async fn sweep(cx: &Context) -> Result<(), store::Error> {
    let young = model::Timestamp(
        cx.now()
            .0
            .saturating_sub(i64::try_from(YOUNG.as_millis()).unwrap_or(i64::MAX)),
    );
    let entries = match folder(cx).older_than(young).await {
        Ok(entries) => entries,
        Err(error) => {
            tracing::warn!(error = %error, "the folder of files could not be looked through");
            return Ok(());
        }
    };
    let ids: Vec<MediaId> = entries.iter().filter_map(|entry| entry.id).collect();
    let known = store::media::known(cx.store.read(), &ids).await?;
    let is_known = |entry: &Entry| entry.id.is_some_and(|id| known.contains(&id));
    let unknown: Vec<Entry> = entries.into_iter().filter(|entry| !is_known(entry)).collect();
    if !unknown.is_empty() {
        tracing::info!("{} files that nobody knows are removed", unknown.len());
    }
    if let Err(error) = folder(cx).clear(unknown).await {
        tracing::warn!(error = %error, "files that nobody knows could not be removed");
    }
    Ok(())
}
