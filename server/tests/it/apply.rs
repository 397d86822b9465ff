//! Flow schemas and gateways in a file, as an operator sees the process.

use crate::process::{Running, chat_gateways, words};
use std::{fs, process::Output};
use tempfile::TempDir;

const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

const SHOP: &str = "\
flows:
  - name: Echo
    program:
      - sendText: Hello
gateways:
  - name: Support bot
    provider: telegram_bot
    flow: Echo
    enabled: true
    templates: { close: Bye }
    secrets: { token: ${SUPPORT_BOT_TOKEN} }
";

fn folder_with(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("shop.yaml"), text).unwrap();
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = chat_gateways(folder);
    command.env("SUPPORT_BOT_TOKEN", TOKEN).args(arguments);
    let output = command.output().unwrap();
    assert!(
        !out(&output).contains(TOKEN) && !words(&output).contains(TOKEN),
        "{output:?}"
    );
    output
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn the_plan_is_printed_first_and_a_dry_run_ends_there() {
    let folder = folder_with(SHOP);
    for _ in 0..2 {
        let output = run(&folder, &["apply", "shop.yaml", "--dry-run"]);
        assert!(output.status.success(), "{}", words(&output));
        let expected = [
            "create    flow schema “Echo”",
            "create    chat gateway “Support bot”",
            "Telegram BOT API token: set",
            "State: enabled",
            "2 to create, 0 to update, 0 unchanged.",
            "Nothing was changed: this was a dry run.",
        ];
        for line in expected {
            assert!(out(&output).contains(line), "{line}: {}", out(&output));
        }
    }
}

#[test]
fn a_file_is_applied_once_and_then_nothing_is_left_to_do() {
    let folder = folder_with(SHOP);
    let first = run(&folder, &["apply", "shop.yaml"]);
    assert!(
        out(&first).ends_with("0 unchanged.\nDone.\n"),
        "{}{}",
        out(&first),
        words(&first)
    );
    let second = run(&folder, &["apply", "shop.yaml"]);
    assert!(second.status.success());
    assert!(
        out(&second).ends_with("0 to create, 0 to update, 2 unchanged.\n"),
        "{}",
        out(&second)
    );
    fs::write(folder.path().join("shop.yaml"), SHOP.replace("Bye", "So long")).unwrap();
    let third = run(&folder, &["apply", "shop.yaml"]);
    assert!(
        out(&third).contains("Chat complete message: Bye → So long"),
        "{}",
        out(&third)
    );
}

#[test]
fn what_is_exported_can_be_applied_and_changes_nothing() {
    let folder = folder_with(SHOP);
    assert!(run(&folder, &["apply", "shop.yaml"]).status.success());
    let exported = run(&folder, &["export"]);
    assert!(exported.status.success(), "{}", words(&exported));
    assert!(
        out(&exported).contains("token: ${SUPPORT_BOT_TOKEN}"),
        "{}",
        out(&exported)
    );
    fs::write(folder.path().join("shop.yaml"), &exported.stdout).unwrap();
    let applied = run(&folder, &["apply", "shop.yaml"]);
    assert!(
        out(&applied).ends_with("0 to create, 0 to update, 2 unchanged.\n"),
        "{}",
        out(&applied)
    );
}

#[test]
fn every_mistake_has_its_line_and_nothing_is_changed() {
    let wrong = SHOP
        .replace("sendText", "sendTxt")
        .replace("enabled: true", "enabled: maybe")
        .replace("${SUPPORT_BOT_TOKEN}", "planted-secret");
    let folder = folder_with(&wrong);
    let output = run(&folder, &["apply", "shop.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<String> = out(&output).lines().map(str::to_owned).collect();
    let expected = [
        "shop.yaml:4: flows[0].program[0].sendTxt: There is no node “sendTxt”.",
        "shop.yaml:9: gateways[0].enabled: Write true or false.",
        "shop.yaml:11: gateways[0].secrets.token: A secret doesn't belong in a file.",
    ];
    assert_eq!(lines.len(), expected.len(), "{lines:?}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(expected), "{line}");
    }
    assert!(
        words(&output).contains("3 mistakes; nothing was changed"),
        "{}",
        words(&output)
    );
    assert!(!out(&output).contains("planted"));
    fs::write(folder.path().join("shop.yaml"), SHOP).unwrap();
    let plan = run(&folder, &["apply", "shop.yaml", "--dry-run"]);
    assert!(out(&plan).contains("2 to create"), "{}", out(&plan));
}

#[test]
fn a_file_is_applied_while_the_server_runs() {
    // Nothing is called that is not on this machine.
    let folder = folder_with(&SHOP.replace("enabled: true", "enabled: false"));
    let mut running = Running::start(&folder);
    running.wait_for("Sign in as admin");
    let output = run(&folder, &["apply", "shop.yaml"]);
    assert!(output.status.success(), "{}", words(&output));
    assert!(run(&folder, &["export"]).status.success());
    assert!(running.get("/health/ready").ends_with("ok"));
    assert!(running.stop().success());
}

#[test]
fn a_file_that_can_not_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&folder, &["apply", "none.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        words(&output).contains("none.yaml cannot be read"),
        "{}",
        words(&output)
    );
}
