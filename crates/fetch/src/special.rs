//! Which addresses are not on the public internet.
//!
//! After IANA's registries of special-purpose addresses, stricter in two ways: what is global there but serves no web site
//! (relays, anycast of protocols) counts as special, and of IPv6 only the part that is given out to networks, `2000::/3`,
//! counts as public. Whatever wraps an IPv4 address into an IPv6 one is special, whichever address it wraps.

use ipnet::{Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The first row that fits names an address.
const V4: &[(Ipv4Net, &str)] = &[
    (v4([0, 0, 0, 0], 8), "this host, RFC 791"),
    (v4([10, 0, 0, 0], 8), "a private network, RFC 1918"),
    (v4([100, 100, 100, 200], 32), "a cloud's metadata"),
    (v4([100, 64, 0, 0], 10), "a provider's inner network, RFC 6598"),
    (v4([127, 0, 0, 0], 8), "loopback, RFC 1122"),
    (v4([168, 63, 129, 16], 32), "a cloud's inner services"),
    (v4([169, 254, 169, 254], 32), "a cloud's metadata"),
    (v4([169, 254, 0, 0], 16), "link-local, RFC 3927"),
    (v4([172, 16, 0, 0], 12), "a private network, RFC 1918"),
    (v4([192, 0, 0, 0], 24), "protocol assignments, RFC 6890"),
    (v4([192, 0, 2, 0], 24), "documentation, RFC 5737"),
    (v4([192, 31, 196, 0], 24), "AS112, RFC 7535"),
    (v4([192, 52, 193, 0], 24), "multicast tunnels, RFC 7450"),
    (v4([192, 88, 99, 0], 24), "6to4 relays, RFC 7526"),
    (v4([192, 168, 0, 0], 16), "a private network, RFC 1918"),
    (v4([192, 175, 48, 0], 24), "AS112, RFC 7534"),
    (v4([198, 18, 0, 0], 15), "benchmarks, RFC 2544"),
    (v4([198, 51, 100, 0], 24), "documentation, RFC 5737"),
    (v4([203, 0, 113, 0], 24), "documentation, RFC 5737"),
    (v4([224, 0, 0, 0], 4), "multicast, RFC 1112"),
    (v4([255, 255, 255, 255], 32), "broadcast, RFC 919"),
    (v4([240, 0, 0, 0], 4), "reserved, RFC 1112"),
];

const V6: &[(Ipv6Net, &str)] = &[
    (v6([0, 0, 0, 0, 0, 0, 0, 0], 128), "this host, RFC 4291"),
    (v6([0, 0, 0, 0, 0, 0, 0, 1], 128), "loopback, RFC 4291"),
    (v6([0, 0, 0, 0, 0, 0, 0, 0], 96), "a wrapped IPv4 address, RFC 4291"),
    (
        v6([0, 0, 0, 0, 0, 0xffff, 0, 0], 96),
        "a wrapped IPv4 address, RFC 4291",
    ),
    (
        v6([0, 0, 0, 0, 0xffff, 0, 0, 0], 96),
        "a wrapped IPv4 address, RFC 2765",
    ),
    (
        v6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96),
        "a wrapped IPv4 address, RFC 6052",
    ),
    (
        v6([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48),
        "a wrapped IPv4 address, RFC 8215",
    ),
    (v6([0x100, 0, 0, 0, 0, 0, 0, 0], 32), "discarded, RFC 6666 and RFC 9780"),
    (
        v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 32),
        "a wrapped IPv4 address, RFC 4380",
    ),
    (v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), "protocol assignments, RFC 2928"),
    (v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), "documentation, RFC 3849"),
    (
        v6([0x2002, 0, 0, 0, 0, 0, 0, 0], 16),
        "a wrapped IPv4 address, RFC 3056",
    ),
    (v6([0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0], 48), "AS112, RFC 7534"),
    (v6([0x3ffe, 0, 0, 0, 0, 0, 0, 0], 16), "an ended experiment, RFC 3701"),
    (v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), "documentation, RFC 9637"),
    (v6([0x5f00, 0, 0, 0, 0, 0, 0, 0], 16), "segment routing, RFC 9602"),
    (v6([0xfd00, 0xec2, 0, 0, 0, 0, 0, 0], 32), "a cloud's metadata"),
    (v6([0xfd20, 0xce, 0, 0, 0, 0, 0, 0], 32), "a cloud's metadata"),
    (v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7), "a private network, RFC 4193"),
    (v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10), "link-local, RFC 4291"),
    (v6([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10), "site-local, RFC 3879"),
    (v6([0xff00, 0, 0, 0, 0, 0, 0, 0], 8), "multicast, RFC 4291"),
];

/// What is given out to networks; all else of IPv6 is reserved.
const GIVEN_OUT: Ipv6Net = v6([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);

/// Says what an address is when it is not on the public internet: a few words and where they are from.
#[must_use]
pub fn special(ip: IpAddr) -> Option<&'static str> {
    match ip {
        IpAddr::V4(ip) => V4.iter().find(|(net, _)| net.contains(&ip)).map(|(_, what)| *what),
        IpAddr::V6(ip) => V6
            .iter()
            .find(|(net, _)| net.contains(&ip))
            .map(|(_, what)| *what)
            .or_else(|| is_isatap(ip).then_some("a wrapped IPv4 address, RFC 5214"))
            .or_else(|| (!GIVEN_OUT.contains(&ip)).then_some("reserved, RFC 4291")),
    }
}

/// ISATAP keeps its IPv4 address behind any network's prefix.
const fn is_isatap(ip: Ipv6Addr) -> bool {
    let [_, _, _, _, high, low, _, _] = ip.segments();
    matches!(high, 0 | 0x200) && low == 0x5efe
}

const fn v4(octets: [u8; 4], prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::from_octets(octets), prefix)
}

const fn v6(segments: [u16; 8], prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::from_segments(segments), prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_addresses_are_not_special() {
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "93.184.215.14",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "149.154.167.220",
            "168.63.129.15",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "191.255.255.255",
            "192.0.1.0",
            "192.0.3.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "203.0.112.255",
            "203.0.114.0",
            "223.255.255.255",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2003::1",
            "2606:4700:4700::1111",
            "2620:4f:8001::1",
            "2a00:1450:4001::200e",
            "2a00::5efe:1:2:3",
            "3ffd:ffff::1",
            "3fff:1000::1",
        ] {
            assert_eq!(special(text.parse().unwrap()), None, "{text}");
        }
    }

    #[test]
    fn each_row_holds_from_its_first_to_its_last_address() {
        for (net, what) in V4 {
            assert_eq!(net.trunc(), *net, "{net} begins elsewhere");
            assert!(special(net.network().into()).is_some(), "{net} {what}");
            assert!(special(net.broadcast().into()).is_some(), "{net} {what}");
        }
        for (net, what) in V6 {
            assert_eq!(net.trunc(), *net, "{net} begins elsewhere");
            assert!(special(net.network().into()).is_some(), "{net} {what}");
            assert!(special(net.broadcast().into()).is_some(), "{net} {what}");
        }
    }

    #[test]
    fn special_addresses_are_named() {
        for (text, what) in [
            ("127.0.0.1", "loopback, RFC 1122"),
            ("169.254.169.254", "a cloud's metadata"),
            ("fd00:ec2::254", "a cloud's metadata"),
            ("::ffff:8.8.8.8", "a wrapped IPv4 address, RFC 4291"),
            ("64:ff9b::808:808", "a wrapped IPv4 address, RFC 6052"),
            ("2002:7f00:1::", "a wrapped IPv4 address, RFC 3056"),
            (
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "a wrapped IPv4 address, RFC 4380",
            ),
            ("2a00::200:5efe:10.0.0.1", "a wrapped IPv4 address, RFC 5214"),
            ("1::1", "reserved, RFC 4291"),
            ("4000::1", "reserved, RFC 4291"),
        ] {
            assert_eq!(special(text.parse().unwrap()), Some(what), "{text}");
        }
    }
}
