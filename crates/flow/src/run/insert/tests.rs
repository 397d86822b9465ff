//! Rules 2 to 5.

use super::*;
use serde_json::json;

fn variables() -> Variables {
    let mut variables = Variables::new();
    let texts = [
        ("name", "Олена"),
        ("n", "30"),
        ("tricky", "${name} $${site}"),
        ("cart", r#"{"sum":5}"#),
        ("uri", "a b/ї'(!)*~"),
    ];
    for (name, text) in texts {
        variables.write(name, text.to_owned()).unwrap();
    }
    variables
}

fn globals() -> Globals {
    Globals::from([
        ("site".to_owned(), "https://a.example".to_owned()),
        ("tricky".to_owned(), "${name}".to_owned()),
    ])
}

#[test]
fn rules_2_to_4_insertion_is_done_once() {
    let table = [
        ("Вітаю, ${name}!", "Вітаю, Олена!"),
        ("${tricky}|$${tricky}", "${name} $${site}|${name}"),
        ("${cart.sum}${none}${}$${none}", "5"),
        ("$${site}/${n}", "https://a.example/30"),
        ("${open", "${open"),
        ("${uri.uri()}", "a%20b%2F%D1%97'(!)*~"),
        ("$${site.uri()}", "https%3A%2F%2Fa.example"),
        ("", ""),
    ];
    let (variables, globals) = (variables(), globals());
    for (written, expected) in table {
        assert_eq!(
            insert(&Template::parse(written), &Scope::new(&variables, &globals)),
            expected,
            "{written}"
        );
    }
}

#[test]
fn rule_5_a_number_is_a_number_or_text_that_is_one() {
    let (variables, globals) = (variables(), globals());
    let scope = Scope::new(&variables, &globals);
    let of = |text: &str| number(&Number::Text(Template::parse(text)), &scope);
    for (text, expected) in [
        ("30", 30.0),
        ("${n}", 30.0),
        ("", 0.0),
        ("${none}", 0.0),
        (" 1.5 ", 1.5),
        ("-2", -2.0),
        ("1e3", 1000.0),
    ] {
        assert_eq!(of(text), Ok(expected), "{text}");
    }
    for text in ["${name}", "a minute", "inf", "NaN", "1e999", "0x10", "1,5", " ", "5 5"] {
        assert!(of(text).is_err(), "{text}");
    }
    assert_eq!(number(&Number::Literal(2.5), &scope), Ok(2.5));
}

#[test]
fn a_value_keeps_its_types_and_its_texts_are_inserted() {
    let (variables, globals) = (variables(), globals());
    let text = |text: &str| Value::Text(Template::parse(text));
    let written = Value::Object(vec![
        ("z".into(), text("${name}")),
        (
            "a".into(),
            Value::List(vec![
                Value::Number(3.0),
                Value::Number(0.5),
                Value::Null,
                Value::Bool(true),
                text("$${site}"),
            ]),
        ),
        ("${name}".into(), Value::Number(f64::NAN)),
    ]);
    let value = value(&written, &Scope::new(&variables, &globals));
    assert_eq!(
        text_of(&value),
        r#"{"z":"Олена","a":[3,0.5,null,true,"https://a.example"],"${name}":null}"#
    );
    assert_eq!(
        value,
        json!({"z": "Олена", "a": [3, 0.5, null, true, "https://a.example"], "${name}": null})
    );
}

#[test]
fn what_is_inserted_by_one_node_has_an_end() {
    let mut variables = Variables::new();
    variables.write("ж", "ж".repeat(300_000)).unwrap();
    let globals = Globals::new();
    let scope = Scope::new(&variables, &globals);
    assert!(!scope.is_overfull());
    let text = insert(&Template::parse(&"${ж}".repeat(1000)), &scope);
    assert_eq!(text.len(), ROOM);
    assert!(scope.is_overfull());
    assert_eq!(insert(&Template::parse("a${ж}"), &scope), "a");
    assert!(!Scope::new(&variables, &globals).is_overfull());
}
