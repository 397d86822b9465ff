//! Flow schemas in files, as an administrator with a folder of them sees the process.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// Twelve programs with a case each.
const PROGRAMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/flow/tests/programs");

fn flow(command: &str, file: &Path) -> Output {
    // A wrong configuration is in nobody's way here.
    let mut process = Command::new(env!("CARGO_BIN_EXE_chat-gateways"));
    process.env_clear().env("CHAT_GATEWAYS_LISTEN", "nowhere");
    process.arg("flow").arg(command).arg(file).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn files(end: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(PROGRAMS).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.to_str().unwrap().ends_with(end)).collect();
    files.sort();
    files
}

/// A program and its case in a folder of their own.
fn pair(program: &str, case: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.json"), program).unwrap();
    fs::write(folder.path().join("a.case.yaml"), case).unwrap();
    let file = folder.path().join("a.case.yaml");
    (folder, file)
}

#[test]
fn every_case_comes_out_as_told() {
    let cases = files(".case.yaml");
    assert!(cases.len() >= 12, "{cases:?}");
    for case in cases {
        let output = flow("talk", &case);
        assert_eq!(output.status.code(), Some(0), "{}", out(&output));
        assert!(out(&output).contains("as told"), "{}", out(&output));
    }
}

#[test]
fn every_program_but_the_broken_one_has_no_mistakes() {
    for program in files(".json") {
        let broken = program.ends_with("12-broken.json");
        let output = flow("check", &program);
        assert_eq!(output.status.code(), Some(i32::from(broken)), "{}", out(&output));
        assert_eq!(out(&output).ends_with(": no mistakes\n"), !broken, "{}", out(&output));
    }
}

#[test]
fn every_mistake_has_a_line_with_its_place_and_path() {
    let file = Path::new(PROGRAMS).join("12-broken.json");
    let output = out(&flow("check", &file));
    let lines: Vec<&str> = output.lines().collect();
    assert!(lines.len() > 20, "{output}");
    for line in &lines {
        let rest = line.strip_prefix(&format!("{}:", file.display())).unwrap();
        let (place, sentence) = rest.split_once(' ').unwrap();
        let (number, column) = place.split_once(':').unwrap();
        assert!(
            number.parse::<u32>().unwrap() > 0 && column.parse::<u32>().unwrap() > 0,
            "{line}"
        );
        assert!(sentence.starts_with('[') && sentence.contains(": "), "{line}");
    }
    assert!(
        lines[0].contains(" [1].sendTxt: ") && lines[0].contains("sendText"),
        "{}",
        lines[0]
    );
}

#[test]
fn what_is_no_json_is_told_with_its_place_alone() {
    let (_folder, case) = pair("[\n  {,\n]", "");
    let file = case.with_file_name("a.json");
    let output = flow("check", &file);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        out(&output).starts_with(&format!("{}:2:4: ", file.display())),
        "{}",
        out(&output)
    );
}

#[test]
fn the_first_difference_is_told_and_ends_with_1() {
    let case = "talks:\n  - name: hello\n    talk:\n      - in: \"hi\"\n      - out: [{ text: \"hello\" }]\n";
    let (_folder, file) = pair(r#"[{"sendText":"good day"}]"#, case);
    let output = flow("talk", &file);
    assert_eq!(output.status.code(), Some(1));
    for part in [
        "talk “hello”, step 2",
        "expected: {\"text\":\"hello\"}",
        "got:      {\"text\":\"good day\"}",
    ] {
        assert!(out(&output).contains(part), "{part}: {}", out(&output));
    }
    let (_folder, file) = pair("[]", "talks: [");
    let output = flow("talk", &file);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        out(&output).contains("the case file cannot be read"),
        "{}",
        out(&output)
    );
}

#[test]
fn a_file_that_can_not_be_read_ends_with_2_and_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = folder.path().join("bytes.json");
    fs::write(&bytes, [b'[', 0xff, b']']).unwrap();
    let alone = folder.path().join("alone.case.yaml");
    fs::write(&alone, "talks: []").unwrap();
    let cases = [
        ("check", folder.path().join("none.json"), "none.json cannot be read"),
        ("check", bytes, "bytes.json cannot be read"),
        (
            "talk",
            folder.path().join("none.case.yaml"),
            "none.case.yaml cannot be read",
        ),
        ("talk", alone, "alone.json cannot be read"),
        ("talk", folder.path().join("none.json"), "its name ends with .case.yaml"),
    ];
    for (command, file, expected) in cases {
        let output = flow(command, &file);
        assert_eq!(output.status.code(), Some(2), "{}", file.display());
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(words.starts_with("error: ") && words.contains(expected), "{words}");
    }
}
