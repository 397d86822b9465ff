//! The page of the demonstration, on which one plays a peer, and the accounts that it begins with.

use crate::{Standins, answer, customer::Scheme, world::World};
use axum::{Router, extract::Path, response::Response, routing::get};
use std::sync::Arc;

const PAGE: &str = include_str!("demo/index.html");
const STYLE: &str = include_str!("demo/page.css");
const SCRIPT: &str = include_str!("demo/page.js");
/// The colours and sizes of the product: the page lies beside it.
const TOKENS: &str = include_str!("../../../style/tokens.css");

const EMBLEMS: [(&str, &str); 5] = [
    ("telegram.svg", include_str!("../../../public/emblems/telegram_bot.svg")),
    ("viber.svg", include_str!("../../../public/emblems/viber.svg")),
    ("graph.svg", include_str!("../../../public/emblems/messenger.svg")),
    ("infobip.svg", include_str!("../../../public/emblems/infobip.svg")),
    ("customer.svg", include_str!("../../../public/emblems/custom.svg")),
];

pub(crate) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/", get(async || answer::raw(200, "text/html; charset=utf-8", PAGE)))
        .route("/page.css", get(async || answer::raw(200, "text/css", STYLE)))
        .route("/tokens.css", get(async || answer::raw(200, "text/css", TOKENS)))
        .route("/page.js", get(async || answer::raw(200, "text/javascript", SCRIPT)))
        .route("/emblems/{name}", get(emblem))
}

async fn emblem(Path(name): Path<String>) -> Response {
    match EMBLEMS.iter().find(|(known, _)| *known == name) {
        Some((_, svg)) => answer::raw(200, "image/svg+xml", *svg),
        None => answer::raw(404, "text/plain", ""),
    }
}

/// Registers an account of each messenger, the same at every start, so that a gateway that was connected once still is.
pub fn furnish(standins: &Standins) {
    standins
        .telegram()
        .bot("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "demo_shop_bot");
    standins
        .viber()
        .account("445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9", "Demo Shop");
    standins.viber().receipts(true);
    let graph = standins.graph();
    graph.app("1234567890", "demo-app-secret");
    graph.user_token("1234567890", "EAADEMOUSER");
    graph.system_token("1234567890", "EAADEMOSYSTEM");
    graph.page("1234567890", "100200300", "Demo Shop", "EAADEMOPAGE");
    graph.instagram("100200300", "17840001", "demo_shop");
    graph.number("900100", "106540352242922", "15550783881", "Demo Shop");
    graph.receipts(true);
    standins.infobip().number("demo-infobip-key", "441134960000");
    standins.infobip().receipts(true);
    standins
        .customer()
        .endpoint("demo", Scheme::Standard, &["demo-app-secret"]);
}
