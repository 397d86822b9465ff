//! Where the updates go: `setWebhook`, `deleteWebhook`, `getWebhookInfo`.

use super::{
    Answered,
    answer::{Failure, Told},
    bot::{Bot, Job, Webhook},
    delivery, is_on,
};
use crate::{args::Args, clock::compressed, world::World};
use serde_json::json;
use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::Semaphore;
use url::{Host, Url};

/// The most connections of a server of one's own; the cloud has a hundred.
const MOST_CONNECTIONS: i64 = 100_000;

/// Sets the webhook, or takes it off if `url` is empty.
pub(crate) fn set(world: &Arc<World>, bot: &Arc<Bot>, args: &Args, url: &str) -> Answered {
    let mut state = bot.state();
    if !url.is_empty() {
        let now = Instant::now();
        if state.next_set.is_some_and(|next| now < next) {
            return Err(Failure::retry_after(1));
        }
        state.next_set = Some(now + compressed(Duration::from_secs(1), world.options.clock));
    }
    let drop_pending = args.flag("drop_pending_updates");
    let new = if url.is_empty() {
        None
    } else {
        Some(read(world, args, url)?)
    };
    let allowed = args.json("allowed_updates").transpose()?;
    let is_same = match (&state.webhook, &new) {
        (None, None) => true,
        (Some(old), Some(new)) => same(old, new),
        _ => false,
    };
    if is_same && !drop_pending {
        state.allow(allowed);
        return Ok(Told::described(if url.is_empty() {
            "Webhook is already deleted"
        } else {
            "Webhook is already set"
        }));
    }
    state.allow(allowed);
    state.generation += 1;
    state.last_error = None;
    state.gone_since = None;
    if drop_pending {
        state.pending.clear();
    }
    let is_set = new.is_some();
    state.webhook = new.map(Arc::new);
    let generation = state.generation;
    if is_set {
        state.poll.number += 1;
        state.poll.ended_by_webhook = true;
        for (update, waiting) in &state.pending {
            let job = Job {
                update: *update,
                generation,
            };
            delivery::push(world, bot, waiting.lane, job);
        }
    }
    drop(state);
    bot.wake.notify_waiters();
    bot.lanes.hurry();
    Ok(Told::described(if is_set {
        "Webhook was set"
    } else {
        "Webhook was deleted"
    }))
}

fn read(world: &World, args: &Args, url: &str) -> Result<Webhook, Failure> {
    let is_strict = is_on(&world.telegram.strict_urls);
    let parsed = Url::parse(url).ok().filter(Url::has_host);
    let parsed = parsed.filter(|url| matches!(url.scheme(), "http" | "https"));
    let parsed = parsed.ok_or_else(|| Failure::bad("invalid webhook URL specified"))?;
    if is_strict {
        in_the_cloud(&parsed).map_err(|why| Failure::bad(format!("bad webhook: {why}")))?;
    }
    let secret = args.text("secret_token");
    if secret.len() > 256 {
        return Err(Failure::bad("secret token is too long"));
    }
    if !secret
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    {
        return Err(Failure::bad("secret token contains unallowed characters"));
    }
    let most = if is_strict { 100 } else { MOST_CONNECTIONS };
    let max_connections = args.clamped("max_connections", 40, 1, most);
    Ok(Webhook {
        url: url.to_owned(),
        secret: secret.to_owned(),
        max_connections,
        ip_address: args.text("ip_address").to_owned(),
        has_certificate: args.file("certificate").is_some(),
        permits: Semaphore::new(usize::try_from(max_connections).unwrap_or(1)),
    })
}

/// Where the cloud sends updates to.
fn in_the_cloud(url: &Url) -> Result<(), String> {
    if url.scheme() != "https" {
        return Err("An HTTPS URL must be provided for webhook".to_owned());
    }
    if !matches!(url.port_or_known_default(), Some(443 | 80 | 88 | 8443)) {
        return Err("Webhook can be set up only on ports 80, 88, 443 or 8443".to_owned());
    }
    match url.host() {
        Some(Host::Ipv6(_)) => Err("IPv6-only addresses are not allowed".to_owned()),
        Some(Host::Ipv4(ip)) if is_reserved(ip.into()) => Err(format!("IP address {ip} is reserved")),
        Some(Host::Domain(name)) if name == "localhost" || name.ends_with(".localhost") => {
            Err("IP address 127.0.0.1 is reserved".to_owned())
        }
        _ => Ok(()),
    }
}

fn is_reserved(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            let is_shared = a == 100 && (64..128).contains(&b);
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_multicast() || a == 0 || is_shared
        }
        IpAddr::V6(_) => true,
    }
}

fn same(old: &Webhook, new: &Webhook) -> bool {
    old.url == new.url
        && old.secret == new.secret
        && old.max_connections == new.max_connections
        && old.ip_address == new.ip_address
        && !old.has_certificate
        && !new.has_certificate
}

pub(crate) fn info(bot: &Bot) -> Told {
    let state = bot.state();
    let mut info = json!({ "url": "", "has_custom_certificate": false, "pending_update_count": state.pending.len() });
    if let Some(webhook) = &state.webhook {
        info["url"] = json!(webhook.url);
        info["has_custom_certificate"] = json!(webhook.has_certificate);
        info["max_connections"] = json!(webhook.max_connections);
        if !webhook.ip_address.is_empty() {
            info["ip_address"] = json!(webhook.ip_address);
        }
        if let Some((at, message)) = &state.last_error {
            info["last_error_date"] = json!(at);
            info["last_error_message"] = json!(message);
        }
    }
    if let Some(allowed) = &state.allowed {
        info["allowed_updates"] = json!(allowed);
    }
    Told::json(&info)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cloud_takes_public_https_addresses_on_four_ports() {
        let told = |url: &str| in_the_cloud(&Url::parse(url).unwrap()).err().unwrap_or_default();
        for right in ["https://a.example/x", "https://a.example:8443", "https://8.8.8.8:88/"] {
            assert_eq!(told(right), "", "{right}");
        }
        assert!(told("http://a.example").contains("HTTPS"));
        assert!(told("https://a.example:3400").contains("ports 80, 88, 443 or 8443"));
        assert!(told("https://localhost/").contains("reserved"));
        assert!(told("https://100.64.0.1/").contains("reserved"));
        assert!(told("https://[2001:db8::1]/").contains("IPv6"));
    }
}
