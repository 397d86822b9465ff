//! The command line: what the operator wants done, with the configuration to do it with.
//!
//! It only reads; `main` does. So everything here is tested without starting a process.

use crate::{
    config::{Config, ConfigError, Environment, Flags},
    flow_files::FlowTask,
};
use clap::{Parser, Subcommand};
use std::{error::Error, ffi::OsString, path::PathBuf, process::ExitCode};

/// The exit code for a wrong command line or configuration.
const MISUSE: u8 = 2;

/// Connects messengers to flow schemas, administered in a browser.
#[derive(Debug, Parser)]
#[command(
    name = "chat-gateways",
    version,
    after_help = "Examples:
  chat-gateways                                     start with ./chat-gateways.toml, if it is there
  chat-gateways --listen 0.0.0.0:80 --public-url https://chat.example.org
  CHAT_GATEWAYS_DATABASE_URL=postgres://me@db/chat chat-gateways
  chat-gateways user set-password admin             let somebody in who is locked out
  chat-gateways flow check menu.json                print every mistake of a flow schema's program
  chat-gateways flow talk menu.case.yaml            play a case against the program beside it, menu.json
  chat-gateways export > shop.yaml                  write flow schemas and gateways to a file, without secrets
  chat-gateways apply shop.yaml --dry-run           say what would have to change for them to be as in a file

Every key of the configuration is explained in chat-gateways.example.toml."
)]
struct Arguments {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the server (what happens without a command)
    Serve,
    /// Look after users from the machine itself
    #[command(subcommand)]
    User(UserCommand),
    /// Make flow schemas and gateways as a YAML file says: print the plan, then carry it out; the server may run meanwhile
    Apply {
        /// What there shall be; what it doesn't name stays
        file: PathBuf,
        /// Only print the plan
        #[arg(long)]
        dry_run: bool,
    },
    /// Print all flow schemas and gateways as a file for `apply`; secrets become ${NAME}
    Export,
    /// Check and play flow schemas that are kept as files; needs no configuration and no server
    #[command(subcommand)]
    Flow(FlowCommand),
}

#[derive(Debug, Subcommand)]
enum FlowCommand {
    /// Print every mistake of a program with its file, line, column and path; exit with 1 if there is one
    Check {
        /// The program, a JSON array
        file: PathBuf,
    },
    /// Play a case against the program beside it (NAME.json for NAME.case.yaml); print the first difference and exit with 1
    Talk {
        /// The case
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Give a user a new password, which is asked for, or read from standard input if that is no terminal
    SetPassword {
        /// The name the user signs in with
        name: String,
        /// Make a random password, print it, and ask for another one at the next sign-in
        #[arg(long)]
        generate: bool,
    },
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Serve until a signal ends it.
    Serve,
    /// Give a user a new password and end their sessions.
    SetPassword {
        /// The name the user signs in with.
        name: String,
        /// Whether the password is made at random and printed, or else read with [`crate::password::read`].
        generate: bool,
    },
    /// Make flow schemas and gateways as a file says.
    Apply {
        /// The file.
        file: PathBuf,
        /// Whether only the plan is printed.
        dry_run: bool,
    },
    /// Print flow schemas and gateways as such a file.
    Export,
}

/// What is wanted.
#[derive(Debug)]
pub enum Wanted {
    /// Something of the server's, with its configuration.
    Server(Box<Invocation>),
    /// Something with a file; the configuration is not even read.
    Flow(FlowTask),
}

/// A task with its configuration.
#[derive(Debug)]
pub struct Invocation {
    /// What is to be done.
    pub task: Task,
    /// With what.
    pub config: Config,
}

/// Why nothing is to be done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The command line is wrong, or asks for help or the version only.
    #[error(transparent)]
    Arguments(#[from] clap::Error),
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

impl Refusal {
    /// Prints the reason, or the help that was asked for, and gives the exit code.
    pub fn report(&self) -> ExitCode {
        match self {
            Self::Arguments(error) => {
                // Nothing is left to be done about a terminal that is gone.
                let _ = error.print();
                u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
            }
            Self::Config(error) => {
                eprintln!("error: {error}");
                ExitCode::from(MISUSE)
            }
        }
    }
}

/// Reads the command line (with the program's name) and the configuration.
///
/// # Errors
///
/// A [`Refusal`], also when only help or the version was asked for.
pub fn parse(arguments: impl IntoIterator<Item = OsString>, environment: &Environment) -> Result<Wanted, Refusal> {
    let arguments = Arguments::try_parse_from(arguments)?;
    let task = match arguments.command {
        None | Some(Command::Serve) => Task::Serve,
        Some(Command::User(UserCommand::SetPassword { name, generate })) => Task::SetPassword { name, generate },
        Some(Command::Apply { file, dry_run }) => Task::Apply { file, dry_run },
        Some(Command::Export) => Task::Export,
        Some(Command::Flow(FlowCommand::Check { file })) => return Ok(Wanted::Flow(FlowTask::Check(file))),
        Some(Command::Flow(FlowCommand::Talk { file })) => return Ok(Wanted::Flow(FlowTask::Talk(file))),
    };
    let config = Config::load(arguments.flags, environment)?;
    Ok(Wanted::Server(Box::new(Invocation { task, config })))
}

/// Prints why a task failed, with all causes, and gives the exit code.
pub fn exit_code(done: Result<(), impl Error>) -> ExitCode {
    let Err(error) = done else { return ExitCode::SUCCESS };
    let causes = std::iter::successors(Some(&error as &dyn Error), |error: &&dyn Error| (*error).source());
    eprintln!(
        "error: {}",
        causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
    );
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(arguments: &[&str], environment: &Environment) -> Result<Wanted, Refusal> {
        let words = std::iter::once("chat-gateways")
            .chain(arguments.iter().copied())
            .map(OsString::from);
        parse(words, environment)
    }

    fn run(arguments: &[&str]) -> Result<Invocation, Refusal> {
        match wanted(arguments, &Environment::new())? {
            Wanted::Server(invocation) => Ok(*invocation),
            Wanted::Flow(task) => panic!("{task:?}"),
        }
    }

    #[test]
    fn a_flow_schema_is_checked_whatever_the_configuration_says() {
        let wrong = Environment::from_iter([("CHAT_GATEWAYS_LISTEN".to_owned(), "nowhere".to_owned())]);
        let Ok(Wanted::Flow(task)) = wanted(&["flow", "check", "a.json"], &wrong) else {
            panic!()
        };
        assert_eq!(task, FlowTask::Check("a.json".into()));
        let Ok(Wanted::Flow(task)) = wanted(&["flow", "talk", "a.case.yaml"], &wrong) else {
            panic!()
        };
        assert_eq!(task, FlowTask::Talk("a.case.yaml".into()));
    }

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }

    #[test]
    fn without_a_command_the_server_is_started() {
        assert_eq!(run(&[]).unwrap().task, Task::Serve);
        assert_eq!(run(&["serve"]).unwrap().task, Task::Serve);
    }

    #[test]
    fn flags_may_stand_before_and_after_the_command() {
        for arguments in [
            ["--listen", "127.0.0.1:9", "serve"],
            ["serve", "--listen", "127.0.0.1:9"],
        ] {
            assert_eq!(run(&arguments).unwrap().config.listen.port(), 9);
        }
    }

    #[test]
    fn a_password_is_set_for_a_named_user() {
        let task = run(&["user", "set-password", "Оксана", "--generate"]).unwrap().task;
        assert_eq!(
            task,
            Task::SetPassword {
                name: "Оксана".to_owned(),
                generate: true
            }
        );
    }

    #[test]
    fn a_file_is_applied_or_rehearsed() {
        for (arguments, dry_run) in [
            (&["apply", "shop.yaml"][..], false),
            (&["apply", "shop.yaml", "--dry-run"], true),
            (&["apply", "--dry-run", "shop.yaml"], true),
        ] {
            let file = "shop.yaml".into();
            assert_eq!(run(arguments).unwrap().task, Task::Apply { file, dry_run });
        }
        assert_eq!(run(&["export"]).unwrap().task, Task::Export);
    }

    #[test]
    fn help_and_version_succeed_and_a_wrong_flag_is_misuse() {
        for (argument, code) in [("--help", 0), ("--version", 0), ("--lisen", 2)] {
            let Err(Refusal::Arguments(error)) = run(&[argument]) else {
                panic!("{argument} was accepted")
            };
            assert_eq!(error.exit_code(), code, "{argument}");
        }
    }

    #[test]
    fn help_names_every_key_that_has_a_flag_and_shows_examples() {
        let Err(Refusal::Arguments(help)) = run(&["--help"]) else {
            panic!("help was not shown")
        };
        let help = help.to_string();
        for text in [
            "--listen",
            "--public-url",
            "--session-idle",
            "user set-password admin",
            "postgres://",
        ] {
            assert!(help.contains(text), "{text} is missing in:\n{help}");
        }
    }
}
