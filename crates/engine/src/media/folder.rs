//! The folder with the bytes.
//!
//! A file is there whole or not at all: it is written under another name, made durable, and only then renamed. The first two
//! digits of its id are a folder of their own, because some file systems are slow with many files in one.

use bytes::Bytes;
use model::Timestamp;
use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};
use store::media::MediaId;
use tokio::task::spawn_blocking;

/// What a file is called while it is written.
const UNFINISHED: &str = "new";

/// The folder.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

/// A file in the folder, under whatever name.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Whose bytes it has; none if it is not finished, or somebody else's.
    pub id: Option<MediaId>,
    path: PathBuf,
}

impl Folder {
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where a file is.
    pub fn path(&self, id: MediaId) -> PathBuf {
        let name = id.to_string();
        self.0.join(&name[..2]).join(name)
    }

    /// Writes a file; when this returns, it survives a power cut.
    pub async fn write(&self, id: MediaId, bytes: Bytes) -> io::Result<()> {
        let (root, path) = (self.0.clone(), self.path(id));
        blocking(move || write(&root, &path, &bytes)).await
    }

    /// What is in a file.
    pub async fn read(&self, id: MediaId) -> io::Result<Bytes> {
        let path = self.path(id);
        blocking(move || fs::read(path)).await.map(Bytes::from)
    }

    /// Whether a file is here.
    pub async fn has(&self, id: MediaId) -> bool {
        let path = self.path(id);
        blocking(move || fs::metadata(path))
            .await
            .is_ok_and(|file| file.is_file())
    }

    /// Removes files; what is not there is no trouble.
    pub async fn remove(&self, ids: Vec<MediaId>) -> io::Result<()> {
        let paths: Vec<PathBuf> = ids.into_iter().map(|id| self.path(id)).collect();
        blocking(move || paths.iter().try_for_each(|path| remove(path))).await
    }

    /// Removes entries that [`Folder::older_than`] gave.
    pub async fn clear(&self, entries: Vec<Entry>) -> io::Result<()> {
        blocking(move || entries.iter().try_for_each(|entry| remove(&entry.path))).await
    }

    /// What was last written before a moment.
    pub async fn older_than(&self, moment: Timestamp) -> io::Result<Vec<Entry>> {
        let root = self.0.clone();
        blocking(move || older_than(&root, moment)).await
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(io::Error::other(error)))
}

fn write(root: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(root);
    if !folder.is_dir() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        File::open(root)?.sync_all()?;
    }
    let unfinished = path.with_extension(UNFINISHED);
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&unfinished)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if let Err(error) = written.and_then(|()| fs::rename(&unfinished, path)) {
        // A full disk is not to be filled with what nobody can use.
        let _ = fs::remove_file(&unfinished);
        return Err(error);
    }
    File::open(folder)?.sync_all()
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn older_than(root: &Path, moment: Timestamp) -> io::Result<Vec<Entry>> {
    let mut found = Vec::new();
    let folders = match fs::read_dir(root) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        folders => folders?,
    };
    for folder in folders {
        let folder = folder?;
        // What has another name was not put there by us.
        if folder.file_name().len() != 2 || !folder.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(folder.path())? {
            let file = file?;
            let Ok(written) = file.metadata().and_then(|metadata| metadata.modified()) else {
                continue;
            };
            let written = Timestamp::default().after(written.duration_since(UNIX_EPOCH).unwrap_or_default());
            if written < moment {
                found.push(Entry {
                    id: file.file_name().to_str().and_then(|name| name.parse().ok()),
                    path: file.path(),
                });
            }
        }
    }
    Ok(found)
}
