//! Prints the reference of all nodes, as it stands in `docs/FLOWS.md`.

fn main() {
    print!("{}", flow::catalogue::reference());
}
