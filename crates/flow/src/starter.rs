//! Programs to begin with.

/// A program to begin a new flow with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Starter {
    /// Nothing.
    Empty,
    /// Repeats what is said.
    Echo,
    /// A menu with buttons.
    Menu,
    /// Asks for name, phone and email.
    Contact,
    /// Answers by the clock.
    Hours,
    /// Asks a web service.
    Api,
}

impl Starter {
    /// All, in the order offered.
    pub const ALL: [Self; 6] = [
        Self::Empty,
        Self::Echo,
        Self::Menu,
        Self::Contact,
        Self::Hours,
        Self::Api,
    ];

    /// Its name in addresses and forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Echo => "echo",
            Self::Menu => "menu",
            Self::Contact => "contact",
            Self::Hours => "hours",
            Self::Api => "api",
        }
    }

    /// The starter of this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|starter| starter.code() == code)
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Empty => "Empty",
            Self::Echo => "Echo",
            Self::Menu => "Menu with buttons",
            Self::Contact => "Collect contact details",
            Self::Hours => "Working hours",
            Self::Api => "Call an API",
        }
    }

    /// What it does, one line.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Empty => "A program without nodes, to write from scratch.",
            Self::Echo => "Repeats every message until the peer sends /stop or is silent for ten minutes.",
            Self::Menu => "Offers choices as buttons, answers each, and comes back to the menu.",
            Self::Contact => "Asks for a name, a phone number and an email, checks each, and has them confirmed.",
            Self::Hours => "Answers at once in working hours, and takes a message outside of them.",
            Self::Api => "Asks a web service for an order and answers by what it says, also when it does not answer.",
        }
    }

    /// The program.
    #[must_use]
    pub const fn program(self) -> &'static str {
        match self {
            Self::Empty => include_str!("../starters/empty.json"),
            Self::Echo => include_str!("../starters/echo.json"),
            Self::Menu => include_str!("../starters/menu.json"),
            Self::Contact => include_str!("../starters/contact.json"),
            Self::Hours => include_str!("../starters/hours.json"),
            Self::Api => include_str!("../starters/api.json"),
        }
    }
}
