//! What a message of each type has to carry.

use super::super::answer::Failure;
use crate::{
    seen::{Button, Press, Seen, SeenFile},
    text::chars,
    world::World,
};
use serde_json::Value;
use url::Url;

fn missing(what: &str) -> Failure {
    Failure::new(131_008, "(#131008) Required parameter is missing").details(format!("{what} is missing"))
}

fn wrong(why: impl Into<String>) -> Failure {
    Failure::invalid("Invalid parameter").details(why)
}

/// A text that must be there, of at most so many characters.
fn text(given: &Value, what: &str, most: usize) -> Result<String, Failure> {
    match given.as_str() {
        None | Some("") => Err(missing(what)),
        Some(text) if chars(text) > most => Err(wrong(format!("Param {what} must be at most {most} characters long."))),
        Some(text) => Ok(text.to_owned()),
    }
}

fn seen(kind: &'static str, text: String) -> Seen {
    Seen {
        kind,
        text,
        inline: true,
        ..Seen::default()
    }
}

/// Checks a message and gives what the peer sees of it.
pub(super) fn read(world: &World, number: &str, kind: &str, given: &Value) -> Result<Seen, Failure> {
    if given.is_null() {
        return Err(missing(kind));
    }
    match kind {
        "text" => Ok(seen("text", text(&given["body"], "text.body", 4_096)?)),
        "image" | "video" | "audio" | "document" | "sticker" => media(world, kind, given),
        "location" => {
            let place = given["latitude"].as_f64().zip(given["longitude"].as_f64());
            let place = place.ok_or_else(|| missing("location.latitude and location.longitude"))?;
            let name = given["name"].as_str().unwrap_or_default();
            Ok(Seen {
                place: Some(place),
                ..seen("location", name.to_owned())
            })
        }
        "contacts" => contacts(given),
        "interactive" => interactive(given),
        "template" => template(world, number, given),
        "reaction" => {
            text(&given["message_id"], "reaction.message_id", 1_000)?;
            Ok(seen("text", given["emoji"].as_str().unwrap_or_default().to_owned()))
        }
        _ => Err(Failure::new(131_051, "(#131051) Unsupported message type").details("Unsupported message type")),
    }
}

fn media(world: &World, kind: &str, given: &Value) -> Result<Seen, Failure> {
    let caption = given["caption"].as_str().unwrap_or_default();
    if chars(caption) > 1_024 {
        return Err(wrong("Param caption must be at most 1024 characters long."));
    }
    if !caption.is_empty() && matches!(kind, "audio" | "sticker") {
        return Err(wrong(format!("Unexpected key \"caption\" on param \"{kind}\".")));
    }
    let file = match (given["id"].as_str(), given["link"].as_str()) {
        (Some(id), None) => {
            let file = world.files.get(id).ok_or_else(|| wrong("Media ID does not exist"))?;
            file.seen(&world.base)
        }
        (None, Some(link)) => {
            let is_url = Url::parse(link).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            if !is_url {
                return Err(wrong(format!("Param {kind}['link'] is not a valid URL.")));
            }
            let path = link.split(['?', '#']).next().unwrap_or_default();
            SeenFile {
                url: link.to_owned(),
                name: path.rsplit('/').next().unwrap_or_default().to_owned(),
                ..SeenFile::default()
            }
        }
        (Some(_), Some(_)) => return Err(wrong("Only one of id and link is allowed.")),
        (None, None) => return Err(missing("id or link")),
    };
    let kind = match kind {
        "image" => "image",
        "video" => "video",
        "audio" => "audio",
        "sticker" => "sticker",
        _ => "document",
    };
    let name = given["filename"].as_str().map(str::to_owned);
    Ok(Seen {
        file: Some(SeenFile {
            name: name.unwrap_or_else(|| file.name.clone()),
            ..file
        }),
        ..seen(kind, caption.to_owned())
    })
}

fn contacts(given: &Value) -> Result<Seen, Failure> {
    let contacts = given.as_array().filter(|contacts| !contacts.is_empty());
    let contacts = contacts.ok_or_else(|| missing("contacts"))?;
    let mut words = Vec::new();
    for contact in contacts {
        let name = text(
            &contact["name"]["formatted_name"],
            "contacts.name.formatted_name",
            1_000,
        )?;
        words.push(format!(
            "{name} {}",
            contact["phones"][0]["phone"].as_str().unwrap_or_default()
        ));
    }
    Ok(seen("contact", words.join("\n")))
}

fn interactive(given: &Value) -> Result<Seen, Failure> {
    let body = text(&given["body"]["text"], "interactive.body.text", 1_024)?;
    if given["footer"]["text"]
        .as_str()
        .is_some_and(|footer| chars(footer) > 60)
    {
        return Err(wrong("Param footer must be at most 60 characters long."));
    }
    let mut message = seen("text", body);
    let action = &given["action"];
    match given["type"].as_str() {
        Some("button") => {
            let buttons = action["buttons"].as_array().map(Vec::as_slice).unwrap_or_default();
            if buttons.is_empty() || buttons.len() > 3 {
                return Err(wrong(
                    "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3",
                ));
            }
            let mut row: Vec<Button> = Vec::new();
            for button in buttons {
                let payload = text(&button["reply"]["id"], "button.reply.id", 256)?;
                let title = text(&button["reply"]["title"], "button.reply.title", 20)?;
                if row.iter().any(|other| other.title == title) {
                    return Err(wrong("Duplicate button title"));
                }
                let press = Press::Payload { payload };
                row.push(Button { title, press });
            }
            message.buttons = vec![row];
        }
        Some("list") => {
            text(&action["button"], "interactive.action.button", 20)?;
            let sections = action["sections"].as_array().map(Vec::as_slice).unwrap_or_default();
            for section in sections {
                if sections.len() > 1 {
                    text(&section["title"], "section.title", 24)?;
                }
                for row in section["rows"].as_array().into_iter().flatten() {
                    let payload = text(&row["id"], "row.id", 200)?;
                    let title = text(&row["title"], "row.title", 24)?;
                    if row["description"].as_str().is_some_and(|words| chars(words) > 72) {
                        return Err(wrong("Row description is too long. Max length is 72"));
                    }
                    let press = Press::Row { payload };
                    message.buttons.push(vec![Button { title, press }]);
                }
            }
            if message.buttons.is_empty() || message.buttons.len() > 10 {
                return Err(wrong("Total row count exceed max allowed count: 10"));
            }
        }
        Some("cta_url") => {
            let title = text(&action["parameters"]["display_text"], "parameters.display_text", 20)?;
            let url = text(&action["parameters"]["url"], "parameters.url", 2_000)?;
            message.buttons = vec![vec![Button {
                title,
                press: Press::Url { url },
            }]];
        }
        Some("location_request_message") => {
            message.buttons = vec![vec![Button {
                title: "Send location".to_owned(),
                press: Press::Location,
            }]];
        }
        _ => return Err(wrong("Unsupported interactive type")),
    }
    Ok(message)
}

fn template(world: &World, number: &str, given: &Value) -> Result<Seen, Failure> {
    let name = text(&given["name"], "template.name", 512)?;
    let language = text(&given["language"]["code"], "template.language.code", 16)?;
    let assets = world.graph.assets();
    let business = assets
        .numbers
        .get(number)
        .and_then(|number| assets.businesses.get(&number.business));
    let known = business.into_iter().flat_map(|business| &business.templates);
    let known = known.filter(|template| template["status"] == "APPROVED");
    let template = known
        .into_iter()
        .find(|known| known["name"] == name && known["language"] == language);
    let Some(template) = template else {
        let details = format!("template name ({name}) does not exist in {language}");
        let text = "(#132001) Template name does not exist in the translation";
        return Err(Failure::new(132_001, text).details(details));
    };
    let components = given["components"].as_array().map(Vec::as_slice).unwrap_or_default();
    let body = components.iter().find(|component| component["type"] == "body");
    let given: Vec<&str> = body
        .and_then(|body| body["parameters"].as_array())
        .into_iter()
        .flatten()
        .map(|parameter| parameter["text"].as_str().unwrap_or_default())
        .collect();
    let mut words = template["components"][0]["text"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let expected = words.matches("{{").count();
    if given.len() != expected {
        let details = format!(
            "body: number of localizable_params ({}) does not match the expected number of params ({expected})",
            given.len()
        );
        let text = "(#132000) Number of parameters does not match the expected number of params";
        return Err(Failure::new(132_000, text).details(details));
    }
    for (n, value) in given.iter().enumerate() {
        words = words.replace(&format!("{{{{{}}}}}", n + 1), value);
    }
    Ok(seen("template", words))
}
