//! Rows that come and go while somebody pages.

use super::{at, ids, insert_gateway, request, seed_gateways, sorts};
use crate::{Connection, paging::page, sql::Sql, testing::TestStore};
use model::{GatewayColumn, GatewayRow, Page, PageRequest, Position, Total};

async fn load(store: &TestStore, request: &PageRequest<GatewayColumn>) -> Page<GatewayRow> {
    page(store.read(), request).await.unwrap()
}

async fn remove(conn: &impl Connection, id: i64) {
    let mut sql = Sql::new("DELETE FROM gateways WHERE id = ");
    sql.bind(id);
    sql.run(conn).await.unwrap();
}

crate::databases! {
    async fn others_neither_repeat_nor_are_skipped(store: &TestStore) {
        seed_gateways(store, 90).await;
        for sort in sorts::<GatewayColumn>() {
            let request = request::<GatewayColumn>("", &sort, 10);
            let before = ids(&load(store, &PageRequest { size: 1_000, ..request.clone() }).await.rows);
            let mut seen = Vec::new();
            let mut removed = Vec::new();
            let mut position = Position::First;
            for step in 0u32.. {
                let page = load(store, &at(&request, position)).await;
                seen.extend(ids(&page.rows));
                let Some(next) = page.next else { break };
                // Remove the very row that the cursor names, and put a new one before and one behind it.
                let tx = store.begin().await.unwrap();
                let last = *seen.last().unwrap();
                remove(&tx, last).await;
                removed.push(last);
                for name in ["aaa", "zzz"] {
                    let uri = format!("/{name}-{}-{step}", if sort.is_empty() { "id" } else { &sort });
                    insert_gateway(&tx, name, None, &uri, step).await;
                }
                tx.commit().await.unwrap();
                position = Position::After(next);
            }
            let mut once = seen.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), seen.len(), "{sort}: a row came twice");
            let old: Vec<i64> = seen.iter().copied().filter(|id| before.contains(id)).collect();
            assert_eq!(old, before, "{sort}: a row was skipped");
            let tx = store.begin().await.unwrap();
            Sql::new("DELETE FROM gateways WHERE name IN ('aaa', 'zzz')").run(&tx).await.unwrap();
            for (i, _) in removed.iter().enumerate() {
                insert_gateway(&tx, "bot", None, &format!("/again{sort}-{i}"), 1).await;
            }
            tx.commit().await.unwrap();
        }
    }

    async fn a_page_that_became_empty_is_answered_by_the_last_one(store: &TestStore) {
        seed_gateways(store, 30).await;
        let request = request::<GatewayColumn>("", "name", 10);
        let first = load(store, &request).await;
        let second = load(store, &at(&request, Position::After(first.next.unwrap()))).await;
        let cursor = second.next.unwrap();
        let third = load(store, &at(&request, Position::After(cursor.clone()))).await;
        let tx = store.begin().await.unwrap();
        for id in ids(&third.rows) {
            remove(&tx, id).await;
        }
        tx.commit().await.unwrap();
        let page = load(store, &at(&request, Position::After(cursor))).await;
        assert_eq!(ids(&page.rows), ids(&second.rows));
        assert_eq!((page.first, page.total), (11, Total::Exactly(20)));
        assert!(page.next.is_none() && page.previous.is_some());
    }

    async fn a_page_back_that_is_not_full_is_answered_by_the_first_one(store: &TestStore) {
        seed_gateways(store, 30).await;
        let request = request::<GatewayColumn>("", "-uri", 10);
        let first = load(store, &request).await;
        let second = load(store, &at(&request, Position::After(first.next.unwrap()))).await;
        let tx = store.begin().await.unwrap();
        for id in ids(&first.rows[..4]) {
            remove(&tx, id).await;
        }
        tx.commit().await.unwrap();
        let page = load(store, &at(&request, Position::Before(second.previous.unwrap()))).await;
        assert_eq!(page.rows.len(), 10);
        assert_eq!(page.first, 1);
        assert!(page.previous.is_none() && page.next.is_some());
    }

    async fn an_emptied_list_is_an_empty_page(store: &TestStore) {
        seed_gateways(store, 12).await;
        let request = request::<GatewayColumn>("", "state", 5);
        let cursor = load(store, &request).await.next.unwrap();
        let tx = store.begin().await.unwrap();
        Sql::new("DELETE FROM gateways").run(&tx).await.unwrap();
        tx.commit().await.unwrap();
        for position in [Position::After(cursor.clone()), Position::Before(cursor)] {
            let page = load(store, &at(&request, position)).await;
            assert_eq!((page.rows.len(), page.first, page.total), (0, 0, Total::Exactly(0)));
            assert!(page.next.is_none() && page.previous.is_none());
        }
    }
}
