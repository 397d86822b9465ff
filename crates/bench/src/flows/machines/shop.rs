//! A shop: a menu of sections, then one of items, then the price.

use super::{Machine, say, wait, words};
use flow::{Effect, Event};
use model::message::{Button, ButtonAction, Layout, Outbound, Part};
use std::mem;

/// Items of a section.
pub const ITEMS: usize = 4;
/// Sections that have a button.
pub const SHOWN: usize = 5;

/// What an item costs.
pub fn price(section: usize, item: usize) -> usize {
    40 + section * 37 % 90 + item * 11
}

/// Where the peer stands in the shop.
#[derive(Debug)]
pub struct Shop {
    /// How many sections there are.
    pub sections: usize,
    /// What is waited for.
    pub place: Place,
    /// The peer's name.
    pub peer: String,
}

/// What a shop waits for.
#[derive(Clone, Copy, Debug, Default)]
pub enum Place {
    /// The first message.
    #[default]
    Start,
    /// A section.
    Menu,
    /// An item of a section.
    Section(usize),
}

impl Machine for Shop {
    fn take(&mut self, event: Event) -> Vec<Effect> {
        if let (Place::Start, Event::Start { variables, .. }) = (self.place, &event) {
            let name = variables.iter().find(|(name, _)| name == "peer_name");
            self.peer = name.map(|(_, text)| text.clone()).unwrap_or_default();
        }
        let said = words(event).unwrap_or_default();
        match mem::replace(&mut self.place, Place::Menu) {
            Place::Start => vec![self.menu(), wait(300)],
            Place::Menu => match number(&said, 's', self.sections) {
                Some(section) => {
                    self.place = Place::Section(section);
                    vec![items(section), wait(300)]
                }
                None => vec![say(format!("There is no section “{said}”.")), self.menu(), wait(300)],
            },
            Place::Section(section) => {
                let answer = match number(&said, 'i', ITEMS) {
                    Some(item) => sold(section, item),
                    None => format!("There is no “{said}” in Section {section}."),
                };
                vec![say(answer), self.menu(), wait(300)]
            }
        }
    }
}

impl Shop {
    fn menu(&self) -> Effect {
        let text = format!("Welcome to the shop, {}. What are you looking for?", self.peer);
        let button = |section| button(format!("Section {section}"), format!("s{section}"));
        choices(text, (1..=SHOWN).map(button).collect(), Layout::Reply)
    }
}

fn items(section: usize) -> Effect {
    let button = |item| button(format!("Item {section}.{item}"), format!("i{item}"));
    let buttons = (1..=ITEMS).map(button).collect();
    choices(format!("Section {section}: which one?"), buttons, Layout::Inline)
}

fn sold(section: usize, item: usize) -> String {
    let price = price(section, item);
    let delivery = if price >= 100 {
        "delivery included"
    } else {
        "delivery is 5 EUR"
    };
    format!("Item {section}.{item} costs {price} EUR, {delivery}.")
}

/// The number behind a letter, if there is such a choice.
fn number(said: &str, letter: char, most: usize) -> Option<usize> {
    let number: usize = said.strip_prefix(letter)?.parse().ok()?;
    (1..=most).contains(&number).then_some(number)
}

fn choices(text: String, buttons: Vec<Vec<Button>>, layout: Layout) -> Effect {
    Effect::Send(Outbound {
        parts: vec![Part::Text { text }],
        buttons,
        layout,
        ..Outbound::default()
    })
}

fn button(title: String, payload: String) -> Vec<Button> {
    vec![Button {
        title,
        action: ButtonAction::Reply { payload },
    }]
}
