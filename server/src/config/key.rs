//! The names of the keys.

/// A key of the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is described by the field of the same name in `Config`")]
pub enum Key {
    Listen,
    PublicUrl,
    DatabaseUrl,
    DataDir,
    SecretKey,
    SessionLifetime,
    SessionIdle,
    FirstUser,
    FirstPassword,
    TrustProxy,
    AllowedHosts,
    Timezone,
    MetricsToken,
    TelegramApiUrl,
    ViberApiUrl,
    GraphApiUrl,
    InfobipApiUrl,
    KeepPace,
    ProbeInterval,
    LogRetention,
    ExchangeRetention,
    MediaMaxBytes,
    MediaRetention,
    Log,
    LogFormat,
    SiteDir,
}

impl Key {
    /// All keys, in the order of the documentation.
    pub const ALL: [Self; 26] = [
        Self::Listen,
        Self::PublicUrl,
        Self::DatabaseUrl,
        Self::DataDir,
        Self::SecretKey,
        Self::SessionLifetime,
        Self::SessionIdle,
        Self::FirstUser,
        Self::FirstPassword,
        Self::TrustProxy,
        Self::AllowedHosts,
        Self::Timezone,
        Self::MetricsToken,
        Self::TelegramApiUrl,
        Self::ViberApiUrl,
        Self::GraphApiUrl,
        Self::InfobipApiUrl,
        Self::KeepPace,
        Self::ProbeInterval,
        Self::LogRetention,
        Self::ExchangeRetention,
        Self::MediaMaxBytes,
        Self::MediaRetention,
        Self::Log,
        Self::LogFormat,
        Self::SiteDir,
    ];

    /// The name in the file. The environment variable is `CHAT_GATEWAYS_` and the same in capitals.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Listen => "listen",
            Self::PublicUrl => "public_url",
            Self::DatabaseUrl => "database_url",
            Self::DataDir => "data_dir",
            Self::SecretKey => "secret_key",
            Self::SessionLifetime => "session_lifetime",
            Self::SessionIdle => "session_idle",
            Self::FirstUser => "first_user",
            Self::FirstPassword => "first_password",
            Self::TrustProxy => "trust_proxy",
            Self::AllowedHosts => "allowed_hosts",
            Self::Timezone => "timezone",
            Self::MetricsToken => "metrics_token",
            Self::TelegramApiUrl => "telegram_api_url",
            Self::ViberApiUrl => "viber_api_url",
            Self::GraphApiUrl => "graph_api_url",
            Self::InfobipApiUrl => "infobip_api_url",
            Self::KeepPace => "keep_pace",
            Self::ProbeInterval => "probe_interval",
            Self::LogRetention => "log_retention",
            Self::ExchangeRetention => "exchange_retention",
            Self::MediaMaxBytes => "media_max_bytes",
            Self::MediaRetention => "media_retention",
            Self::Log => "log",
            Self::LogFormat => "log_format",
            Self::SiteDir => "site_dir",
        }
    }

    /// Says whether the value must never be shown, and may be in a file of its own (`NAME_file`).
    #[must_use]
    pub const fn is_secret(self) -> bool {
        matches!(
            self,
            Self::DatabaseUrl | Self::SecretKey | Self::FirstPassword | Self::MetricsToken
        )
    }

    /// Says whether the value is a list, which may also be written with commas.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Self::AllowedHosts)
    }

    /// Finds a key by its name in the file; the second part says that the value names a file with the real value.
    pub(super) fn find(name: &str) -> Option<(Self, bool)> {
        let exact = Self::ALL
            .into_iter()
            .find(|key| key.name() == name)
            .map(|key| (key, false));
        exact.or_else(|| {
            let stem = name.strip_suffix("_file")?;
            Self::ALL
                .into_iter()
                .find(|key| key.is_secret() && key.name() == stem)
                .map(|key| (key, true))
        })
    }

    /// Every name that may stand in the file.
    pub(super) fn names() -> impl Iterator<Item = String> {
        Self::ALL.into_iter().flat_map(|key| {
            let file = key.is_secret().then(|| format!("{}_file", key.name()));
            std::iter::once(key.name().to_owned()).chain(file)
        })
    }

    /// The known name that a mistyped one probably means.
    pub(super) fn nearest(name: &str) -> Option<String> {
        Self::names()
            .map(|known| (strsim::normalized_damerau_levenshtein(name, &known), known))
            .filter(|(likeness, _)| *likeness >= 0.6)
            .max_by(|(a, _), (b, _)| a.total_cmp(b))
            .map(|(_, known)| known)
    }
}
