//! The tables of flow schemas.

use super::{aims::Aims, table::Table};
use crate::{
    flows::{Flows, Spoken},
    latencies::{Latencies, milliseconds, ratio},
};

/// Echoed messages in a second, on one core.
const ECHOES: f64 = 1e6;
/// A stored state with ten variables in bytes.
const STATE_BYTES: usize = 1_000;
/// The check of a program of 2,000 nodes in milliseconds.
const CHECK_MS: f64 = 5.0;

/// The aims alone, for a run that measures nothing else.
pub fn alone(flows: &Flows) -> String {
    let mut aims = Aims::new();
    add_aims(flows, &mut aims);
    format!("{aims}\n\n{}", tables(flows))
}

/// Adds what is wanted of flows.
pub fn add_aims(flows: &Flows, aims: &mut Aims) {
    if let Some(echo) = flows.talks.first() {
        let reached = echo.per_second(&echo.interpreter);
        aims.add(
            "echoed messages a second, one core, median",
            format!("≥ {}", grouped(ECHOES)),
            grouped(reached),
            reached >= ECHOES,
        );
    }
    let [_, state] = &flows.stored;
    aims.add(
        "stored state with ten variables",
        format!("< {STATE_BYTES} bytes"),
        format!("{} bytes", state.bytes),
        state.bytes < STATE_BYTES,
    );
    let [right, _] = &flows.checked;
    let check = milliseconds(right.check.median());
    aims.add(
        "check of a program of 2,000 nodes, median",
        format!("< {CHECK_MS} ms"),
        format!("{check:.2} ms"),
        check < CHECK_MS,
    );
}

/// All of them.
pub fn tables(flows: &Flows) -> String {
    format!(
        "### Flows\n\n\
         The interpreter in the bench's own process, on one core, without a database. One message is one call of \
         `flow::step` with its event, and the effects that come back; the events are made before the clock runs. The floor \
         is a state machine for this one program, written by hand in Rust, whose effects are compared with the \
         interpreter's first. \"Stored\" reads the state from JSON before each message and writes it behind it, as the \
         server does. Messages a second by the median conversation; allocations and their bytes a message, counted by a \
         binary of its own, without those of the JavaScript engine.\n\n{talks}\n\n\
         ### Stored conversations\n\n\
         The JSON of a conversation that waits. Seven of the variables are those that each begins with: its id, the \
         gateway, the peer, the first message.\n\n{stored}\n\n\
         ### The check of a program\n\n\
         `flow::parse` from the text to the checked program or to all its mistakes. The floor reads the JSON with \
         serde_json and looks at nothing. In the second program the nodes that hold no others are misspelt, and for each \
         the nearest known name is found. Milliseconds.\n\n{checked}",
        talks = talks(&flows.talks),
        stored = stored(flows),
        checked = checked(flows),
    )
}

fn talks(talks: &[Spoken]) -> Table {
    let mut table = Table::new(&[
        "talk",
        "nodes",
        "run a message",
        "floor",
        "interpreter",
        "× floor",
        "nodes a second",
        "stored",
        "allocations",
        "bytes",
    ]);
    for talk in talks {
        let a_second = |latencies: &Latencies| talk.per_second(latencies);
        table.push(vec![
            talk.title.to_owned(),
            talk.nodes.to_string(),
            format!("{:.1}", talk.nodes_a_message),
            grouped(a_second(&talk.floor)),
            grouped(a_second(&talk.interpreter)),
            format!("{:.1}", ratio(talk.interpreter.median(), talk.floor.median())),
            grouped(a_second(&talk.interpreter) * talk.nodes_a_message),
            grouped(a_second(&talk.kept)),
            format!("{:.1}", talk.allocations.count),
            format!("{:.0}", talk.allocations.bytes),
        ]);
    }
    table
}

fn stored(flows: &Flows) -> Table {
    let mut table = Table::new(&["conversation", "variables", "bytes"]);
    for state in &flows.stored {
        table.push(vec![
            state.title.to_owned(),
            state.variables.to_string(),
            state.bytes.to_string(),
        ]);
    }
    table
}

fn checked(flows: &Flows) -> Table {
    let mut table = Table::new(&[
        "nodes",
        "bytes",
        "mistakes",
        "serde_json p50",
        "p95",
        "check p50",
        "p95",
        "× floor",
    ]);
    for program in &flows.checked {
        let mut row = vec![
            program.nodes.to_string(),
            program.bytes.to_string(),
            program.mistakes.to_string(),
        ];
        for latencies in [&program.floor, &program.check] {
            row.extend([500, 950].map(|per_mille| format!("{:.2}", milliseconds(latencies.within(per_mille)))));
        }
        row.push(format!("{:.1}", ratio(program.check.median(), program.floor.median())));
        table.push(row);
    }
    table
}

/// A whole number with a comma before each three digits.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn large_numbers_have_commas() {
        assert_eq!(grouped(999.0), "999");
        assert_eq!(grouped(1_000.4), "1,000");
        assert_eq!(grouped(1_671_313.0), "1,671,313");
    }
}
