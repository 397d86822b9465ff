//! Chat gateways: what the registry shows, what a card holds, what a form says.

use crate::{
    FieldErrors, Fields, FlowId, FlowRef, GatewayId, Health, Provider, Secret, Settings, Stamps, Templates, Timestamp,
    Uri, Version, form::Reader, page::Column, parse_name,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A gateway in the registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayRow {
    /// Its id.
    pub id: GatewayId,
    /// Its name.
    pub name: String,
    /// The path under which it is reached.
    pub uri: Uri,
    /// The flow schema that answers, if one is chosen.
    pub flow: Option<FlowRef>,
    /// The messenger.
    pub provider: Provider,
    /// What the administrator wants.
    pub enabled: bool,
    /// What was last observed of it.
    pub health: Health,
    /// Its version.
    pub version: Version,
}

/// A whole gateway; of its secrets only that they are set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gateway {
    /// Its id.
    pub id: GatewayId,
    /// Its name.
    pub name: String,
    /// The path under which it is reached.
    pub uri: Uri,
    /// The flow schema that answers, if one is chosen.
    pub flow: Option<FlowRef>,
    /// What the administrator wants.
    pub enabled: bool,
    /// What was last observed of it.
    pub health: Health,
    /// The provider and its settings.
    pub settings: Settings,
    /// The texts sent on events.
    pub templates: Templates,
    /// Which secrets are set.
    pub secrets: Vec<SecretState>,
    /// Its version.
    pub version: Version,
    /// When and by whom it was created and changed.
    pub stamps: Stamps,
}

/// That a secret is set, by whom and when; never its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretState {
    /// The secret's key, as [`crate::form::Control::Secret`] fields carry it.
    pub field: String,
    /// When it was set.
    pub set_at: Timestamp,
    /// By whom, by name.
    pub set_by: String,
}

/// The columns of the registry of gateways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatewayColumn {
    /// Name.
    Name,
    /// URI.
    Uri,
    /// The name of the flow schema; gateways without one come first.
    Flow,
    /// Provider.
    Provider,
    /// State: disabled before enabled.
    State,
}

impl Column for GatewayColumn {
    const ALL: &'static [Self] = &[Self::Name, Self::Uri, Self::Flow, Self::Provider, Self::State];

    fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Uri => "uri",
            Self::Flow => "flow",
            Self::Provider => "provider",
            Self::State => "state",
        }
    }
}

/// What a form says about a gateway, checked.
#[derive(Clone, Debug)]
pub struct GatewayInput {
    /// Its name.
    pub name: String,
    /// The path; after the first save it can't be changed any more.
    pub uri: Uri,
    /// The flow schema, if one is chosen.
    pub flow: Option<FlowId>,
    /// The provider and its settings.
    pub settings: Settings,
    /// The texts sent on events.
    pub templates: Templates,
    /// Secrets that were typed; the others stay as they are.
    pub secrets: BTreeMap<String, Secret<String>>,
}

impl GatewayInput {
    /// Checks a form of one provider; `set` are the keys of the secrets that are set already.
    ///
    /// # Errors
    ///
    /// A sentence for each field that is wrong, missing, or belongs to another provider.
    pub fn parse<'a>(
        provider: Provider,
        fields: &Fields,
        set: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, FieldErrors> {
        let mut reader = Reader::new(provider, fields, set);
        let name = reader.take("name", parse_name);
        let uri = reader.uri("uri");
        let settings = Settings::read(provider, &mut reader);
        let flow = reader.flow("flow");
        let templates = Templates {
            title: reader.template("templates.title"),
            join: reader.template("templates.join"),
            close: reader.template("templates.close"),
            left: reader.template("templates.left"),
            file_policy_fail: reader.template("templates.file_policy_fail"),
        };
        let secrets = reader.secrets();
        reader.refuse_unknown();
        reader.into_result(Self {
            name,
            uri,
            flow,
            settings,
            templates,
            secrets,
        })
    }
}

impl Gateway {
    /// The form's fields of the gateway as it stands; secrets are empty, which keeps them.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::defaults(self.settings.provider());
        fields.set("name", &self.name);
        fields.set("uri", self.uri.as_str());
        fields.set(
            "flow",
            self.flow.as_ref().map(|flow| flow.id.to_string()).unwrap_or_default(),
        );
        self.settings.write(&mut fields);
        let templates = [
            ("templates.title", &self.templates.title),
            ("templates.join", &self.templates.join),
            ("templates.close", &self.templates.close),
            ("templates.left", &self.templates.left),
            ("templates.file_policy_fail", &self.templates.file_policy_fail),
        ];
        for (key, text) in templates {
            if fields.has(key) {
                fields.set(key, text);
            }
        }
        fields
    }
}
