//! Keyset paging for every registry: as fast on the last page as on the first.
//!
//! A page begins behind (or before) a row that a cursor names by its sort value and id, never at an offset. Rows that
//! are inserted or removed meanwhile therefore neither repeat nor hide others. Ties are broken by id, in the direction
//! of the sort.

mod cursor;
mod filter;
mod query;
#[cfg(test)]
mod tests;

use crate::{Connection, Error, sql::Sql};
use cursor::{Cursor, Key};
pub(crate) use filter::Filter;
use model::{Column, Direction, Page, PageRequest, Position, Sort, Total};
use query::{Order, Plan, Walk};
use sea_orm::QueryResult;

/// How a registry is read.
pub(crate) trait Listed: Column {
    /// One line of it.
    type Row;
    /// Its table, which has `id` and `name_folded`; the SELECT below calls it `t`.
    const TABLE: &'static str;
    /// What [`Listed::row`] reads.
    const SELECT: &'static str;
    /// What has to be joined for that.
    const JOINS: &'static str;

    /// The database's column to sort by.
    fn sort_column(self) -> SortColumn;

    /// Reads a row of [`Listed::SELECT`].
    fn row(result: &QueryResult) -> Result<Self::Row, Error>;
}

/// A column of the database with an index of (column, id).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SortColumn {
    pub name: &'static str,
    pub kind: Kind,
}

/// What a sort column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Number,
    Flag,
}

impl SortColumn {
    /// The folded name.
    pub(crate) const NAME: Self = Self::text("name_folded");

    /// A text that compares bytewise.
    pub(crate) const fn text(name: &'static str) -> Self {
        Self { name, kind: Kind::Text }
    }

    /// A whole number.
    pub(crate) const fn number(name: &'static str) -> Self {
        Self {
            name,
            kind: Kind::Number,
        }
    }

    /// Yes or no; no comes first.
    pub(crate) const fn flag(name: &'static str) -> Self {
        Self { name, kind: Kind::Flag }
    }
}

/// A row with what its cursor needs.
struct Found<R> {
    key: Key,
    row: R,
}

/// Reads one page.
pub(crate) async fn page<C: Listed>(conn: &impl Connection, request: &PageRequest<C>) -> Result<Page<C::Row>, Error> {
    let list = List::new(conn, request).await?;
    let cursor = |text: &str| Cursor::read(text, &list.scope, conn.keys()).ok_or(Error::BadCursor);
    match &request.position {
        Position::First => list.first(conn).await,
        Position::After(text) => list.after(conn, cursor(text)?).await,
        Position::Before(text) => list.before(conn, cursor(text)?).await,
    }
}

/// Reads the rows of these ids, in no particular order.
pub(crate) async fn rows<C: Listed>(conn: &impl Connection, ids: &[i64]) -> Result<Vec<C::Row>, Error> {
    let mut rows = Vec::with_capacity(ids.len());
    for ids in ids.chunks(crate::sql::CHUNK) {
        let mut sql = Sql::new(format!(
            "SELECT {} FROM {} AS t {} WHERE t.id IN ",
            C::SELECT,
            C::TABLE,
            C::JOINS
        ));
        sql.bind_list(ids.iter().copied());
        for result in sql.all(conn).await? {
            rows.push(C::row(&result)?);
        }
    }
    Ok(rows)
}

/// A list that pages are taken of.
struct List<C> {
    filter: Filter,
    order: Order,
    plan: Plan,
    total: Total,
    size: usize,
    scope: String,
    registry: std::marker::PhantomData<C>,
}

impl<C: Listed> List<C> {
    async fn new(conn: &impl Connection, request: &PageRequest<C>) -> Result<Self, Error> {
        let filter = Filter::new(&request.pattern, request.flow);
        let order = Order {
            column: request.sort.map(|sort| sort.column.sort_column()),
            descending: request.sort.is_some_and(|sort| sort.direction == Direction::Descending),
        };
        let counted = query::count(C::TABLE, &filter).one(conn).await?;
        let count: i64 = counted.map_or(Ok(0), |row| row.try_get("", "n"))?;
        let count = u64::try_from(count).unwrap_or(0);
        let sort = request.sort.map(Sort::code).unwrap_or_default();
        Ok(Self {
            plan: Plan::choose(&order, &filter, count),
            scope: format!("{}\n{sort}\n{}", C::TABLE, filter.scope()),
            filter,
            order,
            total: Total::from_count(count),
            size: usize::from(request.size),
            registry: std::marker::PhantomData,
        })
    }

    /// Up to `limit` rows behind `from` in the order of the list, or before it, the nearest first.
    async fn walk(
        &self,
        conn: &impl Connection,
        from: Option<&Key>,
        backwards: bool,
        limit: usize,
    ) -> Result<Vec<Found<C::Row>>, Error> {
        let order = if backwards { self.order.reversed() } else { self.order };
        let walk = Walk {
            order,
            filter: &self.filter,
            plan: self.plan,
            from,
            limit,
        };
        let results = query::page::<C>(&walk, conn.get_database_backend()).all(conn).await?;
        let found = results.iter().map(|result| {
            let key = Key::of(result, self.order.column)?;
            Ok(Found {
                key,
                row: C::row(result)?,
            })
        });
        found.collect()
    }

    async fn first(&self, conn: &impl Connection) -> Result<Page<C::Row>, Error> {
        let mut rows = self.walk(conn, None, false, self.size + 1).await?;
        let more = rows.len() > self.size;
        rows.truncate(self.size);
        Ok(self.page(conn, rows, 1, false, more))
    }

    async fn after(&self, conn: &impl Connection, cursor: Cursor) -> Result<Page<C::Row>, Error> {
        let mut rows = self.walk(conn, Some(&cursor.key), false, self.size + 1).await?;
        if rows.is_empty() {
            return self.last(conn, cursor.position).await;
        }
        let more = rows.len() > self.size;
        rows.truncate(self.size);
        let first = match self.total {
            Total::Exactly(total) if !more => total.saturating_sub(rows.len() as u64) + 1,
            Total::Exactly(_) | Total::Many => cursor.position + 1,
        };
        Ok(self.page(conn, rows, first.max(2), true, more))
    }

    async fn before(&self, conn: &impl Connection, cursor: Cursor) -> Result<Page<C::Row>, Error> {
        let mut rows = self.walk(conn, Some(&cursor.key), true, self.size + 1).await?;
        if rows.len() < self.size {
            return self.first(conn).await;
        }
        let more = rows.len() > self.size;
        rows.truncate(self.size);
        rows.reverse();
        let first = if more {
            cursor.position.saturating_sub(rows.len() as u64).max(2)
        } else {
            1
        };
        Ok(self.page(conn, rows, first, more, true))
    }

    /// The last page; `position` is about where the list ended when nobody counted that far.
    async fn last(&self, conn: &impl Connection, position: u64) -> Result<Page<C::Row>, Error> {
        let mut rows = self.walk(conn, None, true, self.size + 1).await?;
        let more = rows.len() > self.size;
        rows.truncate(self.size);
        rows.reverse();
        let end = match self.total {
            Total::Exactly(total) => total,
            Total::Many => position,
        };
        let first = if more {
            (end + 1).saturating_sub(rows.len() as u64).max(2)
        } else {
            1
        };
        Ok(self.page(conn, rows, first, more, false))
    }

    fn page(
        &self,
        conn: &impl Connection,
        rows: Vec<Found<C::Row>>,
        first: u64,
        previous: bool,
        next: bool,
    ) -> Page<C::Row> {
        let cursor = |found: Option<&Found<C::Row>>, position: u64| {
            found.map(|found| {
                Cursor {
                    key: found.key.clone(),
                    position,
                }
                .write(&self.scope, conn.keys())
            })
        };
        let end = first + (rows.len() as u64).saturating_sub(1);
        Page {
            first: if rows.is_empty() { 0 } else { first },
            total: self.total,
            next: cursor(rows.last().filter(|_| next), end),
            previous: cursor(rows.first().filter(|_| previous), first),
            rows: rows.into_iter().map(|found| found.row).collect(),
        }
    }
}
