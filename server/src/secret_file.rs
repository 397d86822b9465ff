//! The key ring of a server without a configured one: the file `secret.key` in the data folder.
//!
//! Whether a new one may be made is not decided here: with sealed secrets in the database a missing file is a loss, and a
//! new key would hide it.

use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};
use store::{KeyRing, KeyRingError};

/// The file in the data folder.
const FILE: &str = "secret.key";
/// The id of the key that is made at the first start.
const FIRST_ID: &str = "first";

/// Why there is no usable ring.
#[derive(Debug, thiserror::Error)]
pub enum SecretFileError {
    /// The file cannot be read or written.
    #[error("the secret key {} cannot be read or written", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The file holds no ring.
    #[error("the secret key {} is damaged; restore it from a backup", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with its content.
        source: KeyRingError,
    },
}

/// Reads the ring of a data folder; there is none before the first start.
///
/// # Errors
///
/// [`SecretFileError`].
pub fn read(data_dir: &Path) -> Result<Option<KeyRing>, SecretFileError> {
    let path = data_dir.join(FILE);
    match fs::read_to_string(&path) {
        Ok(text) => match KeyRing::parse(text.trim()) {
            Ok(ring) => Ok(Some(ring)),
            Err(source) => Err(SecretFileError::Damaged { path, source }),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(SecretFileError::File { path, source }),
    }
}

/// Makes a ring of one key from random bytes, to be written with [`write`] once it may be used.
#[must_use]
pub fn ring(random: [u8; 32]) -> KeyRing {
    KeyRing::from_bytes(FIRST_ID, random)
}

/// Writes the ring that [`ring`] made of the same bytes, readable by its owner alone; never replaces one.
///
/// # Errors
///
/// [`SecretFileError::File`], also when there is a ring already.
pub fn write(data_dir: &Path, random: [u8; 32]) -> Result<(), SecretFileError> {
    let path = data_dir.join(FILE);
    let write = || {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        writeln!(file, "{FIRST_ID}:{}", STANDARD.encode(random))?;
        file.sync_all()?;
        File::open(data_dir)?.sync_all()
    };
    write().map_err(|source| SecretFileError::File {
        path: path.clone(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_written_ring_is_read_again_and_belongs_to_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(folder.path()).unwrap().is_none());
        write(folder.path(), [7; 32]).unwrap();
        assert!(read(folder.path()).unwrap().unwrap().has(FIRST_ID));
        let permissions = fs::metadata(folder.path().join(FILE)).unwrap().permissions();
        assert_eq!(permissions.mode() & 0o777, 0o600);
    }

    #[test]
    fn a_ring_is_never_replaced_by_a_new_one() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), [1; 32]).unwrap();
        assert!(matches!(
            write(folder.path(), [2; 32]),
            Err(SecretFileError::File { .. })
        ));
    }

    #[test]
    fn a_damaged_ring_is_named_and_not_shown() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "first:hunter2").unwrap();
        let error = read(folder.path()).unwrap_err();
        assert!(
            error.to_string().contains("secret.key") && !format!("{error:?}").contains("hunter2"),
            "{error:?}"
        );
    }
}
