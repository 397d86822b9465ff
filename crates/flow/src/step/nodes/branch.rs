//! `if`, `switch`, `goto` and the test of `while`.

use crate::Template;
use crate::program::{ListId, Program, Script};
use crate::run::insert::insert;
use crate::step::trace::short;
use crate::step::walk::{Go, Stop, Walk};
use std::collections::HashMap;

impl<'p> Walk<'p, '_, '_> {
    pub(super) fn branch(
        &mut self,
        expression: &Script,
        then: Option<ListId>,
        otherwise: Option<ListId>,
    ) -> Result<Go, Stop> {
        let is_true = self.is_true(expression)?;
        self.say(|| if is_true { "it is true" } else { "it is not true" }.to_owned());
        let list = if is_true { then } else { otherwise };
        Ok(list.map_or(Go::Next, Go::Enter))
    }

    pub(super) fn switch(
        &mut self,
        variable: &Template,
        cases: &HashMap<Box<str>, ListId>,
        default: Option<ListId>,
    ) -> Result<Go, Stop> {
        let text = self.with(|scope| insert(variable, scope))?;
        let case = cases.get(text.as_str()).copied();
        self.say(|| match (case, default) {
            (Some(_), _) => format!("takes the case “{}”", short(&text)),
            (None, Some(_)) => format!("takes the default for “{}”", short(&text)),
            (None, None) => format!("has no case for “{}”", short(&text)),
        });
        Ok(case.or(default).map_or(Go::Next, Go::Enter))
    }

    pub(super) fn goto(&mut self, program: &'p Program, tag: &Template) -> Result<Go, Stop> {
        let tag = self.with(|scope| insert(tag, scope))?;
        self.jump(program, &tag).map_err(Stop::Failed)?;
        self.say(|| format!("goes to “{}”", short(&tag)));
        self.close_line();
        self.check_depth();
        Ok(Go::Here)
    }

    /// Whether a script's expression is true.
    pub fn is_true(&mut self, expression: &Script) -> Result<bool, Stop> {
        let clock = self.clock();
        let scope = crate::run::Scope::new(&self.state.variables, self.world.globals);
        let result = self
            .world
            .scripts
            .condition(expression, &scope, &clock, self.world.random);
        let overfull = scope.is_overfull();
        self.script_result(result, overfull)
    }
}
