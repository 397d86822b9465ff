//! The `chat-gateways` binary: reads what is wanted and does it.

use server::{
    apply,
    cli::{self, Invocation, Task, Wanted},
    config, flow_files, run, telemetry,
};
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let environment = config::environment();
    let Invocation { task, config } = match cli::parse(std::env::args_os(), &environment) {
        Ok(Wanted::Server(invocation)) => *invocation,
        Ok(Wanted::Flow(task)) => return flow_files::run(&task),
        Err(refusal) => return refusal.report(),
    };
    telemetry::init(config.log_format, &config.log);
    match task {
        Task::Serve => cli::exit_code(run::serve(config).await),
        Task::SetPassword { name, generate } => cli::exit_code(run::set_password(config, &name, generate).await),
        Task::Apply { file, dry_run } => cli::exit_code(apply::apply(config, &file, dry_run, &environment).await),
        Task::Export => cli::exit_code(apply::export(config).await),
    }
}
