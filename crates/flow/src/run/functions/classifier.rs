//! The node `classifier`.

use crate::program::Classifier;
use crate::run::Scope;
use crate::run::insert::insert;

/// What parts words, besides spaces.
const BETWEEN_WORDS: &[char] = &[' ', '\t', '\n', '\r', ',', '.', ':', '?', '"', '!', ';', '(', ')'];

/// The first cluster that has a phrase which fits the input; the empty text if none has.
#[must_use]
pub fn classify<'a>(classifier: &'a Classifier, scope: &Scope) -> &'a str {
    let input = fold(&insert(&classifier.input, scope));
    let words: Vec<&str> = input.split(BETWEEN_WORDS).filter(|word| !word.is_empty()).collect();
    let all = words.join(" ");
    let fits = |phrase: &str| match (classifier.phrase_search, classifier.part) {
        (true, true) => phrase.contains(&input),
        (true, false) => phrase == input,
        (false, true) => all.contains(phrase),
        (false, false) => phrase == all || words.contains(&phrase),
    };
    let cluster = classifier
        .clusters
        .iter()
        .find(|(_, phrases)| phrases.iter().any(|p| fits(&fold(&insert(p, scope)))));
    cluster.map_or("", |(name, _)| name)
}

/// Makes upper and lower case equal, letter by letter.
fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Template;
    use crate::run::{Globals, Variables};

    fn sorted(input: &str, part: bool, phrase_search: bool) -> String {
        let clusters = [
            ("greeting", vec!["Добрий день", "вітаю"]),
            ("refund", vec!["поверн", "refund"]),
            ("street", vec!["STRASSE", "ΟΔΟΣ"]),
            ("yes", vec!["+", "${agreed}"]),
            ("warranty", vec!["Гарантія на товар 24 місяці"]),
        ];
        let clusters =
            clusters.map(|(name, phrases)| (name.into(), phrases.into_iter().map(Template::parse).collect()));
        let classifier = Classifier {
            clusters: clusters.into(),
            input: Template::parse("${said}"),
            set: Template::parse("topic"),
            part,
            phrase_search,
        };
        let mut variables = Variables::new();
        variables.write("said", input.to_owned()).unwrap();
        variables.write("agreed", "ТАК".to_owned()).unwrap();
        classify(&classifier, &Scope::new(&variables, &Globals::new())).to_owned()
    }

    #[test]
    fn a_phrase_fits_as_the_node_says() {
        let (full, part, words, phrase) = (false, true, false, true);
        let table = [
            ("Ну, ВІТАЮ!", full, words, "greeting"),
            ("добрий\n  день?", full, words, "greeting"),
            ("добрий день усім", full, words, ""),
            ("добрий день усім", part, words, "greeting"),
            ("повернення", full, words, ""),
            ("хочу (повернення)", part, words, "refund"),
            ("straße", full, words, "street"),
            ("οδος", full, words, "street"),
            ("так", full, words, "yes"),
            ("ні + так", full, words, "yes"),
            ("гарантія", part, phrase, "warranty"),
            ("гарантія", full, phrase, ""),
            ("REFUND", full, phrase, "refund"),
            ("refund!", full, phrase, ""),
            ("", full, words, ""),
            ("", part, words, ""),
        ];
        for (input, part, phrase_search, expected) in table {
            assert_eq!(sorted(input, part, phrase_search), expected, "{input}");
        }
    }

    #[test]
    fn the_first_cluster_written_wins() {
        assert_eq!(sorted("refund, вітаю", false, false), "greeting");
    }
}
