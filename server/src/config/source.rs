//! Where the values come from: the file, the environment and the command line, in this order of weight.

use super::{ConfigError, Key};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The beginning of every environment variable that belongs to the server.
const PREFIX: &str = "CHAT_GATEWAYS_";
/// The file that is read when none is named, if it is there.
const DEFAULT_FILE: &str = "chat-gateways.toml";

/// The environment variables of the process, passed as a value so that tests need not change their own.
pub type Environment = BTreeMap<String, String>;

/// The environment of this process. What is no Unicode belongs to somebody else.
#[must_use]
pub fn environment() -> Environment {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// The part of the configuration that comes from the command line.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Configuration (each also a key of the file and an environment variable)")]
pub struct Flags {
    /// The configuration file [default: chat-gateways.toml, if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where to listen [default: 127.0.0.1:3400]
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// Where browsers and messengers find the server [default: http:// and the listening address]
    #[arg(long, global = true, value_name = "URL")]
    pub public_url: Option<String>,
    /// The folder for everything the server writes [default: ./data]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data_dir: Option<String>,
    /// How long a session lives at most [default: 14d]
    #[arg(long, global = true, value_name = "DURATION")]
    pub session_lifetime: Option<String>,
    /// How long a session lives without a request [default: 24h]
    #[arg(long, global = true, value_name = "DURATION")]
    pub session_idle: Option<String>,
    /// The administrator's name in an empty database [default: admin]
    #[arg(long, global = true, value_name = "NAME")]
    pub first_user: Option<String>,
    /// Believe the client addresses that a reverse proxy reports, true or false [default: false]
    #[arg(long, global = true, value_name = "BOOL")]
    pub trust_proxy: Option<String>,
    /// Hosts inside your network that flow schemas may call, separated by commas [default: none]
    #[arg(long, global = true, value_name = "HOSTS")]
    pub allowed_hosts: Option<String>,
    /// The time zone whose clock flow schemas see, such as Europe/Kyiv [default: the machine's]
    #[arg(long, global = true, value_name = "ZONE")]
    pub timezone: Option<String>,
    /// Telegram's Bot API, where it is a server of your own [default: the public one]
    #[arg(long, global = true, value_name = "URL")]
    pub telegram_api_url: Option<String>,
    /// Viber's API [default: the public one]
    #[arg(long, global = true, value_name = "URL")]
    pub viber_api_url: Option<String>,
    /// Meta's Graph API [default: the public one]
    #[arg(long, global = true, value_name = "URL")]
    pub graph_api_url: Option<String>,
    /// Infobip's API, in place of the address in each gateway [default: none]
    #[arg(long, global = true, value_name = "URL")]
    pub infobip_api_url: Option<String>,
    /// Keep to the pace that messengers allow, true or false [default: true]
    #[arg(long, global = true, value_name = "BOOL")]
    pub keep_pace: Option<String>,
    /// How often each enabled gateway is looked at [default: 5m]
    #[arg(long, global = true, value_name = "DURATION")]
    pub probe_interval: Option<String>,
    /// How long entries of the delivery log are kept [default: 30d]
    #[arg(long, global = true, value_name = "DURATION")]
    pub log_retention: Option<String>,
    /// How long requests and answers of messengers are kept word for word [default: 3d]
    #[arg(long, global = true, value_name = "DURATION")]
    pub exchange_retention: Option<String>,
    /// The largest file that is taken from a messenger, in bytes [default: 20971520]
    #[arg(long, global = true, value_name = "BYTES")]
    pub media_max_bytes: Option<String>,
    /// How long files of messengers are kept [default: 7d]
    #[arg(long, global = true, value_name = "DURATION")]
    pub media_retention: Option<String>,
    /// What to log, such as info or server=debug [default: info,sqlx=warn]
    #[arg(long, global = true, value_name = "FILTER")]
    pub log: Option<String>,
    /// The shape of the log: text or json [default: text]
    #[arg(long, global = true, value_name = "FORMAT")]
    pub log_format: Option<String>,
    /// The folder with the browser's files [default: site beside the binary]
    #[arg(long, global = true, value_name = "FOLDER")]
    pub site_dir: Option<String>,
}

impl Flags {
    fn values(self) -> impl Iterator<Item = (Key, String)> {
        [
            (Key::Listen, self.listen),
            (Key::PublicUrl, self.public_url),
            (Key::DataDir, self.data_dir),
            (Key::SessionLifetime, self.session_lifetime),
            (Key::SessionIdle, self.session_idle),
            (Key::FirstUser, self.first_user),
            (Key::TrustProxy, self.trust_proxy),
            (Key::AllowedHosts, self.allowed_hosts),
            (Key::Timezone, self.timezone),
            (Key::TelegramApiUrl, self.telegram_api_url),
            (Key::ViberApiUrl, self.viber_api_url),
            (Key::GraphApiUrl, self.graph_api_url),
            (Key::InfobipApiUrl, self.infobip_api_url),
            (Key::KeepPace, self.keep_pace),
            (Key::ProbeInterval, self.probe_interval),
            (Key::LogRetention, self.log_retention),
            (Key::ExchangeRetention, self.exchange_retention),
            (Key::MediaMaxBytes, self.media_max_bytes),
            (Key::MediaRetention, self.media_retention),
            (Key::Log, self.log),
            (Key::LogFormat, self.log_format),
            (Key::SiteDir, self.site_dir),
        ]
        .into_iter()
        .filter_map(|(key, text)| Some((key, text?)))
    }
}

/// A value as it was written, and where.
struct Setting {
    place: String,
    text: String,
}

/// The values that count, one per key at most.
pub(super) struct Settings(BTreeMap<Key, Setting>);

impl Settings {
    /// Collects the values from all places; a later place replaces the values of an earlier one.
    pub(super) fn collect(flags: Flags, environment: &Environment) -> Result<Self, ConfigError> {
        let named = flags
            .config
            .clone()
            .or_else(|| environment.get("CHAT_GATEWAYS_CONFIG").map(PathBuf::from));
        let mut settings = match named {
            Some(path) => read_file(&path)?,
            None if Path::new(DEFAULT_FILE).exists() => read_file(Path::new(DEFAULT_FILE))?,
            None => BTreeMap::new(),
        };
        settings.extend(read_environment(environment)?);
        settings.extend(flags.values().map(|(key, text)| {
            let place = format!("--{}", key.name().replace('_', "-"));
            (key, Setting { place, text })
        }));
        Ok(Self(settings))
    }

    /// Parses the value of a key, if there is one.
    pub(super) fn parse<T>(
        &mut self,
        key: Key,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<Option<T>, ConfigError> {
        let Some(Setting { place, text }) = self.0.remove(&key) else {
            return Ok(None);
        };
        parse(&text).map(Some).map_err(|reason| ConfigError::WrongValue {
            place,
            value: (!key.is_secret()).then_some(text),
            reason,
        })
    }
}

fn read_file(path: &Path) -> Result<BTreeMap<Key, Setting>, ConfigError> {
    let text = fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let table: BTreeMap<toml::Spanned<String>, toml::Value> =
        toml::from_str(&text).map_err(|error| ConfigError::Syntax {
            path: path.to_owned(),
            message: error.to_string(),
        })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut layer = Layer::default();
    for (name, value) in table {
        let line = text[..name.span().start].matches('\n').count() + 1;
        let place = format!("{}, line {line}, {}", path.display(), name.get_ref());
        let Some((key, is_file)) = Key::find(name.get_ref()) else {
            return Err(unknown(place, Key::nearest(name.get_ref()), Key::names()));
        };
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Boolean(choice) => choice.to_string(),
            toml::Value::Array(values) if key.is_list() => {
                let reason = "write a list of texts, such as [\"crm.internal:8080\", \"10.1.0.0/16\"]";
                texts(values).ok_or_else(|| ConfigError::WrongValue {
                    place: place.clone(),
                    value: None,
                    reason: reason.to_owned(),
                })?
            }
            toml::Value::Float(_) | toml::Value::Datetime(_) | toml::Value::Array(_) | toml::Value::Table(_) => {
                let reason = "write the value as a text in quotation marks".to_owned();
                return Err(ConfigError::WrongValue {
                    place,
                    value: None,
                    reason,
                });
            }
        };
        layer.add(key, place, text, is_file.then_some(folder))?;
    }
    Ok(layer.0)
}

/// A list as it is written in the environment and on the command line.
fn texts(values: Vec<toml::Value>) -> Option<String> {
    let texts = values.into_iter().map(|value| match value {
        toml::Value::String(text) if !text.contains(',') => Some(text),
        _ => None,
    });
    Some(texts.collect::<Option<Vec<_>>>()?.join(","))
}

fn read_environment(environment: &Environment) -> Result<BTreeMap<Key, Setting>, ConfigError> {
    let mut layer = Layer::default();
    for (variable, text) in environment {
        let Some(name) = variable.strip_prefix(PREFIX).filter(|name| *name != "CONFIG") else {
            continue;
        };
        let written = |name: String| format!("{PREFIX}{}", name.to_uppercase());
        let found = Key::find(&name.to_lowercase()).filter(|_| name.chars().all(|c| !c.is_lowercase()));
        let Some((key, is_file)) = found else {
            let nearest = Key::nearest(&name.to_lowercase()).map(written);
            return Err(unknown(variable.clone(), nearest, Key::names().map(written)));
        };
        layer.add(key, variable.clone(), text.clone(), is_file.then_some(Path::new("")))?;
    }
    Ok(layer.0)
}

fn unknown(place: String, nearest: Option<String>, known: impl Iterator<Item = String>) -> ConfigError {
    ConfigError::UnknownKey {
        place,
        nearest,
        known: known.collect::<Vec<_>>().join(", "),
    }
}

/// The values of one place.
#[derive(Default)]
struct Layer(BTreeMap<Key, Setting>);

impl Layer {
    /// Takes a value; with a `folder` the text names a file, relative to that folder, which holds the value.
    fn add(&mut self, key: Key, place: String, text: String, folder: Option<&Path>) -> Result<(), ConfigError> {
        let text = match folder {
            None => text,
            Some(folder) => match fs::read_to_string(folder.join(&text)) {
                Ok(content) => content.trim_end_matches(['\r', '\n']).to_owned(),
                Err(error) => {
                    let reason = format!("the file cannot be read: {error}");
                    return Err(ConfigError::WrongValue {
                        place,
                        value: Some(text),
                        reason,
                    });
                }
            },
        };
        if let Some(other) = self.0.get(&key) {
            return Err(ConfigError::Twice {
                place,
                other: other.place.clone(),
            });
        }
        self.0.insert(key, Setting { place, text });
        Ok(())
    }
}
