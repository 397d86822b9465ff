//! What the server works with: a database with gateways that are on, before it starts.

use super::{
    cores::{Cores, Who},
    telegram::{Telegram, token},
};
use crate::{
    failure::{Failure, Fallible},
    place::{Place, engine_over},
    server::{Memory, Server, Start},
};
use engine::access::Actor;
use model::{Fields, FlowKind, Provider};
use sea_orm::{ConnectionTrait, Database};
use std::{env, fs, net::SocketAddr, path::Path, process, time::Duration};
use store::{KeyRing, Options, Store};

/// What answers each message with one.
const ECHO: &str = r#"[{"sendText": "You said: ${start_message}"}]"#;
/// The PostgreSQL server on which databases may be made.
const POSTGRES: &str = "TEST_POSTGRES_URL";
/// Where Telegram is told to send updates; the load takes the path of it and knows the servers' addresses itself.
const PUBLIC_URL: &str = "http://127.0.0.1:3400";
/// So many gateways are spread over the shards where servers share them.
const SPREAD: u32 = 64;

/// Where messages are stored, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// One server with SQLite.
    Sqlite,
    /// So many servers with PostgreSQL.
    Postgres(usize),
}

impl Setting {
    /// Those that this machine has.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::Sqlite];
        if env::var_os(POSTGRES).is_some() {
            all.extend([Self::Postgres(1), Self::Postgres(2)]);
        }
        all
    }

    /// For the table.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(1) => "PostgreSQL, one server",
            Self::Postgres(_) => "PostgreSQL, two servers",
        }
    }

    /// Whether PostgreSQL wants a share of the cores.
    pub const fn is_postgres(self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// How many gateways there are.
    pub const fn gateways(self) -> u32 {
        match self {
            Self::Sqlite => 1,
            Self::Postgres(_) => SPREAD,
        }
    }

    const fn servers(self) -> usize {
        match self {
            Self::Sqlite => 1,
            Self::Postgres(servers) => servers,
        }
    }
}

/// A database that is ready.
#[derive(Debug)]
pub struct Stage {
    setting: Setting,
    telegram: String,
    url: String,
    place: Place,
}

/// Servers at work.
#[derive(Debug)]
pub struct Running(Vec<Server>);

impl Stage {
    /// Makes the database, the flow schema and the gateways, which are switched on.
    pub async fn new(setting: Setting, telegram: &Telegram) -> Fallible<Self> {
        let place = Place::new()?;
        let url = if setting.is_postgres() {
            make_database().await?
        } else {
            format!("sqlite://{}?mode=rwc", place.database().display())
        };
        let stage = Self {
            setting,
            telegram: telegram.url.clone(),
            url,
            place,
        };
        let store = Store::connect(&Options::new(&stage.url), KeyRing::parse(Place::KEY)?).await?;
        store.migrate().await?;
        provide(&store, setting.gateways()).await?;
        store.close().await?;
        Ok(stage)
    }

    /// Starts the servers and waits until every gateway is connected.
    pub async fn start(&self, cores: Cores, telegram: &mut Telegram) -> Fallible<Running> {
        let who = if self.setting.is_postgres() {
            Who::Everybody
        } else {
            Who::Measured
        };
        // No page is asked for.
        let site = self.place.path().join("site");
        fs::create_dir_all(site.join("pkg"))?;
        let site = site.to_string_lossy();
        let mut servers = Vec::new();
        for number in 0..self.setting.servers() {
            let environment = [
                ("CHAT_GATEWAYS_DATABASE_URL", self.url.as_str()),
                ("CHAT_GATEWAYS_PUBLIC_URL", PUBLIC_URL),
                ("CHAT_GATEWAYS_SITE_DIR", &*site),
                ("CHAT_GATEWAYS_TELEGRAM_API_URL", self.telegram.as_str()),
                ("CHAT_GATEWAYS_KEEP_PACE", "false"),
            ];
            let folder = self.place.path().join(format!("server-{number}"));
            let program = |path: &Path| cores.command(who, path);
            servers.push(
                Server::start_as(Start {
                    folder,
                    program: &program,
                    environment: &environment,
                })
                .await?,
            );
        }
        let running = Running(servers);
        let connected = telegram.connected(self.setting.gateways()).await;
        connected.map_err(|failure| running.blamed(&failure))?;
        Ok(running)
    }

    /// Removes a database that does not go away with the folder.
    pub async fn clear(self) -> Fallible<()> {
        if let Some((_, name)) = self.url.rsplit_once('/').filter(|_| self.setting.is_postgres()) {
            let server = Database::connect(env::var(POSTGRES)?).await?;
            server
                .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
                .await?;
            server.close().await?;
        }
        Ok(())
    }
}

impl Running {
    /// Where they listen.
    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.0.iter().map(|server| server.address).collect()
    }

    /// Processor time of all of them since they started.
    pub fn cpu(&self) -> Fallible<Duration> {
        self.0.iter().map(Server::cpu).sum()
    }

    /// The memory of the one that has most.
    pub fn memory(&self) -> Fallible<Memory> {
        let all: Vec<Memory> = self.0.iter().map(Server::memory).collect::<Fallible<_>>()?;
        Ok(all.into_iter().max_by_key(|memory| memory.resident).unwrap_or_default())
    }

    /// A failure with the last lines of the first server's log.
    pub fn blamed(&self, failure: &Failure) -> Failure {
        match self.0.first() {
            Some(server) => server.blamed(failure),
            None => failure.to_string().into(),
        }
    }

    /// Stops them.
    pub async fn stop(self) -> Fallible<()> {
        for server in self.0 {
            server.stop().await?;
        }
        Ok(())
    }
}

async fn make_database() -> Fallible<String> {
    let url = env::var(POSTGRES)?;
    let (server, _) = url.rsplit_once('/').ok_or("TEST_POSTGRES_URL names no database")?;
    let name = format!("bench_{}", process::id());
    let connection = Database::connect(url.as_str()).await?;
    connection
        .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .await?;
    connection
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await?;
    connection.close().await?;
    Ok(format!("{server}/{name}"))
}

async fn provide(store: &Store, gateways: u32) -> Fallible<()> {
    let cx = engine_over(store.clone());
    let mut fields = Fields::default();
    fields.set("name", "Echo");
    fields.set("program", ECHO);
    let flow = engine::flows::create(&cx, &Actor::System, FlowKind::Code, &fields).await?;
    for number in 0..gateways {
        let mut fields = Fields::default();
        fields.set("name", format!("Shop {number}"));
        fields.set("flow", flow.id.to_string());
        fields.set("secret.token", token(number));
        let gateway = engine::gateways::create(&cx, &Actor::System, Provider::TelegramBot, &fields).await?;
        engine::gateways::set_enabled(&cx, &Actor::System, gateway.id, gateway.version, true).await?;
    }
    Ok(())
}
