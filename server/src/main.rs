//! The `chat-gateways` binary: reads what is wanted and does it.

use server::{
    cli::{self, Task},
    config, run, telemetry,
};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let invocation = match cli::parse(std::env::args_os(), &config::environment()) {
        Ok(invocation) => invocation,
        Err(refusal) => return refusal.report(),
    };
    let config = invocation.config;
    telemetry::init(config.log_format, &config.log);
    match invocation.task {
        Task::Serve => cli::exit_code(run::serve(config).await),
        Task::SetPassword { name, generate } => cli::exit_code(run::set_password(config, &name, generate).await),
    }
}
