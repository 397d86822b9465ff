//! Files that peers sent.

use crate::NOW;
use model::{DeliveryId, GatewayId, Timestamp};
use store::{
    Store,
    media::{self, Media, MediaId},
};

fn file(number: u8, delivery: i64, part: u32) -> Media {
    Media {
        id: MediaId([number; 16]),
        gateway: GatewayId(7),
        came_with: (DeliveryId(delivery), part),
        name: "рахунок.pdf".into(),
        mime: "application/pdf".into(),
        size: 5 << 30,
        sha256: "ab".repeat(32),
        created_at: NOW,
        expires_at: Timestamp(NOW.0 + i64::from(number)),
    }
}

async fn put(store: &Store, media: &Media) -> bool {
    let tx = store.begin().await.unwrap();
    let is_new = media::insert(&tx, media).await.unwrap();
    tx.commit().await.unwrap();
    is_new
}

store::databases! {
    async fn a_file_is_read_as_it_was_stored(store: &TestStore) {
        let one = file(1, 10, 0);
        assert!(put(store, &one).await);
        assert_eq!(media::get(store.read(), one.id).await.unwrap().as_ref(), Some(&one));
        assert_eq!(media::get(store.read(), MediaId([9; 16])).await.unwrap(), None);
    }

    async fn a_piece_of_an_event_has_one_file(store: &TestStore) {
        let (one, two) = (file(1, 10, 0), file(2, 10, 1));
        assert!(put(store, &two).await && put(store, &one).await);
        assert!(!put(store, &file(3, 10, 0)).await, "it has one");
        assert!(put(store, &file(4, 11, 0)).await);
        let tx = store.begin().await.unwrap();
        media::remove(&tx, MediaId([4; 16])).await.unwrap();
        assert!(media::insert(&tx, &file(5, 11, 0)).await.unwrap(), "it has none any more");
        tx.commit().await.unwrap();
        assert_eq!(media::of_delivery(store.read(), DeliveryId(10)).await.unwrap(), [one, two]);
    }

    async fn files_are_forgotten_when_their_time_has_come(store: &TestStore) {
        for number in 1..=3 {
            put(store, &file(number, i64::from(number), 0)).await;
        }
        let ids: Vec<MediaId> = (1..=4).map(|number| MediaId([number; 16])).collect();
        assert_eq!(media::known(store.read(), &ids).await.unwrap().len(), 3);
        let tx = store.begin().await.unwrap();
        let mut gone = media::purge(&tx, Timestamp(NOW.0 + 2), 10).await.unwrap();
        tx.commit().await.unwrap();
        gone.sort();
        assert_eq!(gone, ids[..2]);
        let left = media::known(store.read(), &ids).await.unwrap();
        assert_eq!(left.into_iter().collect::<Vec<_>>(), [ids[2]]);
    }

    async fn an_address_is_signed_for_one_file_and_one_end(store: &TestStore) {
        let (id, conn) = (MediaId([1; 16]), store.read());
        let signature = media::sign(conn, id, NOW);
        assert_eq!(signature.len(), 43);
        assert!(media::verify(conn, id, NOW, &signature));
        assert!(!media::verify(conn, MediaId([2; 16]), NOW, &signature));
        assert!(!media::verify(conn, id, Timestamp(NOW.0 + 1), &signature));
        for forged in ["", &signature[..42], &format!("{signature}A"), &"A".repeat(43), "ї"] {
            assert!(!media::verify(conn, id, NOW, forged), "{forged}");
        }
    }
}
