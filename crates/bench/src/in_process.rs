//! The list query without a server: through sqlx alone, through the store, through the engine.
//!
//! All three run the same statements on the same file with connections of the same settings, and take turns, so that
//! whatever else the machine does meets each of them.

mod bare;
pub mod commit;
mod contest;
mod recorder;

use crate::{
    cases::{self, Case},
    failure::Fallible,
    latencies::Latencies,
    place::{Place, engine_over},
    scale::Scale,
};
use bare::Bare;
use contest::contest;
use engine::{Context, access::Actor};
use model::GatewayColumn;
use recorder::Recorder;

/// What one page costs on each way to it.
#[derive(Debug)]
pub struct Compared {
    /// The page.
    pub case: Case,
    /// Through sqlx alone.
    pub bare: Latencies,
    /// Through `store::gateways::page`.
    pub store: Latencies,
    /// Through `engine::gateways::list`.
    pub engine: Latencies,
}

/// Measures every case at `size` rows a page.
pub async fn measure(place: &Place, scale: Scale, size: u16) -> Fallible<Vec<Compared>> {
    let cx = engine_over(place.store().await?);
    let bare = Bare::open(&place.database()).await?;
    let mut all = Vec::new();
    for case in cases::all(&cx.store, scale.gateways, size).await? {
        all.push(compare(&cx, &bare, case, scale).await?);
    }
    bare.close().await;
    cx.store.close().await?;
    Ok(all)
}

/// The version of the SQLite that is built in.
pub async fn sqlite_version(place: &Place) -> Fallible<String> {
    let bare = Bare::open(&place.database()).await?;
    let version = bare.version().await?;
    bare.close().await;
    Ok(version)
}

async fn compare(cx: &Context, bare: &Bare, case: Case, scale: Scale) -> Fallible<Compared> {
    let request = case
        .query
        .parse::<GatewayColumn>()
        .map_err(|errors| format!("{errors:?}"))?;
    let recorder = Recorder::over(cx.store.read());
    let rows = store::gateways::page(&recorder, &request).await?.rows.len();
    let statements = bare::Statements::of(&recorder.statements())?;
    // One row more says whether there is a next page.
    if !(rows..=rows + 1).contains(&bare.run(&statements).await?) {
        return Err(format!("{}: sqlx alone has read another page", case.title).into());
    }
    let [bare, store, engine] = contest(
        scale,
        async || bare.run(&statements).await,
        async || Ok(store::gateways::page(cx.store.read(), &request).await?.rows.len()),
        async || {
            Ok(engine::gateways::list(cx, &Actor::System, &case.query)
                .await?
                .rows
                .len())
        },
    )
    .await?;
    Ok(Compared {
        case,
        bare,
        store,
        engine,
    })
}
