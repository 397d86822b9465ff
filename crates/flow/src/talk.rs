//! Plays a case: talks with a program through the real interpreter, with a clock of its own and HTTP answers from a
//! list, and says the first thing that comes out otherwise than told.
//!
//! The form of a case file is described in `docs/FLOWS.md`.

mod case;
mod compare;
mod item;
mod player;
mod said;
mod stub;

use crate::program::Program;
use crate::run::Engine;
use crate::step::Programs;
use crate::{Called, Context, Mistake, calls, parse};
use case::{Case, Failing};
use player::Player;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What was played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Talks that came out as told.
    pub talks: usize,
    /// Their steps.
    pub steps: usize,
    /// Mistakes that the check found, as told.
    pub mistakes: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.mistakes > 0 {
            return write!(f, "refused as told, with {} mistakes", self.mistakes);
        }
        write!(f, "{} talks with {} steps came out as told", self.talks, self.steps)
    }
}

/// The first thing that came out otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The talk's name; none if it is about the program or the case file.
    pub talk: Option<Box<str>>,
    /// The number of the step in its talk, from 1, and what it is; none if it is about the end of the talk.
    pub step: Option<(usize, Box<str>)>,
    /// What is different.
    pub what: Box<str>,
    /// What the case tells.
    pub expected: Option<Box<str>>,
    /// What came.
    pub got: Option<Box<str>>,
}

impl Difference {
    fn of(what: impl Into<Box<str>>) -> Self {
        Self {
            what: what.into(),
            ..Self::default()
        }
    }

    fn expecting(mut self, expected: impl Into<Box<str>>, got: impl Into<Box<str>>) -> Self {
        self.expected = Some(expected.into());
        self.got = Some(got.into());
        self
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(talk) = &self.talk {
            write!(f, "talk “{talk}”")?;
            match &self.step {
                Some((number, step)) => write!(f, ", step {number} ({step}): ")?,
                None => f.write_str(", at its end: ")?,
            }
        }
        f.write_str(&self.what)?;
        if let Some(expected) = &self.expected {
            write!(f, "\n  expected: {expected}")?;
        }
        if let Some(got) = &self.got {
            write!(f, "\n  got:      {got}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Difference {}

/// Plays all talks of a case against its program.
///
/// # Errors
///
/// The first thing that came out otherwise than told, or what is wrong with the case itself.
pub fn play(case_text: &str, program_text: &str) -> Result<Report, Difference> {
    let case = Case::read(case_text)?;
    let checked = check(&case, program_text)?;
    let Some(programs) = checked else {
        let mistakes = case.errors.as_ref().map_or(0, Vec::len);
        return Ok(Report {
            mistakes,
            ..Report::default()
        });
    };
    // Scripts take no time, so that a talk comes to the same on a busy machine.
    let engine = Engine::timed_by(|| Duration::ZERO);
    let mut report = Report::default();
    for talk in case.talks.iter().flatten() {
        let steps = Player::new(&case, talk, &programs, &engine).and_then(Player::play);
        report.steps += steps.map_err(|difference| Difference {
            talk: Some(talk.name.as_str().into()),
            ..difference
        })?;
        report.talks += 1;
    }
    Ok(report)
}

/// The programs of a case; none if its program is refused, as told.
fn check(case: &Case, program_text: &str) -> Result<Option<Programs>, Difference> {
    let own_id = case.flow.as_ref().map(|flow| flow.id.text());
    let texts: HashMap<&str, String> = case
        .flows
        .iter()
        .map(|(id, flow)| (id.as_str(), flow.program.to_string()))
        .collect();
    let mut called: HashMap<&str, Called> = HashMap::new();
    for (id, flow) in &case.flows {
        let ids = parse(&texts[id.as_str()], &Context::default()).map(|program| calls(&program));
        called.insert(
            id,
            Called {
                name: flow.name.clone(),
                calls: ids.unwrap_or_default(),
            },
        );
    }
    let own_called = own_id.as_ref().map(|_| Called {
        name: case.flow.as_ref().map(|flow| flow.name.clone()).unwrap_or_default(),
        calls: parse(program_text, &Context::default())
            .map(|program| calls(&program))
            .unwrap_or_default(),
    });
    let find = |id: &str| {
        if own_id.as_deref() == Some(id) {
            own_called.clone()
        } else {
            called.get(id).cloned()
        }
    };
    let found = parse(
        program_text,
        &Context {
            id: own_id.as_deref(),
            flows: Some(&find),
        },
    );
    let own = match (found, &case.errors) {
        (Ok(program), None) => Arc::new(program),
        (Ok(program), Some(told)) if told.is_empty() => Arc::new(program),
        (Ok(_), Some(told)) => {
            let told: Vec<&str> = told.iter().map(|told| told.path.as_str()).collect();
            return Err(Difference::of("the check at save finds nothing").expecting(told.join(", "), "no mistake"));
        }
        (Err(mistakes), told) => {
            compare_mistakes(told.as_deref().unwrap_or_default(), &mistakes)?;
            return Ok(None);
        }
    };
    let mut programs = Programs::new(Arc::clone(&own));
    for (id, text) in &texts {
        let program: Program = parse(
            text,
            &Context {
                id: Some(id),
                flows: Some(&find),
            },
        )
        .map_err(|mistakes| {
            let first = mistakes.first().map(Mistake::to_string).unwrap_or_default();
            Difference::of(format!("flow {id} of the case is refused: {first}"))
        })?;
        programs = programs.with(*id, Arc::new(program));
    }
    if let Some(id) = own_id {
        programs = programs.with(id, own);
    }
    Ok(Some(programs))
}

fn compare_mistakes(told: &[Failing], found: &[Mistake]) -> Result<(), Difference> {
    let found_paths: Vec<&str> = found.iter().map(|mistake| mistake.path.as_str()).collect();
    for (index, mistake) in found.iter().enumerate() {
        let Some(expected) = told.get(index) else {
            return Err(
                Difference::of("the check at save finds one mistake more").expecting("none", mistake.to_string())
            );
        };
        if expected.path != mistake.path {
            let what = format!("mistake {} of the check at save", index + 1);
            return Err(Difference::of(what).expecting(expected.path.as_str(), mistake.to_string()));
        }
        let sentence = mistake.message.to_lowercase();
        let missing = expected
            .mentions
            .iter()
            .find(|word| !sentence.contains(&word.to_lowercase()));
        if let Some(word) = missing {
            let what = format!("the sentence at {} does not mention a word", mistake.path);
            return Err(Difference::of(what).expecting(word.as_str(), mistake.message.as_str()));
        }
    }
    match told.get(found.len()) {
        Some(missing) => Err(Difference::of("the check at save misses a mistake")
            .expecting(missing.path.as_str(), found_paths.join(", "))),
        None => Ok(()),
    }
}
