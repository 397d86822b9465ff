//! Tries a gateway's settings at its messenger, without touching what is registered there.

use crate::{Context, SaveError, access::Actor, pipeline::Line, reconciler};
use model::{Fields, GatewayId, GatewayInput, HealthState, Letter, Provider, Secret, Section};
use providers::Registration;
use std::collections::BTreeMap;

/// What a try showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tested {
    /// Whether the messenger accepts the settings.
    pub works: bool,
    /// In a sentence.
    pub sentence: String,
}

/// Asks the messenger whether it accepts the settings of a form, saved or not; `id` is the saved gateway whose secrets
/// stand in for those that were not typed.
///
/// # Errors
///
/// [`SaveError::Invalid`] names each wrong field.
pub async fn test(
    cx: &Context,
    actor: &Actor,
    provider: Provider,
    id: Option<GatewayId>,
    fields: &Fields,
) -> Result<Tested, SaveError> {
    let letter = if id.is_some() { Letter::Update } else { Letter::Create };
    actor.may(Section::ChatGateways, letter)?;
    let saved = match id {
        None => None,
        Some(id) => {
            let line = cx.pipeline.inner().accounts.get(cx, id).await?;
            Some(line.ok_or(SaveError::NotFound(Section::ChatGateways))?)
        }
    };
    let before = match id {
        None => Fields::defaults(provider),
        Some(id) => {
            let gateway = store::gateways::get(cx.store.read(), id).await?;
            gateway.ok_or(SaveError::NotFound(Section::ChatGateways))?.fields()
        }
    };
    let set: Vec<String> = saved
        .iter()
        .flat_map(|line| line.account.secrets.keys().cloned())
        .collect();
    let mut all = before.overlaid(fields);
    if all.get("name").trim().is_empty() {
        all.set("name", "Test");
    }
    let input = GatewayInput::parse(provider, &all, set.iter().map(String::as_str))?;
    let mut secrets: BTreeMap<String, Secret<String>> = saved
        .as_ref()
        .map(|line| line.account.secrets.clone())
        .unwrap_or_default();
    secrets.extend(input.secrets.clone());
    let outside = &cx.pipeline.inner().outside;
    let account = providers::Account {
        gateway: id.unwrap_or(GatewayId(0)),
        name: input.name.clone(),
        settings: input.settings.clone(),
        secrets,
        callback_url: format!("{}{}", cx.callback_base(), input.uri),
        is_public: outside.is_public,
        door_secret: saved
            .as_ref()
            .map_or_else(|| Secret::new(cx.rng.word()), |line| line.account.door_secret.clone()),
        meta: saved.as_ref().map(|line| line.account.meta.clone()).unwrap_or_default(),
        endpoints: outside.endpoints.clone(),
    };
    let line = Line {
        account,
        enabled: false,
        flow: None,
        templates: input.templates,
    };
    Ok(ask(cx, &line).await)
}

async fn ask(cx: &Context, line: &Line) -> Tested {
    let Some(provider) = line.provider() else {
        return Tested {
            works: false,
            sentence: format!(
                "There is nothing to test for {} before it is used.",
                line.kind().label()
            ),
        };
    };
    let wire = cx.wire(&line.account);
    match provider.probe(&wire, &line.account).await {
        Ok(probe) => {
            let who = if probe.identity.is_empty() {
                String::new()
            } else {
                format!(" You are {} there.", probe.identity)
            };
            let sentence = match probe.registration {
                Registration::Elsewhere { url } => {
                    format!(
                        "The credentials work.{who} Its events go to {url} now; to have them come here, enable the gateway and take over."
                    )
                }
                _ => format!("The connection works.{who}"),
            };
            Tested { works: true, sentence }
        }
        Err(error) => {
            let (state, _, _) = reconciler::verdict(&error);
            let hint = match state {
                HealthState::BadCredentials => " Check the credentials.",
                HealthState::Unreachable => " Try again in a moment.",
                _ => "",
            };
            Tested {
                works: false,
                sentence: format!("{}{hint}", error.message),
            }
        }
    }
}
