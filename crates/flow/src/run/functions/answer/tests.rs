//! What is taken from answers.

use super::*;
use crate::Template;
use crate::run::{Globals, Variables};
use serde_json::json;

const PARCEL: &str = r#"<?xml version="1.0"?><parcel no="59000123"><history><place>Львів, <b>відділення</b> 14</place><place kind="x">Київ</place></history><eta date="2026-11-25"/><n:own xmlns:n="urn:n" n:a="1">свій</n:own></parcel>"#;

fn http(parser: Option<&str>, exports: &[(&str, &str)]) -> Http {
    Http {
        url: Template::parse("https://api.example/"),
        method: None,
        timeout: None,
        headers: vec![],
        path: vec![],
        data: None,
        parser: parser.map(Template::parse),
        response_code: None,
        export_variables: exports
            .iter()
            .map(|(name, path)| (Template::parse(name), Template::parse(path)))
            .collect(),
        export_cookie: None,
    }
}

fn answer(content_type: &str, body: &str) -> HttpAnswer {
    HttpAnswer {
        status: 200,
        content_type: Some(content_type.into()),
        body: body.into(),
        cookies: vec![],
    }
}

fn exported(http: &Http, answer: &HttpAnswer) -> Result<Vec<(String, Json)>, AnswerError> {
    let mut variables = Variables::new();
    variables.write("which", "status".to_owned()).unwrap();
    exports(http, answer, &Scope::new(&variables, &Globals::new()))
}

#[test]
fn values_are_taken_from_json() {
    let body = r#"{"order":{"id":1007,"status":"new","items":[{"title":"Сито"}],"none":null}}"#;
    let node = http(
        None,
        &[
            ("o", "order"),
            ("s.${which}", "order.${which}"),
            ("n", "order.items.#"),
            ("t", "order.items.0.title"),
            ("z", "order.none"),
            ("x", "order.a.b"),
        ],
    );
    let expected = vec![
        (
            "o".to_owned(),
            json!({"id": 1007, "status": "new", "items": [{"title": "Сито"}], "none": null}),
        ),
        ("s.status".to_owned(), json!("new")),
        ("n".to_owned(), json!(1)),
        ("t".to_owned(), json!("Сито")),
        ("z".to_owned(), json!(null)),
        ("x".to_owned(), json!("")),
    ];
    assert_eq!(
        exported(&node, &answer("Application/JSON; charset=utf-8", body)),
        Ok(expected)
    );
}

#[test]
fn the_parser_is_used_instead_of_the_content_type() {
    let node = http(Some("text/xml"), &[("eta", "/parcel/eta/@date")]);
    assert_eq!(
        exported(&node, &answer("text/plain", PARCEL)),
        Ok(vec![("eta".to_owned(), json!("2026-11-25"))])
    );
    let node = http(Some("application/json"), &[("a", "a")]);
    assert_eq!(
        exported(&node, &answer("text/html", r#"{"a":true}"#)),
        Ok(vec![("a".to_owned(), json!(true))])
    );
}

#[test]
fn a_body_that_is_neither_or_cannot_be_read_fails() {
    let node = http(None, &[("a", "a")]);
    assert_eq!(
        exported(&node, &answer("text/html", "<h1>Oops</h1>")),
        Err(AnswerError::Kind("text/html".into()))
    );
    assert!(matches!(
        exported(&node, &answer("application/json", "{")),
        Err(AnswerError::Unreadable("JSON", _))
    ));
    assert!(matches!(
        exported(&node, &answer("text/xml", "Технічні роботи")),
        Err(AnswerError::Unreadable("XML", _))
    ));
    let bytes = HttpAnswer {
        body: vec![b'"', 0xff, b'"'],
        ..answer("application/json", "")
    };
    assert!(matches!(
        exported(&node, &bytes),
        Err(AnswerError::Unreadable("JSON", _))
    ));
}

#[test]
fn no_body_or_no_wish_is_no_failure() {
    assert_eq!(
        exported(&http(None, &[("a", "a")]), &answer("text/html", "")),
        Ok(vec![])
    );
    assert_eq!(
        exported(&http(None, &[]), &answer("text/html", "<h1>Oops</h1>")),
        Ok(vec![])
    );
}

#[test]
fn a_path_leads_into_xml() {
    let table = [
        ("//place", "Львів, відділення 14"),
        ("/parcel/history/place", "Львів, відділення 14"),
        ("/parcel/history/place[2]", "Київ"),
        ("/parcel/history/place[3]", ""),
        ("//place[2]/@kind", "x"),
        ("//place/@kind", "x"),
        ("//@date", "2026-11-25"),
        ("/parcel/@no", "59000123"),
        ("/parcel/eta/@date", "2026-11-25"),
        ("/parcel//b", "відділення"),
        ("/parcel/*/place/text()", "Львів, відділення 14"),
        ("//own", "свій"),
        ("//n:own/@n:a", "1"),
        ("/place", ""),
        ("//nothing/@at", ""),
        ("parcel/history/place[2]", "Київ"),
    ];
    for (path, expected) in table {
        assert_eq!(export_xml(PARCEL.as_bytes(), path).as_deref(), Ok(expected), "{path}");
    }
    for path in ["", "/", "///a", "/a[", "/a[x]", "/a[0]", "//a[. = 'b']", "count(//a)"] {
        assert_eq!(
            export_xml(PARCEL.as_bytes(), path),
            Err(AnswerError::Path(path.into())),
            "{path}"
        );
    }
}

#[test]
fn xml_that_would_blow_up_is_refused() {
    let bomb = r#"<!DOCTYPE a [<!ENTITY b "xx"><!ENTITY c "&b;&b;">]><a>&c;</a>"#;
    assert!(matches!(
        export_xml(bomb.as_bytes(), "/a"),
        Err(AnswerError::Unreadable("XML", _))
    ));
    let wide = format!("<a>{}</a>", "<b/>".repeat(300_000));
    assert!(matches!(
        export_xml(wide.as_bytes(), "/a"),
        Err(AnswerError::Unreadable("XML", _))
    ));
    let deep = format!("{}{}", "<a>".repeat(3000), "</a>".repeat(3000));
    assert_eq!(
        export_xml(deep.as_bytes(), "//a//a//a"),
        Err(AnswerError::Costly("//a//a//a".into()))
    );
}

#[test]
fn cookies_are_joined() {
    assert_eq!(cookies(&[]), None);
    assert_eq!(
        cookies(&["a=1; Path=/".into(), "b=2".into()]).as_deref(),
        Some("a=1; Path=/;b=2")
    );
}
