//! What every request may need.

use crate::{config::Config, shutdown::Shutdown, site::Site};
use axum::extract::FromRef;
use engine::Context;
use leptos::config::LeptosOptions;
use model::Secret;
use std::{env, fs, sync::Arc, time::Duration};

/// The name of the browser's files, as `.cargo/config.toml` gives it to the build.
const OUTPUT_NAME: &str = "chat-gateways";

/// The engine, the options of the pages, and the rules of the edge; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The engine.
    pub cx: Context,
    /// Where the pages find their files.
    pub leptos: LeptosOptions,
    /// The rules of the edge.
    pub(super) edge: Arc<Edge>,
}

/// What only the HTTP edge knows.
#[derive(Clone)]
pub(super) struct Edge {
    /// Whether the addresses that a reverse proxy reports are believed.
    pub trust_proxy: bool,
    /// The style of pages that leptos doesn't render.
    pub stylesheet: String,
    /// Ends answers that would never end by themselves.
    pub shutdown: Shutdown,
    /// Who has it may see the meters, wherever they ask from.
    pub metrics_token: Option<Secret<String>>,
    /// How often the session of an open page is looked up again.
    pub session_check: Duration,
}

impl AppState {
    /// Puts together what the router needs.
    #[must_use]
    pub fn new(cx: Context, config: &Config, site: &Site, shutdown: Shutdown) -> Self {
        let root = site.root.to_string_lossy();
        let leptos = LeptosOptions::builder()
            .output_name(OUTPUT_NAME)
            .site_root(&*root)
            .site_addr(config.listen)
            .reload_port(3401)
            .hash_files(site.hashed)
            .build();
        let edge = Edge {
            trust_proxy: config.trust_proxy,
            stylesheet: stylesheet(site),
            shutdown,
            metrics_token: config.metrics_token.clone(),
            session_check: Duration::from_mins(1),
        };
        Self {
            cx,
            leptos,
            edge: Arc::new(edge),
        }
    }
}

impl AppState {
    /// Looks the sessions of open pages up in another rhythm than every minute.
    #[must_use]
    pub fn checking_sessions_every(mut self, pause: Duration) -> Self {
        self.edge = Arc::new(Edge {
            session_check: pause,
            ..Edge::clone(&self.edge)
        });
        self
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

/// The address of the style, with its hash when the files have one.
fn stylesheet(site: &Site) -> String {
    match site.hashed.then(style_hash).flatten() {
        Some(hash) => format!("/pkg/{OUTPUT_NAME}.{hash}.css"),
        None => format!("/pkg/{OUTPUT_NAME}.css"),
    }
}

/// What `hash.txt` beside the binary says about the style.
fn style_hash() -> Option<String> {
    let list = fs::read_to_string(env::current_exe().ok()?.with_file_name("hash.txt")).ok()?;
    let hash = list.lines().find_map(|line| line.strip_prefix("css:"))?;
    Some(hash.trim().to_owned())
}
