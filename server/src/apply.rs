//! Flow schemas and gateways that are kept in a file: what it says is compared, printed and done.
//!
//! What came of it goes to standard output, a line for each mistake; why nothing came of it, to standard error. The server
//! may run meanwhile: the file is one short transaction, and the server hears of it as it hears of another server's.

mod export;
mod node;
mod reading;
mod report;

pub use export::{ExportError, export};

use crate::{
    config::{Config, Environment},
    open::{OpenError, open},
};
use engine::{
    access::Actor,
    declare::{self, DeclareError},
};
use reading::Read;
use std::{fs, io, path::Path, path::PathBuf};

/// The longest name of a file that a card shows, in characters.
const LONGEST_NAME: usize = 200;

/// Why nothing was done with a file.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// The file can't be read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The file asks for what can't be; it was printed what.
    #[error("{}", count(*.0))]
    Mistakes(usize),
    /// The data folder cannot be made.
    #[error("the data folder {} cannot be made", path.display())]
    DataDir {
        /// The folder.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The keys or the database are of no use.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Somebody was quicker, or the database failed.
    #[error(transparent)]
    Declare(#[from] DeclareError),
}

fn count(mistakes: usize) -> String {
    match mistakes {
        1 => "one mistake; nothing was changed".to_owned(),
        many => format!("{many} mistakes; nothing was changed"),
    }
}

/// Prints what would become of everything that the file names, and then, unless it is only a rehearsal, does that.
///
/// # Errors
///
/// An [`ApplyError`]; nothing was done then.
pub async fn apply(config: Config, file: &Path, dry_run: bool, environment: &Environment) -> Result<(), ApplyError> {
    let text = fs::read_to_string(file).map_err(|source| ApplyError::Unreadable {
        path: file.to_owned(),
        source,
    })?;
    let read = reading::read(file, &text, environment);
    config.prepare_data_dir().map_err(|source| ApplyError::DataDir {
        path: config.data_dir.clone(),
        source,
    })?;
    if !read.is_whole {
        return Err(refused(&read, Vec::new()));
    }
    let cx = open(&config).await?;
    let name = name(file);
    let actor = Actor::with_file(&name);
    let plan = match declare::plan(&cx, &actor, &name, &read.declaration).await {
        Err(DeclareError::Invalid(mistakes)) => return Err(refused(&read, mistakes)),
        plan => plan?,
    };
    if !read.mistakes.is_empty() {
        return Err(refused(&read, Vec::new()));
    }
    report::plan(&plan);
    if dry_run {
        report::say(format_args!("Nothing was changed: this was a dry run."));
        return Ok(());
    }
    declare::apply(&cx, &actor, &name, &read.declaration, &plan).await?;
    if !plan.is_empty() {
        report::say(format_args!("Done."));
    }
    Ok(())
}

/// Prints the mistakes of the file and those that only the database knows.
fn refused(read: &Read, mistakes: Vec<declare::Mistake>) -> ApplyError {
    ApplyError::Mistakes(report::mistakes(read, mistakes))
}

/// What the record and the cards call the file: its name without the folders.
fn name(file: &Path) -> String {
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}
