//! A gateway as the frame of a card sees it.

use crate::{
    api::{GatewayCard, Posted, create_gateway, get_gateway, update_gateway},
    components::form::{card::CardObject, state::Place},
    error::AppError,
};
use model::{FieldErrors, Fields, GatewayId, GatewayInput, Section, Stamps, Version, form::Tab, settings};

impl CardObject for GatewayCard {
    const SECTION: Section = Section::ChatGateways;

    fn id(&self) -> Option<i64> {
        self.id.map(|id| id.0)
    }

    fn new_name(&self) -> String {
        "New chat gateway".to_owned()
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
        let tabs = shown_tabs(self);
        let places = tabs.flat_map(|tab| {
            tab.fields().map(|field| Place {
                key: field.key.to_owned(),
                label: field.label.to_owned(),
                tab: tab.segment.to_owned(),
            })
        });
        places.collect()
    }

    fn check(&self, fields: &Fields) -> FieldErrors {
        let set = self.secrets.iter().map(|secret| secret.field.as_str());
        GatewayInput::parse(self.provider, fields, set)
            .err()
            .unwrap_or_default()
    }

    fn base_path(&self) -> String {
        match self.id {
            Some(id) => format!("/chat-gateways/{id}"),
            None => format!("/chat-gateways/new/{}", self.provider.code()),
        }
    }

    async fn create(&self, fields: Fields) -> Result<Self, AppError> {
        create_gateway(self.provider, fields).await
    }

    async fn update(id: i64, version: Version, changes: Fields) -> Result<Self, AppError> {
        update_gateway(GatewayId(id), version, changes).await
    }

    async fn load(id: i64) -> Result<Self, AppError> {
        get_gateway(GatewayId(id)).await
    }
}

/// The provider's tabs that are there now: some come only with the first save.
pub(super) fn shown_tabs(card: &GatewayCard) -> impl Iterator<Item = &'static Tab> + use<> {
    let saved = card.id.is_some();
    settings::tabs(card.provider)
        .iter()
        .filter(move |tab| saved || !tab.saved_only)
}
