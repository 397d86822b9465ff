//! Opens what the engine works with: the keys, the database, the operator's rules.

use crate::{
    config::Config,
    secret_file::{self, SecretFileError},
};
use engine::{
    Changes, Context, MediaPolicy, Policy, Rng, SystemClock, SystemRng,
    pipeline::{Outside, Pipeline},
    reconciler::Reconciler,
    tries::Tries,
};
use fetch::{Client, Guard};
use std::sync::Arc;
use store::{KeyRing, Options, Store};

/// Why the engine cannot work.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The key ring is there but of no use.
    #[error(transparent)]
    SecretFile(#[from] SecretFileError),
    /// The database cannot be reached or brought up to date.
    #[error("the database cannot be opened")]
    Database(#[source] store::Error),
    /// Secrets were sealed with keys that are gone.
    #[error(
        "the secrets in the database cannot be read; put the missing keys into secret_key, or bring secret.key back"
    )]
    Keys(#[source] store::Error),
}

impl OpenError {
    /// Why secrets were not read: the keys are to blame only if the database answered.
    fn unread_secrets(error: store::Error) -> Self {
        match error {
            store::Error::Database(_) => Self::Database(error),
            _ => Self::Keys(error),
        }
    }
}

/// Connects, brings the schema up to date, and finds or makes the keys.
///
/// A new key is written only after the database turned out to need no older one: it would hide the loss.
///
/// # Errors
///
/// An [`OpenError`]; no key was written then.
pub async fn open(config: &Config) -> Result<Context, OpenError> {
    let rng: Arc<dyn Rng> = Arc::new(SystemRng);
    let (keys, fresh) = keys(config, &*rng)?;
    let options = Options::new(config.database_url.expose());
    let store = Store::connect(&options, keys).await.map_err(OpenError::Database)?;
    store.migrate().await.map_err(OpenError::Database)?;
    store::secrets::check_key_ring(store.read())
        .await
        .map_err(OpenError::unread_secrets)?;
    if let Some(random) = fresh {
        secret_file::write(&config.data_dir, random)?;
    }
    let outside = Outside {
        client: Client::new(outside_guard(config)),
        endpoints: Arc::new(config.endpoints.clone()),
        is_public: config.is_public,
        keeps_pace: config.keep_pace,
    };
    Ok(Context {
        store,
        // Another name at each start: what the process before had in its hands is not ours.
        pipeline: Pipeline::new(outside, rng.word()),
        reconciler: Reconciler::default(),
        clock: Arc::new(SystemClock),
        rng,
        changes: Changes::default(),
        fetch: Client::new(guard(config)),
        tries: Tries::default(),
        policy: Arc::new(policy(config)),
        request_id: None,
    })
}

/// The configured keys, or those of the data folder, or new ones with the bytes to be written.
fn keys(config: &Config, rng: &dyn Rng) -> Result<(KeyRing, Option<[u8; 32]>), OpenError> {
    if let Some(ring) = &config.secret_key {
        return Ok((ring.clone(), None));
    }
    if let Some(ring) = secret_file::read(&config.data_dir)? {
        return Ok((ring, None));
    }
    let random = rng.bytes();
    Ok((secret_file::ring(random), Some(random)))
}

/// What may be called: the public internet, and what the operator has named.
fn guard(config: &Config) -> Guard {
    Guard::parse(&config.allowed_hosts).expect("the configuration has checked the hosts")
}

/// What the providers may call beside that: the places that the operator has named for messengers.
fn outside_guard(config: &Config) -> Guard {
    let endpoints = &config.endpoints;
    let named = [
        Some(&endpoints.telegram),
        Some(&endpoints.viber),
        Some(&endpoints.graph),
        endpoints.infobip.as_ref(),
    ];
    let places = named.into_iter().flatten().filter_map(|url| {
        let port = url.port_or_known_default()?;
        Some(format!("{}:{port}", url.host_str()?))
    });
    let hosts: Vec<String> = config.allowed_hosts.iter().cloned().chain(places).collect();
    Guard::parse(&hosts).expect("a host and a port are an entry, and the configuration has checked the others")
}

fn policy(config: &Config) -> Policy {
    Policy {
        public_url: config.public_url.as_str().trim_end_matches('/').to_owned(),
        session_lifetime: config.session_lifetime,
        session_idle: config.session_idle,
        timezone: config.timezone.clone(),
        probe_interval: config.probe_interval,
        retention: config.retention,
        media: MediaPolicy {
            folder: config.media_dir(),
            max_bytes: config.media_max_bytes,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::DbErr;
    use store::SealError;

    #[test]
    fn keys_are_not_blamed_when_the_database_is_away() {
        let away = store::Error::Database(DbErr::Custom("terminating connection".to_owned()));
        assert!(matches!(OpenError::unread_secrets(away), OpenError::Database(_)));
        let gone = store::Error::Sealed(SealError::Damaged);
        assert!(matches!(OpenError::unread_secrets(gone), OpenError::Keys(_)));
    }
}
