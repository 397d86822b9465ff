//! The keys that seal secrets: made once, never replaced behind the operator's back.

use crate::support::gateway::{any_secret, filled};
use engine::access::Actor;
use model::Provider;
use server::{
    config::{Config, Environment, Flags},
    open::open,
};
use std::{error::Error, fs, path::Path};

fn config(folder: &Path, variables: &[(&str, &str)]) -> Config {
    let data = ("CHAT_GATEWAYS_DATA_DIR", folder.to_str().unwrap());
    let all = variables
        .iter()
        .chain([&data])
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::load(Flags::default(), &all.collect::<Environment>()).unwrap()
}

/// Opens the database of a folder and seals a secret in it.
async fn seal_something(config: &Config) {
    let cx = open(config).await.unwrap();
    let fields = filled(Provider::Viber, "Sealed", any_secret);
    engine::gateways::create(&cx, &Actor::System, Provider::Viber, &fields)
        .await
        .unwrap();
    cx.store.close().await.unwrap();
}

#[tokio::test]
async fn a_key_that_was_lost_is_missed_and_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let config = config(folder.path(), &[]);
    seal_something(&config).await;
    let file = folder.path().join("secret.key");
    let key = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    let error = open(&config).await.err().unwrap();
    assert!(error.to_string().contains("bring secret.key back"), "{error}");
    let cause = error.source().unwrap().to_string();
    assert!(cause.contains("key “first” is not the one"), "{cause}");
    assert!(!file.exists(), "a new key would hide the loss");
    fs::write(&file, key).unwrap();
    open(&config).await.unwrap();
}

#[tokio::test]
async fn configured_keys_are_used_and_none_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let old = (
        "CHAT_GATEWAYS_SECRET_KEY",
        "old:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    );
    seal_something(&config(folder.path(), &[old])).await;
    assert!(!folder.path().join("secret.key").exists());
    let new = "new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    assert!(
        open(&config(folder.path(), &[("CHAT_GATEWAYS_SECRET_KEY", new)]))
            .await
            .is_err()
    );
    let both = format!("{new},{}", old.1);
    open(&config(folder.path(), &[("CHAT_GATEWAYS_SECRET_KEY", &both)]))
        .await
        .unwrap();
}
