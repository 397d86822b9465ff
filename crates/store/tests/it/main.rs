//! Every repository on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that fails anywhere has failed")]

mod arrivals;
mod audit;
mod connections;
mod conversations;
mod deliveries;
mod departures;
mod flow_calls;
mod flows;
mod gateways;
mod health;
mod leases;
mod media;
mod meta_accounts;
mod meta_sign_ins;
mod migrations;
mod roles;
mod secrets;
mod sessions;
mod users;

use model::{FlowInput, GatewayInput, Grants, RoleInput, Secret, Settings, Templates, Timestamp, Uri};
use std::collections::BTreeMap;

pub(crate) const NOW: Timestamp = Timestamp(1_800_000_000_000);

pub(crate) fn gateway(name: &str, uri: &str, flow: Option<model::FlowId>) -> GatewayInput {
    GatewayInput {
        name: name.into(),
        uri: Uri::parse(uri).unwrap(),
        flow,
        settings: Settings::Viber(model::settings::Viber::default()),
        templates: Templates {
            join: "Hello ${first_name}".into(),
            ..Templates::default()
        },
        secrets: BTreeMap::new(),
    }
}

pub(crate) fn flow(name: &str) -> FlowInput {
    FlowInput {
        name: name.into(),
        description: "What it is for".into(),
        program: "[ 1 ]".into(),
        tags: vec!["shop".into(), "Київ".into()],
    }
}

pub(crate) fn role(name: &str, grants: Grants) -> RoleInput {
    RoleInput {
        name: name.into(),
        description: "Довгий опис ".repeat(80),
        grants,
    }
}

pub(crate) fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}
