//! Calls as nodes ask for them.

use super::*;
use crate::Template;
use crate::program::Number;
use crate::run::{Globals, Variables};

fn node(url: &str) -> Http {
    Http {
        url: Template::parse(url),
        method: None,
        timeout: None,
        headers: vec![],
        path: vec![],
        data: None,
        parser: None,
        response_code: None,
        export_variables: vec![],
        export_cookie: None,
    }
}

fn asked(http: &Http) -> Result<HttpRequest, RequestError> {
    let mut variables = Variables::new();
    for (name, text) in [
        ("id", "1007"),
        ("peer_name", "Іван & Co"),
        ("quote", "a\"b\n"),
        ("up", ".."),
        ("ms", "x"),
    ] {
        variables.write(name, text.to_owned()).unwrap();
    }
    let globals = Globals::from([("token".to_owned(), "tok_7".to_owned())]);
    request(http, &Scope::new(&variables, &globals))
}

#[test]
fn the_address_takes_parts_first_and_then_variables() {
    let mut http = node("https://api.example/v1/${id}/x?by=${peer_name.uri()}&raw=${id}&g=$${token}&n=${none}");
    http.path = vec![("id".into(), Template::parse("ЗМ ${id}/../?"))];
    let url = "https://api.example/v1/%D0%97%D0%9C%201007%2F..%2F%3F/x?by=%D0%86%D0%B2%D0%B0%D0%BD%20%26%20Co&raw=%D0%97%D0%9C%201007%2F..%2F%3F&g=tok_7&n=";
    assert_eq!(asked(&http).unwrap().url, url);
    http.path = vec![("id".into(), Template::parse("${up}"))];
    assert_eq!(asked(&http), Err(RequestError::Part("..".into())));
}

#[test]
fn only_addresses_of_the_web_are_called() {
    for url in [
        "ftp://a.example/",
        "file:///etc/passwd",
        "a.example",
        "",
        "//a.example",
        "https://",
        "javascript:1",
        "${none}",
    ] {
        assert!(matches!(asked(&node(url)), Err(RequestError::Address(_))), "{url}");
    }
    assert!(asked(&node("HTTP://a.example:8080/ж?x y")).is_ok());
}

#[test]
fn what_is_not_said_has_a_default() {
    let asked = asked(&node("https://a.example/")).unwrap();
    let expected = HttpRequest {
        method: "POST".into(),
        url: "https://a.example/".into(),
        headers: vec![("content-type".into(), "application/json".into())],
        body: None,
        timeout: Duration::from_secs(1),
    };
    assert_eq!(asked, expected);
}

#[test]
fn method_headers_and_timeout_are_taken_from_the_node() {
    let mut http = node("https://a.example/");
    http.method = Some(Template::parse("get"));
    http.timeout = Some(Number::Text(Template::parse("3000")));
    http.headers = vec![
        ("Authorization".into(), Template::parse("Bearer $${token}")),
        ("Content-Type".into(), Template::parse("text/plain")),
    ];
    let asked_for = asked(&http).unwrap();
    assert_eq!(
        (asked_for.method.as_str(), asked_for.timeout),
        ("GET", Duration::from_secs(3))
    );
    let expected = [("Authorization", "Bearer tok_7"), ("Content-Type", "text/plain")];
    assert_eq!(
        asked_for.headers,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    for (milliseconds, seconds) in [(0.0, 1), (-5.0, 1), (1e300, 60)] {
        http.timeout = Some(Number::Literal(milliseconds));
        assert_eq!(asked(&http).unwrap().timeout, Duration::from_secs(seconds));
    }
    http.timeout = Some(Number::Text(Template::parse("${ms}")));
    assert_eq!(asked(&http).unwrap_err().to_string(), "timeout: “x” is no number");
}

#[test]
fn a_header_or_method_cannot_smuggle_another() {
    let mut http = node("https://a.example/");
    http.headers = vec![("X-Name".into(), Template::parse("${quote}"))];
    assert_eq!(asked(&http), Err(RequestError::Header("X-Name".into())));
    http.headers = vec![("X Name".into(), Template::parse("a"))];
    assert_eq!(asked(&http), Err(RequestError::Header("X Name".into())));
    http.headers = vec![];
    http.method = Some(Template::parse("GET / HTTP/1.1"));
    assert_eq!(asked(&http), Err(RequestError::Method("GET / HTTP/1.1".into())));
}

#[test]
fn a_body_is_json_a_form_or_text() {
    let text = |text: &str| Value::Text(Template::parse(text));
    let object = Value::Object(vec![
        ("name".into(), text("${quote}")),
        ("tags".into(), Value::List(vec![text("${id}"), Value::Null])),
        ("score".into(), Value::Number(3.0)),
        ("hot".into(), Value::Bool(false)),
    ]);
    let json = r#"{"name":"a\"b\n","tags":["1007",null],"score":3,"hot":false}"#;
    let form = "name=a%22b%0A&tags=%5B%221007%22%2Cnull%5D&score=3&hot=false";
    let table = [
        ("", object.clone(), Some(json)),
        ("application/json; charset=utf-8", object.clone(), Some(json)),
        ("Application/X-WWW-Form-Urlencoded; charset=utf-8", object, Some(form)),
        ("", text("<a>${quote}</a>"), Some("<a>a\"b\n</a>")),
        ("", Value::Number(1.5), Some("1.5")),
        ("", Value::Null, None),
    ];
    for (kind, data, expected) in table {
        let mut http = node("https://a.example/");
        http.headers = vec![("content-type".into(), Template::parse(kind))];
        http.data = Some(data);
        assert_eq!(asked(&http).unwrap().body.as_deref(), expected, "{kind}");
    }
}
