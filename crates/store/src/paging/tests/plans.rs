//! How the databases find pages among 100,000 rows: by an index, and without looking at many more rows than they show.

use super::{at, request, sorts};
use crate::{
    Connection,
    paging::{Cursor, Key, List, Listed, Plan, Walk, page, query},
    sql::Sql,
    testing::TestStore,
};
use model::{FlowColumn, FlowId, GatewayColumn, ListQuery, PageRequest, Position, RoleColumn, Total, UserColumn};
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::Value;
use std::time::{Duration, Instant};

const ROWS: u32 = 100_000;
const SIZE: u16 = 100;

/// Fills every registry with names of which half begin with "common" and ten with "rare", in no useful order.
async fn fill(store: &TestStore) {
    let numbers = if store.is_postgres() {
        format!("n(i) AS (SELECT generate_series(1, {ROWS}))")
    } else {
        format!("n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})")
    };
    let name = "CASE WHEN i % 10000 = 7 THEN 'rare ' WHEN i % 2 = 0 THEN 'common ' ELSE 'other ' END \
        || CAST((CAST(i AS BIGINT) * 7919) % 100000 AS TEXT)";
    let uri = "'/u' || CAST((CAST(i AS BIGINT) * 104729) % 1000003 AS TEXT)";
    let statements = [
        format!(
            "INSERT INTO roles (name, name_folded, description, description_folded, built_in, version, created_at, \
            updated_at) WITH RECURSIVE {numbers} SELECT {name}, {name}, '', 'd' || CAST(i % 50 AS TEXT), false, 1, 0, 0 FROM n"
        ),
        format!(
            "INSERT INTO users (name, name_folded, password_hash, must_change_password, disabled, version, created_at, \
            updated_at) WITH RECURSIVE {numbers} SELECT {name}, {name}, '', false, i % 3 = 0, 1, 0, 0 FROM n"
        ),
        format!(
            "INSERT INTO flows (name, name_folded, description, kind, program, tags, tags_folded, note, version, \
            created_at, updated_at) WITH RECURSIVE {numbers} SELECT {name}, {name}, '', \
            CASE WHEN i % 4 = 0 THEN 'code' ELSE 'diagram' END, '[]', '[]', '', '', 1, 0, i % 1000 FROM n"
        ),
        format!(
            "INSERT INTO gateways (name, name_folded, uri, flow_id, flow_sort, provider, enabled, settings, templates, \
            version, created_at, updated_at) WITH RECURSIVE {numbers} SELECT {name}, {name}, {uri}, \
            CASE WHEN i % 5 = 0 THEN NULL ELSE 1 + i % 500 END, \
            CASE WHEN i % 5 = 0 THEN '' ELSE 'flow ' || CAST(i % 500 AS TEXT) END, \
            CASE i % 3 WHEN 0 THEN 'viber' WHEN 1 THEN 'custom' ELSE 'telegram_bot' END, i % 4 = 0, \
            '{{}}', '{{}}', 1, 0, 0 FROM n"
        ),
    ];
    let tx = store.begin().await.unwrap();
    for statement in statements {
        Sql::new(statement).run(&tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    if store.is_postgres() {
        store.read().execute_unprepared("VACUUM ANALYZE").await.unwrap();
    }
}

/// The key in the middle of a list.
async fn middle<C: Listed>(conn: &impl Connection, list: &List<C>) -> Key {
    let column = list.order.column.map_or("id", |column| column.name);
    let direction = if list.order.descending { "DESC" } else { "ASC" };
    let matches = match list.total {
        Total::Exactly(matches) => matches,
        Total::Many if list.filter.is_empty() => u64::from(ROWS),
        Total::Many => Total::MAX,
    };
    let table = C::TABLE;
    let mut sql = Sql::new(format!(
        "SELECT t.{column} AS sort_value, t.id AS sort_id FROM {table} AS t WHERE 1 = 1"
    ));
    list.filter.write_all(&mut sql);
    let offset = matches / 2;
    sql.push(format!(
        " ORDER BY t.{column} {direction}, t.id {direction} LIMIT 1 OFFSET {offset}"
    ));
    Key::of(&sql.one(conn).await.unwrap().unwrap(), list.order.column).unwrap()
}

/// Explains the count and each kind of page of one request, and reads them; returns the slowest page.
async fn check<C: Listed>(store: &TestStore, request: &PageRequest<C>, what: &str) -> Duration {
    let conn = store.read();
    let list = List::new(conn, request).await.unwrap();
    let middle = middle(conn, &list).await;
    explain(
        store,
        query::count(C::TABLE, &list.filter),
        C::TABLE,
        &list,
        &format!("{what} count"),
    )
    .await;
    let limit = list.size + 1;
    for (from, backwards, position) in [
        (None, false, "first"),
        (None, true, "last"),
        (Some(&middle), false, "after"),
        (Some(&middle), true, "before"),
    ] {
        let order = if backwards { list.order.reversed() } else { list.order };
        let walk = Walk {
            order,
            filter: &list.filter,
            plan: list.plan,
            from,
            limit,
        };
        let sql = query::page::<C>(&walk, conn.get_database_backend());
        explain(store, sql, C::TABLE, &list, &format!("{what} {position}")).await;
    }
    let cursor = Cursor {
        key: middle,
        position: 50,
    }
    .write(&list.scope, conn.keys());
    let mut slowest = Duration::ZERO;
    for position in [
        Position::First,
        Position::After(cursor.clone()),
        Position::Before(cursor),
    ] {
        let started = Instant::now();
        let page = page(conn, &at(request, position)).await.unwrap();
        slowest = slowest.max(started.elapsed());
        assert!(!page.rows.is_empty(), "{what}");
    }
    println!(
        "{what}: {:.1} ms ({:?}, {})",
        slowest.as_secs_f64() * 1e3,
        list.plan,
        list.total
    );
    slowest
}

async fn explain<C: Listed>(store: &TestStore, sql: Sql, table: &str, list: &List<C>, what: &str) {
    if store.is_postgres() {
        let results = sql
            .prefixed("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ")
            .all(store.read())
            .await
            .unwrap();
        let plan: Value = results[0].try_get_by_index(0).unwrap();
        check_postgres(&plan, &plan, table, list, what);
    } else {
        let results = sql.prefixed("EXPLAIN QUERY PLAN ").all(store.read()).await.unwrap();
        check_sqlite(&results, list, what);
    }
}

/// Fails when a scan of the table looked at many more rows than anybody may need.
fn check_postgres<C: Listed>(node: &Value, plan: &Value, table: &str, list: &List<C>, what: &str) {
    match node {
        Value::Array(nodes) => nodes
            .iter()
            .for_each(|node| check_postgres(node, plan, table, list, what)),
        Value::Object(fields) => {
            if fields.get("Relation Name").and_then(Value::as_str) == Some(table) {
                let number = |key: &str| fields.get(key).and_then(Value::as_f64).unwrap_or(0.0);
                let rows =
                    number("Actual Rows") + number("Rows Removed by Filter") + number("Rows Removed by Index Recheck");
                let looked_at = rows * number("Actual Loops");
                let most = if list.filter.like.is_some() {
                    f64::from(ROWS) + 3.0
                } else if list.plan == Plan::Natural && !what.ends_with(" count") {
                    // One more tells whether there is a next page; sorting ties reads some ahead.
                    f64::from(SIZE) + 50.0
                } else {
                    10_001.0
                };
                assert!(looked_at <= most, "{what}: {looked_at} rows looked at\n{plan:#}");
            }
            fields
                .values()
                .for_each(|node| check_postgres(node, plan, table, list, what));
        }
        _ => {}
    }
}

/// Fails when the table is scanned without an index that serves the order, or sorted beyond what a page gathers.
fn check_sqlite<C: Listed>(results: &[QueryResult], list: &List<C>, what: &str) {
    let lines: Vec<(i64, String)> = results
        .iter()
        .map(|row| (row.try_get("", "parent").unwrap(), row.try_get("", "detail").unwrap()))
        .collect();
    let plan = || {
        lines
            .iter()
            .map(|(_, detail)| detail.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let bounded = |detail: &str| {
        ["k", "m", "named", "ties", "beyond", "counted"]
            .iter()
            .any(|name| detail == format!("SCAN {name}") || detail.starts_with(&format!("SCAN {name} ")))
            || detail.starts_with("SCAN (subquery")
    };
    let counted = what.ends_with(" count");
    for (parent, detail) in &lines {
        if detail.contains("TEMP B-TREE") {
            let of_few = lines.iter().any(|(other, detail)| other == parent && bounded(detail));
            assert!(of_few, "{what}: sorts the table\n{}", plan());
        }
        if detail.starts_with("SCAN") && !bounded(detail) {
            let indexed = detail.starts_with("SCAN t USING");
            let by_id = list.order.column.is_none() && list.plan != Plan::Gather;
            let unfiltered_count = counted && list.filter.is_empty();
            assert!(
                indexed || by_id || unfiltered_count,
                "{what}: scans the table\n{}",
                plan()
            );
            // A whole index is walked for a pattern that begins anywhere; else an index is entered where the page is.
            let from_the_end = what.ends_with(" first") || what.ends_with(" last");
            let walked = list.plan != Plan::Gather && from_the_end || unfiltered_count || list.filter.like.is_some();
            assert!(walked, "{what}: walks an index from its end\n{}", plan());
        }
    }
}

async fn check_all<C: Listed>(store: &TestStore, searches: &[&str]) {
    for q in searches {
        for sort in sorts::<C>() {
            let what = format!("{} {q:?} {sort:?}", C::TABLE);
            check(store, &request::<C>(q, &sort, SIZE), &what).await;
        }
    }
}

crate::databases! {
    async fn no_list_looks_at_the_whole_table(store: &TestStore) {
        fill(store).await;
        let searches = ["", "common", "rare", "common 1", "*99*", "common *1*", "*"];
        check_all::<GatewayColumn>(store, &searches).await;
        check_all::<UserColumn>(store, &searches).await;
        check_all::<RoleColumn>(store, &searches).await;
        check_all::<FlowColumn>(store, &searches).await;
        for q in ["", "common", "common 1", "*7*"] {
            for sort in sorts::<GatewayColumn>() {
                let request = PageRequest { flow: Some(FlowId(9)), ..request::<GatewayColumn>(q, &sort, SIZE) };
                check(store, &request, &format!("gateways of a flow {q:?} {sort:?}")).await;
            }
        }
        let largest = request::<GatewayColumn>("common", "-uri", ListQuery::MAX_SIZE);
        check(store, &largest, "1,000 gateways \"common\" \"-uri\"").await;
    }
}
