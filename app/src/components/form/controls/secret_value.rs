//! The input of a secret, while one is typed.

use crate::components::{copy_button::CopyButton, form::bound::Bound, icon::Icon};
use leptos::{ev::ClipboardEvent, html, prelude::*};
use model::form::SecretShape;

/// The input, with buttons to look at what is typed and to make a random secret.
///
/// It is masked by the style, not `type=password`: browsers would offer to remember it as a password of the site.
#[component]
pub fn SecretValue(
    /// The field.
    bound: Bound,
    /// Whether the page offers to make one.
    generate: bool,
    /// What it looks like.
    shape: SecretShape,
    /// Whether the input is shown.
    open: Memo<bool>,
) -> impl IntoView {
    let text = bound.text();
    let seen = RwSignal::new(false);
    let made = RwSignal::new(false);
    let node = NodeRef::<html::Input>::new();
    // Opened by "Replace": the next key belongs to the new secret.
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if now
            && before == Some(false)
            && let Some(input) = node.get_untracked()
        {
            request_animation_frame(move || _ = input.focus());
        }
        if !now {
            seen.set(false);
            made.set(false);
        }
        now
    });
    let generate_one = move |_| {
        if let Some(secret) = random_secret(shape) {
            bound.enter(secret);
            seen.set(true);
            made.set(true);
        }
    };
    // A line break would be lost in a single line, and with it the end of the secret.
    let paste = move |event: ClipboardEvent| {
        let pasted = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok());
        if let Some(pasted) = pasted.filter(|pasted| shape.clean(pasted) != pasted) {
            event.prevent_default();
            bound.enter(shape.clean(&pasted));
        }
    };
    let type_in = move |event| {
        made.set(false);
        bound.enter(event_target_value(&event));
    };
    let buttons_hidden = move || !open.get();
    let label = bound.field.label;
    view! {
        <input
            class="input mono shown-without-js"
            class:masked=move || !seen.get()
            type="text"
            id=bound.id()
            name=bound.key()
            autocomplete="off"
            spellcheck="false"
            autocapitalize="off"
            node_ref=node
            hidden=move || !open.get()
            prop:value=text
            disabled=move || bound.is_disabled()
            aria-required=bound.required()
            aria-invalid=bound.invalid()
            aria-describedby=bound.described_by()
            on:input=type_in
            on:paste=paste
            on:blur=move |_| bound.leave()
        />
        <button
            class="button button-icon needs-js"
            type="button"
            aria-label=format!("Show {label}")
            aria-pressed=move || seen.get().to_string()
            data-tip="Show what is typed"
            hidden=move || buttons_hidden() || text.with(String::is_empty)
            on:click=move |_| seen.update(|seen| *seen = !*seen)
        >
            <Icon name="eye"/>
        </button>
        {generate.then(|| view! {
            <span hidden=move || buttons_hidden() || !made.get()>
                <CopyButton text label=format!("Copy {label}") what=label class="button button-icon needs-js"/>
            </span>
            <button
                class="button button-small needs-js"
                type="button"
                hidden=move || buttons_hidden() || bound.form.is_read_only()
                disabled=move || bound.is_disabled()
                on:click=generate_one
            >
                "Generate"
            </button>
            <p class="field-hint" role="status">
                {move || made.get().then_some("Copy it now: it cannot be shown again once it is saved.")}
            </p>
        })}
    }
}

/// Random bytes of the browser's own generator: 32 in the URL-safe base 64 alphabet, or 24 as webhooks write a key.
fn random_secret(shape: SecretShape) -> Option<String> {
    match shape {
        SecretShape::Any | SecretShape::BotToken | SecretShape::Path => Some(base_64(random::<32>()?, *b"-_")),
        SecretShape::Webhook => Some(format!("whsec_{}", base_64(random::<24>()?, *b"+/"))),
    }
}

fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0_u8; N];
    window()
        .crypto()
        .ok()?
        .get_random_values_with_u8_array(&mut bytes)
        .ok()?;
    Some(bytes)
}

/// Base 64 without padding; the two alphabets differ in the last two digits.
fn base_64<const N: usize>(bytes: [u8; N], last: [u8; 2]) -> String {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let digit = |value: u32| {
        ALPHABET
            .iter()
            .chain(&last)
            .nth(value as usize)
            .copied()
            .map(char::from)
    };
    let digits = bytes.chunks(3).flat_map(|chunk| {
        let bits = chunk.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        (0..=chunk.len()).filter_map(move |place| digit(bits >> (18 - 6 * place) & 63))
    });
    digits.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_in_either_alphabet() {
        assert_eq!(base_64([0xfb, 0xff, 0xbf], *b"+/"), "+/+/");
        assert_eq!(base_64([0xfb, 0xff, 0xbf, 0x01], *b"-_"), "-_-_AQ");
        assert_eq!(base_64(*b"chat", *b"+/"), "Y2hhdA");
    }
}
