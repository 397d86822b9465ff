//! The words and rules of the product.
//!
//! Everything here is pure data and validation, compiled for the server and for the browser alike, so a form
//! and the server that receives it can't disagree. It must not know databases, HTTP servers, clocks or leptos.

mod audit;
mod change;
mod conversation;
mod delivery;
mod flow;
pub mod form;
mod gateway;
mod health;
mod ids;
pub mod message;
mod meta;
mod name;
mod page;
mod permission;
mod provider;
mod removal;
mod role;
mod secret;
pub mod settings;
mod template;
mod timestamp;
pub mod trying;
mod uri;
mod user;

pub use audit::{Action, AuditLine, FieldChange};
pub use change::Change;
pub use conversation::{Conversation, ConversationPage, ConversationRow, Ended};
pub use delivery::{Delivery, DeliveryPage, DeliveryQuery, DeliveryResult, DeliveryRow, Way};
pub use flow::{
    Against, DiffKind, DiffLine, Flow, FlowColumn, FlowFile, FlowFileError, FlowInput, FlowKind, FlowRef, FlowRow,
    MAX_FLOW_FILE_BYTES, MAX_PROGRAM_BYTES, ProgramDifference, ProgramVersion, SavedProgram,
};
pub use form::{FieldErrors, Fields};
pub use gateway::{Gateway, GatewayColumn, GatewayInput, GatewayRow, SecretState};
pub use health::{Health, HealthState, Remedy};
pub use ids::{ConversationId, DeliveryId, FlowId, GatewayId, RoleId, UserId, Version};
pub use meta::{MetaDetails, MetaFound, MetaKind, MetaRow, UnknownMetaKind};
pub use name::{MAX_NAME_CHARS, parse_name};
pub use page::{Column, Direction, ListQuery, NamePattern, Page, PageRequest, Position, Sort, Total};
pub use permission::{Grants, Letter, Section};
pub use provider::Provider;
pub use removal::Removal;
pub use role::{Role, RoleColumn, RoleInput, RoleRef, RoleRow};
pub use secret::Secret;
pub use settings::Settings;
pub use template::Templates;
pub use timestamp::Timestamp;
pub use uri::{Uri, UriError};
pub use user::{MIN_PASSWORD_CHARS, Stamps, User, UserColumn, UserInput, UserRow, Viewer, check_password};
