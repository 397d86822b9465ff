//! How two versions of a program differ, line by line.

use super::state::History;
use leptos::prelude::*;
use model::{Against, DiffKind, DiffLine, ProgramDifference};

/// The difference of the chosen version, with the choice of what it is compared with.
#[component]
pub(super) fn DifferencePanel(history: History) -> impl IntoView {
    view! {
        <section class="versions-difference" aria-label="Difference">
            <fieldset class="segments">
                <legend class="visually-hidden">"Compare"</legend>
                <Choice history against=Against::Previous label="What it changed"/>
                <Choice history against=Against::Present label="What has changed since"/>
            </fieldset>
            // Always there: what appears together with its words is not read aloud everywhere.
            <p class="versions-summary" role="status">{move || history.difference.get().and_then(Result::ok).map(summary)}</p>
            {move || match history.difference.get() {
                None if history.chosen.get().is_none() => ().into_any(),
                None => view! { <p class="muted" aria-busy="true">"Loading…"</p> }.into_any(),
                Some(Err(error)) => view! { <p class="field-error" role="alert">{error.message}</p> }.into_any(),
                Some(Ok(difference)) => view! { <Difference difference/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Choice(history: History, against: Against, label: &'static str) -> impl IntoView {
    view! {
        <label class="segment">
            <input
                class="visually-hidden"
                type="radio"
                name="versions-against"
                prop:checked=move || history.against.get() == against
                on:change=move |_| history.against.set(against)
            />
            {label}
        </label>
    }
}

/// How much differs.
fn summary(difference: ProgramDifference) -> AnyView {
    let ProgramDifference { older, lines, .. } = difference;
    if lines.is_empty() {
        return "The programs are the same.".into_any();
    }
    let count = |kind| lines.iter().filter(|line| line.kind == kind).count();
    let (added, removed) = (count(DiffKind::Added), count(DiffKind::Removed));
    view! {
        {older.is_none().then_some("The first program. ")}
        <ins>{in_words(added)} " added"</ins>
        ", "
        <del class="plain">{in_words(removed)} " removed"</del>
    }
    .into_any()
}

/// The lines that differ, with some around them.
#[component]
fn Difference(difference: ProgramDifference) -> impl IntoView {
    let ProgramDifference { lines, cut, .. } = difference;
    if lines.is_empty() {
        return ().into_any();
    }
    let mut last = (0, 0);
    let rows: Vec<_> = lines
        .into_iter()
        .map(|line| {
            let gap = skips(&mut last, &line);
            (
                gap.then(|| view! { <li class="diff-gap" aria-label="Lines that are the same"></li> }),
                row(line),
            )
        })
        .collect();
    view! {
        <div class="diff-frame" tabindex="0" role="group" aria-label="Lines">
            <ol class="diff">{rows}</ol>
        </div>
        {cut.then(|| view! { <p class="muted">"The rest is left out: there are too many lines."</p> })}
    }
    .into_any()
}

fn in_words(lines: usize) -> String {
    match lines {
        1 => "1 line".to_owned(),
        lines => format!("{lines} lines"),
    }
}

/// Whether unchanged lines were left out before this one.
fn skips(last: &mut (u32, u32), line: &DiffLine) -> bool {
    let old = line.old_line.unwrap_or(last.0);
    let new = line.new_line.unwrap_or(last.1);
    let skipped = old > last.0 + 1 || new > last.1 + 1;
    *last = (old, new);
    skipped
}

fn row(line: DiffLine) -> impl IntoView {
    let DiffLine {
        kind,
        text,
        old_line,
        new_line,
    } = line;
    let (look, sign, word) = match kind {
        DiffKind::Same => ("diff-line", " ", ""),
        DiffKind::Added => ("diff-line diff-added", "+", "Added: "),
        DiffKind::Removed => ("diff-line diff-removed", "−", "Removed: "),
    };
    let number = |line: Option<u32>| line.map(|line| line.to_string()).unwrap_or_default();
    view! {
        <li class=look>
            <span class="diff-number" aria-hidden="true">{number(old_line)}</span>
            <span class="diff-number" aria-hidden="true">{number(new_line)}</span>
            <span class="diff-sign" aria-hidden="true">{sign}</span>
            <span class="visually-hidden">{word}</span>
            <code class="diff-text">{text}</code>
        </li>
    }
}
