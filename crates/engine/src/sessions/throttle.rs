//! Slows down who guesses passwords, by account and by address.
//!
//! An attempt counts before the password is looked at, so that many at once don't slip through.

use crate::Context;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use model::Timestamp;
use sha2::{Digest, Sha256};
use std::{
    net::{IpAddr, Ipv6Addr},
    time::Duration,
};
use store::Tx;

/// Failures that cost nothing: of one account, and from one address, behind which many people may be.
const FREE_OF_ACCOUNT: u64 = 5;
const FREE_OF_ADDRESS: u64 = 30;
/// The longest pause.
const LONGEST: Duration = Duration::from_mins(15);
/// After so long without a failure all is forgotten.
const FORGET: Duration = Duration::from_hours(1);

/// Folded names up to so many bytes are their own keys; nobody has a longer one that matters.
const LONGEST_NAME: usize = 200;

/// One attempt, counted as failed until [`Attempt::succeeded`].
pub(super) struct Attempt {
    account: String,
    address: String,
    at: Timestamp,
    /// When this address had failed before.
    earlier: Timestamp,
}

/// The key under which an account's failures count; a name of any length has one that fits into an index.
pub(crate) fn account_key(name: &str) -> String {
    let folded = store::fold(name.trim());
    if folded.len() <= LONGEST_NAME {
        format!("account:{folded}")
    } else {
        format!("account#{}", BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(folded)))
    }
}

/// The key of an address. Whoever has one IPv6 address has 2^64 of them, so their network counts.
fn address_key(address: &str) -> String {
    match address.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V6(ip)) => {
            let network = Ipv6Addr::from_bits(ip.to_bits() & (u128::MAX << 64));
            format!("address:{network}/64")
        }
        Ok(ip) => format!("address:{ip}"),
        Err(_) => format!("address:{address}"),
    }
}

/// Counts one attempt as failed; or, when it comes too early, the seconds to wait.
pub(super) async fn attempt(cx: &Context, name: &str, address: &str) -> Result<Result<Attempt, u64>, store::Error> {
    let now = cx.now();
    let (account, address) = (account_key(name), address_key(address));
    let tx = cx.store.begin().await?;
    let mut earlier = Timestamp::default();
    for (key, free) in [(&account, FREE_OF_ACCOUNT), (&address, FREE_OF_ADDRESS)] {
        if let Some(failures) = store::sign_in_failures::hold(&tx, key, now).await? {
            let left = pause(failures.count, free).saturating_sub(now.since(failures.last_at));
            if !left.is_zero() {
                return Ok(Err(left.as_millis().div_ceil(1_000).try_into().unwrap_or(u64::MAX)));
            }
            earlier = failures.last_at;
        } else {
            earlier = Timestamp::default();
        }
    }
    let forget = i64::try_from(FORGET.as_millis()).unwrap_or(i64::MAX);
    let since = Timestamp(now.0.saturating_sub(forget));
    for key in [&account, &address] {
        store::sign_in_failures::record(&tx, key, now, since).await?;
    }
    tx.commit().await?;
    Ok(Ok(Attempt {
        account,
        address,
        at: now,
        earlier,
    }))
}

impl Attempt {
    /// The password was right: the account's failures are forgotten, and of the address's this attempt only, for an account
    /// of one's own must not make guessing others' cheaper.
    pub(super) async fn succeeded(&self, tx: &Tx) -> Result<(), store::Error> {
        store::sign_in_failures::clear(tx, &self.account).await?;
        store::sign_in_failures::take_back(tx, &self.address, self.at, self.earlier).await
    }
}

/// The pause after so many failures: none at first, then 1 s, 2 s, 4 s … up to the longest.
fn pause(failures: u64, free: u64) -> Duration {
    let Some(over) = failures.checked_sub(free) else {
        return Duration::ZERO;
    };
    let seconds = 1_u64
        .checked_shl(u32::try_from(over).unwrap_or(u32::MAX))
        .unwrap_or(u64::MAX);
    Duration::from_secs(seconds).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_up_to_fifteen_minutes() {
        assert_eq!(pause(4, 5), Duration::ZERO);
        assert_eq!(pause(5, 5), Duration::from_secs(1));
        assert_eq!(pause(8, 5), Duration::from_secs(8));
        assert_eq!(pause(500, 5), LONGEST);
    }

    #[test]
    fn a_name_of_any_length_has_a_short_key_in_any_letter_case() {
        assert_eq!(account_key(" Боб "), "account:боб");
        let (long, other) = ("Ї".repeat(1_000), "Ї".repeat(1_001));
        assert!(account_key(&long).len() < 64);
        assert_eq!(account_key(&long), account_key(&long.to_lowercase()));
        assert_ne!(account_key(&long), account_key(&other));
    }

    #[test]
    fn addresses_of_one_ipv6_network_count_together() {
        assert_eq!(address_key("2001:db8:1:2:3:4:5:6"), address_key("2001:db8:1:2::1"));
        assert_ne!(address_key("2001:db8:1:2::1"), address_key("2001:db8:1:3::1"));
        assert_eq!(address_key("::ffff:192.0.2.7"), address_key("192.0.2.7"));
        assert_eq!(address_key("unknown"), "address:unknown");
    }
}
