//! What an operator sees of the process: exit codes and words.

use server::lock::InstanceLock;
use std::{
    fs,
    io::{BufRead, BufReader, Lines, Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, ChildStderr, Command, ExitStatus, Output, Stdio},
};

pub(crate) fn chat_gateways(folder: &tempfile::TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chat-gateways"));
    command
        .env_clear()
        .current_dir(folder.path())
        .env("CHAT_GATEWAYS_LISTEN", "127.0.0.1:0");
    command
}

pub(crate) fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_wrong_key_ends_with_exit_code_2_and_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let output = chat_gateways(&folder)
        .env("CHAT_GATEWAYS_LISEN", "127.0.0.1:1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        words(&output).contains("did you mean CHAT_GATEWAYS_LISTEN?"),
        "{}",
        words(&output)
    );
}

#[test]
fn a_wrong_value_in_the_file_of_the_current_folder_ends_with_exit_code_2_and_its_place() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("chat-gateways.toml"), "log_format = 'xml'").unwrap();
    let output = chat_gateways(&folder).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        words(&output).contains("chat-gateways.toml, line 1, log_format: “xml”"),
        "{}",
        words(&output)
    );
}

#[test]
fn a_second_instance_on_the_same_sqlite_file_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    let _first = InstanceLock::acquire(&folder.path().join("data")).unwrap();
    let output = chat_gateways(&folder).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let expected = format!(
        "another chat-gateways (process {}) is using the data folder",
        std::process::id()
    );
    assert!(words(&output).contains(&expected), "{}", words(&output));
}

#[test]
fn help_goes_to_standard_output_and_succeeds() {
    let folder = tempfile::tempdir().unwrap();
    let output = chat_gateways(&folder).arg("--help").output().unwrap();
    assert!(output.status.success());
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("user set-password"),
        "{output:?}"
    );
}

#[test]
fn a_wrong_host_and_a_wrong_zone_are_named_and_end_with_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    for (variable, value) in [
        ("CHAT_GATEWAYS_ALLOWED_HOSTS", "crm.internal,10.0.0.1/8"),
        ("CHAT_GATEWAYS_TIMEZONE", "Mars/Olympus"),
    ] {
        let output = chat_gateways(&folder).env(variable, value).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{variable}");
        assert!(
            words(&output).contains(&format!("{variable}: “{value}”")),
            "{}",
            words(&output)
        );
    }
}

/// A running process.
pub(crate) struct Running {
    child: Child,
    log: Lines<BufReader<ChildStderr>>,
    port: u16,
}

impl Running {
    /// Starts and waits for the greeting, which comes once the server listens.
    pub(crate) fn start(folder: &tempfile::TempDir) -> Self {
        fs::create_dir_all(folder.path().join("site/pkg")).unwrap();
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mut child = chat_gateways(folder)
            .env("CHAT_GATEWAYS_LISTEN", format!("127.0.0.1:{port}"))
            .env("CHAT_GATEWAYS_SITE_DIR", folder.path().join("site"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut running = Self { child, log, port };
        running.wait_for(&format!("answers at http://127.0.0.1:{port}/"));
        running
    }

    /// Reads the log until a line holds these words.
    pub(crate) fn wait_for(&mut self, words: &str) {
        let mut lines = self.log.by_ref().map(Result::unwrap);
        assert!(
            lines.any(|line| line.contains(words)),
            "the log ended without “{words}”"
        );
    }

    pub(crate) fn get(&self, path: &str) -> String {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            connection,
            "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        answer
    }

    pub(crate) fn stop(mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let status = self.child.wait().unwrap();
        for line in self.log.map(Result::unwrap) {
            assert!(!line.contains("password"), "said again: {line}");
        }
        status
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_first_start_makes_keys_and_an_administrator_and_says_the_password_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Running::start(&folder);
    first.wait_for("Sign in as admin with the password ");
    assert!(first.get("/health/ready").ends_with("ok"));
    assert!(first.get("/").contains("location: /sign-in"));
    assert!(first.stop().success());
    let data = folder.path().join("data");
    assert_eq!((mode(&data), mode(&data.join("secret.key"))), (0o700, 0o600));
    assert!(Running::start(&folder).stop().success());
}

#[test]
fn a_locked_out_user_gets_a_password_from_the_machine() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = Running::start(&folder);
    running.wait_for("Sign in as admin");
    let generated = chat_gateways(&folder)
        .args(["user", "set-password", "admin", "--generate"])
        .output()
        .unwrap();
    assert!(generated.status.success(), "{}", words(&generated));
    assert_eq!(String::from_utf8_lossy(&generated.stdout).trim().len(), 20);
    let unknown = chat_gateways(&folder)
        .args(["user", "set-password", "nobody", "--generate"])
        .output()
        .unwrap();
    assert_eq!(unknown.status.code(), Some(1));
    assert!(
        words(&unknown).contains("there is no user “nobody”"),
        "{}",
        words(&unknown)
    );
    assert!(running.stop().success());
}

#[test]
fn a_server_without_its_files_says_where_they_were_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let output = chat_gateways(&folder)
        .env("CHAT_GATEWAYS_SITE_DIR", "/nonexistent")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        words(&output).contains("none of /nonexistent has a folder pkg"),
        "{}",
        words(&output)
    );
}
