//! Whether Telegram can call us, or has to be asked.

use crate::{Account, Endpoints, Mode};
use url::{Host, Url};

/// The ports that Telegram calls.
const PORTS: [u16; 4] = [443, 80, 88, 8443];

/// A webhook where the messenger can reach it, else polling.
///
/// A Bot API server of the operator's own calls any address; Telegram itself calls public ones with https only.
pub(super) fn mode(account: &Account) -> Mode {
    if account.is_public && (!is_cloud(account) || telegram_calls(&account.callback_url)) {
        Mode::Webhook
    } else {
        Mode::Polling
    }
}

/// Whether the Bot API is Telegram's own, not a server of the operator's.
pub(super) fn is_cloud(account: &Account) -> bool {
    account.endpoints.telegram == Endpoints::default().telegram
}

fn telegram_calls(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    let port = url.port_or_known_default();
    url.scheme() == "https"
        && port.is_some_and(|port| PORTS.contains(&port))
        && url.host().as_ref().is_some_and(is_public)
}

fn is_public(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            name != "localhost" && !name.ends_with(".localhost")
        }
        Host::Ipv4(ip) => fetch::special((*ip).into()).is_none(),
        // Telegram's webhooks speak IPv4.
        Host::Ipv6(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telegram_bot::tests::account;
    use std::sync::Arc;

    fn mode_of(address: &str) -> Mode {
        let mut account = account();
        address.clone_into(&mut account.callback_url);
        mode(&account)
    }

    #[test]
    fn telegram_calls_public_addresses_on_its_four_ports() {
        for address in [
            "https://chat.example/chat/x",
            "https://chat.example:443/chat/x",
            "https://chat.example:80/chat/x",
            "https://chat.example:88/chat/x",
            "https://chat.example:8443/chat/x",
            "https://8.8.8.8/chat/x",
        ] {
            assert_eq!(mode_of(address), Mode::Webhook, "{address}");
        }
    }

    #[test]
    fn telegram_is_asked_where_it_can_not_call() {
        for address in [
            "http://chat.example/chat/x",
            "https://chat.example:3400/chat/x",
            "https://localhost/chat/x",
            "https://localhost./chat/x",
            "https://a.localhost/chat/x",
            "https://127.0.0.1/chat/x",
            "https://10.0.0.1/chat/x",
            "https://192.168.1.1:8443/chat/x",
            "https://[2a00:1450:4001::200e]/chat/x",
            "chat.example",
        ] {
            assert_eq!(mode_of(address), Mode::Polling, "{address}");
        }
    }

    #[test]
    fn without_a_public_address_nobody_calls() {
        let mut account = account();
        account.is_public = false;
        assert_eq!(mode(&account), Mode::Polling);
        Arc::make_mut(&mut account.endpoints).telegram = Url::parse("http://127.0.0.1:8081").unwrap();
        assert_eq!(mode(&account), Mode::Polling);
    }

    #[test]
    fn a_server_of_ones_own_calls_any_address() {
        let mut account = account();
        Arc::make_mut(&mut account.endpoints).telegram = Url::parse("http://127.0.0.1:8081").unwrap();
        account.callback_url = "http://127.0.0.1:3400/chat/x".into();
        assert_eq!(mode(&account), Mode::Webhook);
    }
}
