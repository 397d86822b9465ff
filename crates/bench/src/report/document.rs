//! `docs/BENCHMARKS.md`: the bench writes between two marks, people around them.

use crate::failure::Fallible;
use std::fs;

const PATH: &str = "docs/BENCHMARKS.md";
const BEGIN: &str = "<!-- figures: written by `make bench` -->";
const END: &str = "<!-- end of figures -->";

/// Puts the text between the marks.
pub fn replace(figures: &str) -> Fallible<()> {
    let document = fs::read_to_string(PATH)?;
    let replaced = between(&document, figures).ok_or_else(|| format!("{PATH} has lost its marks {BEGIN} and {END}"))?;
    Ok(fs::write(PATH, replaced)?)
}

fn between(document: &str, figures: &str) -> Option<String> {
    let (before, rest) = document.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", figures.trim()))
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, between};

    #[test]
    fn what_people_wrote_around_the_figures_stays() {
        let document = format!("# Title\n\n{BEGIN}\nold\n{END}\n\nRemarks\n");
        let replaced = between(&document, "new\n").unwrap();
        assert_eq!(replaced, format!("# Title\n\n{BEGIN}\n\nnew\n\n{END}\n\nRemarks\n"));
        assert_eq!(between("# Title", "new"), None);
    }
}
