//! Fields that belong together, under a heading.

use leptos::prelude::*;

/// A section of a form: heading and explanation beside its fields.
#[component]
pub fn FormSection(
    /// The heading.
    title: &'static str,
    /// A sentence under it; empty for none.
    #[prop(optional)]
    text: &'static str,
    /// Whether the fields take the whole width.
    #[prop(optional)]
    wide: bool,
    /// Whether it would do nothing without JavaScript.
    #[prop(optional)]
    needs_js: bool,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let class = match (wide, needs_js) {
        (false, false) => "form-section",
        (false, true) => "form-section needs-js",
        (true, false) => "form-section form-section-wide",
        (true, true) => "form-section form-section-wide needs-js",
    };
    view! {
        <section class=class>
            <div class="form-section-head">
                <h2 class="form-section-title">{title}</h2>
                {(!text.is_empty()).then(|| view! { <p class="form-section-text">{text}</p> })}
            </div>
            <div class="form-section-fields">{children()}</div>
        </section>
    }
}
