//! Signing out.

use crate::{
    Context,
    access::{Actor, SignedIn},
    audit::{self, Object},
};
use model::{Action, Section};

/// Ends this session; somebody who isn't signed in is signed out already.
///
/// # Errors
///
/// When the database failed.
pub async fn sign_out(cx: &Context, actor: &Actor) -> Result<(), store::Error> {
    end(cx, actor, false).await
}

/// Ends every session of the user, this one too.
///
/// # Errors
///
/// When the database failed.
pub async fn sign_out_everywhere(cx: &Context, actor: &Actor) -> Result<(), store::Error> {
    end(cx, actor, true).await
}

async fn end(cx: &Context, actor: &Actor, everywhere: bool) -> Result<(), store::Error> {
    let Some(SignedIn { id, name, session, .. }) = actor.user() else {
        return Ok(());
    };
    let tx = cx.store.begin().await?;
    if everywhere {
        store::sessions::remove_of_user(&tx, *id, None).await?;
    } else {
        store::sessions::remove(&tx, &session.0).await?;
    }
    let object = Object {
        section: Section::Users,
        id: id.0,
        name,
    };
    audit::record(cx, &tx, actor, object, Action::SignedOut, &[]).await?;
    tx.commit().await?;
    cx.changes.committed();
    Ok(())
}
