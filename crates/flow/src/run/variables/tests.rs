//! Rules 1, 2, 6, 7 and 29.

use super::*;
use serde_json::json;

fn with(texts: &[(&str, Json)]) -> Variables {
    let mut variables = Variables::new();
    for (path, value) in texts {
        variables.write_json(path, value.clone()).unwrap();
    }
    assert_eq!(variables.bytes(), counted(&variables));
    variables
}

/// What [`Variables::bytes`] keeps.
fn counted(variables: &Variables) -> usize {
    variables
        .named
        .iter()
        .map(|(name, variable)| name.len() + variable.bytes())
        .sum()
}

#[test]
fn rule_1_every_variable_is_text() {
    let table = [
        (json!("as it is\n"), "as it is\n"),
        (json!(45.50), "45.5"),
        (json!(1.0), "1"),
        (json!(true), "true"),
        (json!(null), ""),
        (
            json!({"b": [1, {"a": "ж"}], "a": null}),
            r#"{"b":[1,{"a":"ж"}],"a":null}"#,
        ),
    ];
    for (value, text) in table {
        assert_eq!(with(&[("v", value)]).text("v"), text);
    }
}

#[test]
fn rule_2_a_path_reads_the_json_of_the_text() {
    let variables = with(&[
        (
            "cart",
            json!({"items": [{"sku": "bread"}, 7, null, [1]], "sum": 344.75, "ok": false}),
        ),
        ("text", json!("{\"inner\": \"[1,2]\"}")),
        ("word", json!("hello")),
        ("number", json!("12")),
    ]);
    let table = [
        ("cart.items.#", "4"),
        ("cart.items.0.sku", "bread"),
        ("cart.items.0", r#"{"sku":"bread"}"#),
        ("cart.items.1", "7"),
        ("cart.items.2", ""),
        ("cart.items.3", "[1]"),
        ("cart.items.4", ""),
        ("cart.items.-1", ""),
        ("cart.items.sku", ""),
        ("cart.#", ""),
        ("cart.sum", "344.75"),
        ("cart.sum.cents", ""),
        ("cart.ok", "false"),
        ("cart.", ""),
        ("text.inner", "[1,2]"),
        ("text.inner.0", ""),
        ("word.length", ""),
        ("word.#", ""),
        ("number.0", ""),
        ("missing", ""),
        ("missing.path", ""),
        ("", ""),
        (".", ""),
        ("__proto__.x", ""),
    ];
    for (path, text) in table {
        assert_eq!(variables.text(path), text, "{path}");
    }
}

#[test]
fn rule_6_a_dotted_name_writes_into_the_json() {
    let mut variables = with(&[
        ("add.price", json!(210.25)),
        ("add.sku", json!("honey")),
        ("promo.percent", json!("15")),
    ]);
    assert_eq!(variables.text("add"), r#"{"price":210.25,"sku":"honey"}"#);
    assert_eq!(variables.text("promo"), r#"{"percent":"15"}"#);
    variables.write_json("add.tags.new.deep", json!([1, 2])).unwrap();
    variables.write_json("add.tags.new.deep.1", json!({"x": null})).unwrap();
    variables.write("add.price", "5".to_owned()).unwrap();
    assert_eq!(
        variables.text("add"),
        r#"{"price":"5","sku":"honey","tags":{"new":{"deep":[1,{"x":null}]}}}"#
    );
    assert_eq!(variables.bytes(), counted(&variables));
}

#[test]
fn rule_6_an_empty_variable_counts_as_missing() {
    let mut variables = with(&[("empty", json!(""))]);
    variables.write_json("empty.a", json!(1)).unwrap();
    assert_eq!(variables.text("empty"), r#"{"a":1}"#);
}

#[test]
fn rule_6_anything_else_on_the_way_fails() {
    let before = with(&[
        ("cart", json!({"sum": 5, "list": [1], "none": null, "text": ""})),
        ("word", json!("hello")),
    ]);
    let table = [
        (
            "cart.sum.cents",
            "“cart.sum.cents” cannot be written: “cart.sum” is neither an object nor a list",
        ),
        (
            "cart.none.a",
            "“cart.none.a” cannot be written: “cart.none” is neither an object nor a list",
        ),
        (
            "cart.text.a.b",
            "“cart.text.a.b” cannot be written: “cart.text” is neither an object nor a list",
        ),
        (
            "cart.list.1",
            "“cart.list.1” cannot be written: the list has no element “1”",
        ),
        (
            "cart.list.#",
            "“cart.list.#” cannot be written: the list has no element “#”",
        ),
        (
            "cart.list.x.y",
            "“cart.list.x.y” cannot be written: the list has no element “x”",
        ),
        (
            "word.a",
            "“word.a” cannot be written: “word” is neither an object nor a list",
        ),
        ("", "a variable needs a name"),
        (".a", "a variable needs a name"),
    ];
    for (path, sentence) in table {
        let mut variables = before.clone();
        assert_eq!(variables.write_json(path, json!(1)).unwrap_err().to_string(), sentence);
        assert_eq!(variables, before, "{path}");
    }
}

#[test]
fn rule_6_all_are_written_or_none() {
    let before = with(&[("a", json!("1")), ("o", json!({"k": 1}))]);
    let mut variables = before.clone();
    let values = [
        ("a", json!("2")),
        ("o.k", json!(2)),
        ("o.l", json!(3)),
        ("new", json!("n")),
        ("a.b.c", json!(1)),
    ];
    let values = values.map(|(name, value)| (name.to_owned(), value)).to_vec();
    assert!(variables.write_all(values.clone()).is_err());
    assert_eq!(variables, before);
    assert_eq!(variables.bytes(), counted(&variables));
    variables.write_all(values[..4].to_vec()).unwrap();
    assert_eq!(
        variables.iter().collect::<Vec<_>>(),
        [("a", "2"), ("new", "n"), ("o", r#"{"k":2,"l":3}"#)]
    );
    assert_eq!(variables.bytes(), counted(&variables));
}

#[test]
fn rule_7_what_is_removed_is_gone_and_what_is_missing_is_no_error() {
    let mut variables = with(&[
        ("cart", json!({"a": {"b": 1, "c": 2}, "list": [1, {"x": 1}], "z": 0})),
        ("word", json!("hello")),
    ]);
    for path in [
        "cart.a.b",
        "cart.list.1.x",
        "cart.list.0",
        "cart.none.x",
        "cart.z.y",
        "word.x",
        "never",
        "never.x",
        "",
    ] {
        variables.remove(path);
    }
    assert_eq!(variables.text("cart"), r#"{"a":{"c":2},"list":[1,{}],"z":0}"#);
    assert_eq!(variables.text("word"), "hello");
    variables.remove("cart");
    variables.remove("word");
    assert_eq!(variables.bytes(), 0);
}

fn bill() -> Attached {
    Attached::File(File {
        url: "https://f.example/2".into(),
        name: "чек.pdf".into(),
        mime: "application/pdf".into(),
        size: Some(48_213),
    })
}

#[test]
fn rule_29_a_path_reads_the_message_until_the_variable_is_written() {
    let text = r#"{"type":"x","contact":{"phone":"1"},"own":"2"}"#.to_owned();
    let origin = Origin::new(&text, "мій чек", Some(bill()));
    let mut variables = Variables::new();
    variables.write_message("said", text, origin).unwrap();
    let table = [
        ("said.type", "file"),
        ("said.text", "мій чек"),
        ("said.file.size", "48213"),
        ("said.file.name", "чек.pdf"),
        (
            "said.file",
            r#"{"url":"https://f.example/2","name":"чек.pdf","mime":"application/pdf","size":48213}"#,
        ),
        ("said.file.none", ""),
        ("said.file.name.x", ""),
        ("said.type.x", ""),
        ("said.text.#", ""),
        ("said.contact", ""),
        ("said.contact.phone", ""),
        ("said.own", "2"),
    ];
    for (path, text) in table {
        assert_eq!(variables.text(path), text, "{path}");
    }
    assert_eq!(variables.bytes(), counted(&variables));
    let stored = serde_json::to_string(&variables).unwrap();
    assert_eq!(serde_json::from_str::<Variables>(&stored).unwrap(), variables);
    variables.write("said", String::new()).unwrap();
    assert_eq!(variables.text("said.type"), "");
    assert_eq!(variables.bytes(), 4);
}

#[test]
fn stored_variables_are_small_and_come_back_as_they_were() {
    let variables = with(&[("b", json!({"z": 1, "a": [2]})), ("a", json!("1"))]);
    let stored = serde_json::to_string(&variables).unwrap();
    assert_eq!(stored, r#"{"a":"1","b":"{\"z\":1,\"a\":[2]}"}"#);
    let back: Variables = serde_json::from_str(&stored).unwrap();
    assert_eq!(back, variables);
    assert_eq!(back.bytes(), variables.bytes());
}

#[test]
fn json_that_is_nested_too_deeply_is_no_json() {
    let variables = with(&[("deep", json!("[".repeat(100_000) + &"]".repeat(100_000)))]);
    assert_eq!(variables.text("deep.0"), "");
}

#[test]
fn a_path_cannot_nest_deeper_than_it_can_be_read_again() {
    let mut variables = Variables::new();
    let path = vec!["a"; 100_000].join(".");
    assert!(variables.write(&path, "x".to_owned()).is_err());
    assert_eq!(variables, Variables::new());
}

#[test]
fn a_message_is_stored_without_what_its_text_says_already() {
    let contact = Attached::Contact(Contact {
        phone: "+1".into(),
        name: "Ann".into(),
    });
    let messages = [
        ("hello", "hello", None, r#"["hello"]"#),
        ("one two", "one", None, r#"["one two","one",null]"#),
        ("", "", None, r#"[""]"#),
        (
            "+1",
            "+1",
            Some(contact),
            r#"["+1",null,{"contact":{"phone":"+1","name":"Ann"}}]"#,
        ),
        (
            "мій чек",
            "мій чек",
            Some(bill()),
            r#"["мій чек",null,{"file":{"url":"https://f.example/2","name":"чек.pdf","mime":"application/pdf","size":48213}}]"#,
        ),
    ];
    for (taken, own, attached, expected) in messages {
        let mut variables = Variables::new();
        let origin = Origin::new(taken, own, attached);
        variables.write_message("a", taken.to_owned(), origin).unwrap();
        let stored = serde_json::to_string(&variables).unwrap();
        assert_eq!(stored, format!(r#"{{"a":{expected}}}"#));
        let back: Variables = serde_json::from_str(&stored).unwrap();
        assert_eq!((&back, back.bytes()), (&variables, counted(&variables)));
        assert_eq!(back.text("a.text"), own);
    }
}

#[test]
fn what_is_no_stored_variable_is_refused() {
    for wrong in [
        "5",
        "null",
        "[]",
        r#"["a",null]"#,
        r#"["a",null,null,1]"#,
        "{}",
        r#"{"text":"a"}"#,
        "[1]",
    ] {
        let stored = format!(r#"{{"a":{wrong}}}"#);
        assert!(serde_json::from_str::<Variables>(&stored).is_err(), "{stored}");
    }
}
