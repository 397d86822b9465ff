//! Pages of a registry with many ties, compared with the whole list sorted in memory.

mod moving;
mod plans;
mod searching;

use super::{Listed, page};
use crate::{Error, sql::Sql, testing::TestStore};
use model::{
    Column, Direction, FlowColumn, GatewayColumn, GatewayRow, ListQuery, Page, PageRequest, Position, RoleColumn, Sort,
    Total, UserColumn,
};

/// Inserts `count` gateways with many ties: 5 names, 3 flow schemas and none, 3 providers, 2 states.
pub(super) async fn seed_gateways(store: &TestStore, count: u32) {
    let tx = store.begin().await.unwrap();
    Sql::new(
        "INSERT INTO flows (name, name_folded, description, kind, program, tags, tags_folded, note, version, \
         created_at, updated_at) VALUES ('A','a','','code','[]','[]','','',1,0,0), \
         ('B','b','','diagram','[]','[]','','',1,0,0), ('C','c','','code','[]','[]','','',1,0,0)",
    )
    .run(&tx)
    .await
    .unwrap();
    for i in 0..count {
        let name = ["anna", "bot", "bot 2", "ПІДТРИМКА", "zoo"][i as usize * 7 % 5];
        let flow = [None, Some(3i64), Some(1), Some(2)][i as usize * 3 % 4];
        insert_gateway(&tx, name, flow, &format!("/g{:05}", i * 7919 % 100_000), i).await;
    }
    tx.commit().await.unwrap();
}

pub(super) async fn insert_gateway(conn: &impl crate::Connection, name: &str, flow: Option<i64>, uri: &str, i: u32) {
    let flow_sort = flow.map_or("", |id| ["a", "b", "c"][usize::try_from(id).unwrap() - 1]);
    let provider = ["viber", "custom", "telegram_bot"][i as usize * 5 % 3];
    let mut sql = Sql::new(
        "INSERT INTO gateways (name, name_folded, uri, flow_id, flow_sort, provider, enabled, settings, templates, \
         version, created_at, updated_at) VALUES (",
    );
    sql.bind(name)
        .push(", ")
        .bind(crate::fold(name))
        .push(", ")
        .bind(uri)
        .push(", ")
        .bind(flow);
    sql.push(", ")
        .bind(flow_sort)
        .push(", ")
        .bind(provider)
        .push(", ")
        .bind(i.is_multiple_of(2));
    sql.push(", '{}', '{}', 1, 0, 0)");
    sql.run(conn).await.unwrap();
}

pub(super) fn request<C: Column>(q: &str, sort: &str, size: u16) -> PageRequest<C> {
    let query = ListQuery {
        q: q.into(),
        sort: sort.into(),
        size: size.to_string(),
        ..ListQuery::default()
    };
    query.parse().unwrap()
}

pub(super) fn at<C: Column>(request: &PageRequest<C>, position: Position) -> PageRequest<C> {
    PageRequest {
        position,
        ..request.clone()
    }
}

/// The default order and every column in both directions.
pub(super) fn sorts<C: Column>() -> Vec<String> {
    let directions = [Direction::Ascending, Direction::Descending];
    let columns = C::ALL.iter().flat_map(|column| {
        directions.map(|direction| Sort {
            column: *column,
            direction,
        })
    });
    std::iter::once(String::new()).chain(columns.map(Sort::code)).collect()
}

/// Walks to the end and back, and returns the rows seen on either way in the order of the list.
async fn walk<C: Listed>(store: &TestStore, request: &PageRequest<C>) -> (Vec<C::Row>, Vec<C::Row>) {
    let (mut there, mut back) = (Vec::new(), Vec::new());
    let mut current = page(store.read(), request).await.unwrap();
    assert!(current.previous.is_none());
    loop {
        assert_eq!(current.first, there.len() as u64 + 1);
        there.extend(current.rows);
        let Some(next) = current.next else { break };
        current = page(store.read(), &at(request, Position::After(next))).await.unwrap();
    }
    let mut previous = current.previous;
    let size = usize::from(request.size);
    let mut end = there.len() - (there.len() - 1) % size - 1;
    while let Some(cursor) = previous {
        let current = page(store.read(), &at(request, Position::Before(cursor)))
            .await
            .unwrap();
        assert_eq!(current.first, (end + 1).saturating_sub(current.rows.len()) as u64);
        end -= current.rows.len();
        back.splice(0..0, current.rows);
        previous = current.previous;
    }
    (there, back)
}

fn sorted_ids(mut rows: Vec<GatewayRow>, sort: &str) -> Vec<i64> {
    let key = |row: &GatewayRow| match sort.trim_start_matches('-') {
        "" => String::new(),
        "name" => crate::fold(&row.name),
        "uri" => row.uri.to_string(),
        "flow" => row
            .flow
            .as_ref()
            .map(|flow| crate::fold(&flow.name))
            .unwrap_or_default(),
        "provider" => row.provider.code().to_owned(),
        "state" => row.enabled.to_string(),
        other => panic!("{other}"),
    };
    rows.sort_by_key(|row| (key(row), row.id));
    if sort.starts_with('-') {
        rows.reverse();
    }
    ids(&rows)
}

pub(super) fn ids(rows: &[GatewayRow]) -> Vec<i64> {
    rows.iter().map(|row| row.id.0).collect()
}

async fn whole(store: &TestStore, q: &str) -> Page<GatewayRow> {
    page(store.read(), &request::<GatewayColumn>(q, "", 1_000))
        .await
        .unwrap()
}

crate::databases! {
    async fn all_pages_in_a_row_are_the_sorted_list_forward_and_back(store: &TestStore) {
        seed_gateways(store, 100).await;
        for q in ["", "bot", "під", "*O*", "b*2"] {
            let all = whole(store, q).await;
            for sort in sorts::<GatewayColumn>() {
                for size in [7, 20] {
                    let (there, back) = walk(store, &request::<GatewayColumn>(q, &sort, size)).await;
                    let expected = sorted_ids(all.rows.clone(), &sort);
                    assert_eq!(ids(&there), expected, "{q:?} {sort:?} {size}");
                    let last = (expected.len() - 1) % usize::from(size) + 1;
                    assert_eq!(ids(&back), expected[..expected.len() - last], "{q:?} {sort:?} {size} back");
                }
            }
        }
    }

    async fn pages_of_one_flow_schema_hold_its_gateways_only(store: &TestStore) {
        seed_gateways(store, 60).await;
        let flow = model::FlowId(2);
        let all: Vec<_> = whole(store, "").await.rows;
        let of_flow: Vec<_> = all.into_iter().filter(|row| row.flow.as_ref().is_some_and(|f| f.id == flow)).collect();
        for sort in sorts::<GatewayColumn>() {
            let request = PageRequest { flow: Some(flow), ..request::<GatewayColumn>("", &sort, 4) };
            let (there, _) = walk(store, &request).await;
            assert_eq!(ids(&there), sorted_ids(of_flow.clone(), &sort), "{sort}");
        }
    }

    async fn the_small_registries_page_on_every_sort(store: &TestStore) {
        seed_gateways(store, 5).await;
        for sort in sorts::<RoleColumn>() {
            assert_eq!(walk(store, &request::<RoleColumn>("", &sort, 2)).await.0.len(), 3, "{sort}");
        }
        for sort in sorts::<FlowColumn>() {
            assert_eq!(walk(store, &request::<FlowColumn>("", &sort, 1)).await.0.len(), 3, "{sort}");
        }
        for sort in sorts::<UserColumn>() {
            let page = page(store.read(), &request::<UserColumn>("", &sort, 2)).await.unwrap();
            assert_eq!((page.rows.len(), page.first, page.total), (0, 0, Total::Exactly(0)));
        }
    }

    async fn a_cursor_of_another_list_is_refused(store: &TestStore) {
        seed_gateways(store, 30).await;
        let cursor = page(store.read(), &request::<GatewayColumn>("", "name", 5)).await.unwrap().next.unwrap();
        let mut changed = cursor.clone();
        changed.replace_range(3..4, if &cursor[3..4] == "B" { "C" } else { "B" });
        for (q, sort, cursor) in [("", "-name", &cursor), ("", "", &cursor), ("bot", "name", &cursor), ("", "name", &changed)] {
            for position in [Position::After(cursor.clone()), Position::Before(cursor.clone())] {
                let answer = page(store.read(), &at(&request::<GatewayColumn>(q, sort, 5), position)).await;
                assert!(matches!(answer, Err(Error::BadCursor)), "{q} {sort}");
            }
        }
        let flows = page(store.read(), &at(&request::<FlowColumn>("", "name", 5), Position::After(cursor))).await;
        assert!(matches!(flows, Err(Error::BadCursor)));
    }
}
