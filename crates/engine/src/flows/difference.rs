//! How two programs of a flow schema differ.

use super::{ProgramError, program};
use crate::{Context, access::Actor};
use model::{Against, DiffKind, DiffLine, FlowId, ProgramDifference, SavedProgram, Version};
use similar::{ChangeTag, TextDiff};
use std::time::Duration;
use tokio::sync::Semaphore;

/// How long the best difference is looked for. What is found later is right as well, but longer than it had to be.
const PATIENCE: Duration = Duration::from_millis(300);
/// How many differences are made at a time; the others wait, so that large programs don't take the server from everybody.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Compares the program that came with a version with the one before it or with the one of today. The older of the two
/// always comes first; without an older one every line counts as added.
///
/// Lines are compared without their ends, for a form that was posted without JavaScript writes other ones.
///
/// # Errors
///
/// [`ProgramError::NoProgram`] when none came with the version, or it is no longer kept.
///
/// # Panics
///
/// When comparing texts panics, which would be a fault in the product.
pub async fn difference(
    cx: &Context,
    actor: &Actor,
    id: FlowId,
    version: Version,
    against: Against,
) -> Result<ProgramDifference, ProgramError> {
    let named = program(cx, actor, id, version).await?;
    let before = (against == Against::Previous).then_some(version);
    let other = store::flows::newest_program(cx.store.read(), id, before).await?;
    let (older, newer) = match against {
        Against::Previous => (other, named),
        Against::Present => (Some(named), other.ok_or(ProgramError::NoFlow)?),
    };
    let turn = TURNS.acquire().await.expect("this semaphore is never closed");
    let compared = tokio::task::spawn_blocking(move || {
        // Kept to the end of the work, also when nobody waits for it any more.
        let _turn = turn;
        between(older, &newer, PATIENCE)
    });
    Ok(compared.await.expect("comparing texts doesn't panic"))
}

fn between(older: Option<SavedProgram>, newer: &SavedProgram, patience: Duration) -> ProgramDifference {
    let (older, text) = older.map_or((None, String::new()), |it| (Some(it.version), it.program));
    let (lines, cut) = lines(&text, &newer.program, patience);
    ProgramDifference {
        older,
        newer: newer.version,
        lines,
        cut,
    }
}

/// The changed lines with those around them, and whether there are more of them than are given.
fn lines(old: &str, new: &str, patience: Duration) -> (Vec<DiffLine>, bool) {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let diff = TextDiff::configure().timeout(patience).diff_slices(&old, &new);
    let groups = diff.grouped_ops(ProgramDifference::CONTEXT);
    let mut changes = groups.iter().flatten().flat_map(|op| diff.iter_changes(op));
    let lines = changes
        .by_ref()
        .take(ProgramDifference::MAX_LINES)
        .map(|change| DiffLine {
            kind: match change.tag() {
                ChangeTag::Equal => DiffKind::Same,
                ChangeTag::Insert => DiffKind::Added,
                ChangeTag::Delete => DiffKind::Removed,
            },
            text: change.value().to_owned(),
            old_line: change.old_index().map(number),
            new_line: change.new_index().map(number),
        });
    let lines = lines.collect();
    (lines, changes.next().is_some())
}

/// A line's number as people count.
fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DiffKind::{Added, Removed, Same};
    use std::{fmt::Write, time::Instant};

    fn shown(old: &str, new: &str) -> Vec<(DiffKind, String, Option<u32>, Option<u32>)> {
        let (lines, cut) = lines(old, new, Duration::from_secs(10));
        assert!(!cut);
        let shown = |line: DiffLine| (line.kind, line.text, line.old_line, line.new_line);
        lines.into_iter().map(shown).collect()
    }

    fn numbered(numbers: impl Iterator<Item = u32>) -> String {
        numbers.fold(String::new(), |mut text, n| {
            writeln!(text, "{n}").unwrap();
            text
        })
    }

    #[test]
    fn a_changed_line_stands_between_three_unchanged_ones() {
        let old = numbered(1..=20);
        let new = old.replace("10\n", "їжак\n");
        let lines = shown(&old, &new);
        let kinds: Vec<DiffKind> = lines.iter().map(|line| line.0).collect();
        assert_eq!(kinds, [Same, Same, Same, Removed, Added, Same, Same, Same]);
        assert_eq!(lines[0], (Same, "7".into(), Some(7), Some(7)));
        assert_eq!(lines[3], (Removed, "10".into(), Some(10), None));
        assert_eq!(lines[4], (Added, "їжак".into(), None, Some(10)));
        assert_eq!(lines[7], (Same, "13".into(), Some(13), Some(13)));
    }

    #[test]
    fn what_was_left_out_is_a_step_in_the_numbers() {
        let old = numbered(1..=40);
        let new = old.replace("10\n", "").replace("30\n", "x\n30\n");
        let lines = shown(&old, &new);
        let steps = lines.windows(2).filter(|pair| {
            let step = |line: &(DiffKind, String, Option<u32>, Option<u32>)| line.2.or(line.3).unwrap();
            step(&pair[1]) > step(&pair[0]) + 1
        });
        assert_eq!((lines.len(), steps.count()), (14, 1));
    }

    #[test]
    fn the_first_program_is_added_as_a_whole() {
        assert_eq!(
            shown("", "[\n]"),
            [(Added, "[".into(), None, Some(1)), (Added, "]".into(), None, Some(2))]
        );
    }

    #[test]
    fn line_ends_make_no_difference() {
        assert!(shown("[\n1\n]", "[\r\n1\r\n]\r\n").is_empty());
    }

    #[test]
    fn nothing_is_shown_of_what_is_the_same() {
        assert!(shown(&numbered(1..=1_000), &numbered(1..=1_000)).is_empty());
    }

    /// Two programs of a megabyte with hardly a line in its place: the worst that can be asked for.
    #[test]
    fn the_largest_programs_are_compared_in_bounded_time_and_the_rest_is_left_out() {
        let scattered = |factor: u64| numbered((0..170_000_u64).map(|n| u32::try_from(n * factor % 99_991).unwrap()));
        let (old, new) = (scattered(7_919), scattered(104_729));
        assert!(old.len() > 900_000 && old.len() <= model::MAX_PROGRAM_BYTES);
        let began = Instant::now();
        let (found, cut) = lines(&old, &new, Duration::from_millis(50));
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
        assert_eq!((found.len(), cut), (ProgramDifference::MAX_LINES, true));
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        for line in found {
            let at = |lines: &[&str], number: Option<u32>| number.map(|n| lines[n as usize - 1].to_owned());
            let (left, right) = (at(&old, line.old_line), at(&new, line.new_line));
            assert!(left.iter().chain(&right).all(|text| *text == line.text), "{line:?}");
            assert_eq!(
                (left.is_some(), right.is_some()),
                match line.kind {
                    Same => (true, true),
                    Added => (false, true),
                    Removed => (true, false),
                }
            );
        }
    }
}
