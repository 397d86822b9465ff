//! The rules of a form's state.

use super::*;
use crate::error::AppError;

fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields::from_pairs(pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())))
}

fn form(saved: &[(&str, &str)], posted: Option<&Posted>) -> FormState {
    let places = ["name", "note"].map(|key| Place {
        key: key.into(),
        label: key.to_uppercase(),
        tab: String::new(),
    });
    FormState::new(fields(saved), posted, places.into(), false, |fields| {
        if fields.get("name").len() < 3 {
            FieldErrors::one("name", "Too short.")
        } else {
            FieldErrors::default()
        }
    })
}

fn in_owner(test: impl FnOnce()) {
    let owner = Owner::new();
    owner.with(|| untrack(test));
}

#[test]
fn an_empty_form_is_not_red_until_a_save_is_tried() {
    in_owner(|| {
        let form = form(&[("name", ""), ("note", "")], None);
        assert!(!form.is_valid() && !form.is_dirty());
        assert_eq!(form.shown_error("name"), None);
        form.attempt();
        assert_eq!(form.shown_error("name").as_deref(), Some("Too short."));
    });
}

#[test]
fn a_field_that_was_left_or_filled_shows_its_error() {
    in_owner(|| {
        let form = form(&[("name", ""), ("note", "")], None);
        form.touch("name");
        assert!(form.shown_error("name").is_some());
        form.touch("note");
        assert_eq!(form.shown_error("note"), None);
    });
    in_owner(|| {
        let form = form(&[("name", ""), ("note", "")], None);
        form.enter("name", "x");
        assert!(form.shown_error("name").is_some());
    });
}

#[test]
fn typing_back_what_was_saved_is_no_change() {
    in_owner(|| {
        let form = form(&[("name", "Anna"), ("note", "")], None);
        form.enter("name", "Hanna");
        assert!(form.is_dirty());
        assert_eq!(form.changes(), fields(&[("name", "Hanna")]));
        form.enter("name", "Anna");
        assert!(!form.is_dirty());
    });
}

#[test]
fn what_the_server_said_vanishes_when_the_field_is_edited() {
    in_owner(|| {
        let form = form(&[("name", "Anna"), ("note", "")], None);
        form.refuse(FieldErrors::one("note", "Taken."));
        assert_eq!(form.shown_error("note").as_deref(), Some("Taken."));
        assert!(!form.is_valid());
        form.enter("note", "x");
        assert_eq!(form.shown_error("note"), None);
        assert!(form.is_valid());
    });
}

#[test]
fn what_is_typed_during_a_save_stays() {
    in_owner(|| {
        let form = form(&[("name", "Anna"), ("note", "")], None);
        form.enter("name", " Hanna ");
        let sent = form.all();
        form.enter("note", "later");
        form.settle(&sent, fields(&[("name", "Hanna"), ("note", "")]));
        assert_eq!(form.all(), fields(&[("name", "Hanna"), ("note", "later")]));
        assert!(form.is_dirty());
    });
}

#[test]
fn a_refused_plain_form_comes_back_as_it_was_typed() {
    in_owner(|| {
        let mut error = AppError::new(AppError::INVALID, 422, "Not saved.");
        error.fields = FieldErrors::one("name", "Taken.");
        let posted = Posted {
            fields: fields(&[("name", "Bo"), ("version", "3")]),
            error,
        };
        let form = form(&[("name", "Anna"), ("note", "n")], Some(&posted));
        assert_eq!(form.all(), fields(&[("name", "Bo"), ("note", "n")]));
        assert_eq!(form.shown_error("name").as_deref(), Some("Taken."));
        assert!(form.is_dirty());
    });
}
