//! What a registry must know about its section.

use crate::error::AppError;
use leptos::prelude::*;
use model::{Column, ListQuery, Page, Removal};
use serde::{Serialize, de::DeserializeOwned};

/// A section of the product whose objects stand in a registry.
pub trait Section: Send + Sync + 'static {
    /// One object, as the registry shows it.
    type Row: Clone + std::fmt::Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static;
    /// The columns it can be sorted by.
    type Column: Column;

    /// Which section it is.
    const SECTION: model::Section;
    /// The classes of the table.
    const TABLE_CLASS: &'static str;
    /// The columns between the checkbox and the tools, the name first.
    const HEADINGS: &'static [Heading<Self::Column>];
    /// What is said when there is no object at all.
    const EMPTY: Empty;
    /// Several objects in one word: "chat gateways".
    const OBJECTS: &'static str;
    /// Whether "Add" opens [`Section::add_dialog`]; otherwise it leads to the page of a new object.
    const HAS_ADD_DIALOG: bool = false;
    /// What else a removal takes away.
    const REMOVAL_NOTE: Option<&'static str> = None;

    /// The id of an object.
    fn id(row: &Self::Row) -> i64;
    /// Its name.
    fn name(row: &Self::Row) -> &str;
    /// The address of its card.
    fn card(row: &Self::Row) -> String;
    /// The cells behind the name, one for each heading but the first.
    fn cells(row: RwSignal<Self::Row>, tools: RowTools) -> AnyView;
    /// One page of the list.
    fn list(query: ListQuery) -> impl Future<Output = Result<Page<Self::Row>, AppError>> + Send + 'static;
    /// Removes objects, with a result for each.
    fn remove(ids: Vec<i64>) -> impl Future<Output = Result<Vec<Removal>, AppError>> + Send + 'static;

    /// The dialog that "Add" opens.
    fn add_dialog(_open: RwSignal<bool>) -> Option<AnyView> {
        None
    }

    /// Whether somebody has changed the object between two states of its row; what is only observed of it doesn't count.
    fn is_edit(before: &Self::Row, after: &Self::Row) -> bool {
        before != after
    }

    /// What the filter of the address says about a row that passed it: "Flow: Front desk".
    fn filter(_row: &Self::Row) -> Option<String> {
        None
    }
}

/// A column's head.
#[derive(Debug)]
pub struct Heading<C> {
    /// Its name.
    pub label: &'static str,
    /// Its class.
    pub class: &'static str,
    /// By what it sorts, if it does.
    pub sort: Option<C>,
}

/// What a registry without any object says.
#[derive(Debug)]
pub struct Empty {
    /// A file in `/pictures`.
    pub picture: &'static str,
    /// A sentence's worth of heading.
    pub title: &'static str,
    /// What such an object is for.
    pub text: &'static str,
}

/// What the cells of a row may need from the registry.
#[derive(Clone, Copy, Debug)]
pub struct RowTools {
    /// Whether the viewer may change objects.
    pub may_update: Memo<bool>,
    /// How many changes of this page are on their way; while there are any, news from the server wait.
    pub under_way: StoredValue<u32>,
    /// Loads the rows again.
    pub reload: Callback<()>,
}
