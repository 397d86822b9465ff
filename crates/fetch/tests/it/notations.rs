//! Any private IPv4 address, written in any way.

use crate::stand_in::{Names, get};
use fetch::{Client, Failure, Guard, special};
use proptest::prelude::*;
use std::{net::Ipv4Addr, sync::LazyLock};
use tokio::runtime::Runtime;

const PRIVATE: &[(u32, u32)] = &[
    (0x0000_0000, 8),
    (0x0a00_0000, 8),
    (0x6440_0000, 10),
    (0x7f00_0000, 8),
    (0xa9fe_0000, 16),
    (0xac10_0000, 12),
    (0xc000_0000, 24),
    (0xc000_0200, 24),
    (0xc0a8_0000, 16),
    (0xc612_0000, 15),
    (0xc633_6400, 24),
    (0xcb00_7100, 24),
    (0xe000_0000, 4),
    (0xf000_0000, 4),
];

fn private() -> impl Strategy<Value = Ipv4Addr> {
    (prop::sample::select(PRIVATE), any::<u32>())
        .prop_map(|((net, prefix), host)| Ipv4Addr::from_bits(net | (host & (u32::MAX >> prefix))))
}

/// A number in one of the three bases, perhaps with zeros in front.
fn number(value: u32, base: u8, zeros: usize) -> String {
    let zeros = "0".repeat(zeros);
    match base % 3 {
        0 => value.to_string(),
        1 => format!("0{zeros}{value:o}"),
        _ => format!("0x{zeros}{value:X}"),
    }
}

/// One to four parts, of which the last is what remains.
fn parts(ip: Ipv4Addr, count: usize, bases: [u8; 4], zeros: usize) -> String {
    let [a, b, c, _] = ip.octets().map(u32::from);
    let rest = ip.to_bits() & (u32::MAX >> (8 * (count - 1)));
    let values = [a, b, c].into_iter().take(count - 1).chain([rest]);
    let parts: Vec<_> = values
        .zip(bases)
        .map(|(value, base)| number(value, base, zeros))
        .collect();
    parts.join(".")
}

/// Digits as other scripts write them, or percent-encoded.
fn disguise(host: &str, way: u8) -> String {
    let map = |one: &dyn Fn(char) -> String| host.chars().map(one).collect();
    match way % 5 {
        0 => host.to_owned(),
        1 => format!("{host}."),
        2 => map(&|c| format!("%{:02x}", u32::from(c))),
        3 => map(&|c| char::from_u32(u32::from(c) + 0xfee0).map_or_else(String::new, String::from)),
        _ => host.replace('.', "。"),
    }
}

fn wrapped(ip: Ipv4Addr, way: u8) -> String {
    let [a, b, c, d] = ip.octets();
    let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
    match way % 8 {
        0 => format!("[::ffff:{ip}]"),
        1 => format!("[::FFFF:{high:X}:{low:X}]"),
        2 => format!("[::{ip}]"),
        3 => format!("[64:ff9b::{ip}]"),
        4 => format!("[64:ff9b:1::{high:x}:{low:x}]"),
        5 => format!("[2002:{high:x}:{low:x}::1]"),
        6 => format!("[2001:0:808:808:0:0:{:x}:{:x}]", !high, !low),
        _ => format!("[2a00:1450::5efe:{ip}]"),
    }
}

fn refused(url: &str) -> Result<(), TestCaseError> {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    static CLIENT: LazyLock<Client> =
        LazyLock::new(|| Client::builder(Guard::default()).resolver(Names::default()).build());
    let result = RUNTIME.block_on(CLIENT.send(get(url)));
    prop_assert!(
        matches!(result, Err(Failure::ForbiddenAddress { .. })),
        "{url}: {result:?}"
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_private_address_is_refused_in_every_notation(
        ip in private(), count in 1_usize..=4, bases: [u8; 4], zeros in 0_usize..4, way: u8, user in "([a-z.:]{1,9}@)?", port: u16,
    ) {
        prop_assert!(special(ip.into()).is_some());
        let host = disguise(&parts(ip, count, bases, zeros), way);
        refused(&format!("http://{user}{host}:{port}/"))?;
    }

    #[test]
    fn a_private_address_is_refused_in_every_wrapping(ip in private(), way: u8, scheme in "https?") {
        refused(&format!("{scheme}://{}/", wrapped(ip, way)))?;
    }
}
