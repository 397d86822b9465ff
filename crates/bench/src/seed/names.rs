//! Names as a company with many branches would give them, half of them in Ukrainian.

use super::chance::Chance;

const KINDS: [&str; 20] = [
    "Підтримка клієнтів",
    "Підтримка магазину",
    "Відділ продажів",
    "Служба доставки",
    "Запис до лікаря",
    "Бронювання столиків",
    "Опитування",
    "Інформаційний бот",
    "Чат-бот",
    "Бот для замовлень",
    "Support",
    "Sales",
    "Delivery status",
    "Booking bot",
    "Order desk",
    "Feedback",
    "Appointment bot",
    "Loyalty club",
    "Hotline",
    "Job applications",
];

const FIRMS: [&str; 12] = [
    "«Нова крамниця»",
    "«Аптека 24»",
    "ОСББ «Затишок»",
    "«Їжа вдома»",
    "«Ґанок»",
    "«Книгарня Є»",
    "Clinic Plus",
    "Farm Market",
    "North Travel",
    "City Gym",
    "Auto Parts",
    "Pet World",
];

const PLACES: [&str; 14] = [
    "Київ",
    "Львів",
    "Одеса",
    "Харків",
    "Дніпро",
    "Вінниця",
    "Полтава",
    "Чернівці",
    "Івано-Франківськ",
    "Ужгород",
    "Kyiv",
    "Warsaw",
    "Kraków",
    "Berlin",
];

/// A search that finds one name in twenty, by its beginning.
pub const PREFIX: &str = "чат-бот";
/// A search that finds one name in five, wherever the word stands.
pub const FREQUENT_PART: &str = "*бот*";
/// A search that finds [`RARE`] names, wherever the word stands.
pub const RARE_PART: &str = "*ювілейн*";
/// How many names hold the rare word.
pub const RARE: u32 = 12;

/// The name of the gateway number `index` of `count`.
pub fn gateway(index: u32, count: u32, chance: &mut Chance) -> String {
    let (kind, firm, place) = (chance.pick(&KINDS), chance.pick(&FIRMS), chance.pick(&PLACES));
    let step = (count / RARE).max(1);
    let rare = if index % step == step / 2 {
        " (ювілейний)"
    } else {
        ""
    };
    format!("{kind} {firm}, {place} {}{rare}", 1 + index % 97)
}

/// The name of the flow schema number `index`; no two are alike.
pub fn flow(index: u32, chance: &mut Chance) -> String {
    let (kind, firm) = (chance.pick(&KINDS), chance.pick(&FIRMS));
    format!("{kind} {firm} {}", index + 1)
}
