//! Any text: the check, the places of its mistakes, and the formatter.
#![no_main]

use flow::{Called, Context, Mistake, MistakeKind, Positions, Program, format, locate, parse, path_at};
use libfuzzer_sys::Corpus;

/// Mistakes whose places are looked up at most, and in how many bytes of text: each look-up reads it all.
const LOOKED_UP: usize = 24;
const READ: usize = 2 << 20;

/// One of so many changes makes a text long.
const LONG: u32 = 128;

/// What is longer is not changed any further: nearly all of the time would go into reading it.
const BRED: usize = 64 << 10;

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if seed.is_multiple_of(LONG) && size > 0 {
        repeat(data, size, max_size, seed / LONG)
    } else {
        libfuzzer_sys::fuzzer_mutate(data, size, max_size)
    }
});

/// Puts a piece of a text behind itself, again and again: what stands between the commas behind two nodes, or any piece.
fn repeat(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let text = &data[..size];
    let mut chance = Chance(seed);
    let behind_nodes = |pair: &[u8]| pair == b"},";
    let ends: Vec<usize> = text
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| behind_nodes(pair))
        .map(|(at, _)| at + 2)
        .collect();
    let mut cut = || match ends.len() {
        0 | 1 => chance.below(size + 1),
        count => ends[chance.below(count)],
    };
    let (one, other) = (cut(), cut());
    let piece = text[one.min(other)..one.max(other)].to_vec();
    let rest = text[one.max(other)..].to_vec();
    let Some(most) = max_size.saturating_sub(size).checked_div(piece.len()) else {
        return size;
    };
    let times = chance.below(most + 1);
    let grown = [piece.repeat(times), rest].concat();
    let start = one.max(other);
    data[start..start + grown.len()].copy_from_slice(&grown);
    start + grown.len()
}

/// Numbers that follow from a seed.
struct Chance(u32);

impl Chance {
    /// A number below another one, which is not 0.
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % most
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| -> Corpus {
    let text = String::from_utf8_lossy(bytes);
    let alone = parse(&text, &Context::default());
    places(&text, &alone);
    let among = parse(
        &text,
        &Context {
            id: Some("7"),
            flows: Some(&flows),
        },
    );
    places(&text, &among);
    if let Ok(program) = &among {
        assert_eq!(alone.as_ref(), Ok(program), "other flows change no program");
    }
    layout(&text, &alone);
    if text.len() > BRED {
        Corpus::Reject
    } else {
        Corpus::Keep
    }
});

/// Flow 8 calls the flow that is being saved, 9 calls itself, 10 nothing; there are no others.
fn flows(id: &str) -> Option<Called> {
    let (name, calls) = match id {
        "7" => ("Own", vec![]),
        "8" => ("Back", vec!["7"]),
        "9" => ("Ring", vec!["10", "9"]),
        "10" => ("Last", vec![]),
        _ => return None,
    };
    Some(Called {
        name: name.to_owned(),
        calls: calls.into_iter().map(str::to_owned).collect(),
    })
}

type Found = Result<Program, Vec<Mistake>>;

/// Every mistake has a place inside the text, and a path that leads there or to what holds it.
fn places(text: &str, found: &Found) {
    let Err(mistakes) = found else { return };
    assert!(!mistakes.is_empty() && mistakes.len() <= flow::MAX_MISTAKES + 1);
    assert!(mistakes.is_sorted_by_key(|mistake| mistake.bytes.start));
    let units = text.encode_utf16().count();
    let positions = Positions::new(text);
    for mistake in mistakes {
        assert!(
            text.get(mistake.bytes.clone()).is_some(),
            "{mistake:?} is on no borders of letters"
        );
        assert!(
            mistake.utf16.start <= mistake.utf16.end && mistake.utf16.end <= units,
            "{mistake:?}"
        );
        assert_eq!(
            positions.of_utf16(mistake.utf16.start).byte,
            mistake.bytes.start,
            "{mistake:?}"
        );
        assert_eq!(
            positions.of_utf16(mistake.utf16.end).byte,
            mistake.bytes.end,
            "{mistake:?}"
        );
        assert!(!mistake.message.is_empty(), "{mistake:?}");
    }
    // Behind so many mistakes it is not told any more which names stand twice.
    let is_full = mistakes.len() > flow::MAX_MISTAKES;
    let doubled: Vec<&str> = mistakes
        .iter()
        .filter(|mistake| mistake.kind == MistakeKind::Duplicate && mistake.message.contains("in the same object"))
        .map(|mistake| mistake.path.as_str())
        .collect();
    let looked_up = (READ / text.len().max(1)).clamp(1, LOOKED_UP);
    for mistake in mistakes.iter().step_by(mistakes.len().div_ceil(looked_up)) {
        counted(text, mistake);
        let path = mistake.path.as_str();
        let Some(here) = path_at(text, mistake.bytes.start) else {
            assert_eq!(path, "", "a text that is no JSON has no paths");
            continue;
        };
        // What a mistake lacks is not there; what holds it is.
        let holder = holder(path);
        assert!(
            is_in(&here, path) || is_in(&here, holder),
            "{mistake:?} stands at {here}"
        );
        // Of two members with one name a path leads to the first, whichever was meant.
        if is_full || doubled.iter().any(|twice| is_in(path, twice)) {
            continue;
        }
        let range = locate(text, path).or_else(|| locate(text, holder));
        let range = range.unwrap_or_else(|| panic!("nothing is where {mistake:?} is"));
        let inside = range.start <= mistake.bytes.start && mistake.bytes.end <= range.end;
        assert!(inside || path.is_empty(), "{mistake:?} is outside of {range:?}");
    }
}

/// Whether a path is another one or leads into it.
fn is_in(path: &str, other: &str) -> bool {
    path.strip_prefix(other)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Line, column and UTF-16 offset are those that counting from the start gives.
fn counted(text: &str, mistake: &Mistake) {
    let before = &text[..mistake.bytes.start];
    let lines = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
    assert_eq!(
        (mistake.line as usize, mistake.column as usize),
        (lines, column),
        "{mistake:?}"
    );
    assert_eq!(mistake.utf16.start, before.encode_utf16().count(), "{mistake:?}");
}

/// A path without its last step.
fn holder(path: &str) -> &str {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let is_step = |step: &str| match step.strip_prefix('.') {
        Some(name) => name.bytes().all(plain),
        None => serde_json::from_str::<[serde_json::Value; 1]>(step).is_ok(),
    };
    let mut starts = path.match_indices(['.', '[']).map(|(at, _)| at).rev();
    let end = starts.find(|at| is_step(&path[*at..]));
    &path[..end.unwrap_or_default()]
}

/// The layout changes neither the meaning nor, a second time, itself.
fn layout(text: &str, found: &Found) {
    let Ok(formatted) = format(text) else { return };
    assert_eq!(format(&formatted).as_ref(), Ok(&formatted), "formatting twice");
    match (found, parse(&formatted, &Context::default())) {
        (Ok(before), Ok(after)) => assert_eq!(before, &after),
        (Err(before), Err(after)) => {
            assert!(
                before.iter().map(told).eq(after.iter().map(told)),
                "{before:?}\n{after:?}"
            );
        }
        (before, after) => panic!("formatting makes {before:?} into {after:?}"),
    }
}

/// What is wrong, wherever it stands in the text.
fn told(mistake: &Mistake) -> (&str, MistakeKind, &str) {
    (&mistake.path, mistake.kind, &mistake.message)
}
