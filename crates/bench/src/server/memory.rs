//! What a process holds of the machine's memory.

use crate::failure::Fallible;
use std::fs;

/// Resident memory, in KiB.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    /// All of it.
    pub resident: u64,
    /// The part that is not backed by a file: heap and stacks.
    pub anonymous: u64,
    /// The part that is backed by files: the binary and the mapped database, which the system can drop at will.
    pub of_files: u64,
}

impl Memory {
    /// Asks the system about a process.
    pub fn of(process: u32) -> Fallible<Self> {
        let status = fs::read_to_string(format!("/proc/{process}/status"))?;
        Ok(Self {
            resident: field(&status, "VmRSS:")?,
            anonymous: field(&status, "RssAnon:")?,
            of_files: field(&status, "RssFile:")?,
        })
    }
}

fn field(status: &str, name: &str) -> Fallible<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|rest| rest.split_whitespace().next());
    Ok(number
        .ok_or_else(|| format!("the system does not tell {name}"))?
        .parse()?)
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn a_field_is_its_number_of_kib() {
        let status = "Name:\tserver\nVmRSS:\t   12345 kB\nRssAnon:\t 6789 kB\n";
        assert_eq!(field(status, "VmRSS:").unwrap(), 12_345);
        assert_eq!(field(status, "RssAnon:").unwrap(), 6_789);
        assert!(field(status, "RssFile:").is_err());
    }
}
