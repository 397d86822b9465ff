//! Trying flow schemas.

use crate::error::AppError;
use flow::Mistake;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::FlowId;
use model::trying::{TryInput, TryReport, TryRun, TryStart};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use super::ssr::{actor, answer, context};

/// What came of a start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TryStarted {
    /// It runs.
    Running(Box<TryReport>),
    /// The program has mistakes, so it was not started.
    Mistakes(Vec<Mistake>),
}

/// Everything that is wrong with a program, also what only the server knows: which other flow schemas there are.
/// `id` is the flow schema that it is the program of, if it was saved before.
#[server(prefix = "/api", endpoint = "flows/check", input = Json)]
pub async fn check_flow(id: Option<FlowId>, program: String) -> Result<Vec<Mistake>, AppError> {
    answer(engine::flows::check(&context(), &actor(), id, &program).await)
}

/// Begins a run. It is forgotten 30 minutes after the last call that names it.
#[server(prefix = "/api", endpoint = "tries/start", input = Json)]
pub async fn start_try(start: TryStart) -> Result<TryStarted, AppError> {
    match answer(engine::tries::start(&context(), &actor(), start).await)? {
        engine::tries::Started::Running(report) => Ok(TryStarted::Running(report)),
        engine::tries::Started::Mistakes(mistakes) => Ok(TryStarted::Mistakes(mistakes)),
    }
}

/// Says something. The report tells what has happened since the number `since`; 0 for everything.
#[server(prefix = "/api", endpoint = "tries/send", input = Json)]
pub async fn send_to_try(run: TryRun, input: TryInput, since: u64) -> Result<TryReport, AppError> {
    answer(engine::tries::send(&context(), &actor(), &run, input, since).await)
}

/// Puts the run's clock forward to the end of what is waited for.
#[server(prefix = "/api", endpoint = "tries/skip_wait", input = Json)]
pub async fn skip_wait_of_try(run: TryRun, since: u64) -> Result<TryReport, AppError> {
    answer(engine::tries::skip_wait(&context(), &actor(), &run, since).await)
}

/// Lets happen what is due by now. To be called when a wait is over, and every second or so while a call over HTTP is
/// waited for.
#[server(prefix = "/api", endpoint = "tries/tick", input = Json)]
pub async fn tick_try(run: TryRun, since: u64) -> Result<TryReport, AppError> {
    answer(engine::tries::tick(&context(), &actor(), &run, since).await)
}

/// Leaves the conversation, as a peer does who has gone: the list `disconnected` runs.
#[server(prefix = "/api", endpoint = "tries/leave", input = Json)]
pub async fn leave_try(run: TryRun, since: u64) -> Result<TryReport, AppError> {
    answer(engine::tries::leave(&context(), &actor(), &run, since).await)
}

/// Forgets a run; one that is not there any more is no error.
#[server(prefix = "/api", endpoint = "tries/stop", input = Json)]
pub async fn stop_try(run: TryRun) -> Result<(), AppError> {
    answer(engine::tries::stop(&context(), &actor(), &run))
}
