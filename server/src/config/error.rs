//! What can be wrong with the configuration, in words for the operator.

use std::path::PathBuf;

/// Why the server does not start with this configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The configuration file cannot be read.
    #[error("the configuration file {} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The configuration file is no TOML.
    #[error("the configuration file {} cannot be understood: {message}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The reason with its line.
        message: String,
    },
    /// There is no such key.
    #[error("{place}: there is no such key{} The keys are {known}", hint(nearest.as_deref()))]
    UnknownKey {
        /// The file and line with the key, or the environment variable.
        place: String,
        /// The key that was probably meant, written as it would be in the same place.
        nearest: Option<String>,
        /// All keys, separated by commas.
        known: String,
    },
    /// The value of a key is not allowed.
    #[error("{place}: {}{reason}", value.as_ref().map(|value| format!("“{value}” is not allowed: ")).unwrap_or_default())]
    WrongValue {
        /// The file and line with the key, the environment variable, or the flag.
        place: String,
        /// The value, unless it is a secret.
        value: Option<String>,
        /// What is allowed.
        reason: String,
    },
    /// A secret is given twice in one place, directly and as a file.
    #[error("{place}: the value is given twice, here and as {other}; keep one of them")]
    Twice {
        /// Where the second one is.
        place: String,
        /// Where the first one is.
        other: String,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(|| ".".to_owned(), |name| format!("; did you mean {name}?"))
}
