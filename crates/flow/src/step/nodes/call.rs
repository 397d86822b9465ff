//! `execute` and `schema`.

use crate::Template;
use crate::program::{ListId, Program};
use crate::run::insert::insert;
use crate::step::state::CallKind;
use crate::step::trace::short;
use crate::step::walk::{Go, Stop, Walk};

impl<'p> Walk<'p, '_, '_> {
    pub(super) fn execute(&mut self, program: &'p Program, name: &Template) -> Result<Go, Stop> {
        let name = self.with(|scope| insert(name, scope))?;
        let Some(list) = program.functions.get(name.as_str()) else {
            return Err(Stop::Failed(format!("there is no function “{}”", short(&name))));
        };
        let flow = self.state.calls.last().and_then(|call| call.flow.clone());
        self.say(|| format!("calls “{}”", short(&name)));
        self.close_line();
        self.call(CallKind::Function, flow, *list);
        Ok(Go::Here)
    }

    pub(super) fn schema(&mut self, id: &Template) -> Result<Go, Stop> {
        let id = self.with(|scope| insert(id, scope))?;
        if self.programs.get(Some(&id)).is_none_or(|flow| flow.lists.is_empty()) {
            return Err(Stop::Failed(format!("there is no flow “{}”", short(&id))));
        }
        self.say(|| format!("runs flow {}", short(&id)));
        self.close_line();
        self.call(CallKind::Flow, Some(id.into_boxed_str()), ListId(0));
        Ok(Go::Here)
    }
}
