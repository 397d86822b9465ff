//! Light, dark, or as the system has it: kept in a cookie, so that the server already writes the right one.

use leptos::{prelude::*, server::SharedValue};
use serde::{Deserialize, Serialize};

/// How the pages look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// As the system has it.
    #[default]
    System,
}

impl Theme {
    /// Every theme, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// The name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::System => "System",
        }
    }

    /// The icon that stands for it.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Light => "sun",
            Self::Dark => "moon",
            Self::System => "monitor",
        }
    }

    /// The value of `data-theme`; none for the system's own.
    #[must_use]
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
            Self::System => None,
        }
    }

    /// Reads the theme out of a `Cookie` header; anything unknown is the system's own.
    #[must_use]
    pub fn from_cookies(header: &str) -> Self {
        let value = header.split(';').find_map(|pair| pair.trim().strip_prefix("theme="));
        match value {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }
}

#[derive(Clone, Copy)]
struct CurrentTheme(RwSignal<Theme>);

/// The theme that the request's cookie asks for.
#[cfg(feature = "ssr")]
#[must_use]
pub fn requested_theme() -> Theme {
    let parts = use_context::<http::request::Parts>();
    let header = parts
        .as_ref()
        .and_then(|parts| parts.headers.get(http::header::COOKIE)?.to_str().ok());
    header.map(Theme::from_cookies).unwrap_or_default()
}

/// Makes the theme available to everything below.
pub fn provide_theme() {
    #[cfg(feature = "ssr")]
    let read = requested_theme;
    #[cfg(not(feature = "ssr"))]
    let read = Theme::default;
    let theme = SharedValue::<Theme>::new(read).into_inner();
    provide_context(CurrentTheme(RwSignal::new(theme)));
}

/// The theme of this window.
#[must_use]
pub fn use_theme() -> Signal<Theme> {
    expect_context::<CurrentTheme>().0.into()
}

/// Changes the theme at once and for a year.
pub fn use_set_theme() -> impl Fn(Theme) + Copy + Send + Sync + 'static {
    let current = expect_context::<CurrentTheme>().0;
    move |theme| {
        current.set(theme);
        remember(theme);
    }
}

fn remember(theme: Theme) {
    let (value, age) = theme.attribute().map_or(("system", 0), |value| (value, 31_536_000));
    let secure = if location().protocol().is_ok_and(|protocol| protocol == "https:") {
        "; Secure"
    } else {
        ""
    };
    let cookie = format!("theme={value}; Path=/; SameSite=Lax; Max-Age={age}{secure}");
    let document = document();
    // A browser that refuses cookies still shows the theme until the next page.
    _ = js_sys::Reflect::set(&document, &"cookie".into(), &cookie.into());
    if let Some(root) = document.document_element() {
        _ = match theme.attribute() {
            Some(value) => root.set_attribute("data-theme", value),
            None => root.remove_attribute("data-theme"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_is_found_among_other_cookies() {
        assert_eq!(Theme::from_cookies("session=abc; theme=dark"), Theme::Dark);
        assert_eq!(Theme::from_cookies("theme=light"), Theme::Light);
    }

    #[test]
    fn an_unknown_theme_is_the_systems_own() {
        assert_eq!(Theme::from_cookies("theme=pink"), Theme::System);
        assert_eq!(Theme::from_cookies("mytheme=dark"), Theme::System);
        assert_eq!(Theme::from_cookies(""), Theme::System);
    }
}
