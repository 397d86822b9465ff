//! Flow schemas as files, for those who keep them in a folder: checked and played without a server.
//!
//! What came of it goes to standard output, one line for each mistake; why a file can't be read, to standard error.

use flow::{Context, Mistake, parse, talk::play};
use std::{
    fmt, fs, io,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The exit code when there was nothing to check.
const UNREADABLE: u8 = 2;
/// How the name of a case ends; that of its program ends with `.json` instead.
const CASE: &str = ".case.yaml";

/// What is to be done with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlowTask {
    /// Print every mistake of a program.
    Check(PathBuf),
    /// Play a case against the program beside it.
    Talk(PathBuf),
}

/// Why a file is of no use.
#[derive(Debug, thiserror::Error)]
enum FileError {
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{} is no case: its name ends with {CASE}, and its program is beside it as NAME.json", .0.display())]
    NoCase(PathBuf),
}

/// Does it and gives the exit code: 0 when all is well, 1 when it is not, 2 when a file can't be read.
#[must_use]
pub fn run(task: &FlowTask) -> ExitCode {
    let done = match task {
        FlowTask::Check(file) => check(file),
        FlowTask::Talk(file) => talk(file),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(UNREADABLE)
        }
    }
}

/// Checks a program. Which other flow schemas there are is not known here, so calls of them are not checked.
fn check(file: &Path) -> Result<bool, FileError> {
    let program = read(file)?;
    let Err(mistakes) = parse(&program, &Context::default()) else {
        say(format_args!("{}: no mistakes", file.display()));
        return Ok(true);
    };
    for Mistake {
        path,
        line,
        column,
        message,
        ..
    } in &mistakes
    {
        let path = if path.is_empty() {
            String::new()
        } else {
            format!(" {path}")
        };
        say(format_args!("{}:{line}:{column}{path}: {message}", file.display()));
    }
    Ok(false)
}

fn talk(file: &Path) -> Result<bool, FileError> {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = name.strip_suffix(CASE).filter(|stem| !stem.is_empty());
    let stem = stem.ok_or_else(|| FileError::NoCase(file.to_owned()))?;
    let case = read(file)?;
    let program = read(&file.with_file_name(format!("{stem}.json")))?;
    let played = play(&case, &program);
    match &played {
        Ok(report) => say(format_args!("{}: {report}", file.display())),
        Err(difference) => say(format_args!("{}: {difference}", file.display())),
    }
    Ok(played.is_ok())
}

fn read(path: &Path) -> Result<String, FileError> {
    fs::read_to_string(path).map_err(|source| FileError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

fn say(line: fmt::Arguments<'_>) {
    // Whoever reads only the first lines is no reason to fail.
    let _ = writeln!(io::stdout(), "{line}");
}
