//! Chat gateways over all providers, complete enough to be enabled.

use super::{BEGINNING, BY, chance::Chance, names};
use crate::failure::Fallible;
use model::{Fields, FlowId, GatewayInput, Provider, Uri};
use sea_orm::ConnectionTrait;
use std::time::Duration;
use store::{
    Store,
    secrets::{self, NewSecret, Owner},
};

/// How many are written in one transaction.
const BATCH: u32 = 5_000;

/// Of a hundred gateways so many have each provider.
const SHARES: [(Provider, usize); 7] = [
    (Provider::TelegramBot, 30),
    (Provider::Viber, 20),
    (Provider::Messenger, 15),
    (Provider::WebChat, 12),
    (Provider::Custom, 10),
    (Provider::Infobip, 8),
    (Provider::TelegramApp, 5),
];

/// Makes so many; most have a flow schema, and most of those are enabled.
pub async fn make(store: &Store, count: u32, flows: &[FlowId], chance: &mut Chance) -> Fallible<()> {
    for first in (0..count).step_by(usize::try_from(BATCH)?) {
        let tx = store.begin().await?;
        for index in first..count.min(first + BATCH) {
            let input = input(index, count, flows, chance)?;
            let at = BEGINNING.after(Duration::from_secs(u64::from(index) * 60));
            let id = store::gateways::insert(&tx, &input, at, BY).await?;
            for (field, value) in &input.secrets {
                let nonce = chance.bytes();
                let secret = NewSecret { field, value, nonce };
                secrets::put(&tx, Owner::Gateways, id.0, &secret, at, BY).await?;
            }
        }
        tx.commit().await?;
    }
    let tx = store.begin().await?;
    tx.execute_unprepared("UPDATE gateways SET enabled = TRUE WHERE flow_id IS NOT NULL AND id % 10 < 8")
        .await?;
    tx.commit().await?;
    Ok(())
}

fn input(index: u32, count: u32, flows: &[FlowId], chance: &mut Chance) -> Fallible<GatewayInput> {
    let provider = provider(chance);
    let mut fields = Fields::defaults(provider);
    fields.set("name", names::gateway(index, count, chance));
    fields.set("uri", Uri::from_random(chance.bytes()).as_str());
    if chance.happens(85) {
        fields.set("flow", chance.pick(flows).to_string());
    }
    for (key, text) in needed(provider, chance) {
        fields.set(key, text);
    }
    fields.set("templates.join", "${first_name}, до розмови долучився оператор.");
    fields.set("templates.close", "Дякуємо за звернення!");
    GatewayInput::parse(provider, &fields, []).map_err(|errors| format!("a {provider}: {errors:?}").into())
}

fn provider(chance: &mut Chance) -> Provider {
    let mut dice = chance.below(100);
    let drawn = SHARES.into_iter().find(|(_, share)| {
        let hit = dice < *share;
        dice = dice.saturating_sub(*share);
        hit
    });
    drawn.map_or(Provider::Custom, |(provider, _)| provider)
}

/// What a provider must know before it can be enabled.
fn needed(provider: Provider, chance: &mut Chance) -> Vec<(&'static str, String)> {
    let number = (100_000_000 + chance.below(900_000_000)).to_string();
    match provider {
        Provider::TelegramBot => vec![("secret.token", format!("{number}:{}", chance.word(35)))],
        Provider::TelegramApp => vec![("settings.api_id", number), ("secret.api_hash", chance.word(32))],
        Provider::Infobip => {
            let host = chance.word(6).to_lowercase();
            vec![
                ("secret.api_key", chance.word(67)),
                ("secret.callback", chance.word(43)),
                ("settings.url", format!("https://{host}.api.infobip.com")),
            ]
        }
        Provider::Messenger => vec![
            ("settings.client_id", number),
            ("secret.client_secret", chance.word(32)),
        ],
        Provider::Viber => vec![("secret.token", chance.word(50))],
        Provider::WebChat => Vec::new(),
        Provider::Custom => vec![
            ("secret.secret", chance.word(40)),
            ("settings.webhook", format!("https://crm.example.com/replies/{number}")),
        ],
    }
}
