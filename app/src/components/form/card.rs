//! The frame that the cards of gateways, flow schemas, users and roles share: head, tabs, saving, conflict, guard.

mod banners;
mod facts;
mod frame;
mod guard;
mod head;
mod leave;
mod object;
mod save_state;
mod saving;
mod shortcuts;
mod state;
mod tabs;

pub use facts::Record;
pub use frame::CardFrame;
pub use object::{CardObject, missing};
pub use saving::{Go, use_go};
pub use state::CardState;
pub use tabs::{TabLink, TabPanel, shown_count};
