//! A field of several lines.

use super::{bound::Bound, field::FieldFrame};
use leptos::prelude::*;

/// The text of a `<textarea>` as HTML.
///
/// Set as inner HTML and not as a child: an empty child would be written as a space, and the parser drops a first
/// line break, so one is put before the text.
#[must_use]
pub fn markup_of(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("\n{escaped}")
}

/// A field of several lines without placeholders.
#[component]
pub fn TextAreaControl(
    /// The field.
    bound: Bound,
    /// How many lines are seen at first.
    #[prop(default = "3")]
    rows: &'static str,
) -> impl IntoView {
    view! {
        <FieldFrame bound>
            <textarea
                class="textarea"
                rows=rows
                id=bound.id()
                name=bound.key()
                autocomplete="off"
                inner_html=markup_of(&bound.first())
                prop:value=bound.text()
                disabled=move || bound.is_disabled()
                aria-invalid=bound.invalid()
                aria-describedby=bound.described_by()
                on:input=move |event| bound.enter(event_target_value(&event))
                on:blur=move |_| bound.leave()
            ></textarea>
        </FieldFrame>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_can_not_leave_its_textarea() {
        assert_eq!(markup_of("</textarea>&"), "\n&lt;/textarea&gt;&amp;");
    }

    #[test]
    fn an_empty_text_has_no_markup() {
        assert_eq!(markup_of(""), "");
    }
}
