//! From values that were looked at to the tree. Where something was wrong, what is built is never used.

use super::types::number_of;
use super::{Check, Kind};
use crate::Template;
use crate::json::At;
use crate::program::{Action, Classifier, Http, Limit, ListId, Number, Reference, Script, Value};

impl Check<'_, '_> {
    /// A node's action; none if it cannot be built from what is there.
    pub(super) fn build(&mut self, name: &str, at: At) -> Option<Action> {
        Some(match name {
            "recvMessage" => Action::Receive {
                set: self.template(at, "set")?,
                timeout: self.number(at, "timeout"),
                message_timeout: self.number(at, "messageTimeout"),
                delimiter: self.template(at, "delimiter"),
            },
            "sendText" | "sendMessage" | "menu" | "sendImage" | "sendFile" => Action::Send(self.send(name, at)?),
            "sendAction" => Action::SendAction(self.template(at, "action")?),
            "if" => Action::If {
                expression: self.script(at, "expression")?,
                then: self.list_of(at, "then"),
                otherwise: self.list_of(at, "else"),
            },
            "switch" => self.switch(at)?,
            "set" => Action::Set(
                self.pairs(at)
                    .map(|(name, child)| (Template::parse(name), self.any(child)))
                    .collect(),
            ),
            "unSet" => Action::Unset(self.doc.children(at).map(|child| self.text(child)).collect()),
            "while" => Action::While {
                condition: self.script(at, "condition")?,
                max_steps: self.number(at, "maxSteps"),
                body: self.list_of(at, "do")?,
            },
            "goto" => Action::Goto(self.text(at)),
            "break" => Action::Break,
            "close" => Action::Close,
            "function" => self.define_function(at)?,
            "trigger" => self.define_trigger(at),
            "execute" => Action::Execute(self.template(at, "name")?),
            "schema" => Action::Schema(self.template(at, "id")?),
            "sleep" | "softSleep" => Action::Sleep(self.number_at(at)),
            "js" => Action::Js {
                data: self.script(at, "data")?,
                set_var: self.variable(at, "setVar"),
            },
            "httpRequest" => Action::Http(Box::new(self.http(at)?)),
            "string" => Action::Text {
                function: self.template(at, "fn")?,
                data: self.any(self.argument_of(at, "data")?),
                arguments: self.values(at, "args"),
                set_var: self.template(at, "setVar")?,
            },
            "math" => Action::Math {
                function: self.variable(at, "fn"),
                data: match self.any(self.argument_of(at, "data")?) {
                    Value::List(values) => values,
                    value => vec![value],
                },
                set_var: self.template(at, "setVar")?,
            },
            "calendar" => Action::Calendar {
                calendar: self.reference(at)?,
                set_var: self.template(at, "setVar")?,
                extended: self.is(at, "extended"),
            },
            "classifier" => Action::Classify(Box::new(self.classifier(at)?)),
            "chatHistory" => Action::History {
                variable: self.template(at, "variable")?,
                html: self.word(at, "format") == Some("html"),
                limit: self.number(at, "limit"),
            },
            "log" => Action::Log(self.text(at)),
            _ => return None,
        })
    }

    /// A limit that was looked at.
    pub(super) fn build_limit(&self, at: At) -> Option<Limit> {
        let max = self.argument_of(at, "max")?;
        let max = match self.doc.kind(max) {
            Kind::Number(number) => *number,
            Kind::Text(text) => number_of(text)?,
            _ => return None,
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is a whole number of 32 bits"
        )]
        let max = max as u32;
        let failover = self.word(at, "failover")?.into();
        Some(Limit { max, failover })
    }

    fn switch(&self, at: At) -> Option<Action> {
        let case = self.argument_of(at, "case")?;
        let lists = self
            .pairs(case)
            .map(|(name, child)| Some((name.into(), self.lists.get(&child).copied()?)));
        let mut cases: std::collections::HashMap<Box<str>, ListId> = lists.collect::<Option<_>>()?;
        let default = cases.remove("default");
        Some(Action::Switch {
            variable: self.template(at, "variable")?,
            cases,
            default,
        })
    }

    fn define_function(&mut self, at: At) -> Option<Action> {
        let name = self.word(at, "name")?.into();
        let actions = self.list_of(at, "actions")?;
        self.program.functions.insert(name, actions);
        Some(Action::Define)
    }

    fn define_trigger(&mut self, at: At) -> Action {
        if let Some(disconnected) = self.list_of(at, "disconnected") {
            self.program.disconnected = Some(disconnected);
        }
        if let Some(commands) = self.argument_of(at, "commands") {
            for command in self.doc.children(commands) {
                if let Some(list) = self.lists.get(&command) {
                    self.program.commands.insert(self.doc.key(command).into(), *list);
                }
            }
        }
        Action::Define
    }

    fn http(&self, at: At) -> Option<Http> {
        let exports = self.argument_of(at, "exportVariables");
        Some(Http {
            url: self.template(at, "url")?,
            method: self.variable(at, "method"),
            timeout: self.number(at, "timeout"),
            headers: self.texts(at, "headers"),
            path: self.texts(at, "path"),
            data: self.argument_of(at, "data").map(|data| self.any(data)),
            parser: self.variable(at, "parser"),
            response_code: self.variable(at, "responseCode"),
            export_variables: exports
                .into_iter()
                .flat_map(|exports| self.pairs(exports))
                .map(|(name, path)| (Template::parse(name), self.text(path)))
                .collect(),
            export_cookie: self.variable(at, "exportCookie"),
        })
    }

    fn classifier(&self, at: At) -> Option<Classifier> {
        let cluster = self.argument_of(at, "cluster")?;
        let phrases = |child| self.doc.children(child).map(|phrase| self.text(phrase)).collect();
        Some(Classifier {
            clusters: self
                .pairs(cluster)
                .map(|(name, child)| (name.into(), phrases(child)))
                .collect(),
            input: self.template(at, "input")?,
            set: self.template(at, "set")?,
            part: self.word(at, "matchType") == Some("part"),
            phrase_search: self.is(at, "phraseSearch"),
        })
    }

    fn reference(&self, at: At) -> Option<Reference> {
        let id = self.template(at, "id").filter(|id| id.literal() != Some(""));
        match id {
            Some(id) => Some(Reference::Id(id)),
            None => self.template(at, "name").map(Reference::Name),
        }
    }

    fn list_of(&self, at: At, name: &str) -> Option<ListId> {
        self.argument_of(at, name)
            .and_then(|list| self.lists.get(&list).copied())
    }

    /// The members of an object.
    pub(super) fn pairs(&self, at: At) -> impl Iterator<Item = (&str, At)> {
        self.doc.children(at).map(|child| (self.doc.key(child), child))
    }

    /// A text with insertions, or a number's text.
    pub(super) fn text(&self, at: At) -> Template {
        Template::parse(&self.scalar(at))
    }

    pub(super) fn template(&self, at: At, name: &str) -> Option<Template> {
        self.argument_of(at, name).map(|found| self.text(found))
    }

    /// The same; an empty text is as good as none.
    pub(super) fn variable(&self, at: At, name: &str) -> Option<Template> {
        self.template(at, name).filter(|text| text.literal() != Some(""))
    }

    /// A text without insertions.
    pub(super) fn word(&self, at: At, name: &str) -> Option<&str> {
        self.argument_of(at, name).and_then(|found| self.doc.text(found))
    }

    pub(super) fn is(&self, at: At, name: &str) -> bool {
        let flag = self.argument_of(at, name).map(|found| self.doc.kind(found));
        flag == Some(&Kind::Bool(true))
    }

    fn script(&self, at: At, name: &str) -> Option<Script> {
        self.template(at, name).map(|source| Script { source })
    }

    fn number(&self, at: At, name: &str) -> Option<Number> {
        self.argument_of(at, name).map(|found| self.number_at(found))
    }

    fn number_at(&self, at: At) -> Number {
        if let Kind::Number(number) = self.doc.kind(at) {
            return Number::Literal(*number);
        }
        let template = self.text(at);
        match template.literal() {
            Some(text) => Number::Literal(number_of(text).unwrap_or(0.0)),
            None => Number::Text(template),
        }
    }

    fn values(&self, at: At, name: &str) -> Vec<Value> {
        let list = self.argument_of(at, name);
        list.into_iter()
            .flat_map(|list| self.doc.children(list))
            .map(|child| self.any(child))
            .collect()
    }

    fn texts(&self, at: At, name: &str) -> Vec<(Box<str>, Template)> {
        let object = self.argument_of(at, name);
        object
            .into_iter()
            .flat_map(|object| self.pairs(object))
            .map(|(name, child)| (name.into(), self.text(child)))
            .collect()
    }

    /// Any value. It calls itself as deep as the text is nested, which has a limit.
    fn any(&self, at: At) -> Value {
        match self.doc.kind(at) {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(number) => Value::Number(*number),
            Kind::Text(text) => Value::Text(Template::parse(text)),
            Kind::List => Value::List(self.doc.children(at).map(|child| self.any(child)).collect()),
            Kind::Object => Value::Object(
                self.pairs(at)
                    .map(|(name, child)| (name.into(), self.any(child)))
                    .collect(),
            ),
        }
    }
}
