//! The processor time that a process took, all its threads together.

use crate::failure::Fallible;
use std::{fs, process::Command, time::Duration};

/// Asks the system about a process.
pub fn of(process: u32) -> Fallible<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let output = Command::new("getconf").arg("CLK_TCK").output()?;
    let a_second: u32 = String::from_utf8(output.stdout)?.trim().parse()?;
    Ok(Duration::from_secs(ticks(&stat)?) / a_second)
}

/// In user mode and in the system's, in ticks.
fn ticks(stat: &str) -> Fallible<u64> {
    // The name of the program may hold spaces and parentheses; what follows it does not.
    let (_, rest) = stat.rsplit_once(')').ok_or("the system tells no processor time")?;
    let mut fields = rest.split_whitespace().skip(11).map(str::parse::<u64>);
    let mut next = || fields.next().ok_or("the system tells no processor time");
    Ok(next()?? + next()??)
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn user_and_system_time_are_added() {
        let stat = "77 (a (b) c) S 1 77 77 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 9 0 100 1 1";
        assert_eq!(ticks(stat).unwrap(), 300);
        assert!(ticks("77 (a) S 1").is_err());
    }
}
