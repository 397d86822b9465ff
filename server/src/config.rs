//! The configuration: read once at the start from a file, the environment and the command line.
//!
//! Every key may stand in all three places; the command line wins over the environment, the environment over the file.
//! Secrets have no flag, because other users of the machine can read a command line; they may name a file instead
//! (`secret_key_file`, `CHAT_GATEWAYS_SECRET_KEY_FILE`). A wrong key or value stops the start and says where it is and
//! what is allowed. `chat-gateways.example.toml` documents every key; a test keeps the two together.

mod error;
mod key;
mod source;
mod value;

pub use error::ConfigError;
pub use key::Key;
pub use source::{Environment, Flags, environment};
pub use value::LogFormat;

use engine::pipeline::Retention;
use model::Secret;
use providers::Endpoints;
use source::Settings;
use std::{net::SocketAddr, path::PathBuf, time::Duration};
use store::KeyRing;
use url::Url;

/// Everything the operator may decide.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The address under which browsers and messengers reach the server: scheme, host and port, path `/`.
    pub public_url: Url,
    /// The database. It is a secret because it may hold a password.
    pub database_url: Secret<String>,
    /// The folder of everything the server itself writes. See [`Config::prepare_data_dir`].
    pub data_dir: PathBuf,
    /// The keys that seal the secrets of gateways, when they are configured; otherwise they live in the data folder.
    pub secret_key: Option<KeyRing>,
    /// The shape of a line of the log.
    pub log_format: LogFormat,
    /// What is logged, in the words of `tracing_subscriber::EnvFilter`.
    pub log: String,
    /// How long a session lives at most.
    pub session_lifetime: Duration,
    /// How long a session lives without a request.
    pub session_idle: Duration,
    /// The name of the administrator who is made in an empty database.
    pub first_user: String,
    /// Their password, when it is configured; otherwise a random one is made and printed once.
    pub first_password: Option<Secret<String>>,
    /// Whether the addresses that a reverse proxy reports are believed.
    pub trust_proxy: bool,
    /// The hosts that flow schemas may call although they are not on the public internet.
    pub allowed_hosts: Vec<String>,
    /// The IANA name of the zone whose clock flow schemas see.
    pub timezone: String,
    /// Who has it may see the meters; without one only who asks from this machine may.
    pub metrics_token: Option<Secret<String>>,
    /// Whether the operator has named `public_url`; if not, nobody outside finds the server.
    pub is_public: bool,
    /// Where the messengers are.
    pub endpoints: Endpoints,
    /// Whether the pace that messengers allow is kept.
    pub keep_pace: bool,
    /// How often each enabled gateway is looked at.
    pub probe_interval: Duration,
    /// How long the log, what stands in it word for word, and files are kept.
    pub retention: Retention,
    /// The largest file that is taken from a messenger, in bytes.
    pub media_max_bytes: usize,
    /// The folder of the browser's files, when it is not the one beside the binary.
    pub site_dir: Option<PathBuf>,
}

impl Config {
    /// Reads the configuration.
    ///
    /// # Errors
    ///
    /// A [`ConfigError`] for the first key or value that is wrong.
    pub fn load(flags: Flags, environment: &Environment) -> Result<Self, ConfigError> {
        let mut settings = Settings::collect(flags, environment)?;
        let listen = settings
            .parse(Key::Listen, value::address)?
            .unwrap_or(value::DEFAULT_LISTEN);
        let public_url = settings.parse(Key::PublicUrl, value::public_url)?;
        let public_url_is_named = public_url.is_some();
        let data_dir = settings
            .parse(Key::DataDir, value::folder)?
            .unwrap_or_else(|| "./data".into());
        let database_url = settings.parse(Key::DatabaseUrl, value::database_url)?;
        let first_user = settings
            .parse(Key::FirstUser, model::parse_name)?
            .unwrap_or_else(|| "admin".to_owned());
        let session_lifetime = settings
            .parse(Key::SessionLifetime, value::duration)?
            .unwrap_or(value::DEFAULT_SESSION_LIFETIME);
        Ok(Self {
            public_url: public_url.unwrap_or_else(|| value::url_of(listen)),
            database_url: database_url.unwrap_or_else(|| value::database_in(&data_dir)),
            secret_key: settings.parse(Key::SecretKey, value::key_ring)?,
            log_format: settings.parse(Key::LogFormat, str::parse)?.unwrap_or_default(),
            log: settings
                .parse(Key::Log, value::log_filter)?
                .unwrap_or_else(|| value::DEFAULT_LOG.to_owned()),
            session_idle: settings
                .parse(Key::SessionIdle, |text| value::idle(text, session_lifetime))?
                .unwrap_or(value::DEFAULT_SESSION_IDLE.min(session_lifetime)),
            first_password: settings.parse(Key::FirstPassword, |text| value::password(text, &first_user))?,
            trust_proxy: settings.parse(Key::TrustProxy, value::yes_or_no)?.unwrap_or(false),
            allowed_hosts: settings
                .parse(Key::AllowedHosts, value::allowed_hosts)?
                .unwrap_or_default(),
            timezone: settings
                .parse(Key::Timezone, engine::time_zone)?
                .unwrap_or_else(value::system_time_zone),
            metrics_token: settings.parse(Key::MetricsToken, value::token)?,
            is_public: public_url_is_named,
            endpoints: endpoints(&mut settings)?,
            keep_pace: settings.parse(Key::KeepPace, value::yes_or_no)?.unwrap_or(true),
            probe_interval: settings
                .parse(Key::ProbeInterval, value::duration)?
                .unwrap_or(value::DEFAULT_PROBE_INTERVAL),
            retention: Retention {
                log: settings
                    .parse(Key::LogRetention, value::retention)?
                    .unwrap_or(Retention::default().log),
                exchanges: settings
                    .parse(Key::ExchangeRetention, value::duration)?
                    .unwrap_or(Retention::default().exchanges),
                media: settings
                    .parse(Key::MediaRetention, value::duration)?
                    .unwrap_or(Retention::default().media),
            },
            media_max_bytes: settings
                .parse(Key::MediaMaxBytes, value::file_size)?
                .unwrap_or(value::DEFAULT_MEDIA_MAX_BYTES),
            site_dir: settings.parse(Key::SiteDir, value::folder)?,
            listen,
            data_dir,
            first_user,
            session_lifetime,
        })
    }

    /// Says whether the database is a file that belongs to this server alone.
    #[must_use]
    pub fn uses_sqlite(&self) -> bool {
        self.database_url.expose().starts_with("sqlite:")
    }

    /// The folder of files that messengers brought.
    #[must_use]
    pub fn media_dir(&self) -> PathBuf {
        self.data_dir.join("media")
    }

    /// Makes the data folder, and the one of files in it, if they are missing, readable by their owner alone.
    ///
    /// # Errors
    ///
    /// What the operating system says.
    pub fn prepare_data_dir(&self) -> std::io::Result<()> {
        use std::os::unix::fs::DirBuilderExt;
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(self.media_dir())
    }
}

/// Where the messengers are: at their public addresses, unless the operator says otherwise.
fn endpoints(settings: &mut Settings) -> Result<Endpoints, ConfigError> {
    let usual = Endpoints::default();
    Ok(Endpoints {
        telegram: settings
            .parse(Key::TelegramApiUrl, value::endpoint)?
            .unwrap_or(usual.telegram),
        viber: settings
            .parse(Key::ViberApiUrl, value::endpoint)?
            .unwrap_or(usual.viber),
        graph: settings
            .parse(Key::GraphApiUrl, value::endpoint)?
            .unwrap_or(usual.graph),
        infobip: settings.parse(Key::InfobipApiUrl, value::endpoint)?,
    })
}

#[cfg(test)]
mod tests;
