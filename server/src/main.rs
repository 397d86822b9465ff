//! The `chat-gateways` binary: reads what is wanted and does it.

use server::{
    cli::{self, Invocation, Task, Wanted},
    config, flow_files, run, telemetry,
};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let Invocation { task, config } = match cli::parse(std::env::args_os(), &config::environment()) {
        Ok(Wanted::Server(invocation)) => *invocation,
        Ok(Wanted::Flow(task)) => return flow_files::run(&task),
        Err(refusal) => return refusal.report(),
    };
    telemetry::init(config.log_format, &config.log);
    match task {
        Task::Serve => cli::exit_code(run::serve(config).await),
        Task::SetPassword { name, generate } => cli::exit_code(run::set_password(config, &name, generate).await),
    }
}
