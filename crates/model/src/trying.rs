//! Trying a flow schema without a messenger: what a page asks for and what it is told.
//!
//! Moments are on the run's own clock, in milliseconds since 1970: it goes with the real one, and ahead of it by every
//! wait that was skipped. Whatever is told has a number, counted through the whole run, so that a page asks only for
//! what it has not seen.

use crate::{
    FlowId, Timestamp,
    message::{ChatAction, Inbound, Outbound},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// How a run begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryStart {
    /// The program as it is typed, saved or not.
    pub program: String,
    /// The flow schema that it is the program of, if it was saved before.
    #[serde(default)]
    pub flow: Option<FlowId>,
    /// The first message; no button.
    pub message: TryInput,
    /// Who talks; if empty, a name is made up.
    #[serde(default)]
    pub peer_name: String,
    /// Further start variables, and those that are to differ from the usual ones.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// Whether calls over HTTP are really made. It takes the right to change flow schemas.
    #[serde(default)]
    pub http: bool,
    /// The IANA name of the zone whose clock the program sees; without it the server's.
    #[serde(default)]
    pub timezone: Option<String>,
}

/// What somebody who tries a flow schema says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TryInput {
    /// A text.
    Text {
        /// As it was typed.
        text: String,
    },
    /// Presses a button of a message that the flow has sent.
    Button {
        /// The number of the message; without it, the last one that has buttons.
        #[serde(default)]
        message: Option<u64>,
        /// What is written on it.
        #[serde(default)]
        label: Option<String>,
        /// What it answers, where two have the same label; or instead of a label.
        #[serde(default)]
        code: Option<String>,
    },
    /// Attaches a file. It is not fetched.
    File {
        /// Its address, http or https.
        url: String,
        /// Its name; if empty, the last part of the address.
        #[serde(default)]
        name: String,
        /// Its media type; if it begins with `image/`, it is a picture.
        #[serde(default)]
        mime: String,
        /// What is written under it.
        #[serde(default)]
        caption: String,
    },
    /// Shares a contact.
    Contact {
        /// Its phone.
        phone: String,
        /// Whose it is.
        #[serde(default)]
        name: String,
    },
}

/// Names a run; nobody can guess it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TryRun(pub String);

impl fmt::Display for TryRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a run stands, and what has happened in it since a page last asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TryReport {
    /// Which run.
    pub run: TryRun,
    /// The number of the last thing that happened; to be named when asking again.
    pub last: u64,
    /// Whether something that was not seen yet is no longer kept, because too much has happened.
    pub missed: bool,
    /// What was said by both sides, in order.
    pub messages: Vec<TryMessage>,
    /// What the program did, in order.
    pub trace: Vec<TryLine>,
    /// All variables, by name. Long texts are cut.
    pub variables: Vec<TryVariable>,
    /// What is waited for; none after the end.
    pub waiting: Option<TryWait>,
    /// How it ended; none while it goes on.
    pub ended: Option<TryEnd>,
    /// The node at which it stands: `[3].if.then[0].recvMessage`, in a called flow after `flow 60 `.
    pub path: Option<String>,
    /// What the run's clock shows.
    pub now: Timestamp,
    /// Whether calls over HTTP are really made.
    pub http: bool,
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TryMessage {
    /// Its number.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// What.
    pub said: TrySaid,
}

/// What was said, and by whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrySaid {
    /// The user sent a message.
    Heard(Inbound),
    /// The user pressed a button.
    Pressed {
        /// What is written on it.
        label: String,
        /// What it answers.
        code: String,
    },
    /// The user left.
    Left,
    /// The flow sent a message.
    Sent(Outbound),
    /// The flow showed what it does.
    Action(ChatAction),
}

/// Something that the program did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryLine {
    /// Its number.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: TryDone,
}

/// What the program did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TryDone {
    /// A step.
    Step(TryStep),
    /// A call over HTTP, made or only shown.
    Call(TryCall),
    /// The conversation ended.
    End(TryEnd),
    /// The user skipped a wait.
    Skipped {
        /// So many seconds, rounded up.
        seconds: u64,
    },
}

/// One step of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryStep {
    /// The node: `[3].if.then[0].sendText`, in a called flow after `flow 60 `.
    pub path: String,
    /// The node's name.
    pub node: String,
    /// What it did, in a short sentence.
    pub did: String,
    /// The variables that it wrote or removed.
    pub changed: Vec<TryChange>,
    /// Why it could not do its work, in a sentence.
    pub failed: Option<String>,
}

/// A variable before and after a step. Long texts are cut.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryChange {
    /// Its name, or the path that was written.
    pub name: String,
    /// What it was.
    pub before: String,
    /// What it is now.
    pub after: String,
}

/// A call over HTTP. Long texts are cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryCall {
    /// The node that makes it.
    pub path: String,
    /// In capital letters.
    pub method: String,
    /// The address.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// What is sent.
    pub body: Option<String>,
    /// What came of it.
    pub came: TryCame,
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TryCame {
    /// It was not made, because calls are switched off.
    Off,
    /// It is under way. What comes of it is told anew, with a number of its own.
    Pending,
    /// An answer, whatever its status.
    Answer {
        /// The status.
        status: u16,
        /// The type of the body.
        content_type: Option<String>,
        /// The body as text.
        body: String,
        /// The size of the whole body in bytes.
        bytes: u64,
    },
    /// No answer; why, in a sentence.
    Failed(String),
}

/// A variable as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryVariable {
    /// Its name.
    pub name: String,
    /// Its text; its beginning, if it is long.
    pub text: String,
}

/// What a run waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryWait {
    /// What for.
    pub kind: TryWaitKind,
    /// Until when, on the run's clock; none for a call, which ends when it ends.
    pub until: Option<Timestamp>,
    /// How many seconds that is from now, rounded up.
    pub seconds: Option<u64>,
}

/// A kind of wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TryWaitKind {
    /// For a message of the user.
    Message,
    /// A pause of the program's own.
    Pause,
    /// For the answer to a call over HTTP.
    Http,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryEnd {
    /// `flow_end`, `flow_err` or `peer_left`.
    pub cause: String,
    /// The same in a sentence, and what went wrong, if something did.
    pub sentence: String,
}
