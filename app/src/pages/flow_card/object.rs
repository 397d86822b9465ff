//! A flow schema as the frame of a card sees it.

use super::{
    DESCRIPTION, GENERAL, NAME, PROGRAM, TAGS,
    program::{check, refusal},
};
use crate::{
    api::{FlowCard, Posted, create_flow, get_flow, update_flow},
    components::form::{card::CardObject, state::Place},
    error::AppError,
};
use model::{FieldErrors, Fields, FlowId, FlowInput, Section, Stamps, Version};

impl CardObject for FlowCard {
    const SECTION: Section = Section::Flows;

    fn id(&self) -> Option<i64> {
        self.id.map(|id| id.0)
    }

    fn new_name(&self) -> String {
        "New flow schema".to_owned()
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
        let place = |field: &model::form::Field| Place {
            key: field.key.to_owned(),
            label: field.label.to_owned(),
            tab: GENERAL.segment.to_owned(),
        };
        [&NAME, &DESCRIPTION, &TAGS, &PROGRAM].map(place).into()
    }

    fn check(&self, fields: &Fields) -> FieldErrors {
        let mut errors = FlowInput::parse(fields).err().unwrap_or_default();
        let program = fields.get(PROGRAM.key);
        // An old mistake is no reason to refuse a new name.
        let is_new = self.id.is_none() || program != self.fields.get(PROGRAM.key);
        if is_new && let Some(sentence) = refusal(&check(program)) {
            errors.add(PROGRAM.key, sentence);
        }
        errors
    }

    fn base_path(&self) -> String {
        match self.id {
            Some(id) => format!("/flows/{id}"),
            None => format!("/flows/new/{}", self.kind.code()),
        }
    }

    async fn create(&self, fields: Fields) -> Result<Self, AppError> {
        create_flow(self.kind, fields).await
    }

    async fn update(id: i64, version: Version, changes: Fields) -> Result<Self, AppError> {
        update_flow(FlowId(id), version, changes).await
    }

    async fn load(id: i64) -> Result<Self, AppError> {
        get_flow(FlowId(id)).await
    }
}
