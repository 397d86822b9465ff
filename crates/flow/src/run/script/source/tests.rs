//! How scripts are cut.

use super::*;

fn code(written: &str) -> String {
    let template = Template::parse(written);
    Source::read(&template, true).code.replace("$insertion", "$")
}

#[test]
fn an_insertion_is_a_name_wherever_it_stands() {
    let table = [
        ("${a} === 'x'", " $0  === 'x'"),
        ("return${a}", "return $0 "),
        ("'${a}'", "(''+$0+'')"),
        ("'a${x}b'.length", "('a'+$0+'b').length"),
        (r#""it's ${x}""#, r#"("it's "+$0+"")"#),
        (r"'\'${x}'", r"('\''+$0+'')"),
        (r"'\${x}'", "(''+$0+'')"),
        ("`a ${x} b`", "`a ${$0} b`"),
        ("`${${x}}`", "`${$0}}`"),
        ("a // ${x}\n+ 1", "a \n+ 1"),
        ("a /* ${x} \n */ + 1", "a \n  + 1"),
        ("/${x}'/.test(${y})", "/'/.test( $0 )"),
        ("a / ${x} / 2", "a /  $0  / 2"),
        ("/[/']/.test(${x})", "/[/']/.test( $0 )"),
        ("return /'/.test(${x})", "return /'/.test( $0 )"),
    ];
    for (written, expected) in table {
        assert_eq!(code(written), expected, "{written}");
    }
}

#[test]
fn functions_of_the_clock_are_known_in_expressions_only() {
    let table = [
        ("&hour()", " $0 "),
        ("&hour(5-11)", " $0 "),
        ("&hour(${a}-${b}) && ${c}", " $0  &&  $1 "),
        ("a && &minute_of_day() > 5", "a &&  $0  > 5"),
        ("a &&wday(1)", "a &&wday(1)"),
        ("'&hour()'", "'&hour()'"),
        ("a & b", "a & b"),
        ("&hours()", "&hours()"),
        ("&hour(", "&hour("),
    ];
    for (written, expected) in table {
        assert_eq!(code(written), expected, "{written}");
    }
    let template = Template::parse("&hour()");
    assert_eq!(Source::read(&template, false).code, "&hour()");
}
