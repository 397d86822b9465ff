//! One call.

use super::answer::Failure;
use crate::args::Args;
use http::{HeaderMap, Method, header};
use serde_json::Value;

pub(crate) struct Call {
    pub method: Method,
    /// The path without the version.
    pub pieces: Vec<String>,
    pub args: Args,
    /// Empty if none was given.
    pub token: String,
}

impl Call {
    /// The token may be in the header or among the parameters.
    pub fn new(method: Method, pieces: Vec<String>, args: Args, headers: &HeaderMap) -> Self {
        let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = bearer.and_then(|value| value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("OAuth ")));
        let token = bearer.unwrap_or_else(|| args.text("access_token")).to_owned();
        Self {
            method,
            pieces,
            args,
            token,
        }
    }

    pub fn is(&self, method: &str, pieces: &[&str]) -> bool {
        self.method == method && self.pieces == pieces
    }

    /// A parameter that must be there.
    pub fn required(&self, name: &str) -> Result<&str, Failure> {
        match self.args.text(name) {
            "" => Err(Failure::missing(name)),
            given => Ok(given),
        }
    }

    /// A parameter that is JSON; null if it is not given.
    pub fn json(&self, name: &str) -> Result<Value, Failure> {
        let given = self.args.json(name).transpose();
        let invalid = |_| Failure::invalid(&format!("param {name} must be valid JSON"));
        Ok(given.map_err(invalid)?.unwrap_or_default())
    }

    /// A list: separated by commas, or in JSON.
    pub fn list(&self, name: &str) -> Vec<String> {
        let given = self.args.text(name);
        let read = serde_json::from_str::<Vec<String>>(given);
        read.unwrap_or_else(|_| {
            let names = given.split(',').map(|name| name.trim().to_owned());
            names.filter(|name| !name.is_empty()).collect()
        })
    }

    /// Only the fields that are asked for, and the id.
    pub fn fields(&self, node: &Value) -> Value {
        match self.args.text("fields") {
            "" => node.clone(),
            wanted => chosen(node, wanted),
        }
    }
}

/// The fields of a node that are asked for, and its id. `a{b,c}` asks for two of the fields of `a`; `a` alone for its id.
fn chosen(node: &Value, wanted: &str) -> Value {
    let mut asked = Value::Object(serde_json::Map::new());
    for field in split(wanted).chain(["id"]) {
        let (name, inner) = match field.split_once('{') {
            Some((name, inner)) => (name, inner.trim_end_matches('}')),
            None => (field.split(['.', '(']).next().unwrap_or_default(), ""),
        };
        match node.get(name) {
            Some(value @ Value::Object(_)) => asked[name] = chosen(value, inner),
            Some(value) => asked[name] = value.clone(),
            None => {}
        }
    }
    asked
}

/// The fields between commas that are not within braces.
fn split(wanted: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_u32;
    let parts = wanted.split(move |c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    });
    parts.map(str::trim).filter(|part| !part.is_empty())
}
