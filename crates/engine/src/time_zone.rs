//! Time zones by name.

use jiff::tz::TimeZone;

/// Finds a time zone by its IANA name, in any letter case; gives the name as it is listed.
///
/// # Errors
///
/// A sentence that says what is expected.
pub fn time_zone(name: &str) -> Result<String, String> {
    match TimeZone::get(name) {
        Ok(zone) => Ok(zone.iana_name().unwrap_or(name).to_owned()),
        Err(_) => Err("use the IANA name of a time zone, such as Europe/Kyiv or UTC".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_found_by_its_name_and_nothing_else() {
        assert_eq!(time_zone("Europe/Kyiv").unwrap(), "Europe/Kyiv");
        assert_eq!(time_zone("europe/kyiv").unwrap(), "Europe/Kyiv");
        assert_eq!(time_zone("UTC").unwrap(), "UTC");
        for wrong in ["", "Kyiv", "Europe/Atlantis", "+02:00", "../etc/passwd"] {
            assert!(time_zone(wrong).unwrap_err().contains("IANA"), "{wrong}");
        }
    }
}
