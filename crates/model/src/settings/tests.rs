//! Every provider's card, filled, checked, stored and shown again.

use super::*;
use crate::{
    GatewayInput,
    form::{Control, SecretShape},
};

const BOT_TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

/// A form of a provider with every required field filled and every switch on.
fn filled(provider: Provider) -> Fields {
    let mut fields = Fields::defaults(provider);
    fields.set("uri", "/abcdef");
    for field in tabs(provider).iter().flat_map(Tab::fields) {
        let text = match &field.control {
            Control::Switch => "true",
            Control::Secret {
                shape: SecretShape::Path,
                ..
            } => "callback-password",
            Control::Secret { .. } => BOT_TOKEN,
            Control::Address { schemes } => match schemes[0] {
                "wss" => "wss://calls.example/ws",
                _ => "https://a.example",
            },
            Control::Text { .. } => match field.key {
                "settings.client_id" => "123456",
                "settings.version" => "v24.0",
                "settings.channels.email.url" => "a@b.example",
                _ => "Some text",
            },
            Control::Integer { max, .. } => match field.default {
                "" => {
                    if *max > 100 {
                        "45"
                    } else {
                        "7"
                    }
                }
                default => default,
            },
            _ => continue,
        };
        fields.set(field.key, text);
    }
    fields
}

#[test]
fn every_provider_begins_with_general_and_has_templates() {
    for provider in Provider::ALL {
        let segments: Vec<_> = tabs(provider).iter().map(|tab| tab.segment).collect();
        assert_eq!(segments[0], "general", "{provider}");
        assert!(segments.contains(&"templates"), "{provider}");
    }
}

#[test]
fn keys_are_unique_and_every_condition_names_a_switch() {
    for provider in Provider::ALL {
        let mut seen = std::collections::BTreeSet::new();
        for field in tabs(provider).iter().flat_map(Tab::fields) {
            assert!(seen.insert(field.key), "{provider}: {}", field.key);
            let switch = field.when.trim_start_matches('!');
            let named = super::field(provider, switch).map(|field| &field.control);
            assert!(
                switch.is_empty() || matches!(named, Some(Control::Switch)),
                "{}",
                field.key
            );
        }
    }
}

#[test]
fn a_filled_form_is_accepted_and_comes_back_unchanged_from_the_database() {
    for provider in Provider::ALL {
        let fields = filled(provider);
        let input = GatewayInput::parse(provider, &fields, []).unwrap_or_else(|errors| {
            panic!("{provider}: {errors:?}");
        });
        let stored = serde_json::to_string(&input.settings).unwrap();
        let read: Settings = serde_json::from_str(&stored).unwrap();
        assert_eq!(read, input.settings);
        let mut shown = Fields::defaults(provider);
        read.write(&mut shown);
        for (key, text) in shown.iter().filter(|(key, _)| key.starts_with("settings.")) {
            assert_eq!(text, fields.get(key), "{provider}: {key}");
        }
    }
}

#[test]
fn a_new_form_misses_exactly_its_required_fields() {
    for provider in Provider::ALL {
        let mut fields = Fields::defaults(provider);
        fields.set("uri", "/abcdef");
        let errors = GatewayInput::parse(provider, &fields, []).unwrap_err();
        let missing: Vec<_> = errors.iter().map(|(key, _)| key).collect();
        let mut required: Vec<_> = tabs(provider)
            .iter()
            .flat_map(Tab::fields)
            .filter(|field| field.required && field.default.is_empty() && field.key != "uri")
            .filter(|field| field.is_active(|key| fields.get(key).to_owned()))
            .map(|field| field.key)
            .collect();
        required.sort_unstable();
        assert_eq!(missing, required, "{provider}");
    }
}

#[test]
fn a_secret_that_is_set_need_not_be_typed_again() {
    let mut fields = filled(Provider::Viber);
    fields.set("secret.token", "");
    assert!(GatewayInput::parse(Provider::Viber, &fields, []).is_err());
    let input = GatewayInput::parse(Provider::Viber, &fields, ["secret.token"]).unwrap();
    assert!(input.secrets.is_empty());
}

#[test]
fn a_setting_of_another_provider_is_refused() {
    let mut fields = filled(Provider::Viber);
    fields.set("settings.webhook", "https://a.example");
    let errors = GatewayInput::parse(Provider::Viber, &fields, []).unwrap_err();
    assert!(errors.get("settings.webhook").unwrap().contains("not a setting"));
}

#[test]
fn numbers_outside_their_range_are_refused_with_the_range() {
    let mut fields = filled(Provider::WebChat);
    fields.set("settings.chat.read_timeout", "29");
    fields.set("settings.captcha.threshold", "1.1");
    let errors = GatewayInput::parse(Provider::WebChat, &fields, []).unwrap_err();
    assert!(errors.get("settings.chat.read_timeout").unwrap().contains("30 to 300"));
    assert!(errors.get("settings.captcha.threshold").unwrap().contains("0 to 1"));
}

#[test]
fn what_is_switched_off_need_not_be_filled() {
    let mut fields = filled(Provider::WebChat);
    fields.set("settings.appointment.enabled", "false");
    fields.set("settings.appointment.queue", "");
    fields.set("settings.call.enabled", "false");
    fields.set("settings.call.url", "not yet");
    assert!(GatewayInput::parse(Provider::WebChat, &fields, []).is_ok());
}

#[test]
fn a_pasted_message_gives_its_token() {
    let mut fields = filled(Provider::TelegramBot);
    fields.set("secret.token", format!("Use this token:\n{BOT_TOKEN}\nKeep it safe."));
    let input = GatewayInput::parse(Provider::TelegramBot, &fields, []).unwrap();
    assert_eq!(input.secrets["secret.token"].expose(), BOT_TOKEN);
}

#[test]
fn what_was_typed_into_a_secret_is_not_sent_back() {
    let fields = filled(Provider::Custom).without_secrets(Provider::Custom);
    assert_eq!(fields.get("secret.secret"), "");
    assert_eq!(fields.get("settings.webhook"), "https://a.example");
}

#[test]
fn what_is_switched_off_has_to_fit_all_the_same() {
    for (switch, key) in [
        ("settings.appointment.enabled", "settings.appointment.queue"),
        ("settings.call.enabled", "settings.call.url"),
        ("settings.captcha.enabled", "settings.captcha.sitekey"),
    ] {
        let mut fields = filled(Provider::WebChat);
        fields.set(switch, "false");
        fields.set(key, "x".repeat(1_000_000));
        let errors = GatewayInput::parse(Provider::WebChat, &fields, []).unwrap_err();
        assert!(errors.get(key).unwrap().contains("at most"), "{key}");
    }
}

#[test]
fn a_number_that_is_switched_off_and_empty_is_its_default() {
    let mut fields = filled(Provider::WebChat);
    fields.set("settings.appointment.enabled", "false");
    fields.set("settings.appointment.days", "");
    let input = GatewayInput::parse(Provider::WebChat, &fields, []).unwrap();
    let mut shown = Fields::default();
    input.settings.write(&mut shown);
    assert_eq!(shown.get("settings.appointment.days"), "3");
}

#[test]
fn what_is_missing_is_named_by_its_label() {
    let mut fields = filled(Provider::WebChat);
    fields.set("settings.channels.whatsapp.url", " ");
    let errors = GatewayInput::parse(Provider::WebChat, &fields, []).unwrap_err();
    assert_eq!(
        errors.get("settings.channels.whatsapp.url"),
        Some("Fill in “WhatsApp”.")
    );
}
