//! What a parameter may be.

/// What a parameter may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A text, which may be empty.
    Text,
    /// The name of a variable, or a path into its JSON.
    Variable,
    /// One JavaScript expression.
    Expression,
    /// The body of a JavaScript function.
    Script,
    /// A number, or a text that is one after insertion.
    Number,
    /// The same, not below 0.
    Count,
    /// A whole number, not below 0, without insertion.
    Times,
    /// `true` or `false`.
    Flag,
    /// `true` alone.
    True,
    /// One of these words, or an insertion.
    Word(&'static [&'static str]),
    /// One of these words, known when the program is saved.
    Choice(&'static [&'static str]),
    /// A text or a number that stands for its text.
    Scalar,
    /// A name of letters, digits and underscores.
    Kind,
    /// An http(s) address.
    Address,
    /// The method of an HTTP request, in any case.
    Method,
    /// A tag of the same scope.
    Tag,
    /// The name of a function that is defined somewhere in the program.
    Function,
    /// The name that a function gets.
    FunctionName,
    /// The id of another flow.
    Flow,
    /// A list of nodes.
    Nodes,
    /// An object of lists of nodes.
    Branches,
    /// A list of lists of buttons.
    Buttons,
    /// An object with the members of a file.
    File,
    /// A list of names of variables.
    Names,
    /// An object of variables and values.
    Assignments,
    /// An object of variables and paths.
    Exports,
    /// An object of texts.
    Texts,
    /// An object of lists of texts.
    Phrases,
    /// A list of values.
    List,
    /// Any value.
    Any,
}

impl Type {
    /// What is expected, to stand behind “Expected”.
    #[must_use]
    pub fn expected(self) -> String {
        let text = match self {
            Self::Text => "a text",
            Self::Variable => "the name of a variable",
            Self::Expression => "a JavaScript expression, as a text",
            Self::Script => "JavaScript, as a text",
            Self::Number => "a number",
            Self::Count => "a number that is 0 or more",
            Self::Times => "a whole number that is 0 or more",
            Self::Flag => "true or false",
            Self::True => "true",
            Self::Word(words) | Self::Choice(words) => return one_of(words),
            Self::Scalar => "a text or a number",
            Self::Kind => "a word of letters, digits and underscores",
            Self::Address => "an address that begins with http:// or https://",
            Self::Method => return one_of(Self::METHODS),
            Self::Tag => "the tag of a node",
            Self::Function => "the name of a function",
            Self::FunctionName => "a name for the function",
            Self::Flow => "the id of a flow",
            Self::Nodes => "a list of nodes: [ … ]",
            Self::Branches => "an object whose values are lists of nodes: {\"…\": [ … ]}",
            Self::Buttons => "rows of buttons, a list of lists: [[{\"text\": \"…\"}]]",
            Self::File => "an object with “url” and “name”",
            Self::Names => "a list of names: [\"…\"]",
            Self::Assignments => "an object: {\"variable\": value}",
            Self::Exports => "an object: {\"variable\": \"path\"}",
            Self::Texts => "an object of texts: {\"name\": \"text\"}",
            Self::Phrases => "an object of lists of phrases: {\"name\": [\"phrase\"]}",
            Self::List => "a list: [ … ]",
            Self::Any => "a value",
        };
        text.to_owned()
    }

    /// The methods of HTTP that a program may use.
    pub const METHODS: &'static [&'static str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    /// The words to choose from, if there are such.
    #[must_use]
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Word(words) | Self::Choice(words) => words,
            Self::Method => Self::METHODS,
            Self::Flag => &["true", "false"],
            Self::True => &["true"],
            _ => &[],
        }
    }

    /// A value to begin with, as JSON.
    #[must_use]
    pub fn blank(self) -> String {
        match self {
            Self::Number | Self::Count | Self::Times | Self::Any => "0".to_owned(),
            Self::Flag | Self::True => "true".to_owned(),
            Self::Word(words) | Self::Choice(words) => format!("\"{}\"", words.first().unwrap_or(&"")),
            Self::Method => "\"GET\"".to_owned(),
            Self::Address => "\"https://\"".to_owned(),
            Self::Nodes | Self::List | Self::Names => "[]".to_owned(),
            Self::Branches => "{ \"default\": [] }".to_owned(),
            Self::Buttons => "[[{ \"text\": \"\" }]]".to_owned(),
            Self::File => "{ \"url\": \"https://\", \"name\": \"\" }".to_owned(),
            Self::Assignments | Self::Exports | Self::Texts | Self::Phrases => "{}".to_owned(),
            Self::Text
            | Self::Variable
            | Self::Expression
            | Self::Script
            | Self::Scalar
            | Self::Kind
            | Self::Tag
            | Self::Function
            | Self::FunctionName
            | Self::Flow => "\"\"".to_owned(),
        }
    }
}

fn one_of(words: &[&str]) -> String {
    match words {
        [all @ .., last] if !all.is_empty() => {
            let all: Vec<String> = all.iter().map(|word| format!("“{word}”")).collect();
            format!("{} or “{last}”", all.join(", "))
        }
        _ => format!("“{}”", words.concat()),
    }
}
