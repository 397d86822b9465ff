//! Forms: what is typed, one control for each kind of field, and the frame of a card.
//!
//! A form is drawn from the model's own descriptions and checked by the model's own rules, the same that the server
//! runs when it is posted. Without JavaScript every form is a plain one that can be posted as it stands.

pub mod back;
pub mod bound;
pub mod card;
pub mod check;
pub mod controls;
pub mod field;
pub mod group;
pub mod loaded;
pub mod state;
pub mod text_area;
pub mod trail;
