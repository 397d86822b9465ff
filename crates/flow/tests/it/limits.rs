//! Texts that are no program: broken, huge, endlessly nested.

use crate::{mistakes, only, paths};
use flow::{Context, MAX_LISTS_DEEP, MAX_MISTAKES, MAX_NODES, MistakeKind};

#[test]
fn broken_json_is_one_mistake_in_words_with_its_line_and_column() {
    for (text, line, column, words) in [
        ("", 1, 1, "nothing here"),
        ("[\n  {\"log\": \"a\"}\n  {\"log\": \"b\"}\n]", 3, 3, "comma"),
        ("[{\"log\": \"a\"},]", 1, 15, "Remove the comma"),
        ("[{\"log\": \"a\",}]", 1, 14, "Remove the comma"),
        ("[{\"log\" \"a\"}]", 1, 9, "colon"),
        ("[{log: \"a\"}]", 1, 3, "double quotes"),
        ("[{'log': \"a\"}]", 1, 3, "double quotes"),
        ("[{\"log\": 'a'}]", 1, 10, "double quotes"),
        ("[{\"log\": “a”}]", 1, 10, "double quotes"),
        ("[{\"log\": \"a", 1, 10, "closing quotation mark"),
        ("[{\"log\": \"a\nb\"}]", 1, 12, "line break"),
        ("[\"a\tb\"]", 1, 4, "\\u0009"),
        ("[{\"log\": \"ї\\x\"}]", 1, 12, "escape"),
        ("[\"\\u12\"]", 1, 3, "four hexadecimal digits"),
        ("[{\"log\": \"a\"}", 1, 1, "no “]”"),
        ("[\n{\"log\": \"a\"", 2, 1, "no “}”"),
        ("[{\"log\": tru}]", 1, 10, "double quotes"),
        ("[01]", 1, 2, "number"),
        ("[1.]", 1, 2, "number"),
        ("[-]", 1, 2, "number"),
        ("[1e]", 1, 2, "number"),
        ("[1e999]", 1, 2, "too large"),
        ("[+1]", 1, 2, "digit"),
        ("[] []", 1, 4, "end"),
        ("[] // x", 1, 4, "end"),
        ("[/* x */]", 1, 2, "comments"),
        ("\u{feff}[]", 1, 1, "U+FEFF"),
        ("[,]", 1, 2, "comma"),
        ("}", 1, 1, "expected"),
        ("[\"\\ud800\"]", 1, 3, "half of a character"),
        ("[\"\\ude00\"]", 1, 3, "half of a character"),
        ("[\"\\ud800\\u0041\"]", 1, 3, "half of a character"),
    ] {
        let mistake = only(text);
        assert_eq!((mistake.line, mistake.column), (line, column), "{text:?} {mistake}");
        assert!(mistake.message.contains(words), "{text:?} {mistake}");
        assert_eq!(
            (mistake.kind, mistake.path.as_str()),
            (MistakeKind::Syntax, ""),
            "{text:?}"
        );
    }
}

#[test]
fn escapes_and_pairs_of_surrogates_are_read() {
    let text = r#"[{"log":"\ud83d\ude00\u0457\"\\\/\b\f\n\r\t"}]"#;
    let program = flow::parse(text, &Context::default()).unwrap();
    let flow::program::Action::Log(log) = &program.lists[0].nodes[0].action else {
        panic!("{program:?}")
    };
    assert_eq!(log.literal(), Some("😀ї\"\\/\u{8}\u{c}\n\r\t"));
}

#[test]
fn a_text_of_ten_megabytes_is_refused_by_its_size() {
    let text = format!("[{}]", " ".repeat(10_000_000));
    let mistake = only(&text);
    assert_eq!(mistake.kind, MistakeKind::Limit);
    assert!(mistake.message.contains("10000002"), "{mistake}");
}

#[test]
fn a_text_nested_ten_thousand_deep_is_refused_by_its_depth() {
    for open in ["[", r#"{"a":"#] {
        let text = open.repeat(10_000);
        let mistake = only(&text);
        assert_eq!(mistake.kind, MistakeKind::Limit, "{mistake}");
        assert!(mistake.message.contains("deeper"), "{mistake}");
    }
    let closed = "[".repeat(10_000) + &"]".repeat(10_000);
    assert_eq!(only(&closed).kind, MistakeKind::Limit);
}

/// Lists of nodes, one in the other; `depth` of them, the program being the first.
fn nested(depth: usize) -> String {
    let open = r#"[{"if":{"expression":"1","then":"#.repeat(depth - 1);
    open + "[]" + &"}}]".repeat(depth - 1)
}

#[test]
fn lists_of_nodes_may_be_nested_to_their_limit() {
    assert!(flow::parse(&nested(MAX_LISTS_DEEP), &Context::default()).is_ok());
    let mistake = only(&nested(MAX_LISTS_DEEP + 1));
    assert_eq!(mistake.kind, MistakeKind::Limit);
    assert_eq!(mistake.path, "[0].if.then".repeat(MAX_LISTS_DEEP));
}

#[test]
fn values_may_be_nested_as_deep_as_a_text() {
    let text = |depth: usize| format!(r#"[{{"set":{{"a":{}{}}}}}]"#, "[".repeat(depth), "]".repeat(depth));
    assert!(flow::parse(&text(290), &Context::default()).is_ok());
    assert_eq!(only(&text(300)).kind, MistakeKind::Limit);
}

#[test]
fn a_program_has_at_most_ten_thousand_nodes() {
    let text = |count: usize| format!("[{}]", vec![r#"{"log":""}"#; count].join(","));
    assert!(flow::parse(&text(MAX_NODES), &Context::default()).is_ok());
    let mistake = only(&text(MAX_NODES + 7));
    assert_eq!(
        (mistake.kind, mistake.path),
        (MistakeKind::Limit, format!("[{MAX_NODES}]"))
    );
}

#[test]
fn a_text_of_too_many_values_is_refused() {
    let text = format!("[{}]", vec!["1"; 300_000].join(","));
    assert_eq!(only(&text).kind, MistakeKind::Limit);
}

#[test]
fn mistakes_without_number_are_told_up_to_a_number() {
    let text = format!("[{}]", vec!["1"; 5_000].join(","));
    let all = mistakes(&text);
    assert_eq!(all.len(), MAX_MISTAKES + 1);
    assert!(all.last().unwrap().message.contains("more"));
    let many = format!(
        "[{{\"recvMessage\":{{\"set\":\"x\",{}}}}}]",
        (0..50_000).map(|n| format!("\"p{n}\":1")).collect::<Vec<_>>().join(",")
    );
    assert_eq!(mistakes(&many).len(), MAX_MISTAKES + 1);
}

#[test]
fn offsets_are_told_in_bytes_and_as_browsers_count() {
    let mistake = only(r#"[{"sendText":"😀ї"},{"sendTxt":""}]"#);
    assert_eq!(
        (mistake.bytes.clone(), mistake.utf16.clone(), mistake.column),
        (24..33, 21..30, 21)
    );
    assert_eq!(
        mistake.to_string(),
        "[1].sendTxt (line 1, column 21): There is no node “sendTxt”. The nearest name is “sendText”."
    );
    let json = serde_json::to_string(&mistake).unwrap();
    assert_eq!(serde_json::from_str::<flow::Mistake>(&json).unwrap(), mistake);
    assert_eq!(paths("[{\"log\":5}]"), ["[0].log"]);
}

#[test]
fn many_names_and_many_mistakes_are_told_in_time() {
    let list = |of: &dyn Fn(usize) -> String| (0..4_900).map(of).collect::<Vec<_>>().join(",");
    let tags = list(&|n| format!(r#"{{"tag":"tag{n}","log":""}}"#));
    let jumps = list(&|n| format!(r#"{{"goto":"tog{n}"}}"#));
    let functions = list(&|n| format!(r#"{{"function":{{"name":"tag{n}","actions":[]}}}}"#));
    let calls = list(&|n| format!(r#"{{"execute":{{"name":"tog{n}"}}}}"#));
    let unknown = list(&|n| format!(r#""p{n}":1"#));
    let started = std::time::Instant::now();
    for text in [
        format!("[{tags},{jumps}]"),
        format!("[{functions},{calls}]"),
        format!("[{functions},{jumps}]"),
        format!("[{{\"httpRequest\":{{{unknown}}}}}]"),
    ] {
        assert_eq!(mistakes(&text).len(), MAX_MISTAKES + 1);
    }
    // Far above what it takes without optimisation, far below what comparing each with each would.
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

#[test]
fn a_node_of_names_without_number_is_told_in_time() {
    let names = |of: &dyn Fn(usize) -> String| (0..60_000).map(of).collect::<Vec<_>>().join(",");
    let started = std::time::Instant::now();
    let mistake = only(&format!("[{{{}}}]", names(&|n| format!("\"p{n}\":1"))));
    assert_eq!((mistake.path.as_str(), mistake.kind), ("[0]", MistakeKind::Shape));
    let deep = "{\"a\":".repeat(250);
    let doubled = names(&|_| "\"a\":1".to_owned());
    let text = format!("[{{\"set\":{{\"a\":{deep}{{{doubled}}}{}}}}}]", "}".repeat(250));
    assert_eq!(mistakes(&text).len(), MAX_MISTAKES + 1);
    // As above; comparing each with each would take minutes.
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}
