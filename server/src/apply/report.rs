//! What an operator is told.

use super::reading::{FileMistake, Read, path_of};
use engine::declare::{Difference, Mistake, Plan, Step, Verb};
use model::Section;
use std::{fmt, io, io::Write};

/// So much of a text is shown, in characters.
const SHOWN: usize = 60;

/// Prints the plan: a line for each object, one for each field of it that changes, and how much it is in all.
pub(super) fn plan(plan: &Plan) {
    let mut counts = [0_usize; 3];
    for step in &plan.steps {
        let (word, count) = match step.verb {
            Verb::Create => ("create", 0),
            Verb::Update => ("update", 1),
            Verb::Keep => ("unchanged", 2),
        };
        counts[count] += 1;
        let Step { section, name, .. } = step;
        say(format_args!("{word:<9} {} “{name}”", section.object()));
        for difference in &step.differences {
            say(format_args!("            {}", difference_line(step.verb, difference)));
        }
    }
    let [create, update, keep] = counts;
    say(format_args!(
        "{create} to create, {update} to update, {keep} unchanged."
    ));
}

fn difference_line(verb: Verb, difference: &Difference) -> String {
    match difference {
        Difference::SecretSet { label } => format!("{label}: set"),
        Difference::SecretReplaced { label } => format!("{label}: replaced"),
        Difference::Text(change) => {
            let [from, to] = [&change.from, &change.to].map(|text| text.as_deref().unwrap_or_default());
            match (from.is_empty() || verb == Verb::Create, to.is_empty()) {
                (true, _) => format!("{}: {}", change.label, short(to)),
                (_, true) => format!("{}: {} → nothing", change.label, short(from)),
                _ => format!("{}: {} → {}", change.label, short(from), short(to)),
            }
        }
    }
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Prints every mistake with its place, in the order of the file; says how many there are.
pub(super) fn mistakes(read: &Read, found: Vec<Mistake>) -> usize {
    let mut lines: Vec<(u64, String)> = Vec::new();
    for mistake in &read.mistakes {
        lines.push((mistake.line, in_file(read, mistake)));
    }
    for mistake in found {
        // What was wrong with a field in the file is told already.
        let known = |path: &str| read.mistakes.iter().any(|mistake| mistake.path == path);
        lines.extend(
            placed(read, &mistake)
                .filter(|(_, path, _)| !known(path))
                .map(|(line, _, text)| (line, text)),
        );
    }
    lines.sort_by_key(|(line, _)| *line);
    for (_, line) in &lines {
        say(format_args!("{line}"));
    }
    lines.len()
}

fn in_file(read: &Read, mistake: &FileMistake) -> String {
    let FileMistake { line, path, message } = mistake;
    let path = if path.is_empty() {
        String::new()
    } else {
        format!(" {path}:")
    };
    format!("{}:{line}:{path} {message}", read.file.display())
}

/// A mistake that the rules have found: its line, its path, and what is said about it.
fn placed(read: &Read, mistake: &Mistake) -> Option<(u64, String, String)> {
    let source = read.source(mistake.section, mistake.index)?;
    let field = match mistake.section {
        Section::Flows => mistake.field.clone(),
        _ => path_of(&mistake.field),
    };
    let line = source.line_of(&mistake.field);
    let mut path = format!("{}.{field}", source.path);
    let message = &mistake.message;
    let Some(place) = &mistake.program else {
        let text = format!("{}:{line}: {path}: {message}", read.file.display());
        return Some((line, path, text));
    };
    if let Some(file) = &source.program_file {
        let (at, column) = (place.line, place.column);
        let inner = if place.path.is_empty() {
            String::new()
        } else {
            format!(" {}:", place.path)
        };
        return Some((
            line,
            path,
            format!("{}:{at}:{column}:{inner} {message}", file.display()),
        ));
    }
    let line = source
        .program
        .as_ref()
        .map_or(line, |program| program.line_at(&place.path));
    path.push_str(&place.path);
    let text = format!("{}:{line}: {path}: {message}", read.file.display());
    Some((line, path, text))
}

pub(super) fn say(line: fmt::Arguments<'_>) {
    // Whoever reads only the first lines is no reason to fail.
    let _ = writeln!(io::stdout(), "{line}");
}
