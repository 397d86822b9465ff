//! `js`, `string`, `math`, `calendar` and `classifier`.

use crate::Template;
use crate::program::{Classifier, Reference, Script, Value};
use crate::run::functions::{classifier, math, text};
use crate::run::insert::{insert, value};
use crate::run::{Scope, ScriptError};
use crate::step::limits::SCRIPT_TIME;
use crate::step::trace::short;
use crate::step::walk::{Go, Stop, Walk};
use crate::step::{CalendarAnswer, CalendarKey};
use serde_json::Value as Json;

impl Walk<'_, '_, '_> {
    pub(super) fn js(&mut self, data: &Script, set_var: Option<&Template>) -> Result<Go, Stop> {
        let clock = self.clock();
        let scope = Scope::new(&self.state.variables, self.world.globals);
        let result = self.world.scripts.run(data, &scope, &clock, self.world.random);
        let overfull = scope.is_overfull();
        let result = self.script_result(result, overfull)?;
        match set_var {
            Some(name) => self.put(name, result),
            None => Ok(Go::Next),
        }
    }

    pub(super) fn string(
        &mut self,
        function: &Template,
        data: &Value,
        arguments: &[Value],
        set_var: &Template,
    ) -> Result<Go, Stop> {
        let (function, data, arguments) = self.with(|scope| {
            let arguments: Vec<Json> = arguments.iter().map(|argument| value(argument, scope)).collect();
            (insert(function, scope), value(data, scope), arguments)
        })?;
        let result = text::text(&function, &data, &arguments, self.world.scripts);
        let result = self.computed(result)?;
        self.put(set_var, Json::String(result))
    }

    pub(super) fn math(&mut self, function: Option<&Template>, data: &[Value], set_var: &Template) -> Result<Go, Stop> {
        let (function, data) = self.with(|scope| {
            let data: Vec<Json> = data.iter().map(|item| value(item, scope)).collect();
            (
                function.map(|function| insert(function, scope)).unwrap_or_default(),
                data,
            )
        })?;
        let result = math::math(&function, &data, self.world.scripts, self.world.random);
        let result = self.computed(result)?;
        self.put(set_var, Json::String(result))
    }

    pub(super) fn calendar(&mut self, calendar: &Reference, set_var: &Template, extended: bool) -> Result<Go, Stop> {
        let (Reference::Id(key) | Reference::Name(key)) = calendar;
        let key = self.with(|scope| insert(key, scope))?;
        let key = match calendar {
            Reference::Id(_) => CalendarKey::Id(&key),
            Reference::Name(_) => CalendarKey::Name(&key),
        };
        let answer = match (self.world.calendars)(key) {
            CalendarAnswer::Open => "true".to_owned(),
            CalendarAnswer::Holiday(name) if extended => name,
            CalendarAnswer::Expired if extended => "expire".to_owned(),
            CalendarAnswer::Closed | CalendarAnswer::Holiday(_) | CalendarAnswer::Expired => "false".to_owned(),
            CalendarAnswer::None => return Err(Stop::Failed(format!("there is no calendar {key}"))),
        };
        self.put(set_var, Json::String(answer))
    }

    pub(super) fn classify(&mut self, node: &Classifier) -> Result<Go, Stop> {
        let cluster = self.with(|scope| classifier::classify(node, scope).to_owned())?;
        self.put(&node.set, Json::String(cluster))
    }

    /// Writes a result into the variable that a node names.
    pub(super) fn put(&mut self, name: &Template, result: Json) -> Result<Go, Stop> {
        let name = self.with(|scope| insert(name, scope))?;
        self.write(&name, result)?;
        self.say(|| format!("wrote “{}”", short(&name)));
        Ok(Go::Next)
    }

    /// What a script came to.
    pub(super) fn script_result<T>(&mut self, result: Result<T, ScriptError>, overfull: bool) -> Result<T, Stop> {
        if overfull {
            return Err(Stop::Limit(
                "more text is put together than there is room for".to_owned(),
            ));
        }
        self.computed(result)
    }

    /// What a node worked out. A run whose scripts have taken too long together ends.
    fn computed<T>(&mut self, result: Result<T, impl std::fmt::Display>) -> Result<T, Stop> {
        let spent = self.world.scripts.spent().saturating_sub(self.scripts_before);
        if spent > SCRIPT_TIME {
            let seconds = SCRIPT_TIME.as_secs();
            return Err(Stop::Limit(format!(
                "the scripts took longer than {seconds} seconds together"
            )));
        }
        result.map_err(|error| Stop::Failed(error.to_string()))
    }
}
