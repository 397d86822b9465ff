//! Counts what the interpreter of flow schemas allocates, and prints it as JSON; `bench` asks it.

use bench::{failure::Fallible, flows::allocations};

fn main() -> Fallible<()> {
    let counted = allocations::count(|work| {
        let info = allocation_counter::measure(work);
        (info.count_total, info.bytes_total)
    })?;
    println!("{}", serde_json::to_string(&counted)?);
    Ok(())
}
