//! A role as the frame of a card sees it.

use crate::{
    api::{Posted, RoleCard, create_role, get_role, update_role},
    components::form::{card::CardObject, state::Place},
    error::AppError,
};
use model::{FieldErrors, Fields, Letter, RoleId, RoleInput, Section, Stamps, Version};

impl CardObject for RoleCard {
    const SECTION: Section = Section::Roles;

    fn id(&self) -> Option<i64> {
        self.id.map(|id| id.0)
    }

    fn new_name(&self) -> String {
        "New role".to_owned()
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

    fn locked(&self) -> Option<&'static str> {
        self.built_in.then_some(
            "This role is built in: it always grants the same. Make a role of your own to grant something else.",
        )
    }

    fn places(&self) -> Vec<Place> {
        let place = |key: String, label: String| Place {
            key,
            label,
            tab: String::new(),
        };
        let mut places = vec![
            place("name".to_owned(), "Name".to_owned()),
            place("description".to_owned(), "Description".to_owned()),
        ];
        for (section, letter) in every_grant() {
            let label = format!("{}: {}", section.label(), letter.label());
            places.push(place(RoleInput::grant_key(section, letter), label));
        }
        places
    }

    fn group_label(key: &str) -> Option<String> {
        let section = key.strip_prefix("grant.")?;
        Section::ALL
            .into_iter()
            .find(|known| known.code() == section)
            .map(|section| section.label().to_owned())
    }

    fn check(&self, fields: &Fields) -> FieldErrors {
        RoleInput::parse(fields).err().unwrap_or_default()
    }

    fn base_path(&self) -> String {
        self.id
            .map_or_else(|| "/roles/new".to_owned(), |id| format!("/roles/{id}"))
    }

    async fn create(&self, fields: Fields) -> Result<Self, AppError> {
        whole(create_role(fields).await)
    }

    async fn update(id: i64, version: Version, changes: Fields) -> Result<Self, AppError> {
        whole(update_role(RoleId(id), version, changes).await)
    }

    async fn load(id: i64) -> Result<Self, AppError> {
        whole(get_role(RoleId(id)).await)
    }
}

/// The answer with every checkbox of the matrix in its fields, so that an untouched one is no change.
pub(super) fn whole(answer: Result<RoleCard, AppError>) -> Result<RoleCard, AppError> {
    answer.map(|mut card| {
        for (section, letter) in every_grant() {
            let key = RoleInput::grant_key(section, letter);
            if !card.fields.has(&key) {
                card.fields.set(key, "false");
            }
        }
        card
    })
}

fn every_grant() -> impl Iterator<Item = (Section, Letter)> {
    Section::ALL
        .into_iter()
        .flat_map(|section| Letter::ALL.into_iter().map(move |letter| (section, letter)))
}
