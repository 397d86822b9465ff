//! The pieces that pages are made of.

pub mod copy_button;
pub mod dialog;
pub mod editor;
pub mod emblem;
pub mod feed;
pub mod form;
pub mod health;
pub mod icon;
pub mod live;
pub mod page_error;
pub mod page_title;
pub mod registry;
pub mod session_gate;
pub mod time_ago;
pub mod toast;
pub mod viewer;
