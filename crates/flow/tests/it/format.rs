//! Formatting.

use serde_json::Value;

#[test]
fn short_nodes_stay_on_a_line_and_long_ones_are_broken() {
    let text = r#"[{"sendText":"a"},{"if":{"expression":"${a} === 'a rather long expression to compare with'","then":[{"sendText":"yes"}],"else":[]}},{}]"#;
    let expected = r#"[
  { "sendText": "a" },
  {
    "if": {
      "expression": "${a} === 'a rather long expression to compare with'",
      "then": [{ "sendText": "yes" }],
      "else": []
    }
  },
  {}
]
"#;
    assert_eq!(flow::format(text).unwrap(), expected);
    assert_eq!(flow::format(expected).unwrap(), expected);
    assert_eq!(flow::format(" [ ] ").unwrap(), "[]\n");
}

#[test]
fn names_numbers_and_escapes_stay_as_they_are_written() {
    let text = r#"[{"set":{"b":1.50,"a":1e3,"\u0063":"\u0457\/","b":-0}}]"#;
    let expected = "[\n  { \"set\": { \"b\": 1.50, \"a\": 1e3, \"\\u0063\": \"\\u0457\\/\", \"b\": -0 } }\n]\n";
    assert_eq!(flow::format(text).unwrap(), expected);
}

#[test]
fn a_line_is_filled_to_its_width_and_not_beyond() {
    for length in 60..120 {
        let text = format!("[{{\"log\":\"{}\"}},{{\"log\":\"\"}}]", "ї".repeat(length));
        let formatted = flow::format(&text).unwrap();
        let first = formatted.lines().nth(1).unwrap();
        let whole = 2 + "{ \"log\": \"\" },".len() + length;
        assert_eq!(first == "  {", whole > 100, "{length}: {formatted}");
    }
}

#[test]
fn what_is_no_json_is_not_formatted() {
    let mistake = flow::format("[1,]").unwrap_err();
    assert_eq!((mistake.line, mistake.column), (1, 4));
}

#[test]
fn what_would_become_larger_than_a_program_is_left_alone() {
    let (deep, wide) = (250, 30_000);
    let text = format!(
        "[{{\"set\":{{\"a\":{}{}1{}}}}}]",
        "[".repeat(deep),
        "1,".repeat(wide),
        "]".repeat(deep)
    );
    assert!(flow::parse(&text, &flow::Context::default()).is_ok());
    let mistake = flow::format(&text).unwrap_err();
    assert_eq!((mistake.kind, mistake.line), (flow::MistakeKind::Limit, 1));
    assert!(mistake.message.contains("1048576 bytes"), "{mistake}");
}

#[test]
fn the_programs_keep_their_meaning() {
    for starter in flow::Starter::ALL {
        let formatted = flow::format(starter.program()).unwrap();
        let before: Value = serde_json::from_str(starter.program()).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&formatted).unwrap(), before);
    }
}
