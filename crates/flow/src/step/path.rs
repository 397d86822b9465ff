//! How a place in a program is told to people.

use crate::program::{Place, Program};

/// The path of a node: `[3].if.then[0].sendText`, in a called flow `flow 60 [0].httpRequest`.
pub(crate) fn of(program: &Program, flow: Option<&str>, place: Place) -> Option<String> {
    let list = program.lists.get(place.list.0 as usize)?;
    let node = list.nodes.get(place.index as usize)?;
    let (path, index, name) = (&list.path, place.index, node.name);
    Some(match flow {
        None => format!("{path}[{index}].{name}"),
        Some(flow) => format!("flow {flow} {path}[{index}].{name}"),
    })
}
