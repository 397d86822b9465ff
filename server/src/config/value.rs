//! How the value of each key is written, and what it is without one.
//!
//! Each function answers with a sentence about what is allowed; the value itself and its place are added by the caller.

use model::Secret;
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};
use store::KeyRing;
use tracing_subscriber::EnvFilter;
use url::Url;

pub(super) const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 3400);
pub(super) const DEFAULT_SESSION_LIFETIME: Duration = Duration::from_hours(14 * 24);
pub(super) const DEFAULT_SESSION_IDLE: Duration = Duration::from_hours(24);
pub(super) const DEFAULT_PROBE_INTERVAL: Duration = Duration::from_mins(5);
pub(super) const DEFAULT_MEDIA_MAX_BYTES: usize = 20 << 20;
pub(super) const DEFAULT_LOG: &str = "info,sqlx=warn,sea_orm_migration=warn";

/// The shape of a line of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for machines.
    Json,
}

impl FromStr for LogFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err("use text or json".to_owned()),
        }
    }
}

pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| "use an IP address and a port, such as 127.0.0.1:3400, 0.0.0.0:80 or [::1]:3400".to_owned())
}

pub(super) fn public_url(text: &str) -> Result<Url, String> {
    const ALLOWED: &str = "use http:// or https:// with a host and perhaps a port, such as https://chat.example.org";
    let url = Url::parse(text).map_err(|_| ALLOWED.to_owned())?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let anonymous = url.username().is_empty() && url.password().is_none();
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() || !anonymous {
        return Err(ALLOWED.to_owned());
    }
    if bare {
        Ok(url)
    } else {
        Err(format!("the server needs the whole host, so without a path; {ALLOWED}"))
    }
}

/// Where a messenger is; unlike our own address it may have a path.
pub(super) fn endpoint(text: &str) -> Result<Url, String> {
    const ALLOWED: &str =
        "use http:// or https:// with a host and perhaps a port and a path, such as http://127.0.0.1:8081";
    let url = Url::parse(text).map_err(|_| ALLOWED.to_owned())?;
    let plain =
        url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    if matches!(url.scheme(), "http" | "https") && url.has_host() && plain {
        Ok(url)
    } else {
        Err(ALLOWED.to_owned())
    }
}

/// How long the log is kept; as long, repeated events are known.
pub(super) fn retention(text: &str) -> Result<Duration, String> {
    const SHORTEST: Duration = Duration::from_hours(8 * 24);
    let time = duration(text)?;
    if time >= SHORTEST {
        Ok(time)
    } else {
        Err("use at least 8d: messengers repeat events for a week, and the log is what they are known by".to_owned())
    }
}

/// The address of a server that nobody gave a public one.
pub(super) fn url_of(listen: SocketAddr) -> Url {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    let address = SocketAddr::new(ip, listen.port());
    Url::parse(&format!("http://{address}")).expect("a socket address is a valid authority")
}

pub(super) fn folder(text: &str) -> Result<PathBuf, String> {
    if text.trim().is_empty() {
        Err("name a folder, such as ./data".to_owned())
    } else {
        Ok(PathBuf::from(text))
    }
}

pub(super) fn database_url(text: &str) -> Result<Secret<String>, String> {
    const ALLOWED: &str = "use sqlite:// with the path of a file, or postgres://USER:PASSWORD@HOST/DATABASE with a percent-encoded password";
    let server = text.starts_with("postgres://") || text.starts_with("postgresql://");
    let file = text
        .strip_prefix("sqlite://")
        .is_some_and(|path| !path.is_empty() && !path.starts_with(':'));
    if (server && Url::parse(text).is_ok_and(|url| url.path().len() > 1)) || file {
        return Ok(Secret::new(text.to_owned()));
    }
    Err(ALLOWED.to_owned())
}

/// The embedded database.
pub(super) fn database_in(data_dir: &Path) -> Secret<String> {
    Secret::new(format!(
        "sqlite://{}?mode=rwc",
        data_dir.join("chat-gateways.db").display()
    ))
}

pub(super) fn key_ring(text: &str) -> Result<KeyRing, String> {
    KeyRing::parse(text).map_err(|error| format!("{error}; make a key with `openssl rand -base64 32`"))
}

pub(super) fn log_filter(text: &str) -> Result<String, String> {
    EnvFilter::try_new(text).map_err(|error| {
        format!("{error}; use a level (error, warn, info, debug, trace) or a list such as info,server=debug")
    })?;
    Ok(text.to_owned())
}

pub(super) fn duration(text: &str) -> Result<Duration, String> {
    const ALLOWED: &str = "use a number and a unit, such as 30m, 12h or 14d; from 1s to 3650d";
    let duration = humantime::parse_duration(text).map_err(|_| ALLOWED.to_owned())?;
    let allowed = Duration::from_secs(1)..=Duration::from_hours(3650 * 24);
    if allowed.contains(&duration) {
        Ok(duration)
    } else {
        Err(ALLOWED.to_owned())
    }
}

pub(super) fn idle(text: &str, lifetime: Duration) -> Result<Duration, String> {
    let idle = duration(text)?;
    if idle <= lifetime {
        return Ok(idle);
    }
    Err(format!(
        "use at most session_lifetime, which is {}",
        humantime::format_duration(lifetime)
    ))
}

pub(super) fn password(text: &str, user: &str) -> Result<Secret<String>, String> {
    model::check_password(text, user)?;
    Ok(Secret::new(text.to_owned()))
}

/// The hosts that may be called although they are not on the public internet.
pub(super) fn allowed_hosts(text: &str) -> Result<Vec<String>, String> {
    let entries: Vec<String> = text.split(',').map(|entry| entry.trim().to_owned()).collect();
    let entries = if text.trim().is_empty() { Vec::new() } else { entries };
    fetch::Guard::parse(&entries).map_err(|error| error.to_string())?;
    Ok(entries)
}

/// The zone of the machine, if it has one with a name.
pub(super) fn system_time_zone() -> String {
    let zone = jiff::tz::TimeZone::system();
    zone.iana_name().unwrap_or("UTC").to_owned()
}

/// A word that opens something to whoever has it.
pub(super) fn token(text: &str) -> Result<Secret<String>, String> {
    if text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(Secret::new(text.to_owned()))
    } else {
        Err(
            "use at least 16 letters, digits and signs without spaces, such as those of `openssl rand -hex 32`"
                .to_owned(),
        )
    }
}

/// How large a file may be. It is in memory for a moment, so there is an end.
pub(super) fn file_size(text: &str) -> Result<usize, String> {
    let size = text.replace('_', "").parse().ok();
    size.filter(|size| (1_024..=100 << 20).contains(size))
        .ok_or_else(|| "use a number of bytes from 1024 to 104857600".to_owned())
}

pub(super) fn yes_or_no(text: &str) -> Result<bool, String> {
    text.parse().map_err(|_| "use true or false".to_owned())
}
