//! Keyboards and rich media: blocks of buttons.

use super::answer::{Refused, Status};
use crate::{
    seen::{Button, Press},
    text::chars,
};
use serde_json::Value;

/// The most rows of a keyboard.
const MOST_ROWS: u64 = 12;
/// The columns of a row.
const COLUMNS: u64 = 6;

fn bad<T>(why: impl Into<String>) -> Result<T, Refused> {
    Err((Status::BadData, why.into()))
}

/// Reads the buttons by rows, as they are shown.
pub(crate) fn read(given: &Value, kind: &str, version: u64) -> Result<Vec<Vec<Button>>, Refused> {
    if given["Type"].as_str() != Some(kind) {
        return bad(format!("{kind}.Type must be {kind}"));
    }
    let Some(buttons) = given["Buttons"].as_array().filter(|buttons| !buttons.is_empty()) else {
        return bad(format!("{kind}.Buttons is missing"));
    };
    color(&given["BgColor"])?;
    let mut rows: Vec<Vec<Button>> = Vec::new();
    let (mut height, mut filled) = (0, COLUMNS);
    for given in buttons {
        let columns = within(given, "Columns", COLUMNS, COLUMNS)?;
        let most = if kind == "keyboard" { 2 } else { 7 };
        let tall = within(given, "Rows", 1, most)?;
        if filled + columns > COLUMNS {
            rows.push(Vec::new());
            height += tall;
            filled = 0;
        }
        filled += columns;
        let button = button(given, version)?;
        if let Some(row) = rows.last_mut() {
            row.push(button);
        }
    }
    if kind == "keyboard" && height > MOST_ROWS {
        return bad("a keyboard has at most 12 rows");
    }
    Ok(rows)
}

fn within(button: &Value, field: &str, default: u64, most: u64) -> Result<u64, Refused> {
    match &button[field] {
        Value::Null => Ok(default),
        number => match number.as_u64().filter(|number| (1..=most).contains(number)) {
            Some(number) => Ok(number),
            None => bad(format!("{field} must be from 1 to {most}")),
        },
    }
}

fn button(given: &Value, version: u64) -> Result<Button, Refused> {
    let text = given["Text"].as_str().unwrap_or_default();
    if chars(text) > 250 {
        return bad("Text of a button is longer than 250 characters");
    }
    color(&given["BgColor"])?;
    let body = given["ActionBody"].as_str().unwrap_or_default();
    let kind = given["ActionType"].as_str().unwrap_or("reply");
    if body.is_empty() && kind != "none" {
        return Err((Status::MissingData, "ActionBody".to_owned()));
    }
    let press = match kind {
        "reply" => Press::Text { text: body.to_owned() },
        "open-url" if url::Url::parse(body).is_ok() => Press::Url { url: body.to_owned() },
        "open-url" => return bad("ActionBody is no address"),
        "share-phone" | "location-picker" if version < 3 => {
            return bad(format!("{kind} needs min_api_version 3"));
        }
        "share-phone" => Press::Phone,
        "location-picker" => Press::Location,
        "none" => Press::Nothing,
        other => return bad(format!("unknown ActionType {other}")),
    };
    Ok(Button {
        title: without_tags(text),
        press,
    })
}

fn color(given: &Value) -> Result<(), Refused> {
    let Some(text) = given.as_str() else {
        return Ok(());
    };
    let digits = text.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        Ok(())
    } else {
        bad(format!("{text} is no color"))
    }
}

/// The words of a button, whose text may have tags for its look.
fn without_tags(text: &str) -> String {
    let mut plain = String::new();
    let mut is_tag = false;
    for letter in text.chars() {
        match letter {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            letter if !is_tag => plain.push(letter),
            _ => {}
        }
    }
    plain
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn keyboard(buttons: &[Value]) -> Value {
        json!({ "Type": "keyboard", "Buttons": buttons })
    }

    #[test]
    fn buttons_fill_rows_of_six_columns() {
        let button = |columns: u64| json!({ "Columns": columns, "ActionBody": "a", "Text": "<b>A &amp; B</b>" });
        let rows = read(&keyboard(&[button(3), button(3), button(4), button(3)]), "keyboard", 1).unwrap();
        assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1, 1]);
        assert_eq!(rows[0][0].title, "A & B");
        let wide = json!({ "ActionBody": "a", "Text": "A" });
        assert!(read(&keyboard(&vec![wide.clone(); 12]), "keyboard", 1).is_ok());
        assert!(read(&keyboard(&vec![wide; 13]), "keyboard", 1).is_err());
    }
}
