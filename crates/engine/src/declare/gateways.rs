//! Plays what a file says about a gateway.

use super::{
    DeclareError, DeclaredGateway, Difference, Step, Verb,
    mistake::Mistakes,
    play::{Play, Played},
};
use crate::gateways::{self, SetEnabledError};
use model::{FieldChange, Fields, Gateway, GatewayId, GatewayInput, Letter, Provider, Section};
use store::secrets::Owner;

/// Which gateway is meant.
enum Meant {
    New,
    Saved(Box<Gateway>),
    /// Nobody can tell, and that has been noted.
    Unclear,
}

impl Play<'_> {
    pub(super) async fn gateway(&mut self, index: usize, wanted: &DeclaredGateway) -> Played {
        let meant = self.meant(index, wanted).await?;
        let mut fields = wanted.fields.clone();
        fields.set("name", &wanted.name);
        let flow_failed = self.choose_flow(index, wanted, &mut fields).await?;
        let (before, saved) = match meant {
            Meant::Unclear => return Ok(None),
            Meant::New => (None, self.made(index, wanted.provider, &fields).await?),
            Meant::Saved(before) if before.settings.provider() != wanted.provider => {
                let is = before.settings.provider();
                let message = format!(
                    "“{}” is a gateway of {is}, and that can't be changed. Choose another name.",
                    before.name
                );
                self.mistakes(index).add("provider", message);
                return Ok(None);
            }
            Meant::Saved(before) => {
                self.drop_same_secrets(before.id, &mut fields).await?;
                let saved = self.changed(index, wanted, &before, &fields).await?;
                (Some(*before), saved)
            }
        };
        let Some(saved) = saved else { return Ok(None) };
        self.touched.insert(saved.id);
        let Some(accounts) = self.accounts(index, wanted, &saved).await? else {
            return Ok(None);
        };
        if wanted.enabled == Some(true) && !saved.enabled && !flow_failed && !self.switched(index, &saved, true).await?
        {
            return Ok(None);
        }
        store::gateways::declare(&self.tx, saved.id, self.file).await?;
        Ok(Some(step(wanted, before.as_ref(), &saved, &fields, accounts)))
    }

    /// Finds the gateway by its name, and by its URI where several have that.
    async fn meant(&mut self, index: usize, wanted: &DeclaredGateway) -> Result<Meant, DeclareError> {
        let named = store::gateways::by_name(&self.tx, wanted.name.trim()).await?;
        let free: Vec<GatewayId> = named.iter().copied().filter(|id| !self.touched.contains(id)).collect();
        let uri = wanted.fields.get("uri").trim();
        let owner = match uri {
            "" => None,
            uri => store::gateways::by_uri(&self.tx, uri).await?,
        };
        let name = wanted.name.trim();
        let found = match (owner, free.as_slice(), named.as_slice()) {
            (Some(owner), ..) if free.contains(&owner) => Ok(Some(owner)),
            (Some(owner), ..) => {
                let other = store::gateways::names(&self.tx, &[owner]).await?;
                let other = other.first().map_or("", |(_, name)| name.as_str());
                Err(("uri", format!("The URI belongs to “{other}”. Choose another one.")))
            }
            (None, _, []) => Ok(None),
            (None, [one], [_]) => Ok(Some(*one)),
            (None, [], _) if !uri.is_empty() => Ok(None),
            (None, [], _) => Err((
                "name",
                format!("“{name}” stands in this file twice. Give each its uri, or another name."),
            )),
            (None, ..) => Err((
                "name",
                format!(
                    "{} gateways are called “{name}”. Add the uri of the one that is meant.",
                    named.len()
                ),
            )),
        };
        match found {
            Ok(None) => Ok(Meant::New),
            Ok(Some(id)) => {
                let gateway = store::gateways::get(&self.tx, id).await?;
                Ok(gateway.map_or(Meant::New, |gateway| Meant::Saved(Box::new(gateway))))
            }
            Err((field, message)) => {
                self.mistakes(index).add(field, message);
                Ok(Meant::Unclear)
            }
        }
    }

    /// Puts the flow schema of that name into the form; says whether it has mistakes of its own.
    async fn choose_flow(
        &mut self,
        index: usize,
        wanted: &DeclaredGateway,
        fields: &mut Fields,
    ) -> Result<bool, DeclareError> {
        let Some(name) = &wanted.flow else { return Ok(false) };
        let Some(name) = name else {
            fields.set("flow", "");
            return Ok(false);
        };
        if self.failed.contains(&store::fold(name.trim())) {
            return Ok(true);
        }
        let Some(id) = store::flows::by_name(&self.tx, name.trim()).await? else {
            let message = format!("There is no flow schema “{name}”, neither in this file nor in the database.");
            self.mistakes(index).add("flow", message);
            return Ok(true);
        };
        fields.set("flow", id.to_string());
        Ok(false)
    }

    async fn made(
        &mut self,
        index: usize,
        provider: Provider,
        fields: &Fields,
    ) -> Result<Option<Gateway>, DeclareError> {
        self.actor.may(Section::ChatGateways, Letter::Create)?;
        match gateways::insert(self.cx, &self.tx, self.actor, provider, fields).await {
            Ok(saved) => Ok(Some(saved)),
            Err(error) => self.refused(Section::ChatGateways, index, error).map(|()| None),
        }
    }

    async fn changed(
        &mut self,
        index: usize,
        wanted: &DeclaredGateway,
        before: &Gateway,
        fields: &Fields,
    ) -> Result<Option<Gateway>, DeclareError> {
        self.actor.may(Section::ChatGateways, Letter::Update)?;
        let mut before = before.clone();
        // A gateway that is on can't lose what it needs; one that shall be off may.
        if wanted.enabled == Some(false) && before.enabled {
            if !self.switched(index, &before, false).await? {
                return Ok(None);
            }
            let off = store::gateways::get(&self.tx, before.id).await?;
            before = off.ok_or(DeclareError::Changed)?;
        }
        if is_as_wanted(&before, fields) {
            return Ok(Some(before));
        }
        match gateways::change(self.cx, &self.tx, self.actor, &before, fields).await {
            Ok(saved) => Ok(Some(saved)),
            Err(error) => self.refused(Section::ChatGateways, index, error).map(|()| None),
        }
    }

    /// Switches it; false when it can't be, which has been noted.
    async fn switched(&mut self, index: usize, gateway: &Gateway, on: bool) -> Result<bool, DeclareError> {
        self.actor.may(Section::ChatGateways, Letter::Update)?;
        match gateways::switch(self.cx, &self.tx, self.actor, gateway, on).await {
            Ok(()) => Ok(true),
            Err(SetEnabledError::Incomplete { fields, .. }) => {
                self.mistakes(index).add_all(&fields);
                Ok(false)
            }
            Err(SetEnabledError::NotFound | SetEnabledError::Conflict(_)) => Err(DeclareError::Changed),
            Err(SetEnabledError::Denied(denied)) => Err(denied.into()),
            Err(SetEnabledError::Store(error)) => Err(error.into()),
        }
    }

    /// A secret that is already what the file says is not replaced by itself.
    async fn drop_same_secrets(&self, id: GatewayId, fields: &mut Fields) -> Result<(), DeclareError> {
        let set = store::secrets::open_all(&self.tx, Owner::Gateways, id.0).await?;
        for (field, secret) in set {
            if fields.has(&field) && fields.get(&field).trim() == secret.value.expose() {
                fields.remove(&field);
            }
        }
        Ok(())
    }

    pub(super) fn mistakes(&mut self, index: usize) -> Mistakes<'_> {
        Mistakes {
            section: Section::ChatGateways,
            index,
            all: &mut self.mistakes,
        }
    }
}

/// Whether saving these fields would change nothing; what can't be saved at all is not as wanted either.
fn is_as_wanted(before: &Gateway, fields: &Fields) -> bool {
    let present = before.fields();
    let set = before.secrets.iter().map(|secret| secret.field.as_str());
    let Ok(input) = GatewayInput::parse(before.settings.provider(), &present.clone().overlaid(fields), set) else {
        return false;
    };
    let flow = before.flow.as_ref().map(|flow| flow.id);
    input.secrets.is_empty()
        && (&input.name, &input.uri, input.flow) == (&before.name, &before.uri, flow)
        && (&input.settings, &input.templates) == (&before.settings, &before.templates)
}

fn step(
    wanted: &DeclaredGateway,
    before: Option<&Gateway>,
    saved: &Gateway,
    fields: &Fields,
    accounts: Vec<Difference>,
) -> Step {
    let provider = saved.settings.provider();
    let was = before.map_or_else(|| Fields::defaults(provider), Gateway::fields);
    let flow = |gateway: &Gateway| gateway.flow.as_ref().map(|flow| flow.name.clone()).unwrap_or_default();
    let flows = (before.map(flow).unwrap_or_default(), flow(saved));
    let typed = |key: &str| !fields.get(key).trim().is_empty();
    let mut changes = gateways::differences(provider, &was, &saved.fields(), typed, (&flows.0, &flows.1));
    // The name heads the step, and a URI that was made up would be another one the next time.
    let made_up = |change: &FieldChange| change.field == "uri" && !wanted.fields.has("uri");
    changes.retain(|change| before.is_some() || (change.field != "name" && !made_up(change)));
    let on = wanted.enabled.unwrap_or(before.is_some_and(|before| before.enabled));
    let was_on = before.is_some_and(|before| before.enabled);
    if on != was_on {
        let word = |on| if on { "enabled" } else { "disabled" };
        changes.push(crate::audit::changed("enabled", "State", word(was_on), word(on)));
    }
    let was_set: Vec<&str> = before
        .iter()
        .flat_map(|before| &before.secrets)
        .map(|secret| secret.field.as_str())
        .collect();
    let verb = match before {
        None => Verb::Create,
        Some(_) if changes.is_empty() && accounts.is_empty() => Verb::Keep,
        Some(_) => Verb::Update,
    };
    Step {
        section: Section::ChatGateways,
        name: saved.name.clone(),
        verb,
        differences: changes
            .into_iter()
            .map(|change| Difference::of(change, &was_set))
            .chain(accounts)
            .collect(),
    }
}
