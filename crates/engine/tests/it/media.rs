//! Files of peers, when their time is over.

use crate::stage::engine;
use engine::{Context, MediaPolicy, Policy, media};
use model::{DeliveryId, GatewayId};
use std::{fs, path::Path, sync::Arc, time::Duration};
use store::media::{Media, MediaId};

const DAY: Duration = Duration::from_hours(24);

fn over(cx: Context, folder: &Path) -> Context {
    let policy = Policy {
        media: MediaPolicy {
            folder: folder.to_owned(),
            max_bytes: 1_000,
        },
        ..Policy::clone(&cx.policy)
    };
    Context {
        policy: Arc::new(policy),
        ..cx
    }
}

/// Puts bytes where a file of this id has them.
fn put(folder: &Path, name: &str) {
    let folder = folder.join(&name[..2]);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), "bytes").unwrap();
}

fn has(folder: &Path, name: &str) -> bool {
    folder.join(&name[..2]).join(name).exists()
}

async fn know(cx: &Context, number: u8, days: u32) -> String {
    let media = Media {
        id: MediaId([number; 16]),
        gateway: GatewayId(1),
        came_with: (DeliveryId(i64::from(number)), 0),
        name: "a.pdf".into(),
        mime: "application/pdf".into(),
        size: 5,
        sha256: String::new(),
        created_at: cx.now(),
        expires_at: cx.now().after(DAY * days),
    };
    let tx = cx.store.begin().await.unwrap();
    store::media::insert(&tx, &media).await.unwrap();
    tx.commit().await.unwrap();
    media.id.to_string()
}

store::databases! {
    async fn a_file_is_kept_for_its_time_and_no_longer(store: &TestStore) {
        let folder = tempfile::tempdir().unwrap();
        let (cx, clock) = engine(store);
        let cx = over(cx, folder.path());
        let (short, long) = (know(&cx, 1, 7).await, know(&cx, 2, 8).await);
        put(folder.path(), &short);
        put(folder.path(), &long);
        media::forget(&cx).await.unwrap();
        assert!(has(folder.path(), &short), "its time has not come");
        clock.forward(DAY * 7);
        media::forget(&cx).await.unwrap();
        assert!(!has(folder.path(), &short) && has(folder.path(), &long));
        let known = store::media::get(store.read(), MediaId([1; 16])).await.unwrap();
        assert_eq!(known, None);
    }

    async fn what_a_crash_left_behind_is_removed_after_an_hour(store: &TestStore) {
        let folder = tempfile::tempdir().unwrap();
        let (cx, clock) = engine(store);
        let cx = over(cx, folder.path());
        let known = know(&cx, 1, 1_000).await;
        let (orphan, half) = ("ab".repeat(16), format!("{}.new", "cd".repeat(16)));
        for name in [&known, &orphan, &half] {
            put(folder.path(), name);
        }
        fs::write(folder.path().join("README"), "not ours").unwrap();
        media::sweep(&cx).await.unwrap();
        assert!(has(folder.path(), &orphan) && has(folder.path(), &half), "they may just be being written");
        // The files were written by the machine's clock, which the standing one is behind.
        clock.forward(DAY * 3_650);
        media::sweep(&cx).await.unwrap();
        assert!(has(folder.path(), &known) && !has(folder.path(), &orphan) && !has(folder.path(), &half));
        assert!(folder.path().join("README").exists());
    }

    async fn a_folder_that_is_not_there_holds_nothing(store: &TestStore) {
        let (cx, _) = engine(store);
        know(&cx, 1, 0).await;
        media::forget(&cx).await.unwrap();
        media::sweep(&cx).await.unwrap();
    }
}
