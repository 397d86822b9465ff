//! Files that went through a messenger, kept so that either side can fetch them.

use crate::{chance, seen::SeenFile};
use bytes::Bytes;
use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// So many files are kept.
const KEPT: usize = 2_000;

/// One file.
#[derive(Debug)]
pub(crate) struct Stored {
    pub id: String,
    /// `photo`, `document` …, as the messenger calls it.
    pub kind: String,
    pub name: String,
    pub mime: String,
    pub bytes: Bytes,
    /// What the messenger says about its size.
    pub size: u64,
    expired: AtomicBool,
}

/// What is known of a file before it is kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewFile {
    pub kind: String,
    pub name: String,
    pub mime: String,
    pub bytes: Bytes,
    pub size: Option<u64>,
}

#[derive(Debug, Default)]
pub(crate) struct Files {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    files: HashMap<String, Arc<Stored>>,
    /// Their ids, the oldest first.
    order: VecDeque<String>,
}

impl Stored {
    pub fn is_expired(&self) -> bool {
        self.expired.load(Ordering::Relaxed)
    }

    /// Gives it an address that works again.
    pub fn renew(&self) {
        self.expired.store(false, Ordering::Relaxed);
    }

    /// As a peer sees it.
    pub fn seen(&self, base: &str) -> SeenFile {
        SeenFile {
            url: format!("{base}/__files/{}", self.id),
            name: self.name.clone(),
            mime: self.mime.clone(),
            size: Some(self.size),
        }
    }
}

impl Files {
    /// Keeps a file under an id that the messenger chooses, or one of chance.
    pub fn keep(&self, id: Option<String>, file: NewFile) -> Arc<Stored> {
        let id = id.unwrap_or_else(chance::word);
        let size = file
            .size
            .unwrap_or_else(|| u64::try_from(file.bytes.len()).unwrap_or(u64::MAX));
        let stored = Arc::new(Stored {
            id: id.clone(),
            kind: file.kind,
            name: file.name,
            mime: file.mime,
            bytes: file.bytes,
            size,
            expired: AtomicBool::new(false),
        });
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.files.insert(id.clone(), stored.clone());
        kept.order.push_back(id);
        if kept.order.len() > KEPT
            && let Some(oldest) = kept.order.pop_front()
        {
            kept.files.remove(&oldest);
        }
        stored
    }

    pub fn get(&self, id: &str) -> Option<Arc<Stored>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.files.get(id).cloned()
    }

    /// Lets every address that was given for a file so far end to work.
    pub fn expire(&self) {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        for file in kept.files.values() {
            file.expired.store(true, Ordering::Relaxed);
        }
    }
}
