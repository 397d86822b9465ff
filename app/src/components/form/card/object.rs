//! What the frame must know of the object on a card.

use crate::{api::Posted, components::form::state::Place, error::AppError};
use model::{FieldErrors, Fields, Section, Stamps, Version};
use std::future::Future;

/// An object that a card shows and saves.
pub trait CardObject: Clone + Send + Sync + 'static {
    /// Its section.
    const SECTION: Section;

    /// Its id; `None` until the first save.
    fn id(&self) -> Option<i64>;
    /// What it is called before it has a name: "New role".
    fn new_name(&self) -> String;
    /// The form's fields as they are saved.
    fn fields(&self) -> &Fields;
    /// The version that a save must name.
    fn version(&self) -> Version;
    /// When and by whom it was created and changed.
    fn stamps(&self) -> Option<&Stamps>;
    /// What was posted without JavaScript and refused.
    fn posted(&self) -> Option<&Posted>;
    /// Why nobody may change it, whatever they are granted.
    fn locked(&self) -> Option<&'static str> {
        None
    }
    /// Every field that the card shows, in its order.
    fn places(&self) -> Vec<Place>;

    /// What a change of several places at once is called, by its key in the history; none for what is one place.
    #[must_use]
    fn group_label(key: &str) -> Option<String> {
        _ = key;
        None
    }
    /// The rule that the server runs too.
    fn check(&self, fields: &Fields) -> FieldErrors;
    /// The address of the card without a tab.
    fn base_path(&self) -> String;

    /// Saves it for the first time.
    fn create(&self, fields: Fields) -> impl Future<Output = Result<Self, AppError>>;
    /// Saves changes.
    fn update(id: i64, version: Version, changes: Fields) -> impl Future<Output = Result<Self, AppError>>;
    /// Reads it as it stands now.
    fn load(id: i64) -> impl Future<Output = Result<Self, AppError>>;
}

/// The error of an address that leads nowhere; on the server the page's status becomes 404.
#[must_use]
pub fn missing(sentence: &str) -> AppError {
    let error = AppError::new(AppError::NOT_FOUND, 404, sentence);
    #[cfg(feature = "ssr")]
    let error = crate::api::ssr::answer::<(), _>(Err(error.clone()))
        .err()
        .unwrap_or(error);
    error
}
