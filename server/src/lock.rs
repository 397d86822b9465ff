//! One server per SQLite file.
//!
//! SQLite itself would let two servers share a file, but each believes that it is the only one: their caches, their
//! notices to open pages and their background work would contradict each other. The lock belongs to the process, so a
//! crash releases it; the file that stays behind means nothing.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read, Seek, Write},
    path::{Path, PathBuf},
};

/// The file in the data folder.
const FILE: &str = "chat-gateways.lock";

/// Keeps other servers out while it lives.
#[derive(Debug)]
pub struct InstanceLock {
    _file: File,
}

/// Why the lock was not given.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another server works in this folder.
    #[error("another chat-gateways{} is using the data folder {}; stop it, or give this one its own data_dir",
        pid.as_ref().map(|pid| format!(" (process {pid})")).unwrap_or_default(), folder.display())]
    Taken {
        /// The data folder.
        folder: PathBuf,
        /// The process that has it, as far as it is known.
        pid: Option<u32>,
    },
    /// The lock file cannot be used.
    #[error("the lock {} cannot be taken", path.display())]
    File {
        /// The lock file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
}

impl InstanceLock {
    /// Takes the lock of a data folder and writes the number of this process into it.
    ///
    /// # Errors
    ///
    /// [`LockError::Taken`] at once, without waiting, when another process has it.
    pub fn acquire(data_dir: &Path) -> Result<Self, LockError> {
        let path = data_dir.join(FILE);
        let failed = |source| LockError::File {
            path: path.clone(),
            source,
        };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {
                write_pid(&mut file).map_err(failed)?;
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                let pid = file
                    .read_to_string(&mut text)
                    .ok()
                    .and_then(|_| text.trim().parse().ok());
                Err(LockError::Taken {
                    folder: data_dir.to_owned(),
                    pid,
                })
            }
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }
}

fn write_pid(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())?;
    file.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_instance_is_refused_and_told_the_process_of_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let _first = InstanceLock::acquire(folder.path()).unwrap();
        let refusal = InstanceLock::acquire(folder.path()).unwrap_err().to_string();
        assert!(
            refusal.contains(&format!("process {}", std::process::id())),
            "{refusal}"
        );
        assert!(refusal.contains(&folder.path().display().to_string()), "{refusal}");
    }

    #[test]
    fn the_lock_is_free_again_when_its_holder_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        drop(InstanceLock::acquire(folder.path()).unwrap());
        assert!(InstanceLock::acquire(folder.path()).is_ok());
    }

    #[test]
    fn a_folder_that_is_missing_is_named() {
        let refusal = InstanceLock::acquire(Path::new("/nonexistent/data"))
            .unwrap_err()
            .to_string();
        assert!(refusal.contains("/nonexistent/data/chat-gateways.lock"), "{refusal}");
    }
}
