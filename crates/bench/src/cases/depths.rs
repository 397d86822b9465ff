//! The cursors of pages deep in a list, found by walking there.

use crate::failure::Fallible;
use model::{GatewayColumn, ListQuery};
use store::Store;

/// Where the pages of a list begin.
pub struct Depths {
    /// Behind half of the rows.
    pub half: String,
    /// Before the last page.
    pub last: String,
}

impl Depths {
    /// Walks through a list of `rows` rows whose pages have `size` rows.
    pub async fn find(store: &Store, list: &ListQuery, rows: u32, size: u16) -> Fallible<Self> {
        let mut walk = Walk {
            store,
            list: list.clone(),
            passed: 0,
        };
        Ok(Self {
            half: walk.to(rows / 2).await?,
            last: walk.to(rows - u32::from(size)).await?,
        })
    }
}

struct Walk<'a> {
    store: &'a Store,
    list: ListQuery,
    passed: u32,
}

impl Walk<'_> {
    /// Goes on until so many rows are passed; gives the cursor there.
    async fn to(&mut self, rows: u32) -> Fallible<String> {
        while self.passed < rows {
            let step = (rows - self.passed).min(u32::from(ListQuery::MAX_SIZE));
            self.list.size = step.to_string();
            let request = self
                .list
                .parse::<GatewayColumn>()
                .map_err(|errors| format!("{errors:?}"))?;
            let page = store::gateways::page(self.store.read(), &request).await?;
            self.list.after = page.next.ok_or("the list ended too early")?;
            self.passed += step;
        }
        Ok(self.list.after.clone())
    }
}
