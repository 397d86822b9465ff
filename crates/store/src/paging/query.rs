//! The statements of a page.

use super::{
    Listed, SortColumn,
    cursor::Key,
    filter::{Bounds, Filter},
};
use crate::sql::Sql;
use model::Total;
use sea_orm::DbBackend;

/// An order of rows; without a column by id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Order {
    pub column: Option<SortColumn>,
    pub descending: bool,
}

impl Order {
    pub(crate) fn reversed(self) -> Self {
        Self {
            descending: !self.descending,
            ..self
        }
    }

    fn word(self) -> &'static str {
        if self.descending { "DESC" } else { "ASC" }
    }

    fn than(self) -> &'static str {
        if self.descending { "<" } else { ">" }
    }
}

/// How the rows of a page are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// The index of the order serves the conditions as well, or there are none.
    Natural,
    /// Few rows match: take them all by the index of the conditions, then sort them.
    Gather,
    /// Many rows match: walk the index of the order and drop what doesn't match.
    Sift,
}

impl Plan {
    /// `count` is how many rows match, counted up to just above [`Total::MAX`].
    pub(crate) fn choose(order: &Order, filter: &Filter, count: u64) -> Self {
        if filter.is_empty() || order.column == Some(SortColumn::NAME) {
            Self::Natural
        } else if count <= Total::MAX {
            Self::Gather
        } else {
            Self::Sift
        }
    }
}

/// Which rows to read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walk<'a> {
    pub order: Order,
    pub filter: &'a Filter,
    pub plan: Plan,
    /// The row just before the first one.
    pub from: Option<&'a Key>,
    pub limit: usize,
}

/// Counts the rows up to one more than [`Total::MAX`]; beyond it nobody needs to know.
pub(crate) fn count(table: &str, filter: &Filter) -> Sql {
    let mut sql = Sql::new(format!(
        "SELECT COUNT(*) AS n FROM (SELECT 1 FROM {table} AS t WHERE 1 = 1"
    ));
    filter.write_all(&mut sql);
    // Matters to the planner only: PostgreSQL would rather begin at one end of the table and hope for matches.
    if filter.flow.is_some() {
        sql.push(" ORDER BY t.flow_id, t.name_folded");
    } else if !filter.is_empty() {
        sql.push(" ORDER BY t.name_folded");
    }
    sql.push(format!(" LIMIT {}) AS counted", Total::MAX + 1));
    sql
}

/// The rows of a page: first their keys, from an index alone, then what the registry shows of them.
pub(crate) fn page<C: Listed>(walk: &Walk<'_>, backend: DbBackend) -> Sql {
    let mut sql = Sql::new("WITH ");
    match walk.plan {
        Plan::Gather => gathered(&mut sql, walk, C::TABLE),
        Plan::Natural | Plan::Sift => walked(&mut sql, walk, C::TABLE, backend),
    }
    let word = walk.order.word();
    let (select, table, joins) = (C::SELECT, C::TABLE, C::JOINS);
    sql.push(format!(
        " SELECT k.v AS sort_value, k.id AS sort_id, {select} FROM k JOIN {table} AS t ON t.id = k.id {joins} \
         ORDER BY k.v {word}, k.id {word}"
    ));
    sql
}

/// Keys out of the few rows that match; materialised, so that no planner takes another way to them.
fn gathered(sql: &mut Sql, walk: &Walk<'_>, table: &str) {
    let column = walk.order.column.map_or("id", |column| column.name);
    if walk.filter.like.is_some() {
        // Every name may have to be looked at: in the index of names alone, not in the wide rows.
        sql.push(format!(
            "named AS MATERIALIZED (SELECT t.id AS id FROM {table} AS t WHERE 1 = 1"
        ));
        walk.filter.write_all(sql);
        sql.push(format!(
            "), m AS MATERIALIZED (SELECT t.id AS id, t.{column} AS v FROM named JOIN {table} AS t ON t.id = named.id"
        ));
    } else {
        sql.push(format!(
            "m AS MATERIALIZED (SELECT t.id AS id, t.{column} AS v FROM {table} AS t WHERE 1 = 1"
        ));
        walk.filter.write_all(sql);
    }
    sql.push("), k AS (SELECT m.id AS id, m.v AS v FROM m");
    let (word, than) = (walk.order.word(), walk.order.than());
    match walk.from {
        None => {}
        Some(Key { value: None, id }) => {
            sql.push(format!(" WHERE m.id {than} ")).bind(*id);
        }
        Some(Key { value: Some(value), id }) => {
            sql.push(format!(" WHERE (m.v, m.id) {than} ("))
                .bind(value.clone())
                .push(", ")
                .bind(*id)
                .push(")");
        }
    }
    sql.push(format!(" ORDER BY m.v {word}, m.id {word} LIMIT {})", walk.limit));
}

/// Keys along an index.
fn walked(sql: &mut Sql, walk: &Walk<'_>, table: &str, backend: DbBackend) {
    let hide = if walk.plan == Plan::Sift && backend == DbBackend::Sqlite {
        "+"
    } else {
        ""
    };
    let (word, than) = (walk.order.word(), walk.order.than());
    let Some(column) = walk.order.column.map(|column| column.name) else {
        sql.push(format!(
            "k AS (SELECT t.id AS id, t.id AS v FROM {table} AS t WHERE 1 = 1"
        ));
        if let Some(key) = walk.from {
            sql.push(format!(" AND t.id {than} ")).bind(key.id);
        }
        walk.filter.write(sql, hide, Bounds::BOTH);
        sql.push(format!(" ORDER BY t.id {word} LIMIT {})", walk.limit));
        return;
    };
    let stretch = format!("SELECT t.id AS id, t.{column} AS v FROM {table} AS t WHERE ");
    let end = format!(" ORDER BY t.{column} {word}, t.id {word} LIMIT {}", walk.limit);
    let Some(Key { value: Some(value), id }) = walk.from else {
        sql.push(format!("k AS ({stretch}1 = 1"));
        walk.filter.write(sql, hide, Bounds::BOTH);
        sql.push(format!("{end})"));
        return;
    };
    // By name, the cursor takes the place of one end of the prefix's range.
    let bounds = match (walk.plan == Plan::Natural, walk.order.descending) {
        (false, _) => Bounds::BOTH,
        (true, false) => Bounds {
            lower: false,
            upper: true,
        },
        (true, true) => Bounds {
            lower: true,
            upper: false,
        },
    };
    if backend == DbBackend::Postgres {
        sql.push(format!("k AS ({stretch}(t.{column}, t.id) {than} ("))
            .bind(value.clone());
        sql.push(", ").bind(*id).push(")");
        walk.filter.write(sql, hide, bounds);
        sql.push(format!("{end})"));
        return;
    }
    // SQLite enters an index by the first column of such a comparison only and would step over every tie before the
    // cursor, which is half the table for a column like the state. So there are two stretches: the ties behind the
    // cursor, then the rows beyond them.
    let ties = if walk.plan == Plan::Natural {
        Bounds::NONE
    } else {
        Bounds::BOTH
    };
    sql.push(format!("k AS (SELECT * FROM ({stretch}t.{column} = "))
        .bind(value.clone());
    sql.push(format!(" AND t.id {than} ")).bind(*id);
    walk.filter.write(sql, hide, ties);
    sql.push(format!(" ORDER BY t.id {word} LIMIT {}) AS ties", walk.limit));
    sql.push(format!(" UNION ALL SELECT * FROM ({stretch}t.{column} {than} "))
        .bind(value.clone());
    walk.filter.write(sql, hide, bounds);
    sql.push(format!(
        "{end}) AS beyond ORDER BY v {word}, id {word} LIMIT {})",
        walk.limit
    ));
}
