//! Who may be called: the public internet, and what the operator has named.

use crate::special;
use ipnet::IpNet;
use std::net::IpAddr;
use url::Host;

/// Decides whether an address may be called.
///
/// The default allows the public internet only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    allowed: Vec<Allowed>,
}

/// One entry of the operator's list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Allowed {
    who: Who,
    /// None: any.
    port: Option<u16>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Who {
    /// Whatever this name leads to.
    Name(String),
    /// Whoever leads there.
    Net(IpNet),
}

/// An entry of the list that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{entry}” is not a host that can be allowed: {problem}. {HOW}")]
pub struct InvalidEntry {
    /// As it was written.
    pub entry: String,
    /// What is wrong with it, half a sentence.
    pub problem: String,
}

const HOW: &str = "Write a host (intranet.example.org), a host and a port (localhost:8080, [fd00::1]:8080) or a network \
                   (10.1.0.0/16).";

impl Guard {
    /// Reads the operator's list.
    ///
    /// A name is allowed wherever it leads, so name only what the operator's own DNS answers for. An address or a network is
    /// allowed for every name that leads there. Without a port all ports are meant.
    ///
    /// # Errors
    ///
    /// [`InvalidEntry`] names the first entry that is none of these.
    pub fn parse<T: AsRef<str>>(entries: impl IntoIterator<Item = T>) -> Result<Self, InvalidEntry> {
        let parse = |entry: T| {
            let entry = entry.as_ref();
            Allowed::parse(entry.trim()).map_err(|problem| InvalidEntry {
                entry: entry.to_owned(),
                problem,
            })
        };
        let allowed = entries.into_iter().map(parse).collect::<Result<_, _>>()?;
        Ok(Self { allowed })
    }

    /// Checks one address that a host leads to.
    ///
    /// # Errors
    ///
    /// What the address is (see [`special`]) when it may not be called.
    pub fn check(&self, host: &Host<String>, port: u16, ip: IpAddr) -> Result<(), &'static str> {
        let Some(what) = special(ip) else { return Ok(()) };
        let fits = |allowed: &Allowed| allowed.port.is_none_or(|only| only == port) && allowed.who.fits(host, ip);
        if self.allowed.iter().any(fits) {
            Ok(())
        } else {
            Err(what)
        }
    }
}

impl Guard {
    /// Whether the operator has named this very host: its name, or its address or a network around that.
    ///
    /// Where a name leads is not looked up, so a name inside an allowed network doesn't count.
    pub(crate) fn names(&self, host: &Host<String>, port: u16) -> bool {
        let who = |allowed: &Allowed| match (&allowed.who, host) {
            (Who::Net(net), Host::Ipv4(ip)) => net.contains(&IpAddr::V4(*ip)),
            (Who::Net(net), Host::Ipv6(ip)) => net.contains(&IpAddr::V6(*ip)),
            (Who::Name(name), Host::Domain(domain)) => name == without_dot(domain),
            (Who::Net(_), Host::Domain(_)) | (Who::Name(_), Host::Ipv4(_) | Host::Ipv6(_)) => false,
        };
        let fits = |allowed: &Allowed| allowed.port.is_none_or(|only| only == port) && who(allowed);
        self.allowed.iter().any(fits)
    }
}

impl Who {
    fn fits(&self, host: &Host<String>, ip: IpAddr) -> bool {
        match (self, host) {
            (Self::Name(name), Host::Domain(domain)) => name == without_dot(domain),
            (Self::Name(_), Host::Ipv4(_) | Host::Ipv6(_)) => false,
            (Self::Net(net), _) => net.contains(&ip),
        }
    }
}

impl Allowed {
    fn parse(entry: &str) -> Result<Self, String> {
        if entry.contains("://") || entry.contains('@') {
            return Err("it is an address of a page".to_owned());
        }
        if entry.contains('/') {
            return network(entry);
        }
        if let Ok(ip) = entry.parse::<IpAddr>() {
            return Ok(Self {
                who: Who::Net(ip.into()),
                port: None,
            });
        }
        let (host, port) = match entry.rsplit_once(':') {
            Some((host, port)) if !entry.ends_with(']') => {
                let port = parse_port(port).ok_or("its port is not a number from 1 to 65535")?;
                (host, Some(port))
            }
            Some(_) | None => (entry, None),
        };
        let who = match Host::parse(host).map_err(|error| error.to_string())? {
            Host::Domain(name) => Who::Name(without_dot(&name).to_owned()),
            Host::Ipv4(ip) => Who::Net(IpAddr::V4(ip).into()),
            Host::Ipv6(ip) => Who::Net(IpAddr::V6(ip).into()),
        };
        match who {
            Who::Name(name) if name.is_empty() || name.contains('*') => Err("it is not one host".to_owned()),
            who => Ok(Self { who, port }),
        }
    }
}

fn network(entry: &str) -> Result<Allowed, String> {
    let net: IpNet = entry.parse().map_err(|_| "it is not a network".to_owned())?;
    if net.trunc() != net {
        return Err(format!("it is one address of the network {}", net.trunc()));
    }
    Ok(Allowed {
        who: Who::Net(net),
        port: None,
    })
}

fn parse_port(text: &str) -> Option<u16> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| digits && *port > 0)
}

/// `example.org.` and `example.org` are one name.
fn without_dot(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(entry: &str, host: &str, port: u16, ip: &str) -> bool {
        let guard = Guard::parse([entry]).unwrap();
        guard
            .check(&Host::parse(host).unwrap(), port, ip.parse().unwrap())
            .is_ok()
    }

    #[test]
    fn a_name_is_allowed_wherever_it_leads_and_no_other_name_is() {
        assert!(allows("intranet", "intranet", 80, "10.0.0.1"));
        assert!(allows(" Intranet.Example. ", "intranet.example", 9_000, "fd00::1"));
        assert!(allows("bücher.example", "xn--bcher-kva.example.", 80, "127.0.0.1"));
        assert!(!allows("intranet", "sub.intranet", 80, "10.0.0.1"));
        assert!(!allows("intranet", "10.0.0.1", 80, "10.0.0.1"));
    }

    #[test]
    fn a_port_narrows_an_entry() {
        assert!(allows("localhost:8080", "localhost", 8_080, "127.0.0.1"));
        assert!(!allows("localhost:8080", "localhost", 8_081, "127.0.0.1"));
        assert!(allows("127.0.0.1:8080", "rebound.example", 8_080, "127.0.0.1"));
        assert!(!allows("127.0.0.1:8080", "127.0.0.1", 80, "127.0.0.1"));
        assert!(allows("[::1]:8080", "[::1]", 8_080, "::1"));
        assert!(!allows("[::1]:8080", "[::1]", 80, "::1"));
    }

    #[test]
    fn a_host_is_named_by_itself_and_not_by_where_it_leads() {
        let guard = Guard::parse(["intranet:8080", "10.1.0.0/16"]).unwrap();
        let names = |host: &str, port| guard.names(&Host::parse(host).unwrap(), port);
        assert!(names("intranet", 8_080));
        assert!(names("10.1.2.3", 80));
        for (host, port) in [("intranet", 80), ("other", 8_080), ("10.2.0.1", 80), ("[fd00::1]", 80)] {
            assert!(!names(host, port), "{host}:{port}");
        }
    }

    #[test]
    fn a_network_is_allowed_for_every_name() {
        assert!(allows("10.1.0.0/16", "a.example", 80, "10.1.255.255"));
        assert!(!allows("10.1.0.0/16", "a.example", 80, "10.2.0.0"));
        assert!(!allows("10.1.0.0/16", "a.example", 80, "::ffff:10.1.0.1"));
        assert!(allows("fd00::/8", "a.example", 80, "fd12::1"));
        for address in ["::1", "[::1]"] {
            assert!(allows(address, "[::1]", 80, "::1"), "{address}");
        }
        assert!(allows("127.1", "127.0.0.1", 80, "127.0.0.1"));
    }

    #[test]
    fn the_public_internet_needs_no_entry() {
        let ip = "8.8.8.8".parse().unwrap();
        assert_eq!(
            Guard::default().check(&Host::parse("dns.google").unwrap(), 443, ip),
            Ok(())
        );
    }

    #[test]
    fn a_wrong_entry_is_named() {
        for entry in [
            "",
            " ",
            ":80",
            "http://intranet",
            "http://intranet/",
            "user@intranet",
            "intranet:",
            "intranet:0",
            "intranet:65536",
            "intranet:+80",
            "intranet:http",
            "10.0.0.1/8",
            "10.0.0.0/33",
            "10.0.0.0/8:80",
            "intranet/8",
            "fe80::1%eth0",
            "[::1",
            "fd00::1:",
            "*.example.org",
            "*",
            ".",
            "a b",
            "300.1.1.1",
            "[::1]x:80",
            "::1]:80",
            "[::1]:",
        ] {
            let error = Guard::parse(["fine.example", entry]).unwrap_err();
            assert_eq!(error.entry, entry);
            assert!(error.to_string().starts_with(&format!("“{entry}” is not")), "{error}");
        }
    }
}
