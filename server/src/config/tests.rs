//! What the operator may write where, and what they are told when it is wrong.

use super::*;
use std::{fs, time::Duration};

fn environment(pairs: &[(&str, &str)]) -> Environment {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// Loads with a file of this content.
fn load(content: &str, variables: &[(&str, &str)], flags: Flags) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.toml");
    fs::write(&file, content).unwrap();
    Config::load(
        Flags {
            config: Some(file),
            ..flags
        },
        &environment(variables),
    )
}

fn refusal(content: &str, variables: &[(&str, &str)]) -> String {
    load(content, variables, Flags::default()).unwrap_err().to_string()
}

#[test]
fn without_any_setting_the_server_is_private_and_embedded() {
    let config = Config::load(Flags::default(), &Environment::new()).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:3400");
    assert_eq!(config.public_url.as_str(), "http://127.0.0.1:3400/");
    assert_eq!(
        config.database_url.expose(),
        "sqlite://./data/chat-gateways.db?mode=rwc"
    );
    assert!(config.uses_sqlite());
    assert_eq!(config.first_user, "admin");
    assert!(!config.trust_proxy && config.secret_key.is_none() && config.first_password.is_none());
}

#[test]
fn flags_win_over_the_environment_and_the_environment_over_the_file() {
    let file = "listen = '127.0.0.1:1'\nfirst_user = 'file'\nlog = 'warn'";
    let variables = [
        ("CHAT_GATEWAYS_LISTEN", "127.0.0.1:2"),
        ("CHAT_GATEWAYS_FIRST_USER", "environment"),
    ];
    let flags = Flags {
        listen: Some("127.0.0.1:3".to_owned()),
        ..Flags::default()
    };
    let config = load(file, &variables, flags).unwrap();
    assert_eq!(config.listen.port(), 3);
    assert_eq!(config.first_user, "environment");
    assert_eq!(config.log, "warn");
}

#[test]
fn the_example_is_valid_and_shows_every_key() {
    let example = include_str!("../../../chat-gateways.example.toml");
    load(example, &[], Flags::default()).unwrap();
    let uncommented: String = example
        .lines()
        .map(|line| line.strip_prefix("#= ").unwrap_or(line).to_owned() + "\n")
        .collect();
    for key in Key::ALL {
        let shown = uncommented
            .lines()
            .any(|line| line.starts_with(&format!("{} = ", key.name())));
        assert!(shown, "{} is missing in the example", key.name());
    }
    load(&uncommented, &[], Flags::default()).unwrap();
}

#[test]
fn the_readme_lists_every_key() {
    let readme = include_str!("../../../README.md");
    for key in Key::ALL {
        let secret = if key.is_secret() { " (secret)" } else { "" };
        assert!(
            readme.contains(&format!("\n| `{}`{secret} | ", key.name())),
            "{} is missing in the README",
            key.name()
        );
    }
}

#[test]
fn the_example_shows_the_values_that_are_used_without_it() {
    let example = include_str!("../../../chat-gateways.example.toml");
    let written = load(example, &[], Flags::default()).unwrap();
    let default = Config::load(Flags::default(), &Environment::new()).unwrap();
    assert_eq!(format!("{written:?}"), format!("{default:?}"));
}

#[test]
fn every_wrong_value_is_named_with_its_place_and_what_is_allowed() {
    let cases = [
        ("listen", "localhost", "IP address and a port"),
        ("public_url", "chat.example.org", "http:// or https://"),
        ("public_url", "ftp://chat.example.org", "http:// or https://"),
        ("public_url", "https://example.org/chat", "without a path"),
        ("data_dir", " ", "name a folder"),
        ("session_lifetime", "12 parsecs", "30m, 12h or 14d"),
        ("session_lifetime", "0s", "from 1s"),
        ("session_idle", "30d", "at most session_lifetime, which is 14days"),
        ("first_user", " ", "Enter a name"),
        ("trust_proxy", "yes", "true or false"),
        ("allowed_hosts", "intranet,http://crm/", "“http://crm/” is not"),
        ("timezone", "Kyiv", "Europe/Kyiv"),
        ("telegram_api_url", "api.telegram.org", "http:// or https://"),
        ("viber_api_url", "https://me:secret@viber.test", "http:// or https://"),
        ("graph_api_url", "https://graph.test/?v=1", "http:// or https://"),
        ("infobip_api_url", "ftp://infobip.test", "http:// or https://"),
        ("keep_pace", "slowly", "true or false"),
        ("probe_interval", "often", "30m, 12h or 14d"),
        ("log_retention", "7d", "at least 8d"),
        ("exchange_retention", "0s", "from 1s"),
        ("media_max_bytes", "20 MiB", "from 1024 to 104857600"),
        ("media_max_bytes", "104857601", "from 1024 to 104857600"),
        ("media_retention", "1", "30m, 12h or 14d"),
        ("log", "info,server=loud", "error, warn, info, debug, trace"),
        ("log_format", "xml", "text or json"),
        ("site_dir", "", "name a folder"),
    ];
    for (key, value, allowed) in cases {
        let in_file = refusal(&format!("# a comment\n{key} = '{value}'"), &[]);
        assert!(
            in_file.contains(&format!("test.toml, line 2, {key}: “{value}”")),
            "{in_file}"
        );
        assert!(in_file.contains(allowed), "{in_file}");
        let variable = format!("CHAT_GATEWAYS_{}", key.to_uppercase());
        let in_environment = refusal("", &[(&variable, value)]);
        assert!(
            in_environment.starts_with(&format!("{variable}: “{value}”")),
            "{in_environment}"
        );
    }
}

#[test]
fn a_wrong_flag_value_is_named_as_a_flag() {
    let flags = Flags {
        public_url: Some("nonsense".to_owned()),
        ..Flags::default()
    };
    let message = load("", &[], flags).unwrap_err().to_string();
    assert!(message.starts_with("--public-url: “nonsense”"), "{message}");
}

#[test]
fn a_wrong_secret_is_named_but_never_shown() {
    for (key, value) in [
        ("secret_key", "first:hunter2"),
        ("first_password", "hunter2"),
        ("metrics_token", "hunter2"),
        ("metrics_token", "hunter2 with some spaces"),
        ("database_url", "mysql://root:hunter2@db/chat"),
        ("database_url", "sqlite::memory:"),
    ] {
        let message = refusal(&format!("{key} = '{value}'"), &[]);
        assert!(
            message.contains(key) && !message.contains("hunter2") && !message.contains("memory"),
            "{message}"
        );
    }
}

#[test]
fn an_unknown_key_is_refused_with_the_nearest_known_one() {
    let message = refusal("log = 'info'\nsesion_idle = '1h'", &[]);
    assert!(
        message.contains("line 2, sesion_idle: there is no such key; did you mean session_idle?"),
        "{message}"
    );
    let message = refusal("", &[("CHAT_GATEWAYS_DATABASEURL", "sqlite://x")]);
    assert!(
        message.contains("CHAT_GATEWAYS_DATABASEURL: there is no such key"),
        "{message}"
    );
    assert!(
        message.contains("did you mean CHAT_GATEWAYS_DATABASE_URL?"),
        "{message}"
    );
    let message = refusal("zzz = 1", &[]);
    assert!(
        message.contains("The keys are listen, public_url") && !message.contains("did you mean"),
        "{message}"
    );
}

#[test]
fn variables_of_other_programs_are_left_alone() {
    assert!(load("", &[("LEPTOS_OUTPUT_NAME", "x"), ("PATH", "/bin")], Flags::default()).is_ok());
}

#[test]
fn a_list_or_table_is_refused_where_a_text_belongs() {
    let message = refusal("listen = ['127.0.0.1:1']", &[]);
    assert!(
        message.contains("line 1, listen: write the value as a text"),
        "{message}"
    );
    let message = refusal("[server]\nlisten = '127.0.0.1:1'", &[]);
    assert!(message.contains("server: there is no such key"), "{message}");
}

#[test]
fn hosts_are_a_list_in_the_file_and_parted_by_commas_elsewhere() {
    let list = "allowed_hosts = ['crm.internal:8080', '10.1.0.0/16']";
    let expected = ["crm.internal:8080", "10.1.0.0/16"];
    assert_eq!(load(list, &[], Flags::default()).unwrap().allowed_hosts, expected);
    let variable = [("CHAT_GATEWAYS_ALLOWED_HOSTS", "crm.internal:8080, 10.1.0.0/16")];
    assert_eq!(load("", &variable, Flags::default()).unwrap().allowed_hosts, expected);
    assert!(
        load(list, &[("CHAT_GATEWAYS_ALLOWED_HOSTS", "")], Flags::default())
            .unwrap()
            .allowed_hosts
            .is_empty()
    );
    let message = refusal("allowed_hosts = ['fine', '10.0.0.1/8']", &[]);
    assert!(
        message.contains("line 1, allowed_hosts") && message.contains("“10.0.0.1/8” is not"),
        "{message}"
    );
    for wrong in [
        "allowed_hosts = [1]",
        "allowed_hosts = ['a,b']",
        "allowed_hosts = [['a']]",
    ] {
        assert!(refusal(wrong, &[]).contains("write a list of texts"), "{wrong}");
    }
}

#[test]
fn a_time_zone_is_kept_by_its_listed_name() {
    assert_eq!(
        load("timezone = 'europe/kyiv'", &[], Flags::default())
            .unwrap()
            .timezone,
        "Europe/Kyiv"
    );
    let default = Config::load(Flags::default(), &Environment::new()).unwrap().timezone;
    assert!(engine::time_zone(&default).is_ok(), "{default}");
}

#[test]
fn a_syntax_error_and_a_missing_file_are_told_with_their_place() {
    let message = refusal("log = 'info'\nlisten = = 1", &[]);
    assert!(message.contains("test.toml") && message.contains("line 2"), "{message}");
    let flags = Flags {
        config: Some("/nonexistent.toml".into()),
        ..Flags::default()
    };
    let message = Config::load(flags, &Environment::new()).unwrap_err().to_string();
    assert!(message.contains("/nonexistent.toml"), "{message}");
}

#[test]
fn a_secret_may_be_in_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("password"), "correct horse battery\n").unwrap();
    let config = folder.path().join("c.toml");
    fs::write(&config, "first_password_file = 'password'").unwrap();
    let config = Config::load(
        Flags {
            config: Some(config),
            ..Flags::default()
        },
        &Environment::new(),
    )
    .unwrap();
    assert_eq!(config.first_password.unwrap().expose(), "correct horse battery");

    let missing = refusal("", &[("CHAT_GATEWAYS_FIRST_PASSWORD_FILE", "/nonexistent/password")]);
    assert!(
        missing.contains("CHAT_GATEWAYS_FIRST_PASSWORD_FILE: “/nonexistent/password”"),
        "{missing}"
    );
    let other = refusal("listen_file = 'x'", &[]);
    assert!(other.contains("there is no such key"), "{other}");
}

#[test]
fn a_secret_given_twice_in_one_place_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    fs::write(&file, "correct horse battery").unwrap();
    let variables = [
        ("CHAT_GATEWAYS_FIRST_PASSWORD", "correct horse battery"),
        ("CHAT_GATEWAYS_FIRST_PASSWORD_FILE", file.to_str().unwrap()),
    ];
    let message = refusal("", &variables);
    assert!(
        message.contains("given twice") && !message.contains("horse"),
        "{message}"
    );
}

#[test]
fn messengers_may_be_elsewhere_with_a_path() {
    let file = "telegram_api_url = 'http://127.0.0.1:8081/bots'\nkeep_pace = false\nmedia_max_bytes = 1_000_000";
    let config = load(file, &[], Flags::default()).unwrap();
    assert_eq!(config.endpoints.telegram.as_str(), "http://127.0.0.1:8081/bots");
    assert_eq!(config.endpoints.viber.as_str(), "https://chatapi.viber.com/");
    assert!(config.endpoints.infobip.is_none() && !config.keep_pace);
    assert_eq!(config.media_max_bytes, 1_000_000);
}

#[test]
fn a_server_for_everybody_has_a_public_address_that_browsers_can_open() {
    for (listen, url) in [("0.0.0.0:80", "http://127.0.0.1/"), ("[::]:3400", "http://[::1]:3400/")] {
        assert_eq!(
            load(&format!("listen = '{listen}'"), &[], Flags::default())
                .unwrap()
                .public_url
                .as_str(),
            url
        );
    }
}

#[test]
fn sessions_are_never_idle_for_longer_than_they_live() {
    let config = load("session_lifetime = '1h'", &[], Flags::default()).unwrap();
    assert_eq!(config.session_idle, Duration::from_hours(1));
}

#[test]
fn a_postgresql_address_is_taken_as_it_is() {
    let config = load(
        "database_url = 'postgres://me:p%40ss@db:5432/chat'",
        &[],
        Flags::default(),
    )
    .unwrap();
    assert_eq!(config.database_url.expose(), "postgres://me:p%40ss@db:5432/chat");
    assert!(!config.uses_sqlite());
}

#[test]
fn the_data_folder_belongs_to_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("deep/data");
    let flags = Flags {
        data_dir: Some(data_dir.display().to_string()),
        ..Flags::default()
    };
    load("", &[], flags).unwrap().prepare_data_dir().unwrap();
    assert_eq!(fs::metadata(data_dir).unwrap().permissions().mode() & 0o777, 0o700);
}
