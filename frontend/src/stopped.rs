//! What the page says when its program has ended by mistake, or a part of it cannot be fetched: it would look alive and
//! do nothing.

use leptos::{prelude::document, web_sys::Element};
use std::panic;
use wasm_bindgen::JsValue;

const ID: &str = "stopped";

/// From now on a panic shows in the console and on the page.
pub fn say_when_it_happens() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        // Nothing can be done about a document that takes no element.
        _ = say();
    }));
}

fn say() -> Result<(), JsValue> {
    let document = document();
    let Some(body) = document.body() else { return Ok(()) };
    if document.get_element_by_id(ID).is_some() {
        return Ok(());
    }
    let banner = element("div", "banner banner-error stopped")?;
    banner.set_id(ID);
    banner.set_attribute("role", "alert")?;
    let words = element("p", "banner-body")?;
    words.set_text_content(Some(
        "This page has stopped. Perhaps Chat Gateways was updated, or the connection broke.",
    ));
    let reload = element("a", "button button-small")?;
    // To the browser itself: what follows links inside the page has stopped too.
    reload.set_attribute("rel", "external")?;
    reload.set_attribute("href", &document.url()?)?;
    reload.set_text_content(Some("Reload the page"));
    banner.append_child(&words)?;
    banner.append_child(&reload)?;
    body.append_child(&banner)?;
    Ok(())
}

fn element(name: &str, class: &str) -> Result<Element, JsValue> {
    let element = document().create_element(name)?;
    element.set_class_name(class);
    Ok(element)
}
