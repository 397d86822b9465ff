//! Plays what a file says about a flow schema.

use super::{
    DeclareError, DeclaredFlow, Difference, Ordered, Step, Verb,
    mistake::Mistakes,
    play::{Play, Played},
};
use crate::{SaveError, flows};
use model::{FieldErrors, Fields, Flow, FlowInput, FlowKind, Letter, Section};

impl Play<'_> {
    pub(super) async fn flow(&mut self, index: usize, wanted: &DeclaredFlow) -> Played {
        let mistakes = self.mistakes.len();
        let step = self.flow_step(index, wanted).await?;
        if self.mistakes.len() > mistakes {
            self.failed.insert(store::fold(wanted.name.trim()));
        }
        Ok(step)
    }

    async fn flow_step(&mut self, index: usize, wanted: &DeclaredFlow) -> Played {
        let mut fields = wanted.fields.clone();
        fields.set("name", &wanted.name);
        let found = store::flows::by_name(&self.tx, wanted.name.trim()).await?;
        let before = match found {
            None => None,
            Some(id) => store::flows::get(&self.tx, id).await?,
        };
        let letter = if before.is_some() {
            Letter::Update
        } else {
            Letter::Create
        };
        self.actor.may(Section::Flows, letter)?;
        if let Some(before) = &before {
            keep_same_program(before, &mut fields);
        }
        let present = before.as_ref().map(FlowInput::fields).unwrap_or_default();
        let after = present.clone().overlaid(&fields);
        let Some(after) = self.checked(index, before.as_ref(), &after).await? else {
            return Ok(None);
        };
        let differences = flows::differences(&present, &after);
        let verb = match &before {
            None => Verb::Create,
            Some(_) if differences.is_empty() => Verb::Keep,
            Some(_) => Verb::Update,
        };
        let saved = match (&before, verb) {
            (None, _) => flows::insert(self.cx, &self.tx, self.actor, FlowKind::Code, &fields).await,
            (Some(before), Verb::Keep) => Ok(before.clone()),
            (Some(before), _) => flows::change(self.cx, &self.tx, self.actor, before, &fields).await,
        };
        let saved = match saved {
            Ok(saved) => saved,
            Err(error) => return self.refused(Section::Flows, index, error).map(|()| None),
        };
        store::flows::declare(&self.tx, saved.id, self.file).await?;
        Ok(Some(Step {
            section: Section::Flows,
            name: saved.name,
            verb,
            differences: differences
                .into_iter()
                .filter(|change| verb != Verb::Create || change.field != "name")
                .map(|change| Difference::of(change, &[]))
                .collect(),
        }))
    }

    /// Checks the form and the program, each mistake of the latter by itself; gives the form as it would be saved.
    async fn checked(
        &mut self,
        index: usize,
        before: Option<&Flow>,
        wanted: &Fields,
    ) -> Result<Option<Fields>, DeclareError> {
        let (mut errors, input) = match FlowInput::parse(wanted) {
            Ok(input) => (FieldErrors::default(), Some(input)),
            Err(errors) => (errors, None),
        };
        let program = FlowInput::program_of(wanted);
        let mut wrong = Vec::new();
        if before.is_none_or(|before| before.program != program) {
            let checked = flows::look_over(&self.tx, before.map(|flow| flow.id), program).await?;
            wrong = checked.err().unwrap_or_default();
        }
        if !wrong.is_empty() {
            // The same in one sentence.
            let rest = errors.iter().filter(|(field, _)| *field != "program");
            errors = rest.fold(FieldErrors::default(), |mut errors, (field, message)| {
                errors.add(field, message);
                errors
            });
        }
        let mut mistakes = Mistakes {
            section: Section::Flows,
            index,
            all: &mut self.mistakes,
        };
        let right = wrong.is_empty();
        mistakes.add_all(&errors);
        mistakes.add_program(wrong);
        Ok(input.filter(|_| right).map(|input| form(&input)))
    }

    /// Notes why something could not be saved; an error when that is no fault of the file.
    pub(super) fn refused(&mut self, section: Section, index: usize, error: SaveError) -> Result<(), DeclareError> {
        let mut mistakes = Mistakes {
            section,
            index,
            all: &mut self.mistakes,
        };
        match error {
            SaveError::Invalid(errors) => mistakes.add_all(&errors),
            SaveError::Protected(sentence) => mistakes.add("name", sentence),
            SaveError::NotFound(_) | SaveError::Conflict(_) => return Err(DeclareError::Changed),
            SaveError::Denied(denied) => return Err(denied.into()),
            SaveError::Store(error) => return Err(error.into()),
        }
        Ok(())
    }
}

/// The form of what would be saved.
fn form(input: &FlowInput) -> Fields {
    let mut fields = Fields::default();
    fields.set("name", &input.name);
    fields.set("description", &input.description);
    fields.set("program", &input.program);
    fields.set("tags", input.tags.join(", "));
    fields
}

/// A program that says the same stays as it was typed.
fn keep_same_program(before: &Flow, fields: &mut Fields) {
    if !fields.has("program") {
        return;
    }
    let wanted = Ordered::parse(FlowInput::program_of(fields));
    if wanted.is_some() && wanted == Ordered::parse(&before.program) {
        fields.set("program", &before.program);
    }
}
