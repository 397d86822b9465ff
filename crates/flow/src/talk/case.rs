//! A case file.

use super::Difference;
use super::item::Item;
use super::stub::{Request, Stub};
use crate::run::insert::text_of;
use crate::step::CalendarAnswer;
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    #[serde(default, rename = "title")]
    _title: String,
    #[serde(default, rename = "why")]
    _why: String,
    pub flow: Option<FlowName>,
    #[serde(default)]
    pub start: BTreeMap<String, Scalar>,
    #[serde(default)]
    pub globals: BTreeMap<String, Scalar>,
    #[serde(default)]
    pub clock: Clock,
    #[serde(default)]
    pub calendars: BTreeMap<String, Calendar>,
    #[serde(default)]
    pub flows: BTreeMap<String, OtherFlow>,
    #[serde(default)]
    pub http: Vec<Stub>,
    pub talks: Option<Vec<Talk>>,
    pub errors: Option<Vec<Failing>>,
}

/// What the program of the case is called.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlowName {
    pub id: Scalar,
    #[serde(default)]
    pub name: String,
}

/// Another flow.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OtherFlow {
    #[serde(default)]
    pub name: String,
    pub program: Json,
}

/// A text, a number or a truth value; as text.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Scalar(Json);

impl Scalar {
    pub fn text(&self) -> String {
        text_of(&self.0)
    }
}

/// The moment of the first message.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Clock {
    pub now: Option<String>,
    pub timezone: Option<String>,
}

/// What a calendar answers.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Json")]
pub(super) struct Calendar(pub CalendarAnswer);

impl TryFrom<Json> for Calendar {
    type Error = String;

    fn try_from(value: Json) -> Result<Self, String> {
        let holiday = value
            .as_object()
            .filter(|object| object.len() == 1)
            .and_then(|object| object.get("holiday"));
        Ok(Self(match (value.as_str(), holiday) {
            (_, Some(name)) => CalendarAnswer::Holiday(text_of(name)),
            (Some("open"), _) => CalendarAnswer::Open,
            (Some("closed"), _) => CalendarAnswer::Closed,
            (Some("expired"), _) => CalendarAnswer::Expired,
            (Some("none"), _) => CalendarAnswer::None,
            _ => {
                return Err(format!(
                    "a calendar is open, closed, expired, none or {{holiday: NAME}}, and not {value}"
                ));
            }
        }))
    }
}

/// A talk.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Talk {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub start: BTreeMap<String, Scalar>,
    #[serde(default)]
    pub globals: BTreeMap<String, Scalar>,
    #[serde(default)]
    pub clock: Clock,
    #[serde(default)]
    pub calendars: BTreeMap<String, Calendar>,
    #[serde(default)]
    pub http: Vec<Stub>,
    #[serde(rename = "talk")]
    pub steps: Vec<TalkStep>,
    #[serde(default)]
    pub vars: BTreeMap<String, Expected>,
    pub ends: Option<String>,
    pub requests: Option<Vec<Request>>,
    pub log: Option<Vec<String>>,
    #[serde(default)]
    pub failures: Vec<String>,
}

/// A step of a talk: exactly one of these.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TalkStep {
    #[serde(rename = "in")]
    pub text: Option<String>,
    pub command: Option<String>,
    pub button: Option<String>,
    pub file: Option<File>,
    pub contact: Option<Contact>,
    pub wait: Option<f64>,
    pub disconnect: Option<bool>,
    pub out: Option<Vec<Item>>,
}

/// A file that the peer sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub url: Option<String>,
    pub name: Option<String>,
    pub mime: Option<String>,
    pub size: Option<u64>,
    pub text: Option<String>,
}

/// A contact that the peer shares.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contact {
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub name: String,
}

/// What a variable must be.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Json")]
pub(super) enum Expected {
    Text(String),
    Json(Json),
    Contains(Vec<String>),
}

impl TryFrom<Json> for Expected {
    type Error = String;

    fn try_from(value: Json) -> Result<Self, String> {
        let Json::Object(mut object) = value else {
            return Ok(Self::Text(text_of(&value)));
        };
        let wrong = "a variable is a text, {json: value} or {contains: [texts]}";
        if object.len() != 1 {
            return Err(wrong.to_owned());
        }
        if let Some(value) = object.remove("json") {
            return Ok(Self::Json(value));
        }
        match object.remove("contains") {
            Some(Json::Array(pieces)) => Ok(Self::Contains(pieces.iter().map(text_of).collect())),
            _ => Err(wrong.to_owned()),
        }
    }
}

/// A mistake that the check at save finds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Failing {
    pub path: String,
    #[serde(default, rename = "about")]
    _about: String,
    #[serde(default)]
    pub mentions: Vec<String>,
}

impl Case {
    /// Reads a case file.
    pub fn read(text: &str) -> Result<Self, Difference> {
        let case: Self = serde_saphyr::from_str(text)
            .map_err(|error| Difference::of(format!("the case file cannot be read: {error}")))?;
        if case.talks.is_none() && case.errors.is_none() {
            return Err(Difference::of("the case file has neither talks nor errors"));
        }
        Ok(case)
    }
}
