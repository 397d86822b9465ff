//! A user as the frame of a card sees them.

use crate::{
    api::{Posted, UserCard, create_user, get_user, update_user},
    components::form::{card::CardObject, state::Place},
    error::AppError,
};
use model::{FieldErrors, Fields, Section, Stamps, UserId, UserInput, Version};

impl CardObject for UserCard {
    const SECTION: Section = Section::Users;

    fn id(&self) -> Option<i64> {
        self.id.map(|id| id.0)
    }

    fn new_name(&self) -> String {
        "New user".to_owned()
    }

    fn fields(&self) -> &Fields {
        &self.fields
    }

    fn version(&self) -> Version {
        self.version
    }

    fn stamps(&self) -> Option<&Stamps> {
        self.stamps.as_ref()
    }

    fn posted(&self) -> Option<&Posted> {
        self.posted.as_ref()
    }

    fn places(&self) -> Vec<Place> {
        let place = |key: String, label: &str| Place {
            key,
            label: label.to_owned(),
            tab: String::new(),
        };
        let mut places = vec![
            place("name".to_owned(), "Name"),
            place("disabled".to_owned(), "Disabled"),
        ];
        places.extend(
            self.roles
                .iter()
                .map(|role| place(UserInput::role_key(role.id), &role.name)),
        );
        places.push(place("password".to_owned(), "Password"));
        places
    }

    fn group_label(key: &str) -> Option<String> {
        (key == "roles").then(|| "Roles".to_owned())
    }

    fn check(&self, fields: &Fields) -> FieldErrors {
        UserInput::parse(fields, self.id.is_none()).err().unwrap_or_default()
    }

    fn base_path(&self) -> String {
        self.id
            .map_or_else(|| "/users/new".to_owned(), |id| format!("/users/{id}"))
    }

    async fn create(&self, fields: Fields) -> Result<Self, AppError> {
        whole(create_user(fields).await)
    }

    async fn update(id: i64, version: Version, changes: Fields) -> Result<Self, AppError> {
        whole(update_user(UserId(id), version, changes).await)
    }

    async fn load(id: i64) -> Result<Self, AppError> {
        whole(get_user(UserId(id)).await)
    }
}

/// The answer with every role's checkbox in its fields, so that an untouched one is no change.
pub(super) fn whole(answer: Result<UserCard, AppError>) -> Result<UserCard, AppError> {
    answer.map(|mut card| {
        for role in &card.roles {
            let key = UserInput::role_key(role.id);
            if !card.fields.has(&key) {
                card.fields.set(key, "false");
            }
        }
        for (key, empty) in [("disabled", "false"), ("password", "")] {
            if !card.fields.has(key) {
                card.fields.set(key, empty);
            }
        }
        card
    })
}
