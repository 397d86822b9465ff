//! Programs as the catalogue has them: every node and every parameter that there is, with all that each needs.
//!
//! The check lets each of them pass, so that all that is left to chance goes into the run.

use crate::words::{Bytes, FUNCTIONS, MATHS, PATTERNS, SCRIPTS, address, expression, name, number, text, value};
use arbitrary::Result;
use flow::catalogue::{self, Argument, BUTTON, FILE, LIMIT, Need, NodeSpec, Parameter, SIBLINGS, Type};
use serde_json::{Map, Value as Json};

const TAGS: [&str; 3] = ["t1", "t2", "t 3"];
const NAMES_OF_FUNCTIONS: [&str; 3] = ["f", "g", "${h}"];
const COMMANDS: [&str; 4] = ["/c", "", "t1", "a"];
const CASES: [&str; 6] = ["a", "", "default", "true", "${a}", "5"];
const BUTTONS: [&str; 6] = ["reply", "url", "phone", "location", "${a}", ""];
const CONTENT: [&str; 5] = [
    "application/json",
    "text/xml",
    "application/x-www-form-urlencoded",
    "${a}",
    "",
];
const EXPORTS: [&str; 6] = ["a.0.x", "//x", "/a/b/@c", "", "${a}", "#"];

/// How deep lists are put into each other.
const DEPTH: u32 = 5;

/// Nodes of one program.
const NODES: u32 = 120;

/// A whole program.
pub fn program(bytes: Bytes) -> Result<Json> {
    let mut grammar = Grammar {
        bytes,
        nodes: catalogue::nodes().collect(),
        left: NODES,
        functions: Names::default(),
        commands: COMMANDS.to_vec(),
        may_disconnect: true,
    };
    let mut body = grammar.scope(0, 8)?;
    if grammar.bytes.ratio(2, 3)? {
        let trigger = grammar.spec("trigger");
        body.push(grammar.whole(trigger, 0)?);
    }
    while let Some(name) = grammar.functions.missing() {
        let actions = grammar.scope(1, 4)?;
        body.push(node(
            "function",
            object([("name", name.into()), ("actions", actions.into())]),
        ));
    }
    Ok(body.into())
}

struct Grammar<'a, 'b> {
    bytes: Bytes<'a, 'b>,
    nodes: Vec<&'static NodeSpec>,
    left: u32,
    functions: Names,
    /// Commands that no trigger has yet.
    commands: Vec<&'static str>,
    may_disconnect: bool,
}

/// Names of which each is given once, and must be given once it is used.
#[derive(Default)]
struct Names {
    given: [bool; 3],
    used: [bool; 3],
}

impl Names {
    fn give(&mut self) -> Option<usize> {
        let free = self.given.iter().position(|given| !given)?;
        self.given[free] = true;
        Some(free)
    }

    /// A function that is called and not defined; it counts as defined now.
    fn missing(&mut self) -> Option<&'static str> {
        let missing = (0..3).find(|at| self.used[*at] && !self.given[*at])?;
        self.given[missing] = true;
        Some(NAMES_OF_FUNCTIONS[missing])
    }
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place {
    node: &'static str,
    parameter: &'static str,
    depth: u32,
}

impl Grammar<'_, '_> {
    fn spec(&self, name: &str) -> &'static NodeSpec {
        self.nodes
            .iter()
            .find(|spec| spec.name == name)
            .expect("the catalogue has it")
    }

    /// A list with tags of its own.
    fn scope(&mut self, depth: u32, most: usize) -> Result<Vec<Json>> {
        let mut tags = Names::default();
        let mut list = self.list(&mut tags, depth, most)?;
        for (at, tag) in TAGS.into_iter().enumerate() {
            if tags.used[at] && !tags.given[at] {
                list.push(Json::Object(object([("log", "".into()), ("tag", tag.into())])));
            }
        }
        Ok(list)
    }

    fn list(&mut self, tags: &mut Names, depth: u32, most: usize) -> Result<Vec<Json>> {
        let mut list = Vec::new();
        let mut is_lost = false;
        for _ in 0..self.bytes.int_in_range(0..=most)? {
            // Behind an end only a node with a tag is reached.
            let tag = if is_lost || self.bytes.ratio(1, 6)? {
                tags.give()
            } else {
                None
            };
            if self.left == 0 || (is_lost && tag.is_none()) {
                break;
            }
            self.left -= 1;
            let spec = self.choose(depth)?;
            let argument = self.argument(spec, tags, depth)?;
            let mut one = object([(spec.name, argument)]);
            is_lost = matches!(spec.name, "break" | "close");
            if self.bytes.ratio(1, 8)? {
                is_lost |= self.beside(&mut one, spec, tags)?;
            }
            if let Some(tag) = tag {
                one.insert("tag".to_owned(), TAGS[tag].into());
            }
            list.push(Json::Object(one));
        }
        Ok(list)
    }

    /// A node by chance: more often one that waits than another, seldom one that ends.
    fn choose(&mut self, depth: u32) -> Result<&'static NodeSpec> {
        if self.bytes.ratio(1, 8)? {
            return Ok(self.spec("recvMessage"));
        }
        let spec = *self.bytes.choose(&self.nodes)?;
        let is_end = matches!(spec.name, "break" | "close") && !self.bytes.ratio(1, 4)?;
        let is_full = spec.name == "function" && self.functions.given == [true; 3];
        let too_deep = depth >= DEPTH && has_lists(spec);
        Ok(if is_end || is_full || too_deep {
            self.spec("set")
        } else {
            spec
        })
    }

    /// What stands beside a node's name. Whether the run ends behind it.
    fn beside(&mut self, one: &mut Map<String, Json>, spec: &'static NodeSpec, tags: &mut Names) -> Result<bool> {
        let mut ends = false;
        for sibling in SIBLINGS {
            let content = match sibling.name {
                "tag" => continue,
                // Alone it would be a node of its own, and a definition that ends is none.
                "break" if spec.name == "break" || is_definition(spec) => continue,
                "break" => {
                    ends = self.bytes.ratio(1, 3)?;
                    ends.into()
                }
                "limit" if self.bytes.ratio(1, 2)? => {
                    let place = Place {
                        node: "limit",
                        parameter: "",
                        depth: DEPTH,
                    };
                    Json::Object(self.members(LIMIT, place, tags)?)
                }
                "limit" => Json::Null,
                _ => value(self.bytes, 2)?,
            };
            if self.bytes.arbitrary()? || ends {
                one.insert(sibling.name.to_owned(), content);
            }
        }
        Ok(ends)
    }

    /// A node in a list of its own.
    fn whole(&mut self, spec: &'static NodeSpec, depth: u32) -> Result<Json> {
        let argument = self.argument(spec, &mut Names::default(), depth)?;
        Ok(node(spec.name, argument))
    }

    fn argument(&mut self, spec: &'static NodeSpec, tags: &mut Names, depth: u32) -> Result<Json> {
        let place = Place {
            node: spec.name,
            parameter: "",
            depth,
        };
        match spec.argument {
            Argument::Alone(kind, _) => self.of_type(kind, place, tags),
            Argument::Object(parameters) => self.members(parameters, place, tags).map(Json::Object),
        }
    }

    fn members(
        &mut self,
        parameters: &'static [Parameter],
        place: Place,
        tags: &mut Names,
    ) -> Result<Map<String, Json>> {
        let mut members = Map::new();
        for parameter in parameters {
            let place = Place {
                parameter: parameter.name,
                ..place
            };
            let wanted = match parameter.need {
                Need::Required => true,
                Need::Ignored => self.bytes.ratio(1, 16)?,
                Need::Unless(_) | Need::Optional => self.bytes.ratio(2, 5)?,
            };
            if wanted && (parameter.name != "disconnected" || self.may_disconnect) {
                // As good as none: what may be missing may be that, and nothing else may.
                let is_needed = matches!(parameter.need, Need::Required | Need::Unless(_));
                let content = if !is_needed && self.bytes.ratio(1, 16)? {
                    Json::Null
                } else {
                    let content = self.of_type(parameter.kind, place, tags)?;
                    if content.is_null() { false.into() } else { content }
                };
                members.insert(parameter.name.to_owned(), content);
            }
        }
        for parameter in parameters {
            let there = |name: &str| {
                let found = members.get(name);
                found.is_some_and(|content| !content.is_null() && content != "")
            };
            if let Need::Unless(others) = parameter.need
                && !there(parameter.name)
                && !others.iter().any(|other| there(other))
            {
                let place = Place {
                    parameter: parameter.name,
                    ..place
                };
                members.insert(parameter.name.to_owned(), self.of_type(parameter.kind, place, tags)?);
            }
        }
        // The one rule of which the catalogue does not know.
        if place.node == "button" && members.get("type").is_some_and(|kind| kind == "url") {
            members.insert("url".to_owned(), address(self.bytes)?.into());
        }
        Ok(members)
    }

    fn of_type(&mut self, kind: Type, place: Place, tags: &mut Names) -> Result<Json> {
        let bytes = &mut *self.bytes;
        Ok(match kind {
            Type::Text => self.words(place)?.into(),
            Type::Variable => name(bytes)?.into(),
            Type::Expression => expression(bytes)?.into(),
            Type::Script => (*bytes.choose(&SCRIPTS)?).into(),
            Type::Count if place.parameter == "maxSteps" && !bytes.ratio(1, 8)? => bytes.int_in_range(0..=4)?.into(),
            Type::Number | Type::Count => number(bytes)?,
            Type::Times if bytes.arbitrary()? => "2".into(),
            Type::Times => bytes.int_in_range(0..=3)?.into(),
            Type::Flag => bytes.arbitrary::<bool>()?.into(),
            Type::True => true.into(),
            Type::Word(words) | Type::Choice(words) if bytes.ratio(7, 8)? => (*bytes.choose(words)?).into(),
            Type::Choice(_) => "".into(),
            Type::Method if bytes.arbitrary()? => bytes.choose(Type::METHODS)?.to_lowercase().into(),
            Type::Word(_) | Type::Method => "${a}".into(),
            Type::Scalar if bytes.arbitrary()? => number(bytes)?,
            Type::Scalar => text(bytes)?.into(),
            Type::Kind => (*bytes.choose(&["k_1", "${a}", "", "ї"])?).into(),
            Type::Address => address(bytes)?.into(),
            Type::Tag | Type::Function => self.reference(kind, tags)?.into(),
            Type::FunctionName => self
                .functions
                .give()
                .map_or("one too many", |at| NAMES_OF_FUNCTIONS[at])
                .into(),
            Type::Flow if bytes.ratio(1, 8)? => number(bytes).map(|id| if id == "" { "7".into() } else { id })?,
            Type::Flow => (*bytes.choose(&["60", "60${missing}"])?).into(),
            Type::Nodes | Type::Branches => self.lists(kind, place, tags)?,
            _ => self.composed(kind, place, tags)?,
        })
    }

    fn words(&mut self, place: Place) -> Result<String> {
        let store: &[&str] = match (place.node, place.parameter) {
            ("string", "fn") => &FUNCTIONS,
            ("math", "fn") => &MATHS,
            ("httpRequest", "parser") => &CONTENT,
            ("httpRequest", "exportVariables") => &EXPORTS,
            ("button", "type") => &BUTTONS,
            ("sendMessage", "type") => &["image", "", "${a}"],
            _ => return text(self.bytes),
        };
        Ok((*self.bytes.choose(store)?).to_owned())
    }

    /// A tag of the scope, or a function; now and then one that is known only when it runs. What is used is given later.
    fn reference(&mut self, kind: Type, tags: &mut Names) -> Result<&'static str> {
        let (used, names, inserted) = match kind {
            Type::Tag => (&mut tags.used, TAGS, "${tag}"),
            _ => (&mut self.functions.used, NAMES_OF_FUNCTIONS, "${f}"),
        };
        if self.bytes.ratio(1, 4)? {
            return Ok(inserted);
        }
        let at = self.bytes.choose_index(names.len())?;
        // A name with an insertion is not looked for.
        used[at] |= !names[at].contains("${");
        Ok(names[at])
    }

    fn lists(&mut self, kind: Type, place: Place, tags: &mut Names) -> Result<Json> {
        let (depth, definition) = (place.depth + 1, is_definition(self.spec(place.node)));
        if kind == Type::Nodes {
            self.may_disconnect &= place.parameter != "disconnected";
            return Ok(if definition {
                self.scope(depth, 4)?
            } else {
                self.list(tags, depth, 4)?
            }
            .into());
        }
        let mut branches = Map::new();
        for _ in 0..self.bytes.int_in_range(0..=3)? {
            if !definition {
                let case = *self.bytes.choose(&CASES)?;
                // What a list has given must not go with it.
                if branches.contains_key(case) {
                    continue;
                }
                branches.insert(case.to_owned(), self.list(tags, depth, 3)?.into());
            } else if !self.commands.is_empty() {
                let command = self.commands.remove(0);
                branches.insert(command.to_owned(), self.scope(depth, 3)?.into());
            }
        }
        Ok(branches.into())
    }

    /// Lists and objects of single values.
    fn composed(&mut self, kind: Type, place: Place, tags: &mut Names) -> Result<Json> {
        let count = self.bytes.int_in_range(0..=2)?;
        let mut list = Vec::new();
        let mut fields = Map::new();
        for _ in 0..count {
            match kind {
                Type::Buttons => {
                    let place = Place {
                        node: "button",
                        ..place
                    };
                    let mut row = Vec::new();
                    for _ in 0..self.bytes.int_in_range(0..=2)? {
                        row.push(Json::Object(self.members(BUTTON, place, tags)?));
                    }
                    list.push(row.into());
                }
                Type::Names => list.push(name(self.bytes)?.into()),
                Type::List => list.push(self.item(place)?),
                Type::Assignments => drop(fields.insert(name(self.bytes)?, value(self.bytes, 0)?)),
                Type::Exports => drop(fields.insert(name(self.bytes)?, self.words(place)?.into())),
                Type::Texts => drop(fields.insert(self.header()?, self.of_type(Type::Scalar, place, tags)?)),
                Type::Phrases => {
                    let phrases: [Json; 2] = [text(self.bytes)?.into(), "a".into()];
                    fields.insert(text(self.bytes)?, phrases.to_vec().into());
                }
                _ => {}
            }
        }
        Ok(match kind {
            Type::Buttons | Type::Names | Type::List => list.into(),
            Type::File => self.members(FILE, place, tags)?.into(),
            Type::Assignments | Type::Exports | Type::Texts | Type::Phrases => fields.into(),
            _ => value(self.bytes, 0)?,
        })
    }

    fn item(&mut self, place: Place) -> Result<Json> {
        match place.node {
            "string" if self.bytes.arbitrary()? => Ok((*self.bytes.choose(&PATTERNS)?).into()),
            _ => value(self.bytes, 1),
        }
    }

    /// The name of a header or of a part of an address.
    fn header(&mut self) -> Result<String> {
        Ok(match self.bytes.int_in_range(0..=3)? {
            0 => "content-type".to_owned(),
            1 => "a".to_owned(),
            2 => "X-Any".to_owned(),
            _ => text(self.bytes)?,
        })
    }
}

fn node(name: &str, argument: impl Into<Json>) -> Json {
    Json::Object(object([(name, argument.into())]))
}

fn object<const N: usize>(fields: [(&str, Json); N]) -> Map<String, Json> {
    fields
        .into_iter()
        .map(|(name, content)| (name.to_owned(), content))
        .collect()
}

fn is_definition(spec: &NodeSpec) -> bool {
    matches!(spec.name, "function" | "trigger")
}

fn has_lists(spec: &NodeSpec) -> bool {
    let mut parameters = spec.argument.parameters().iter();
    parameters.any(|parameter| matches!(parameter.kind, Type::Nodes | Type::Branches))
}
