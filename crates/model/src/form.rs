//! Forms: flat fields as a browser posts them, their description, and what is wrong with them.
//!
//! A form is a map from a field's key to its text, the same for a plain HTML form, the hydrated page and the
//! HTTP API. [`Field`] describes a field once; the page draws it and [`Reader`] checks it from that description.

mod errors;
mod field;
mod fields;
mod reader;
mod secret_shape;

pub use errors::FieldErrors;
pub use field::{Control, Field, Group, Tab};
pub use fields::Fields;
pub use reader::Reader;
pub(crate) use reader::origins;
pub use secret_shape::SecretShape;
