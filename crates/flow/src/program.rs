//! A program that was checked: lists of nodes that refer to each other by number, so that a place in it is two numbers.

use crate::Template;
use std::collections::HashMap;

/// The number of a list in [`Program::lists`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ListId(pub u32);

/// A node: the `index`-th of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// The list.
    pub list: ListId,
    /// From 0.
    pub index: u32,
}

/// The number of a scope in [`Program::scopes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ScopeId(pub u32);

/// A checked program. The same text always gives the same numbers, so a stored state can be read again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    /// Every list, the program itself first.
    pub lists: Vec<List>,
    /// Every scope, the program's own first.
    pub scopes: Vec<Scope>,
    /// The `actions` of each function by its name, wherever it is defined. Of two with one name the later one holds.
    pub functions: HashMap<Box<str>, ListId>,
    /// What runs once at every end.
    pub disconnected: Option<ListId>,
    /// What runs when a message is exactly this text.
    pub commands: HashMap<Box<str>, ListId>,
}

/// A list of nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Its nodes in order.
    pub nodes: Vec<Node>,
    /// The scope that its tags belong to.
    pub scope: ScopeId,
    /// The node that holds it; none for the program, a function's `actions` and the lists of triggers, whose end is not
    /// followed by anything of their own scope.
    pub holder: Option<Place>,
    /// Where it stands: `""` for the program, else as in `[3].if.then`.
    pub path: Box<str>,
}

/// Where a tag can be found: the program, a function's `actions`, one list of a trigger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    /// The node that carries each tag.
    pub tags: HashMap<Box<str>, Place>,
}

/// One step of a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its name as it is written.
    pub name: &'static str,
    /// What it does.
    pub action: Action,
    /// What a `goto` calls it.
    pub tag: Option<Box<str>>,
    /// Whether the run ends behind it.
    pub breaks: bool,
    /// How often it runs.
    pub limit: Option<Limit>,
}

/// `limit`: from the `max + 1`-th arrival on, the program jumps to `failover`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How often the node runs.
    pub max: u32,
    /// The tag that is gone to after that.
    pub failover: Box<str>,
}

/// A number, written as a number or as text that is one after insertion. The empty text is 0.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    /// As written.
    Literal(f64),
    /// Known when the program runs.
    Text(Template),
}

/// A value whose texts have insertions. Keys keep their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(Template),
    /// A list.
    List(Vec<Value>),
    /// An object; its keys are inserted into as well where the specification says so (see [`Action::Set`]).
    Object(Vec<(Box<str>, Value)>),
}

/// A calendar or a queue by id or by name.
#[derive(Clone, Debug, PartialEq)]
pub enum Reference {
    /// By id; a number in the program is its text.
    Id(Template),
    /// By name.
    Name(Template),
}

/// What a node does, with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// `recvMessage`
    Receive {
        /// The variable that takes the text.
        set: Template,
        /// Seconds; 600 if missing or 0.
        timeout: Option<Number>,
        /// Seconds of silence that end the collecting; one message is taken if missing or 0.
        message_timeout: Option<Number>,
        /// Between collected texts; a space if missing or empty.
        delimiter: Option<Template>,
    },
    /// `sendText`, `sendMessage`, `menu`, `sendImage`, `sendFile`
    Send(Send),
    /// `sendAction`: a [`Template`] that is `typing` or `cancel`.
    SendAction(Template),
    /// `if`
    If {
        /// A JavaScript expression.
        expression: Script,
        /// When it is true.
        then: Option<ListId>,
        /// When it is not.
        otherwise: Option<ListId>,
    },
    /// `switch`
    Switch {
        /// What is compared.
        variable: Template,
        /// The cases as written, without `default`.
        cases: HashMap<Box<str>, ListId>,
        /// The case `default`.
        default: Option<ListId>,
    },
    /// `set`: names (paths, with insertions) and values.
    Set(Vec<(Template, Value)>),
    /// `unSet`: names.
    Unset(Vec<Template>),
    /// `while`
    While {
        /// A JavaScript expression, tested after each round.
        condition: Script,
        /// The most rounds each time it is entered; 1000 if missing.
        max_steps: Option<Number>,
        /// The body.
        body: ListId,
    },
    /// `goto`
    Goto(Template),
    /// `break`
    Break,
    /// `function` and `trigger`: definitions, kept in [`Program`].
    Define,
    /// `execute`
    Execute(Template),
    /// `schema`
    Schema(Template),
    /// `sleep`, `softSleep`: milliseconds.
    Sleep(Number),
    /// `js`
    Js {
        /// The body of a function.
        data: Script,
        /// The variable that takes what it returns; none if missing.
        set_var: Option<Template>,
    },
    /// `httpRequest`
    Http(Box<Http>),
    /// `string`
    Text {
        /// The function's name.
        function: Template,
        /// What it is applied to.
        data: Value,
        /// Its arguments.
        arguments: Vec<Value>,
        /// The variable that takes the result.
        set_var: Template,
    },
    /// `math`
    Math {
        /// The function's or constant's name; `random` if missing.
        function: Option<Template>,
        /// What it is applied to; a single value is a list of one.
        data: Vec<Value>,
        /// The variable that takes the result.
        set_var: Template,
    },
    /// `calendar`
    Calendar {
        /// Which.
        calendar: Reference,
        /// The variable that takes the answer.
        set_var: Template,
        /// Whether a holiday's name and `expire` are told apart.
        extended: bool,
    },
    /// `classifier`
    Classify(Box<Classifier>),
    /// `chatHistory`
    History {
        /// The variable that takes it.
        variable: Template,
        /// Whether it is HTML (`html`) instead of text (`txt`, if missing).
        html: bool,
        /// The most messages; 300 if missing.
        limit: Option<Number>,
    },
    /// `log`
    Log(Template),
    /// `close`
    Close,
}

/// JavaScript cut at its insertions, each of which is a value and never code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The source with insertions.
    pub source: Template,
}

/// A message to the peer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Send {
    /// Which node says it: `sendText` sends nothing when the text is empty.
    pub node: SendNode,
    /// The text, or the caption of a file.
    pub text: Option<Template>,
    /// An image or a file.
    pub media: Option<Media>,
    /// Reply buttons, by rows.
    pub buttons: Vec<Vec<Button>>,
    /// Inline buttons, by rows.
    pub inline: Vec<Vec<Button>>,
    /// Whether the peer shall not type.
    pub no_input: bool,
    /// A word for the gateway (letters, digits, underscore).
    pub kind: Option<Template>,
}

/// The node behind a [`Send`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SendNode {
    /// `sendText`
    #[default]
    Text,
    /// `sendMessage`
    Message,
    /// `menu`
    Menu,
    /// `sendImage`
    Image,
    /// `sendFile`
    File,
}

/// A file of a message. Its address must be http(s) when it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Media {
    /// Whether it is shown as a picture.
    pub image: bool,
    /// Its address.
    pub url: Template,
    /// Its name.
    pub name: Option<Template>,
    /// Its media type.
    pub mime: Option<Template>,
}

/// A button.
#[derive(Clone, Debug, PartialEq)]
pub struct Button {
    /// `reply` (if missing), `url`, `phone`, `location`, …
    pub kind: Option<Template>,
    /// What is written on it, before `text`.
    pub caption: Option<Template>,
    /// What it says.
    pub text: Option<Template>,
    /// What it answers, before `text` and `caption`.
    pub code: Option<Template>,
    /// Where it leads.
    pub url: Option<Template>,
}

/// `httpRequest`
#[derive(Clone, Debug, PartialEq)]
pub struct Http {
    /// The address, with `${name}` of `path` still inside.
    pub url: Template,
    /// POST if missing.
    pub method: Option<Template>,
    /// Milliseconds; 1000 if missing.
    pub timeout: Option<Number>,
    /// Names as written, and values.
    pub headers: Vec<(Box<str>, Template)>,
    /// What fills `${name}` in the address first.
    pub path: Vec<(Box<str>, Template)>,
    /// The body.
    pub data: Option<Value>,
    /// A media type that is used instead of the answer's.
    pub parser: Option<Template>,
    /// The variable that takes the status.
    pub response_code: Option<Template>,
    /// Variables and the paths of what they take.
    pub export_variables: Vec<(Template, Template)>,
    /// The variable that takes the cookies.
    pub export_cookie: Option<Template>,
}

/// `classifier`
#[derive(Clone, Debug, PartialEq)]
pub struct Classifier {
    /// Clusters and their phrases in the order written.
    pub clusters: Vec<(Box<str>, Vec<Template>)>,
    /// What is sorted.
    pub input: Template,
    /// The variable that takes the cluster's name.
    pub set: Template,
    /// `part` instead of `full`.
    pub part: bool,
    /// Whether the input is looked at as a whole.
    pub phrase_search: bool,
}
