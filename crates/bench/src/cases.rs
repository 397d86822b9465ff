//! The lists that are asked for, with and without a server.

mod depths;

use crate::{failure::Fallible, seed::names};
use depths::Depths;
use model::ListQuery;
use std::fmt;
use store::Store;

/// How far into a list a page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Its first page.
    First,
    /// A page behind half of its rows.
    Half,
    /// Its last page.
    Last,
}

impl fmt::Display for Depth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::First => "first",
            Self::Half => "half",
            Self::Last => "last",
        })
    }
}

/// One page of one list.
#[derive(Clone, Debug)]
pub struct Case {
    /// What somebody would call it.
    pub title: String,
    /// How far into the list it lies.
    pub depth: Depth,
    /// What is asked for.
    pub query: ListQuery,
}

/// The orders of the registry; the first one is that of a bare address.
const ORDERS: [&str; 11] = [
    "",
    "name",
    "-name",
    "uri",
    "-uri",
    "flow",
    "-flow",
    "provider",
    "-provider",
    "state",
    "-state",
];

/// Every order at three depths, then the searches; each page has `size` rows.
pub async fn all(store: &Store, rows: u32, size: u16) -> Fallible<Vec<Case>> {
    let mut cases = Vec::new();
    for order in ORDERS {
        cases.extend(of_order(store, rows, order, size).await?);
    }
    cases.extend(searches(size));
    Ok(cases)
}

/// One order at three depths.
pub async fn of_order(store: &Store, rows: u32, order: &str, size: u16) -> Fallible<Vec<Case>> {
    let list = ListQuery {
        sort: order.to_owned(),
        ..ListQuery::default()
    };
    let depths = Depths::find(store, &list, rows, size).await?;
    let page = |depth, after: String| Case {
        title: title(order),
        depth,
        query: ListQuery {
            size: size.to_string(),
            after,
            ..list.clone()
        },
    };
    Ok(vec![
        page(Depth::First, String::new()),
        page(Depth::Half, depths.half),
        page(Depth::Last, depths.last),
    ])
}

/// Searches by the beginning of the name and by a part of it, some of them sorted by another column.
fn searches(size: u16) -> Vec<Case> {
    let wanted = [
        (names::PREFIX, ""),
        (names::PREFIX, "name"),
        (names::PREFIX, "-uri"),
        (names::RARE_PART, ""),
        (names::FREQUENT_PART, ""),
        (names::FREQUENT_PART, "-uri"),
    ];
    let case = |(q, order): (&str, &str)| Case {
        title: match order {
            "" => format!("search `{q}`"),
            order => format!("search `{q}`, {}", title(order)),
        },
        depth: Depth::First,
        query: ListQuery {
            q: q.to_owned(),
            sort: order.to_owned(),
            size: size.to_string(),
            ..ListQuery::default()
        },
    };
    wanted.into_iter().map(case).collect()
}

fn title(order: &str) -> String {
    match order.strip_prefix('-') {
        _ if order.is_empty() => "default order".to_owned(),
        Some(column) => format!("by {column} ↓"),
        None => format!("by {order} ↑"),
    }
}
